"""Asks for a new weight where a dose waits for it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.register_patient import weigh_patient
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import today
from ivigdesk.messages import N_, message
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.course.layout import pair
from ivigdesk.ui.widgets.banner import weight_line
from ivigdesk.ui.widgets.fields.date import DateField
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording


class WeighDialog(FormDialog):
    """Kilograms and their date; the newest weight is the patient's present one."""

    def __init__(self, desk: Desk, patient: Patient, wording: Wording, parent: QWidget | None = None) -> None:
        _ = wording.gettext
        super().__init__(wording, _("Weigh the patient"), _("Save weight"), width=600, parent=parent)
        self._desk = desk
        self._patient = patient
        self.weighed: Patient | None = None
        self.weight = LineField("weight", _("New weight"), unit="kg", required=True)
        self.weighed_on = DateField("weighed_on", message(N_("Weighed on")), wording, lambda: today(desk.clock))
        self.weighed_on.set_value(today(desk.clock))
        known = _("Last weight: {weight}").format(weight=weight_line(patient, today(desk.clock), wording))
        self.body.addWidget(PlainLabel(known, "muted", wrap=True))
        self.body.addLayout(pair(self.weight, self.weighed_on))
        self.watch((self.weight, self.weighed_on))
        self.weight.focus()

    @classmethod
    def ask(cls, desk: Desk, patient: Patient, wording: Wording, parent: QWidget | None = None) -> Patient | None:
        """Return the patient with the new weight, or None when none was stored."""
        dialog = cls(desk, patient, wording, parent)
        dialog.exec()
        return dialog.weighed

    def submit(self) -> None:
        self.weighed = weigh_patient(self._desk, self._patient.id, self.weight.text(), self.weighed_on.text())

    def has_unsaved(self) -> bool:
        return self.weighed is None and bool(self.weight.text().strip())
