"""The line of filters above the calendar, with what the whole span comes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import get_args

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from ivigdesk.actions.ward.ward_calendar import CalendarDay, CalendarSpan, Filters
from ivigdesk.clinical.courses.status import DoseStatus
from ivigdesk.messages import Text
from ivigdesk.ui import theme
from ivigdesk.ui.calendar.words import DOT
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.widgets import ChoiceField, LineField, State, StateChip, quiet_button, status_state
from ivigdesk.ui.widgets.fields import Field
from ivigdesk.ui.widgets.flow import FlowLayout
from ivigdesk.wording import Wording

READ_AFTER_MS = 200
_WIDTHS = (210, 190, 170, 150)


class FilterBar(QWidget):
    """Patient, regimen, product, state. Typing waits a moment before it is read; a choice is read at once.

    Signals:
        changed(): the filters are other ones now.
    """

    changed = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        _ = wording.gettext
        self.patient = LineField("patient_text", _("Patient"), example=_("Name, number, bed"))
        self.regimen = ChoiceField("regimen_id", _("Regimen"), (("", _("Every regimen")),))
        self.product = ChoiceField("product_id", _("Product"), (("", _("Every product")),))
        states = ((status, status_state(status, wording).text) for status in get_args(DoseStatus))
        self.status = ChoiceField("status", _("State"), (("", _("Every state")), *states))
        self.clear = quiet_button(_("Clear filters"), picture="x")
        self.total = StateChip()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._arrange()
        self._connect()

    def filters(self) -> Filters:
        """Return what is chosen."""
        return Filters(
            patient_text=self.patient.text(),
            regimen_id=str(self.regimen.value() or ""),
            product_id=str(self.product.value() or ""),
            status=self.status.value() or "",  # type: ignore[arg-type]  # the choices are the statuses
        )

    def show_span(self, span: CalendarSpan, inside: tuple[date, date]) -> None:
        """Offer the regimens and products of `span`, and say what its days between the two come to."""
        _ = self._wording.gettext
        self._offer(self.regimen, _("Every regimen"), span.regimens)
        self._offer(self.product, _("Every product"), span.products)
        self.clear.setVisible(not self.filters().is_empty)
        self._show_total([day for day in span.days if inside[0] <= day.day <= inside[1]])

    def empty(self) -> None:
        """Take all filters away."""
        self._soon.stop()
        self.patient.set_text("")
        for field in (self.regimen, self.product, self.status):
            field.set_value("")
        self.changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        self._soon.stop()
        super().hideEvent(event)

    def _offer(self, field: ChoiceField, every: str, found: Sequence[tuple[str, Text]]) -> None:
        """Offer what occurs, and what is chosen though it does not: a filter must never go away unseen."""
        chosen = field.value()
        choices = [(id_, self._wording.text(text)) for id_, text in found]
        if chosen and chosen not in dict(choices):
            choices.append((str(chosen), field.box.currentText()))
        choices.sort(key=lambda choice: choice[1])
        field.set_choices((("", every), *choices))

    def _show_total(self, days: Sequence[CalendarDay]) -> None:
        words = self._wording
        doses = [dose for day in days for dose in day.doses if dose.counts]
        hours = sum(dose.minutes for dose in doses) // 60
        text = DOT.join(
            (
                words.ngettext("{n} dose", "{n} doses", len(doses)).format(n=len(doses)),
                dose_grams(words, sum(dose.planned_dose_mg for dose in doses)),
                words.amount(hours, words.gettext("h")),
            )
        )
        self.total.show_state(State("", text, "plain"))

    def _arrange(self) -> None:
        row = FlowLayout(self)
        fields: tuple[Field, ...] = (self.patient, self.regimen, self.product, self.status)
        for field, width in zip(fields, _WIDTHS, strict=True):
            field.label.hide()
            field.setFixedWidth(width)
            row.addWidget(field)
        self.total.setFixedHeight(theme.TARGET)
        row.addWidget(self.total)
        row.addWidget(self.clear)
        self.clear.hide()

    def _connect(self) -> None:
        self.patient.edited.connect(self._wait)
        for field in (self.regimen, self.product, self.status):
            field.edited.connect(self.changed)
        self.clear.clicked.connect(self.empty)
        self._soon.timeout.connect(self.changed)

    def _wait(self) -> None:
        self._soon.start(READ_AFTER_MS)
