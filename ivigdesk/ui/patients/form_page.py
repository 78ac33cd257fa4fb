"""Register a patient, or correct what is known."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import known_patient
from ivigdesk.actions.patients.register_patient import PatientForm, Refused, edit_patient, form_of, register_patient
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.errors import KnownError
from ivigdesk.ui import theme
from ivigdesk.ui.page import Page
from ivigdesk.ui.patients.form import PatientFields
from ivigdesk.ui.places import PatientFormPlace, PatientPlace, Place
from ivigdesk.ui.widgets import PlainLabel, press_with, primary_button, secondary_button, title
from ivigdesk.wording import Wording


class PatientFormPage(Page):
    """The form of one patient; nothing is stored until Save, and then all of it."""

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        self._patient: Patient | None = None
        self._shown = PatientForm()
        self._title = title("")
        self._cancel = secondary_button(_("Cancel"))
        self.save = primary_button(_("Save patient"), picture="save")
        press_with(self.save, "Ctrl+Return")
        self.fields = PatientFields(wording, self._ask_today)
        self._arrange()
        self._cancel.clicked.connect(self.back_requested)
        self.save.clicked.connect(self._save)
        self.fields.errors.noticed.connect(self.noticed)

    def show_place(self, place: Place) -> None:
        patient_id = place.patient_id if isinstance(place, PatientFormPlace) else None
        self._patient = known_patient(self.desk, patient_id) if patient_id else None
        _ = self.wording.gettext
        self._title.setText(_("Correct what is known") if self._patient else _("Register a patient"))
        self.save.show_text(_("Save changes") if self._patient else _("Save patient"))
        self.show_banner(self._patient)
        self.fields.show_form(form_of(self._patient) if self._patient else PatientForm())
        self._shown = self.fields.form()

    def first_control(self) -> QWidget | None:
        return self.fields.first_control()

    def has_unsaved(self) -> bool:
        return self.fields.form() != self._shown

    def help_text(self) -> str:
        return self.wording.gettext(
            "Fields with a star are needed; the rest can follow. Dates are year-month-day; t is today, +3d is in three "
            "days. Weight in kg and height in cm, such as 62.5. Ctrl+Enter saves."
        )

    def _ask_today(self) -> date:
        return self.today

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_12)
        head.addWidget(self._title)
        head.addWidget(PlainLabel(self.wording.gettext("nothing is stored until you save"), "muted"))
        head.addStretch()
        head.addWidget(self._cancel)
        head.addWidget(self.save)
        self.body.addLayout(head)
        self.fill_scrolling(self.fields)

    def _save(self) -> None:
        form = self.fields.form()
        try:
            patient = edit_patient(self.desk, form) if self._patient else register_patient(self.desk, form)
        except Refused as refused:
            self.fields.errors.show_mistakes(refused.mistakes)
            return
        except KnownError as error:
            self.say_refused(error)
            return
        self._shown = self.fields.form()
        self.place_requested.emit(PatientPlace(patient.id))
        self.say_saved(self.wording.gettext("Saved: {name}").format(name=patient.name))
