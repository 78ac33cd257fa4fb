"""Enter a new weight with its date."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.register_patient import weigh_patient
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.ui import theme
from ivigdesk.ui.widgets import Card, DateField, FormErrors, LineField, Notice, PlainLabel, secondary_button
from ivigdesk.ui.widgets.banner import weight_line
from ivigdesk.ui.widgets.labels import heading
from ivigdesk.wording import Wording


class WeighCard(Card):
    """A line for kilograms, a line for the date, and a button.

    Signals:
        weighed(Patient): the new weight is stored.
        noticed(Notice | None): why not.
    """

    weighed = Signal(object)
    noticed = Signal(object)

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._wording = wording
        self._patient: Patient | None = None
        _ = wording.gettext
        self._known = PlainLabel(look="muted", wrap=True)
        self.weight = LineField("weight", _("New weight"), unit="kg")
        self.weighed_on = DateField("weighed_on", message(N_("Weighed on")), wording, self._today)
        self.save = secondary_button(_("Save weight"), picture="weight")
        self._errors = FormErrors((self.weight, self.weighed_on), wording, self)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_16)
        row.addWidget(self.weight, 2)
        row.addWidget(self.weighed_on, 3)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE_16)
        top.addWidget(heading(_("Weight")))
        top.addWidget(self._known, 1)
        self.body.addLayout(top)
        self.body.addLayout(row)
        self.body.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.save.clicked.connect(self._save)
        self.weight.line.returnPressed.connect(self._save)
        self._errors.noticed.connect(self.noticed)

    def show_patient(self, patient: Patient) -> None:
        """Show the last weight of `patient`, whose next weight is entered here."""
        self._patient = patient
        self._known.setText(weight_line(patient, self._today(), self._wording))

    def start_anew(self) -> None:
        """Empty the fields; the date is today's."""
        self.weight.set_text("")
        self.weighed_on.set_value(self._today())
        self._errors.clear()

    def has_unsaved(self) -> bool:
        """Whether a weight was typed and not saved."""
        return bool(self.weight.text().strip())

    def _today(self) -> date:
        return today(self._desk.clock)

    def _save(self) -> None:
        if self._patient is None:
            return
        try:
            patient = weigh_patient(self._desk, self._patient.id, self.weight.text(), self.weighed_on.text())
        except UserMistake as mistake:
            self._errors.show_mistakes((mistake,))
            return
        except KnownError as error:
            self.noticed.emit(Notice(self._wording.say_error(error), "serious"))
            return
        self.start_anew()
        self.weighed.emit(patient)
