"""What a column of a table shows of a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets.states import State

Row = TypeVar("Row")


class Column(msgspec.Struct, Generic[Row], frozen=True):
    """One column of a table.

    Attributes:
        title: worded head.
        text: what stands in the cell.
        detail: a second, smaller line; None for none.
        state: shown as a chip instead of `text`, which is then what is read aloud and sorted; None for none.
        sort_key: what rows are sorted by; None sorts by `text`.
        strong: True writes bold, for what the eye looks for.
        muted: True writes in the second ink.
        small: True writes small, on two lines where one is not enough and no second line stands below it.
        right: True aligns right, for numbers that are compared.
        ink: tone of the text; None for the usual ink.
        width: pixels; 0 lets the column take what its content needs.
        stretch: True gives it the room that is left.
        button: True draws the text as a button: `filled(row)` says whether it is the filled one.
        filled: see `button`.
    """

    title: str
    text: Callable[[Row], str]
    detail: Callable[[Row], str] | None = None
    state: Callable[[Row], State | None] | None = None
    sort_key: Callable[[Row], Any] | None = None
    strong: bool = False
    muted: bool = False
    small: bool = False
    right: bool = False
    ink: Callable[[Row], Tone | None] | None = None
    width: int = 0
    stretch: bool = False
    button: bool = False
    filled: Callable[[Row], bool] | None = None


class Cell(msgspec.Struct, frozen=True):
    """What one cell shows, worked out once when the rows are shown: `data()` computes nothing."""

    text: str
    detail: str
    state: State | None
    ink: Tone | None
    filled: bool
    section: str = ""


def cell_of(column: Column[Row], row: Row) -> Cell:
    return Cell(
        text=column.text(row),
        detail=column.detail(row) if column.detail else "",
        state=column.state(row) if column.state else None,
        ink=column.ink(row) if column.ink else None,
        filled=column.filled(row) if column.filled else False,
    )
