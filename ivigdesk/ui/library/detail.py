"""The card beside the library's list: what one file says, part after part."""

from __future__ import annotations

from typing import Literal

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ivigdesk.ui import theme
from ivigdesk.ui.widgets import Card, PlainLabel, State, StateChip, scrolling
from ivigdesk.ui.widgets.flow import FlowLayout
from ivigdesk.wording import Wording


class Part(msgspec.Struct, frozen=True):
    """One part of the card: a heading, a line, a label with its text, a warning, or chips."""

    kind: Literal["heading", "line", "pair", "warning", "chips"]
    text: str = ""
    label: str = ""
    states: tuple[State, ...] = ()


def pair(label: str, text: str) -> Part:
    """Return a label with its text."""
    return Part("pair", text, label)


class Detail(QWidget):
    """Shows the parts of one record; the text can be read by screen readers line by line."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, theme.SPACE_8, 0)
        self._card: Card | None = None

    @property
    def words(self) -> str:
        """Everything that stands on the card, a line for each part."""
        return "" if self._card is None else "\n".join(one.text() for one in self._card.findChildren(PlainLabel))

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        """Show other parts instead of those that stand here."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._card = None
        if not parts:
            return
        self._card = Card()
        for part in parts:
            self._card.body.addWidget(_part_widget(part))
        self._column.addWidget(self._card)
        self._column.addStretch()


def scrolling_detail(detail: Detail, name: str) -> QScrollArea:
    """Return the card in an area that Tab reaches, so that the arrow keys scroll it."""
    area = scrolling(detail)
    area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    area.setAccessibleName(name)
    return area


def _part_widget(part: Part) -> QWidget:
    match part.kind:
        case "heading":
            return PlainLabel(part.text, "heading", wrap=True)
        case "line":
            return PlainLabel(part.text, "muted", wrap=True)
        case "warning":
            return _warning(part.text)
        case "chips":
            return _chips(part.states)
        case "pair":
            return _pair(part)


def _warning(text: str) -> QWidget:
    bar = QFrame()
    theme.set_look(bar, "notice-attention")
    column = QVBoxLayout(bar)
    column.setContentsMargins(theme.SPACE_12, theme.SPACE_8, theme.SPACE_12, theme.SPACE_8)
    column.addWidget(PlainLabel(f"!\u2002{text}", wrap=True))
    return bar


def _chips(states: tuple[State, ...]) -> QWidget:
    row = QWidget()
    flow = FlowLayout(row)
    for state in states:
        flow.addWidget(StateChip(state))
    return row


def _pair(part: Part) -> QWidget:
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, theme.SPACE_4, 0, 0)
    column.setSpacing(0)
    column.addWidget(PlainLabel(part.label, "label", wrap=True))
    column.addWidget(PlainLabel(part.text, wrap=True))
    return widget
