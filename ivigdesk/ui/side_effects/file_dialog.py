"""Hands the side effects to a spreadsheet, as a CSV file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.side_effects import SideEffectQuery
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.widgets import PlainLabel, TickField
from ivigdesk.wording import Wording


class TableFileDialog(FormDialog):
    """Asks whether names go along, then where the file goes to.

    Attributes:
        file: where it was written; None before.
    """

    def __init__(self, desk: Desk, query: SideEffectQuery, wording: Wording, parent: QWidget | None = None) -> None:
        _ = wording.gettext
        super().__init__(wording, _("Table for a spreadsheet"), _("Choose where…"), parent=parent)
        self._desk = desk
        self._query = query
        self.file: Path | None = None
        self.named = TickField("named", "", _("With names and record numbers"), hint=_(
            "Without it a patient is called by bed, or by initials where there is no bed. What was typed as action or "
            "notes goes along as it is. A file with names must not leave the ward's own computers."
        ))  # fmt: skip
        text = _("A CSV file with one row per side effect of the list, as its filters stand now.")
        self.body.addWidget(PlainLabel(text, wrap=True))
        self.body.addWidget(self.named)
        self.watch((self.named,))

    @classmethod
    def ask(cls, desk: Desk, query: SideEffectQuery, wording: Wording, parent: QWidget | None = None) -> str:
        """Write the file where the nurse says; return what was done, empty when it was given up."""
        dialog = cls(desk, query, wording, parent)
        dialog.exec()
        if dialog.file is None:
            return ""
        return wording.gettext("The table was written to “{file}”.").format(file=str(dialog.file))

    def accept(self) -> None:
        """Close when the file is written; while no place was chosen the question stands."""
        if self.file is not None:
            super().accept()

    def submit(self) -> None:
        from ivigdesk.actions.ward.export_side_effects import side_effect_table
        from ivigdesk.actions.whole_file import write_whole

        content = side_effect_table(self._desk, self._query, self.wording, named=self.named.value())
        _ = self.wording.gettext
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Table for a spreadsheet"), "ivig-side-effects.csv", _("Table (*.csv)")
        )
        if chosen:
            write_whole(content, Path(chosen))
            self.file = Path(chosen)
