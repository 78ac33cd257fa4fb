"""Vital signs: what was measured, and one line to enter the next set; Enter saves it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ivigdesk.actions.infusions.give_infusion import ObservationForm
from ivigdesk.clinical.infusions.infusion import Observation
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_
from ivigdesk.ui import theme
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.labels import PlainLabel, heading
from ivigdesk.ui.widgets.states import State, StateChip
from ivigdesk.ui.widgets.tables import Column, RecordTable
from ivigdesk.wording import Wording

_ROW = 36
_MOST_ROWS = 5
_VALUES = 6

_ENTRY: tuple[tuple[str, str, str], ...] = (
    ("temperature_c", N_("Temp °C"), N_("Temperature in degrees Celsius")),
    ("pulse_per_min", N_("Pulse"), N_("Pulse per minute")),
    ("systolic_mmhg", N_("BP sys"), N_("Systolic blood pressure")),
    ("diastolic_mmhg", N_("BP dia"), N_("Diastolic blood pressure")),
    ("breaths_per_min", N_("Resp"), N_("Breaths per minute")),
    ("spo2_percent", N_("SpO2 %"), N_("Oxygen saturation in percent")),
    ("symptoms", N_("Symptoms"), N_("Symptoms, in words")),
    ("at", N_("Time"), N_("Clock time; empty is now")),
)


class ObservationsCard(Card):
    """The observations of an infusion with the line for the next one.

    Signals:
        observation_entered(ObservationForm): Enter was pressed in the line.
    """

    observation_entered = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        _ = wording.gettext
        self._wording = wording
        self.due = StateChip()
        self.table = RecordTable(_columns(wording), _("Observations"), row_height=_ROW, sortable=False)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edits: dict[str, QLineEdit] = {}
        self.error = PlainLabel("", "error", wrap=True)
        self.save = Button(_("Save"), name=_("Save this observation"))
        self._entry = QWidget()
        self._form = ObservationForm()
        self._lay_out()
        for edit in self.edits.values():
            edit.returnPressed.connect(self._enter)
            edit.textEdited.connect(self._forget_error)
        self.save.clicked.connect(self._enter)

    def show_observations(self, observations: Sequence[Observation], *, can_enter: bool) -> None:
        """Show what was measured, oldest first, the newest in view."""
        self.table.show_rows(tuple(observations))
        rows = min(max(len(observations), 1), _MOST_ROWS)
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + _ROW * rows + 6)
        if observations:
            self.table.choose(observations[-1])
        self._entry.setVisible(can_enter)

    def show_due(self, reason: str, at: datetime | None) -> None:
        """Say what is due: `reason` now, or the clock time of the next; neither hides it."""
        _ = self._wording.gettext
        state = None
        if reason:
            state = State("!", _("Due now: {reason}").format(reason=reason), "attention")
        elif at is not None:
            state = State("", _("Next at {time}").format(time=self._wording.time(at)), "plain")
        if state is None or state.text != self.due.text() or self.due.isHidden():
            self.due.show_state(state)

    def show_mistake(self, mistake: UserMistake) -> bool:
        """Mark the field and say why under the line; False when no field has that name."""
        edit = self.edits.get(mistake.field)
        if edit is None:
            return False
        theme.set_look(edit, "wrong")
        self.error.setText(self._wording.say_error(mistake))
        self.error.show()
        edit.setFocus()
        edit.selectAll()
        return True

    def clear_entry(self) -> None:
        """Empty the line after it was saved, ready for the next set."""
        self._form = ObservationForm()
        for edit in self.edits.values():
            edit.clear()
        self._forget_error()

    def has_typed(self) -> bool:
        """Whether something stands in the line."""
        return not self._entry.isHidden() and any(edit.text().strip() for edit in self.edits.values())

    def _enter(self) -> None:
        values = {name: edit.text() for name, edit in self.edits.items()}
        self.observation_entered.emit(ObservationForm(id=self._form.id, **values))

    def _forget_error(self) -> None:
        self.error.hide()
        for edit in self.edits.values():
            theme.set_look(edit, "")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(heading(self._wording.gettext("Observations")))
        head.addStretch()
        head.addWidget(self.due)
        theme.set_look(self._entry, "entry")
        column = QVBoxLayout(self._entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addLayout(self._line())
        column.addWidget(self.error)
        self.error.hide()
        self.body.addLayout(head)
        self.body.addWidget(self.table)
        self.body.addWidget(self._entry)

    def _line(self) -> QGridLayout:
        """Return the entry: the measured values in one row; symptoms, time and the button in the next."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE_8)
        grid.setVerticalSpacing(theme.SPACE_4)
        for index, (name, short, spoken) in enumerate(_ENTRY):
            edit = QLineEdit()
            edit.setAccessibleName(self._wording.gettext(spoken))
            edit.setMinimumWidth(52)
            label = PlainLabel(self._wording.gettext(short), "label")
            label.setBuddy(edit)
            self.edits[name] = edit
            if index < _VALUES:
                row, column, span = 0, index, 1
                grid.setColumnStretch(column, 1)
            elif name == "symptoms":
                row, column, span = 2, 0, 4
            else:
                row, column, span = 2, 4, 1
                edit.setPlaceholderText(self._wording.gettext("now"))
            grid.addWidget(label, row, column, 1, span)
            grid.addWidget(edit, row + 1, column, 1, span)
        grid.addWidget(self.save, 3, _VALUES - 1)
        return grid


def _columns(wording: Wording) -> tuple[Column[Observation], ...]:
    _ = wording.gettext

    def number(value: Decimal | int | None) -> str:
        return "–" if value is None else wording.number(value)

    def pressure(observation: Observation) -> str:
        if observation.systolic_mmhg is None and observation.diastolic_mmhg is None:
            return "–"
        return f"{number(observation.systolic_mmhg)}/{number(observation.diastolic_mmhg)}"

    return (
        Column(_("Time"), lambda one: wording.time(one.at), strong=True, width=68),
        Column(_("Temp °C"), lambda one: "–" if one.temperature_c is None else f"{one.temperature_c:.1f}", width=78),
        Column(_("Pulse"), lambda one: number(one.pulse_per_min), width=58),
        Column(_("BP"), pressure, width=82),
        Column(_("Resp"), lambda one: number(one.breaths_per_min), width=58),
        Column(_("SpO2 %"), lambda one: number(one.spo2_percent), width=70),
        Column(_("Symptoms"), lambda one: one.symptoms or "–", stretch=True),
    )
