"""The doses of a course as a table, and the chosen one below it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.ui.course.dose_card import DoseCard
from ivigdesk.ui.course.dose_table import LEAST_TABLE, DoseTable
from ivigdesk.ui.course.layout import bare
from ivigdesk.wording import Wording


class DosesPanel(QWidget):
    """Table and card; the page connects them."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = DoseTable(wording)
        self.card = DoseCard(wording)
        self.table.setMinimumHeight(LEAST_TABLE)
        column = bare(QVBoxLayout(self))
        column.addWidget(self.table, 1)
        column.addWidget(self.card)
