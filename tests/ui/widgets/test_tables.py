"""Tables of records: read-only, named for screen readers, used by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.ui.widgets import Column, RecordTable, State

Row = tuple[str, int]
ROWS: tuple[Row, ...] = (("Chen", 9), ("Ana", 10), ("Li", 2))


@pytest.fixture
def table(shown: Callable[[QWidget], QWidget]) -> RecordTable:
    made = RecordTable(
        (
            Column[Row]("Name", lambda row: row[0], detail=lambda row: f"bed {row[1]}"),
            Column[Row]("Dose", lambda row: str(row[1]), sort_key=lambda row: row[1]),
            Column[Row]("State", lambda _: "Due", state=lambda _: State("◎", "Due", "accent")),
            Column[Row]("", lambda _: "Start", button=True),
        ),
        "People",
    )
    made.resize(600, 300)
    shown(made)
    made.show_rows(ROWS)
    return made


def test_every_cell_says_its_column_and_its_value(table: RecordTable) -> None:
    spoken = [table.model().index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(4)]
    assert spoken == ["Name: Chen, bed 9", "Dose: 9", "State: Due", "Start"]


def test_cells_cannot_be_edited(table: RecordTable) -> None:
    assert not table.model().index(0, 0).flags() & Qt.ItemFlag.ItemIsEditable


def test_enter_opens_the_marked_row(table: RecordTable, qtbot: QtBot) -> None:
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [("Ana", 10)]


def test_a_click_on_the_button_opens_the_row_and_a_click_beside_it_does_not(table: RecordTable, qtbot: QtBot) -> None:
    def click(column: int) -> None:
        place = table.visualRect(table.model().index(2, column)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    with qtbot.assertNotEmitted(table.opened):
        click(0)
    with qtbot.waitSignal(table.opened) as opened:
        click(3)
    assert opened.args == [("Li", 2)]


def test_numbers_are_sorted_as_numbers(table: RecordTable) -> None:
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [table.model().index(row, 1).data() for row in range(3)] == ["2", "9", "10"]


def test_the_filter_keeps_rows_that_hold_every_word(table: RecordTable) -> None:
    table.show_only("AN bed")
    assert [table.model().index(row, 0).data() for row in range(table.model().rowCount())] == ["Ana"]
    table.show_only("")
    assert table.model().rowCount() == 3


def test_the_marked_row_stays_marked_when_the_rows_are_read_again(table: RecordTable) -> None:
    table.choose(ROWS[2])
    table.show_rows(tuple(reversed(ROWS)))
    assert table.current() == ROWS[2]


def test_headings_between_rows_are_stepped_over_and_never_open(
    shown: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    table = RecordTable(
        (Column[str]("Name", lambda row: row), Column[str]("Next", lambda _: "Open", button=True)),
        "People",
        sortable=False,
        section=lambda row: row.upper() if row.startswith("group") else "",
    )
    shown(table)
    table.show_rows(("group 1", "Ana", "group 2", "Li"))
    assert table.current() == "Ana"
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current() == "Li"
    with qtbot.assertNotEmitted(table.opened):
        place = table.visualRect(table.model().index(2, 0)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_row_that_was_a_heading_is_as_high_as_the_others_afterwards(shown: Callable[[QWidget], QWidget]) -> None:
    made = RecordTable(
        (Column[str]("Name", lambda row: row), Column[str]("Next", lambda _: "")),
        "Groups",
        row_height=60,
        sortable=False,
        section=lambda row: row if row.startswith("group") else "",
    )
    shown(made)
    made.show_rows(("group a", "Chen", "group b", "Li"))
    made.show_rows(("group a", "Chen", "Ana", "group b", "Li"))
    assert [made.rowHeight(row) for row in range(5)] == [32, 60, 60, 32, 60]
