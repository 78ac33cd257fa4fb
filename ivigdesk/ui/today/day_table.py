"""The day's table, in which a planned start is typed where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ivigdesk.actions.ward.day_list import DayRow
from ivigdesk.ui import theme
from ivigdesk.ui.widgets import Column, RecordTable

_WIDTH = 84
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_HEIGHT = theme.TARGET


class DayTable(RecordTable):
    """Doses of a day. S, or a click on the time, opens a field for the planned start of the row.

    Enter in the field or leaving it says what was typed; Esc leaves everything as it was.

    Signals:
        start_asked(DayRow): the start of this dose is to be planned.
        start_typed(DayRow, str): this start was typed for the dose; the field stays until `close_field`.
    """

    start_asked = Signal(object)
    start_typed = Signal(object, str)

    def __init__(
        self,
        columns: tuple[Column[Any], ...],
        name: str,
        field_name: str,
        *,
        section: Callable[[Any], str],
        time_column: int,
        parent: QWidget | None = None,
    ) -> None:
        """Make the table; `field_name` is what screen readers call the field, `time_column` is where it opens."""
        super().__init__(
            columns, name, row_height=theme.TABLE_ROW_TWO_LINES, sortable=False, section=section, parent=parent
        )
        self._time_column = time_column
        self._row: DayRow | None = None
        self._before = ""
        self._field: QLineEdit | None = None
        self._field_name = field_name
        self.clicked.connect(self._note_click)

    @property
    def is_typing(self) -> bool:
        """Whether the field is open."""
        return self._row is not None

    @property
    def field(self) -> QLineEdit:
        """The field; made with the first start that is planned."""
        if self._field is None:
            self._field = QLineEdit(self.viewport())
            self._field.setAccessibleName(self._field_name)
            self._field.setPlaceholderText("09:00")
            self._field.setMaxLength(12)
            self._field.hide()
            self._field.installEventFilter(self)
        return self._field

    def open_field(self, row: DayRow, clock: str) -> None:
        """Open the field over the time of `row`, with `clock` in it to be typed over."""
        self.choose(row)
        self._row, self._before = row, clock
        self.field.setText(clock)
        theme.set_look(self.field, "")
        self._place_field()
        self.field.show()
        self.field.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def mark_wrong(self, sentence: str) -> None:
        """Show that what stands in the field cannot be taken; the field stays open."""
        theme.set_look(self.field, "wrong")
        self.field.setAccessibleDescription(sentence)
        self.field.selectAll()

    def close_field(self) -> None:
        """Close the field; the keyboard goes back to the rows."""
        if self._row is None:
            return
        had_focus = self.field.hasFocus()
        self._row = None
        self.field.setAccessibleDescription("")
        self.field.hide()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_rows(self, rows: tuple[Any, ...]) -> None:
        before = self.current()
        if self.is_typing and self._row not in rows:
            self.close_field()
        super().show_rows(rows)
        # What is known of a dose changes, the dose stays the same.
        same = (row for row in rows if isinstance(before, DayRow) and isinstance(row, DayRow))
        found = next((row for row in same if row.dose.id == before.dose.id), None)
        if found is not None:
            self.choose(found)
        if self.is_typing:
            self._place_field()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current()
        if event.key() == Qt.Key.Key_S and not event.modifiers() and isinstance(row, DayRow):
            self.start_asked.emit(row)
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and self._row is not None:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                    self._hand_over()
                    return True
                if event.key() == Qt.Key.Key_Escape:
                    self.close_field()
                    return True
            if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut and event.reason() not in _STAYS:
                self._leave()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_typing:
            # A sentence above the page takes height away: the field is not left behind.
            self.scrollTo(self.currentIndex())
            self._place_field()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self.is_typing:
            self._place_field()

    def _hand_over(self) -> None:
        if self._row is not None:
            self.start_typed.emit(self._row, self.field.text())

    def _leave(self) -> None:
        """Take what was typed; the same as before, or nothing that can be read as a time, changes nothing."""
        row, text = self._row, self.field.text()
        self.close_field()
        if row is not None and text.strip() != self._before:
            self.start_typed.emit(row, text)

    def _note_click(self, index: QModelIndex) -> None:
        row = self.current()
        if index.column() == self._time_column and isinstance(row, DayRow) and row.group == "due":
            self.start_asked.emit(row)

    def _place_field(self) -> None:
        row = self.records.rows.index(self._row)
        index = self.proxy.mapFromSource(self.records.index(row, self._time_column))
        cell = self.visualRect(index)
        top = cell.top() + (cell.height() - _HEIGHT) // 2
        self.field.setGeometry(cell.left() + theme.SPACE_8, top, max(cell.width() - theme.SPACE_16, _WIDTH), _HEIGHT)
