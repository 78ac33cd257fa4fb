"""The fields of an event: only those that its kind has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast, get_args
from uuid import UUID

from PySide6.QtWidgets import QGridLayout, QWidget

from ivigdesk.actions.patients.record_event import EventForm
from ivigdesk.clinical.patients.event_words import (
    cmv_words,
    details,
    kind_words,
    severity_words,
    site_words,
    yes_no_words,
)
from ivigdesk.clinical.patients.events import EVENT_KINDS, ClinicalEvent, CmvDisease, EventKind, InfectionSite, YesNo
from ivigdesk.messages import N_, message
from ivigdesk.ui import theme
from ivigdesk.ui.widgets import ChoiceField, DateField, Field, LineField
from ivigdesk.wording import Wording

_GRADES = ("1", "2", "3", "4")
_COLUMNS = 2


class EventFields(QWidget):
    """Kind, days, and what the kind asks for; unread: the action reads them.

    Attributes:
        fields: by the name of the form's field, in reading order.
    """

    def __init__(self, wording: Wording, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_16)
        self._grid.setVerticalSpacing(theme.SPACE_8)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        say = wording.say
        yes_no = tuple((answer, say(yes_no_words(answer))) for answer in reversed(get_args(YesNo)))
        # SAFETY: nothing is chosen beforehand where the rules go by the answer.
        choose = ("", _("choose"))
        cmv = (choose, *((one, say(cmv_words(one))) for one in get_args(CmvDisease)))
        sites = tuple((one, say(site_words(one))) for one in get_args(InfectionSite))
        kinds = tuple((one, say(kind_words(one))) for one in EVENT_KINDS)
        self.kind = ChoiceField("kind", _("What happened"), kinds)
        self.fields: dict[str, Field] = {
            "kind": self.kind,
            "on": DateField("on", message(N_("First day")), wording, today, required=True),
            "until": DateField("until", message(N_("Last day")), wording, today, hint=_("Empty while it lasts")),
            "cmv_disease": ChoiceField("cmv_disease", _("Infection or disease"), cmv, required=True),
            "grade": ChoiceField("grade", _("Grade"), (choose, *((one, one) for one in _GRADES)), required=True),
            "severity": ChoiceField("severity", _("Severity")),
            "site": ChoiceField("site", _("Site"), sites),
            "organism": LineField("organism", _("Organism")),
            "is_bacterial": ChoiceField("is_bacterial", _("Bacterial"), yes_no),
            "needed_iv_antibiotics": ChoiceField("needed_iv_antibiotics", _("Needed intravenous antibiotics"), yes_no),
            "note": LineField("note", _("Note")),
        }
        for field in self.fields.values():
            field.setParent(self)
        self._show_kind()
        self.kind.edited.connect(self._show_kind)

    def show_event(self, event: ClinicalEvent) -> None:
        """Show a recorded event."""
        self.kind.set_value(event.kind)
        self._show_kind()
        for name, field in self.fields.items():
            value = getattr(event, name)
            if isinstance(field, DateField):
                field.set_value(value)
            elif isinstance(field, LineField):
                field.set_text(value)
            elif isinstance(field, ChoiceField) and not field.isHidden():
                field.set_value(str(value) if name == "grade" else value)

    def form(self, patient_id: UUID, event_id: UUID, replaces: UUID | None, reason: str) -> EventForm:
        """Return what stands in the fields that the kind has; the others stay empty."""
        typed: dict[str, str] = {}
        for name, field in self.fields.items():
            if field.isHidden():
                continue
            typed[name] = field.text() if isinstance(field, LineField) else str(cast(ChoiceField, field).value() or "")
        return EventForm(patient_id=patient_id, id=event_id, replaces=replaces, reason=reason, **typed)

    def _show_kind(self) -> None:
        """Show the fields that the kind has, in two columns without gaps."""
        _ = self._wording.gettext
        kind = cast(EventKind, self.kind.value())
        has = details(kind)
        severity = cast(ChoiceField, self.fields["severity"])
        severity.set_choices([(one, self._wording.say(severity_words(one))) for one in ("", *has.severities)])
        shown = {
            "kind": True,
            "on": True,
            "until": has.has_until,
            "cmv_disease": has.has_cmv_disease,
            "grade": has.has_grade,
            "severity": bool(has.severities),
            "site": has.is_infection,
            "organism": has.is_infection,
            "is_bacterial": has.is_infection,
            "needed_iv_antibiotics": has.is_infection,
            "note": True,
        }
        self._call("on", _("First day") if has.has_until else _("Day"), is_needed=True)
        self._call("note", _("Which one, and a note") if has.needs_note else _("Note"), is_needed=has.needs_note)
        place = 0
        for name, field in self.fields.items():
            self._grid.removeWidget(field)
            field.setVisible(shown[name])
            if not shown[name]:
                continue
            wide = name in ("kind", "note")
            place += place % _COLUMNS if wide else 0
            self._grid.addWidget(field, place // _COLUMNS, place % _COLUMNS, 1, _COLUMNS if wide else 1)
            place += _COLUMNS if wide else 1

    def _call(self, name: str, label: str, *, is_needed: bool) -> None:
        """Give a field another label, for the eye and for screen readers."""
        field = self.fields[name]
        field.label.setText(f"{label}\u00a0*" if is_needed else label)
        field.control.setAccessibleName(label)
