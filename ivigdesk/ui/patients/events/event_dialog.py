"""Record an event, or correct one."""

from __future__ import annotations

from uuid import UUID, uuid4

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients import record_event
from ivigdesk.actions.patients.record_event import EventForm
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.clock import today
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.patients.events.event_fields import EventFields
from ivigdesk.ui.widgets import LineField
from ivigdesk.wording import Wording


class EventDialog(FormDialog):
    """What happened and when; for a correction also why."""

    def __init__(
        self,
        desk: Desk,
        patient_id: UUID,
        wording: Wording,
        old: ClinicalEvent | None = None,
        parent: QWidget | None = None,
    ) -> None:
        _ = wording.gettext
        super().__init__(
            wording,
            _("Correct an event") if old else _("Record an event"),
            _("Save the correction") if old else _("Save event"),
            width=720,
            parent=parent,
        )
        self._desk = desk
        self._patient_id = patient_id
        self._old = old
        self._id = uuid4()
        self.recorded: ClinicalEvent | None = None
        self.fields = EventFields(wording, lambda: today(desk.clock))
        self.reason = LineField("reason", _("Why it is corrected"), required=True)
        self.reason.setVisible(old is not None)
        self.body.addWidget(self.fields)
        self.body.addWidget(self.reason)
        self.body.addStretch()
        self.watch((*self.fields.fields.values(), self.reason))
        if old is not None:
            self.fields.show_event(old)
        self._shown = self._form()
        self.fields.kind.edited.connect(self._fit_kind)
        self.fields.kind.focus()

    @classmethod
    def ask(
        cls,
        desk: Desk,
        patient_id: UUID,
        wording: Wording,
        old: ClinicalEvent | None = None,
        parent: QWidget | None = None,
    ) -> ClinicalEvent | None:
        """Return the event that was stored, or None when the nurse gave it up."""
        dialog = cls(desk, patient_id, wording, old, parent)
        return dialog.recorded if dialog.exec() else None

    def submit(self) -> None:
        self.recorded = record_event.record(self._desk, self._form())

    def has_unsaved(self) -> bool:
        return self._form() != self._shown

    def _fit_kind(self) -> None:
        """Take the height of the fields that this kind has."""
        layout = self.fields.layout()
        if layout is not None:
            layout.activate()
        self.body.activate()
        self.fit()

    def _form(self) -> EventForm:
        return self.fields.form(self._patient_id, self._id, self._old.id if self._old else None, self.reason.text())
