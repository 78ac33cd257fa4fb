"""Correct a laboratory value: a new one takes the place of the old one, which stays in the history."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients import record_lab_value
from ivigdesk.actions.patients.record_lab_value import LabForm
from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clock import today
from ivigdesk.sheets.lab_words import test_words, value_words
from ivigdesk.ui import theme
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.patients.laboratory.lab_fields import LabFields
from ivigdesk.ui.widgets import LineField, PlainLabel
from ivigdesk.wording import Wording


class CorrectLabDialog(FormDialog):
    """The fields of a value as it was typed, and why it is corrected."""

    def __init__(self, desk: Desk, value: LabValue, wording: Wording, parent: QWidget | None = None) -> None:
        _ = wording.gettext
        super().__init__(
            wording,
            _("Correct {test}").format(test=test_words(value.test, wording)),
            _("Save the correction"),
            width=760,
            parent=parent,
        )
        self._desk = desk
        self._old = value
        self._id = uuid4()
        self.fields = LabFields(wording, lambda: today(desk.clock))
        self.fields.show_value(value)
        self.reason = LineField("reason", _("Why it is corrected"), required=True)
        self.result_value: LabValue | None = None
        self._shown = self._form()
        self._arrange_fields()
        self.watch((*self.fields.all, self.reason))
        self.fields.value.focus()

    @classmethod
    def ask(cls, desk: Desk, value: LabValue, wording: Wording, parent: QWidget | None = None) -> LabValue | None:
        """Return the value that took the place of the old one, or None when the nurse gave it up."""
        dialog = cls(desk, value, wording, parent)
        return dialog.result_value if dialog.exec() else None

    def submit(self) -> None:
        self.result_value = record_lab_value.record(self._desk, self._form())

    def has_unsaved(self) -> bool:
        return self._form() != self._shown

    def _form(self) -> LabForm:
        old = self._old
        return self.fields.fill(
            LabForm(
                patient_id=old.patient_id,
                test=old.test,
                value="",
                id=self._id,
                replaces=old.id,
                reason=self.reason.text(),
            )
        )

    def _arrange_fields(self) -> None:
        _ = self.wording.gettext
        was = _("Recorded: {value} on {date}, by {nurse}.").format(
            value=value_words(self._old), date=self.wording.date(self._old.taken_on), nurse=self._old.nurse
        )
        self.body.addWidget(PlainLabel(was, "muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_16)
        for field, stretch in zip(self.fields.all, (3, 3, 4), strict=True):
            row.addWidget(field, stretch)
        self.body.addLayout(row)
        self.body.addWidget(self.reason)
