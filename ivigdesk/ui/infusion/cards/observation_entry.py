"""The line in which one set of vital signs is entered: Enter moves on, and stores in the last fields."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ivigdesk.actions.infusions.give_infusion import ObservationForm
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_
from ivigdesk.ui import theme
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

_ENTRY: tuple[tuple[str, str, str], ...] = (
    ("temperature_c", N_("Temp °C"), N_("Temperature in degrees Celsius")),
    ("pulse_per_min", N_("Pulse"), N_("Pulse per minute")),
    ("systolic_mmhg", N_("BP sys"), N_("Systolic blood pressure")),
    ("diastolic_mmhg", N_("BP dia"), N_("Diastolic blood pressure")),
    ("breaths_per_min", N_("Resp"), N_("Breaths per minute")),
    ("spo2_percent", N_("SpO2 %"), N_("Oxygen saturation in percent")),
    ("symptoms", N_("Symptoms"), N_("Symptoms, in words")),
    ("site", N_("Site"), N_("Infusion site, in words")),
    ("at", N_("Time"), N_("Clock time; empty is now")),
)
_VALUES = 6
_WIDE: dict[str, tuple[int, int]] = {"symptoms": (0, 3), "site": (3, 1), "at": (4, 1)}
"""Column and width of the fields below the values."""


class ObservationEntry(QWidget):
    """Enter goes from value to value; in the words and the time it stores. `/` goes on to the lower pressure.

    Attributes:
        edits: the fields by name.
        save: stores what stands there, from wherever the cursor is.

    Signals:
        entered(ObservationForm): it is to be stored.
    """

    entered = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self._form = ObservationForm()
        self.edits: dict[str, QLineEdit] = {}
        self.error = PlainLabel("", "error", wrap=True)
        self.save = Button(_("Save"), name=_("Save this observation"))
        theme.set_look(self, "entry")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addLayout(self._line())
        column.addWidget(self.error)
        self.error.hide()
        names = list(self.edits)
        for place, name in enumerate(names):
            edit = self.edits[name]
            following = self.edits[names[place + 1]] if place < _VALUES else None
            edit.returnPressed.connect(self._enter if following is None else following.setFocus)
            edit.textEdited.connect(self._forget_error)
        self.edits["systolic_mmhg"].installEventFilter(self)
        self.save.clicked.connect(self._enter)

    def show_mistake(self, mistake: UserMistake) -> bool:
        """Mark the field and say why under the line; False when no field has that name."""
        edit = self.edits.get(mistake.field)
        if edit is None:
            return False
        theme.set_look(edit, "wrong")
        self.error.setText(self._wording.say_error(mistake))
        self.error.show()
        edit.setAccessibleDescription(self.error.text())
        edit.setFocus()
        edit.selectAll()
        return True

    def clear(self) -> None:
        """Empty the line, ready for the next set."""
        self._form = ObservationForm()
        for edit in self.edits.values():
            edit.clear()
        self._forget_error()

    def has_typed(self) -> bool:
        """Whether something stands in the line."""
        return any(edit.text().strip() for edit in self.edits.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take `124/76` as it is said: the slash goes on to the lower pressure."""
        is_slash = (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Slash
        )
        if is_slash and watched is self.edits["systolic_mmhg"] and self.edits["systolic_mmhg"].text():
            self.edits["diastolic_mmhg"].setFocus()
            return True
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        values = {name: edit.text() for name, edit in self.edits.items()}
        self.entered.emit(ObservationForm(id=self._form.id, replaces=None, **values))

    def _forget_error(self) -> None:
        self.error.hide()
        for edit in self.edits.values():
            theme.set_look(edit, "")
            edit.setAccessibleDescription("")

    def _line(self) -> QGridLayout:
        """Return the fields: the measured values in one row; words, time and the button in the next."""
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
            row, (column, span) = (0, (index, 1)) if index < _VALUES else (2, _WIDE[name])
            if index < _VALUES:
                grid.setColumnStretch(column, 1)
            grid.addWidget(label, row, column, 1, span)
            grid.addWidget(edit, row + 1, column, 1, span)
        self.edits["at"].setPlaceholderText(self._wording.gettext("now"))
        grid.addWidget(self.save, 3, _VALUES - 1)
        return grid
