"""Forms: fields in sections, and the one way in which mistakes reach them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout

from ivigdesk.errors import UserMistake
from ivigdesk.ui import theme
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.fields.base import Field
from ivigdesk.ui.widgets.notices import Notice
from ivigdesk.wording import Wording


class FormErrors(QObject):
    """Puts each mistake under its field and the cursor into the first wrong one.

    Signals:
        noticed(Notice | None): for the bar above: how many fields need another look; a mistake without a field
            is said there in full.
        edited(): a person changed one of the fields.
    """

    noticed = Signal(object)
    edited = Signal()

    def __init__(self, fields: Iterable[Field], wording: Wording, parent: QObject | None = None) -> None:
        """Watch `fields`, given in reading order."""
        super().__init__(parent)
        self._fields = {field.name: field for field in fields}
        self._wording = wording
        for field in self._fields.values():
            field.edited.connect(self.edited)

    def show_mistakes(self, mistakes: Sequence[UserMistake]) -> None:
        """Show all `mistakes` at once; an empty sequence clears the form of them."""
        self.clear()
        homeless = []
        for mistake in mistakes:
            field = self._fields.get(mistake.field)
            sentence = self._wording.say_error(mistake)
            if field is None:
                homeless.append(sentence)
            elif not field.error:
                field.show_error(sentence)
        if homeless:
            self.noticed.emit(Notice(" ".join(homeless), "serious"))
        elif mistakes:
            self.noticed.emit(Notice(self._count(len(mistakes)), "serious"))
        first = next((field for field in self._fields.values() if field.error), None)
        if first is not None:
            first.focus()

    def clear(self) -> None:
        """Take every sentence away."""
        for field in self._fields.values():
            if field.error:
                field.clear_error()
        self.noticed.emit(None)

    def _count(self, n: int) -> str:
        return self._wording.ngettext(
            "Not saved: {n} field needs another look.", "Not saved: {n} fields need another look.", n
        ).format(n=n)


class FormSection(Card):
    """A card of fields under a heading, in two columns of equal width."""

    def __init__(self, heading: str, columns: int = 2) -> None:
        super().__init__(heading)
        self._columns = columns
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACE_24)
        self._grid.setVerticalSpacing(theme.SPACE_12)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self.body.addLayout(self._grid)
        self._next = 0

    def add(self, field: Field, *, whole_row: bool = False) -> None:
        """Put `field` in the next place; `whole_row` gives it the width of the card."""
        if whole_row and self._next % self._columns:
            self._next += self._columns - self._next % self._columns
        row, column = divmod(self._next, self._columns)
        self._grid.addWidget(field, row, column, 1, self._columns if whole_row else 1)
        self._next += self._columns if whole_row else 1
