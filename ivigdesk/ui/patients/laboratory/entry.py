"""Enter a laboratory value: one line of fields, Enter saves, the next one follows at once."""

from __future__ import annotations

from datetime import date
from typing import cast
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients import record_lab_value
from ivigdesk.actions.patients.record_lab_value import LabForm
from ivigdesk.clinical.laboratory.values import LAB_TESTS, LabTest
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.sheets.lab_words import test_words
from ivigdesk.ui import theme
from ivigdesk.ui.patients.laboratory.lab_fields import LabFields
from ivigdesk.ui.widgets import Card, ChoiceField, FormErrors, Notice, PlainLabel, primary_button
from ivigdesk.wording import Wording


class LabEntry(Card):
    """Test, value, unit, date and a button.

    Signals:
        test_chosen(LabTest): another test; its values are to be shown.
        saved(LabValue): the value is stored.
        noticed(Notice | None): why not.
    """

    test_chosen = Signal(object)
    saved = Signal(object)
    noticed = Signal(object)

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        _ = wording.gettext
        self._desk = desk
        self._wording = wording
        self._patient_id: UUID | None = None
        self._id = uuid4()
        self.test = ChoiceField("test", _("Test"), [(test, test_words(test, wording)) for test in LAB_TESTS])
        self.fields = LabFields(wording, self._today)
        self.save = primary_button(_("Save value"), picture="laboratory")
        self._errors = FormErrors((self.test, *self.fields.all), wording, self)
        self._arrange()
        self.fields.show_test(self.chosen)
        self.test.edited.connect(self._note_test)
        self.save.clicked.connect(self._save)
        self.fields.value.line.returnPressed.connect(self._save)
        self.fields.taken_on.line.returnPressed.connect(self._save)
        self._errors.noticed.connect(self.noticed)

    @property
    def chosen(self) -> LabTest:
        """The test that is chosen."""
        return cast(LabTest, self.test.value())

    def show_patient(self, patient_id: UUID) -> None:
        """Take the next values for this patient; what was typed for another is gone."""
        if patient_id != self._patient_id:
            self._patient_id = patient_id
            self.start_anew()
            self.fields.taken_on.set_value(self._today())

    def start_anew(self) -> None:
        """Empty the value; test and date stay, for a row of values has them in common."""
        self._id = uuid4()
        self.fields.value.set_text("")
        self._errors.clear()

    def has_unsaved(self) -> bool:
        """Whether a value was typed and not saved."""
        return bool(self.fields.value.text().strip())

    def _today(self) -> date:
        return today(self._desk.clock)

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE_16)
        grid.setVerticalSpacing(theme.SPACE_4)
        fields = (self.test, *self.fields.all)
        for column, (field, stretch) in enumerate(zip(fields, (4, 3, 3, 4), strict=True)):
            grid.addWidget(field, 0, column, 2, 1)
            grid.setColumnStretch(column, stretch)
        grid.addWidget(PlainLabel("", "label"), 0, len(fields))  # so that the button stands beside the controls
        grid.addWidget(self.save, 1, len(fields), Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(1, 1)
        self.body.addLayout(grid)

    def _note_test(self) -> None:
        self.fields.show_test(self.chosen)
        self.test_chosen.emit(self.chosen)

    def _save(self) -> None:
        if self._patient_id is None:
            return
        form = self.fields.fill(LabForm(patient_id=self._patient_id, test=self.chosen, value="", id=self._id))
        try:
            value = record_lab_value.record(self._desk, form)
        except UserMistake as mistake:
            self._errors.show_mistakes((mistake,))
            return
        except KnownError as error:
            self.noticed.emit(Notice(self._wording.say_error(error), "serious"))
            return
        self.start_anew()
        self.fields.value.focus()
        self.saved.emit(value)
