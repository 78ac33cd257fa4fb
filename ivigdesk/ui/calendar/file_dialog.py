"""Hands what the calendar shows to another calendar, as an iCalendar file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.widgets import PlainLabel, TickField
from ivigdesk.wording import Wording


class CalendarFileDialog(FormDialog):
    """Asks whether names go along, then where the file goes to.

    Attributes:
        file: where it was written; None before.
    """

    def __init__(self, desk: Desk, first: date, last: date, wording: Wording, parent: QWidget | None = None) -> None:
        _ = wording.gettext
        super().__init__(wording, _("Calendar file"), _("Choose where…"), parent=parent)
        self._desk = desk
        self._first, self._last = first, last
        self.file: Path | None = None
        text = _(
            "An iCalendar file (.ics) of every dose of the ward from {first} to {last}, whatever the filters show. "
            "Another program that reads it anew brings its dates up to date instead of showing them twice."
        )
        self.named = TickField("named", "", _("With names and record numbers"), hint=_(
            "Without it a dose is called by bed, or by initials where the patient has no bed. A file with names must "
            "not leave the ward's own computers."
        ))  # fmt: skip
        span = text.format(first=wording.date(first), last=wording.date(last))
        self.body.addWidget(PlainLabel(span, wrap=True))
        self.body.addWidget(self.named)
        self.watch((self.named,))

    @classmethod
    def ask(cls, desk: Desk, first: date, last: date, wording: Wording, parent: QWidget | None = None) -> str:
        """Write the file where the nurse says; return what was done, empty when it was given up."""
        dialog = cls(desk, first, last, wording, parent)
        dialog.exec()
        if dialog.file is None:
            return ""
        return wording.gettext("The calendar was written to “{file}”.").format(file=str(dialog.file))

    def accept(self) -> None:
        """Close when the file is written; while no place was chosen the question stands."""
        if self.file is not None:
            super().accept()

    def submit(self) -> None:
        from ivigdesk.actions.ward.export_calendar import ward_calendar  # late: it reads a calendar's own library
        from ivigdesk.actions.whole_file import write_whole

        content = ward_calendar(self._desk, self._first, self._last, self.wording, named=self.named.value())
        name = f"ivig-{self._first.isoformat()}-{self._last.isoformat()}.ics"
        _ = self.wording.gettext
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Calendar file"), name, _("Calendar file (*.ics)"))
        if chosen:
            write_whole(content, Path(chosen))
            self.file = Path(chosen)
