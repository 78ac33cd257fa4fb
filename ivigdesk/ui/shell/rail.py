"""The rail at the left: where to go, and who is on duty."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ivigdesk.messages import N_
from ivigdesk.ui import icons, places, theme
from ivigdesk.ui.places import Place
from ivigdesk.ui.widgets import PlainLabel, press_with, tip
from ivigdesk.wording import Wording


class RailStop(msgspec.Struct, frozen=True):
    """One place of the rail.

    Attributes:
        place: where it leads.
        word: marked for the catalogue.
        picture: its icon.
        covers: kinds of place for which it is lit.
        follows: kinds of place for which it is lit when the nurse came through it.
    """

    place: Place
    word: str
    picture: str
    covers: tuple[type[Place], ...]
    follows: tuple[type[Place], ...] = ()


# A dose, its course and its sheets are reached from the day's list, from the calendar and from the patient: the rail
# shows the way back.
_EITHER_WAY = (
    places.CoursePlace,
    places.InfusionPlace,
    places.PrintPlanPlace,
    places.PrintDosePlace,
    places.PrintReactionPlace,
)

STOPS: tuple[RailStop, ...] = (
    RailStop(
        places.TodayPlace(),
        N_("Today"),
        "today",
        (places.TodayPlace, places.PrintDayPlace, places.PrintDayListPlace),
        _EITHER_WAY,
    ),
    RailStop(places.CalendarPlace(), N_("Calendar"), "month", (places.CalendarPlace,), _EITHER_WAY),
    RailStop(
        places.PatientsPlace(),
        N_("Patients"),
        "patients",
        (
            places.PatientsPlace,
            places.PatientPlace,
            places.PatientFormPlace,
            places.PlanCoursePlace,
        ),
        _EITHER_WAY,
    ),
    RailStop(
        places.SideEffectsPlace(),
        N_("Side effects"),
        "side-effects",
        (places.SideEffectsPlace, places.PrintRecallPlace),
        _EITHER_WAY,
    ),
    RailStop(
        places.LibraryPlace(),
        N_("Library"),
        "library",
        (places.LibraryPlace, places.RegimenEditorPlace, places.ProductEditorPlace),
    ),
    RailStop(places.SettingsPlace(), N_("Settings"), "settings", (places.SettingsPlace,)),
)


class Rail(QWidget):
    """Buttons to the main places, Ctrl+1 to Ctrl+6; the last one stands at the foot, above the nurse.

    Signals:
        place_requested(Place): a button was pressed.
        nurse_change_requested(): the nurse hands over.
    """

    place_requested = Signal(object)
    nurse_change_requested = Signal()

    def __init__(self, wording: Wording, nurse: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.RAIL_WIDTH)
        self._buttons = [self._stop_button(stop, number, wording) for number, stop in enumerate(STOPS, 1)]
        self._nurse = PlainLabel(nurse, "strong", wrap=True)
        self._nurse.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nurse.setToolTip(tip(nurse))
        self._change = _rail_button(wording.gettext("Hand over"), "lock")
        press_with(self._change, "F12")
        self._arrange()
        self._change.clicked.connect(self.nurse_change_requested)

    def light(self, place: Place, came_from: Place) -> None:
        """Light the stop that covers `place`, or the one that the nurse came through last."""
        for stop, button in zip(STOPS, self._buttons, strict=True):
            is_way = type(place) in stop.follows and type(came_from) is type(stop.place)
            button.setChecked(type(place) in stop.covers or is_way)

    def _stop_button(self, stop: RailStop, number: int, wording: Wording) -> QToolButton:
        button = _rail_button(wording.gettext(stop.word), stop.picture)
        button.setCheckable(True)
        press_with(button, f"Ctrl+{number}")
        button.clicked.connect(self._press)
        return button

    def _press(self) -> None:
        pressed = self.sender()
        for stop, button in zip(STOPS, self._buttons, strict=True):
            if button is pressed:
                button.setChecked(True)  # a second press must not put the light out
                self.place_requested.emit(stop.place)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_12, theme.SPACE_4, theme.SPACE_12)
        column.setSpacing(theme.SPACE_4)
        for button in self._buttons[:-1]:
            column.addWidget(button)
        column.addStretch()
        column.addWidget(self._buttons[-1])
        column.addSpacing(theme.SPACE_8)
        column.addWidget(self._nurse)
        column.addWidget(self._change)


def _rail_button(text: str, picture: str) -> QToolButton:
    button = QToolButton()
    theme.set_look(button, "rail")
    button.setText(text.replace("&", "&&"))
    button.setAccessibleName(text)
    button.setIcon(icons.icon(picture, theme.ON_DARK, 22))
    button.setIconSize(QSize(22, 22))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    button.setMinimumHeight(58)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
