"""A column of fields that gives a form and takes one, and keeps mistakes of untouched fields to itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ivigdesk.errors import UserMistake
from ivigdesk.messages import Record
from ivigdesk.ui import theme
from ivigdesk.ui.widgets import ChoiceField, Field, LineField, PlainLabel, TextField, TickField
from ivigdesk.wording import Wording

Form = TypeVar("Form", bound=Record)

_ROOM_FOR_TWO = 400


class FormFields(QWidget, Generic[Form]):
    """Fields of a form; rows of it may come and go.

    Signals:
        edited(): a person changed something.
    """

    edited = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wording = wording
        self._touched: set[str] = set()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, theme.SPACE_12, 0)
        self.column.setSpacing(theme.SPACE_12)

    def all_fields(self) -> Iterable[Field]:
        """Return every field, in reading order."""
        raise NotImplementedError

    def form(self) -> Form:
        """Return what is typed."""
        raise NotImplementedError

    def show_form(self, form: Form) -> None:
        """Begin anew with `form`."""
        raise NotImplementedError

    def first_control(self) -> QWidget:
        """Where the cursor starts."""
        return next(iter(self.all_fields())).control

    def field(self, name: str) -> Field:
        """Return the field of this name.

        Raises:
            KeyError: there is none.
        """
        for field in self.all_fields():
            if field.name == name:
                return field
        raise KeyError(name)

    def show_mistakes(self, mistakes: Sequence[UserMistake], *, all_of_them: bool) -> tuple[UserMistake, ...]:
        """Put mistakes under their fields, and return those that have none.

        Args:
            all_of_them: True after Save: the cursor goes into the first wrong field. False while a person types: a
                field that was not touched yet stays quiet.
        """
        by_field = {one.field: self.wording.say_error(one) for one in reversed(mistakes)}
        first: Field | None = None
        for field in self.all_fields():
            sentence = by_field.pop(field.name, "")
            if sentence and (all_of_them or field.name in self._touched):
                self.reveal(field)
                field.show_error(sentence)
                first = first or field
            elif field.error:
                field.clear_error()
        if all_of_them:
            self._touched.update(field.name for field in self.all_fields())
            if first is not None:
                first.focus()
        return tuple(one for one in mistakes if one.field in by_field)

    def reveal(self, field: Field) -> None:
        """Bring a field into sight that has something to say; most are in sight always."""

    def forget_touches(self) -> None:
        """Count no field as touched: another form is shown."""
        self._touched.clear()

    def watch(self, fields: Iterable[Field]) -> None:
        """Note when a person changes one of these, or leaves it after typing in it."""
        for field in fields:
            field.edited.connect(self._note_edit)

    def _note_edit(self) -> None:
        sender = self.sender()
        if isinstance(sender, Field):
            self._touched.add(sender.name)
        self.edited.emit()


class FieldGrid(QWidget):
    """Widgets in two columns of equal width; in one where there is no room for two. A row of one takes both."""

    def __init__(self, rows: Sequence[Sequence[QWidget]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_12)
        self._grid.setVerticalSpacing(theme.SPACE_8)
        self._place(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(2 if event.size().width() >= _ROOM_FOR_TWO else 1)
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        widest = max(widget.minimumSizeHint().width() for row in self._rows for widget in row)
        return QSize(widest, super().minimumSizeHint().height())

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, columns - 1)
        number = 0
        for row in self._rows:
            for column, widget in enumerate(row):
                self._grid.removeWidget(widget)
                place = column if columns > 1 else 0
                self._grid.addWidget(widget, number, place, 1, columns if len(row) == 1 else 1)
                number += columns == 1
            number += columns > 1


def grid(parent: QVBoxLayout, rows: Sequence[Sequence[QWidget]]) -> None:
    """Put rows of one or two widgets below what stands in `parent`."""
    parent.addWidget(FieldGrid(rows))


def in_card(fields: QWidget) -> QScrollArea:
    """Return the fields in an area that scrolls up and down on the ground of its card."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(fields)
    fields.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


def text_of(field: Field) -> str:
    """Return what stands in a field of words or the chosen word."""
    if isinstance(field, LineField | TextField):
        return field.text()
    return str(field.value() or "") if isinstance(field, ChoiceField) else ""


def put(field: Field, value: object) -> None:
    """Show `value` in a field.

    Raises:
        ValueError: a list does not offer it.
    """
    if isinstance(field, LineField | TextField):
        field.set_text(str(value))
        if isinstance(field, LineField):
            field.line.setCursorPosition(0)  # a long title is read from its beginning
    elif isinstance(field, TickField):
        field.set_value(bool(value))
    elif isinstance(field, ChoiceField):
        field.set_value(value)


def section_label(text: str) -> PlainLabel:
    """Return a heading inside a form."""
    return PlainLabel(text, "strong")
