"""What was done about a side effect and how it ended: all of it may stay empty and be completed later."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.infusions.infusion import END_TIME_NOT_KNOWN, ONSET_TIME_NOT_KNOWN, SideEffect
from ivigdesk.clock import Clock, today
from ivigdesk.messages import N_, message
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.infusion.words import EFFECT_OUTCOMES
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.fields.base import Field
from ivigdesk.ui.widgets.fields.date import DateField
from ivigdesk.ui.widgets.fields.text import ChoiceField, LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording


class EffectFields(QWidget):
    """What was done, which drugs, who was called, the outcome, the end, and notes.

    Signals:
        resized(): it needs another height.
    """

    resized = Signal()

    def __init__(self, wording: Wording, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self._clock = clock
        self.action = LineField("action", _("What was done"), example=_("line kept open, oxygen"))
        self.drugs = LineField("drugs", _("Drugs given"), example=_("with dose and time"))
        self.doctor = LineField("doctor", _("Doctor called"), example=_("name"))
        self.doctor_at = LineField("doctor_at", _("Called at"), example="09:35")
        self.called_now = Button(_("Called now"))
        self.outcome = ChoiceField(
            "outcome", _("Outcome so far"), [(key, _(word)) for key, word in EFFECT_OUTCOMES.items()]
        )
        self.over_now = Button(_("Over now"))
        self.resolved_on = DateField("resolved_on", message(N_("Over, date")), wording, lambda: today(clock))
        self.resolved_at = LineField("resolved_at", _("Over, clock time"), hint=_("empty: not known"))
        self.notes = LineField("notes", _("Notes"))
        self._end = QWidget()
        self._lay_out()
        self._end.hide()
        self.called_now.clicked.connect(self._call_now)
        self.over_now.clicked.connect(self._end_now)
        self.outcome.edited.connect(self._show_end)

    def fields(self) -> Iterator[Field]:
        """Return every field, for the sentences that stand under them."""
        yield from (self.action, self.drugs, self.doctor, self.doctor_at, self.outcome)
        yield from (self.resolved_on, self.resolved_at, self.notes)

    def typed(self) -> tuple[str, ...]:
        """Return every word that somebody typed."""
        lines = (self.action, self.drugs, self.doctor, self.doctor_at, self.notes)
        return tuple(line.text().strip() for line in lines)

    def is_resolved(self) -> bool:
        """Whether it is over, as chosen."""
        return str(self.outcome.value()).startswith("resolved")

    def fill(self, effect: SideEffect) -> None:
        """Show what a record says, to be corrected or completed."""
        time = self._wording.time
        self.action.set_text(effect.action)
        self.drugs.set_text(effect.drugs)
        self.doctor.set_text(effect.doctor)
        self.doctor_at.set_text("" if effect.doctor_at is None else time(effect.doctor_at))
        self.outcome.set_value(effect.outcome)
        if effect.resolved_at is not None:
            self.resolved_on.set_value(effect.resolved_at.date())
            self.resolved_at.set_text(time(effect.resolved_at) if effect.end_time_known else "")
        self.notes.set_text(_own_notes(effect.notes))
        self._end.setVisible(self.is_resolved())

    def _call_now(self) -> None:
        self.doctor_at.set_text(self._wording.time(self._clock.now()))
        if not self.doctor.text().strip():
            self.doctor.focus()

    def _end_now(self) -> None:
        if not self.is_resolved():
            self.outcome.set_value("resolved")
        self._set_end_now()
        self._show_end()

    def _set_end_now(self) -> None:
        now = self._clock.now()
        self.resolved_on.set_value(now.date())
        self.resolved_at.set_text(self._wording.time(now))

    def _show_end(self) -> None:
        if self.is_resolved() and not self.resolved_on.text():
            self._set_end_now()
        self._end.setVisible(self.is_resolved())
        self.resized.emit()

    def _lay_out(self) -> None:
        column = bare(QVBoxLayout(self), theme.SPACE_8)
        column.addWidget(PlainLabel(self._wording.gettext("Now or later: this may stay empty"), "strong"))
        column.addWidget(self.action)
        column.addWidget(self.drugs)
        column.addLayout(_with_button(self.doctor, self.doctor_at, self.called_now))
        column.addLayout(_with_button(self.outcome, None, self.over_now))
        end = QHBoxLayout(self._end)
        end.setContentsMargins(0, 0, 0, 0)
        end.setSpacing(theme.SPACE_12)
        end.addWidget(self.resolved_on, 1)
        end.addWidget(self.resolved_at, 1)
        column.addWidget(self._end)
        column.addWidget(self.notes)
        column.addStretch()


def _with_button(first: Field, second: Field | None, button: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_8)
    row.addWidget(first, 3)
    if second is not None:
        row.addWidget(second, 2)
    beside = bare(QVBoxLayout(), theme.SPACE_4)
    beside.addWidget(PlainLabel(" ", "label"))  # the height of the labels beside it
    beside.addWidget(button)
    beside.addStretch()
    row.addLayout(beside)
    row.setAlignment(beside, Qt.AlignmentFlag.AlignTop)
    return row


def _own_notes(notes: str) -> str:
    """Return what the nurse wrote, without what the record says of times that are not known."""
    for mark in (ONSET_TIME_NOT_KNOWN, END_TIME_NOT_KNOWN):
        notes = notes.replace(f"{mark}; ", "").replace(mark, "")
    return notes
