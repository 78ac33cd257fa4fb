"""The day after the one that is shown: whose doses, what to fetch, what to draw."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.actions.ward.day_list import DayList, DayRow
from ivigdesk.clinical.doses.dosing import VialCount
from ivigdesk.ui import theme
from ivigdesk.ui.dose_words import dose_grams, taken_from, vials_in_short
from ivigdesk.ui.today.notes import DayNotes
from ivigdesk.ui.widgets import Column, PlainLabel, RecordTable, heading
from ivigdesk.wording import NO_BREAK, Wording

if TYPE_CHECKING:
    from ivigdesk.actions.ward.day_tasks import DayTasks

_DOT = f"{NO_BREAK}· "


class TomorrowPanel(QWidget):
    """A heading, what to fetch from the pharmacy, and a short list by bed.

    Signals:
        opened(DayRow): this dose is to be opened.
    """

    opened = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._notes = DayNotes(wording)
        self._shown: DayList | None = None
        self.title = heading("")
        self.fetch = PlainLabel("", "small", wrap=True)
        self.table = RecordTable(
            self._columns(),
            wording.gettext("Doses of the day after"),
            row_height=theme.TABLE_ROW_TWO_LINES,
            sortable=False,
        )
        self.table.horizontalHeader().hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        for widget in (self.title, self.fetch):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        self._rest = QWidget()  # the room of the list on a day without one
        column.addWidget(self._rest, 1)
        self.table.opened.connect(self.opened)

    def show_day(self, shown: DayList, tasks: DayTasks | None, *, is_tomorrow: bool) -> None:
        """Show the doses of a day; its tests come with `tasks`."""
        _ = self._wording.gettext
        self._shown = shown
        self._notes.set_tasks(tasks)
        rows = shown.in_group("due") + shown.in_group("held")
        date = self._wording.date_short(shown.day)
        self.title.setText(_("Tomorrow, {date}").format(date=date) if is_tomorrow else date)
        self.fetch.setText(self._to_fetch(shown) if rows else _("No dose is planned."))
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._rest.setVisible(not rows)

    def _to_fetch(self, shown: DayList) -> str:
        """Return `3 doses · to fetch: IVIG pH 4, 5 %: 12 × 2.5 g`."""
        words = self._wording
        counts: dict[str, Counter[tuple[int, Decimal]]] = {}
        for row in shown.in_group("due"):
            product = words.text(row.product.short_title)
            for vial in row.dose.vials:
                counts.setdefault(product, Counter())[vial.mg, vial.ml] += vial.count
        doses = len(shown.in_group("due"))
        text = words.ngettext("{n} dose", "{n} doses", doses).format(n=doses)
        if not counts:
            return text
        fetched = (f"{product}{NO_BREAK}{self._vials(found)}" for product, found in sorted(counts.items()))
        return words.gettext("{doses}, to fetch: {vials}").format(doses=text, vials="; ".join(fetched))

    def _vials(self, found: Counter[tuple[int, Decimal]]) -> str:
        counts = [VialCount(mg=mg, ml=ml, count=count) for (mg, ml), count in sorted(found.items(), reverse=True)]
        return vials_in_short(self._wording, counts)

    def _columns(self) -> tuple[Column[DayRow], ...]:
        _ = self._wording.gettext
        return (
            Column(_("Bed"), lambda row: row.patient.bed or "–", strong=True, width=50),
            Column(_("Patient"), self._who, small=True, stretch=True),
            Column(_("Amount"), self._amount, detail=self._row_vials, strong=True),
        )

    def _who(self, row: DayRow) -> str:
        """Return `LI, Na · 4 of 11 · Draw: Creatinine`, on as many lines as it takes."""
        number = self._wording.gettext("{number} of {total}").format(number=row.dose.number, total=row.doses_in_all)
        return _DOT.join(part for part in (row.patient.name, number, self._notes.tests(row)) if part)

    def _amount(self, row: DayRow) -> str:
        if row.group == "held":
            return self._wording.gettext("On hold")
        return dose_grams(self._wording, row.dose.planned_dose_mg)

    def _row_vials(self, row: DayRow) -> str:
        if row.group == "held":
            return ""
        return taken_from(self._wording, row.dose.volume_ml, row.dose.vials, short=True)
