"""The month or week as it stands on the page: one painted widget that knows where everything is, and says it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QToolTip, QWidget

from ivigdesk.actions.ward.ward_calendar import CalendarDay, CalendarDose
from ivigdesk.ui.calendar import painting
from ivigdesk.ui.calendar.look import LEAST_WIDTH, Look
from ivigdesk.ui.calendar.month_look import MonthLook
from ivigdesk.ui.calendar.scene import Carried, Scene
from ivigdesk.ui.calendar.spans import Kind, bounds, shown
from ivigdesk.ui.calendar.week_look import WeekLook
from ivigdesk.ui.calendar.words import CalendarWords
from ivigdesk.ui.widgets import tip
from ivigdesk.wording import Wording

_BAR_WIDTH = 14
_GHOST = 170
BESIDE = 10
"""Pixels from the pointer to the dose that it carries."""


class CalendarCanvas(QWidget):
    """Paints the days of a month or week with what is chosen and what is carried.

    Signals:
        day_chosen(date): the keyboard or a click came to this day.
        dose_chosen(CalendarDose | None): a dose was chosen; None when days are walked through again.
        carried(Carried | None): a dose is on its way to another day; None when it was put down.
    """

    day_chosen = Signal(object)
    dose_chosen = Signal(object)
    carried = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = CalendarWords(wording)
        self.scene = Scene()
        self._looks: dict[Kind, Look] = {
            "month": MonthLook(self.words, self.scene),
            "week": WeekLook(self.words, self.scene),
        }
        self._kind: Kind = "month"
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.valueChanged.connect(self._scroll)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(wording.gettext("Calendar of the ward"))
        self.setMouseTracking(True)

    def show_words(self, words: CalendarWords) -> None:
        """Word and measure days by `words` from now on."""
        self.words = words
        for look in self._looks.values():
            look.words = words

    def show_span(self, kind: Kind, days: Sequence[CalendarDay], cursor: date, today: date) -> None:
        """Show the month or week of `cursor`. A dose on that day stays chosen; one that is carried goes on."""
        self._kind = kind
        scene = self.scene
        scene.first, scene.last = shown(kind, cursor)
        scene.inside = bounds(kind, cursor)
        scene.today, scene.cursor = today, cursor
        scene.show_days({day.day: day for day in days})
        found = scene.find(scene.chosen) if scene.chosen is not None else None
        scene.chosen = found if found is not None and found.day == cursor else None
        if scene.carried is not None:
            self.show_carried(Carried(scene.carried.dose, cursor, scene.carried.at))
        self._measure()
        self._reveal()
        self._say()
        self.updateGeometry()
        self.update()

    def choose_day(self, day: date) -> None:
        """Put the keyboard on a day; no dose is chosen then."""
        if not self.scene.has(day):
            return
        self.scene.cursor = day
        if self.scene.chosen is not None:
            self.scene.chosen = None
            self.dose_chosen.emit(None)
        self.day_chosen.emit(day)
        self._say()
        self.update()

    def choose_dose(self, dose: CalendarDose) -> None:
        """Choose a dose of a day that is shown."""
        self.scene.cursor = dose.day
        self.scene.chosen = dose
        self._reveal()
        self.day_chosen.emit(dose.day)
        self.dose_chosen.emit(dose)
        self._say()
        self.update()

    def place_of(self, dose: CalendarDose) -> QRect:
        """Return where a dose is painted; its day's place when it has none of its own."""
        for one, place in self._look.places(dose.day):
            if one.dose_id == dose.dose_id:
                return place
        return self.cell(dose.day)

    def cell(self, day: date) -> QRect:
        """Return where a day is painted."""
        return self._look.cell(day)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, self._look.least_height())

    @property
    def _look(self) -> Look:
        return self._looks[self._kind]

    @property
    def _room(self) -> QRect:
        bar = _BAR_WIDTH if not self._bar.isHidden() else 0
        return QRect(0, 0, self.width() - bar, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.scene.has_focus = self.hasFocus()
        self._look.paint(painter, event.region())
        if self.scene.carried is not None:
            self._paint_carried(painter, self.scene.carried)
        painter.end()

    def _paint_carried(self, painter: QPainter, carried: Carried) -> None:
        target = carried.target
        place = self.cell(target) if target is not None and self.scene.has(target) else QRect()
        if target is not None and carried.is_moved:
            painting.paint_target(painter, place)
        text, against = self.words.carried(carried, self.scene)
        if carried.at is None:
            head = self._look.head if self._kind == "week" else 0
            at = QPoint(place.left() + BESIDE, place.top() + head + 2 * BESIDE)
        else:
            at = QPoint(carried.at[0] + BESIDE, carried.at[1] + BESIDE)
        width = min(_GHOST, self._room.width() // 7 - BESIDE)
        near = QRect(at.x(), at.y(), width, painting.CHIP + 2 * painting.PAD)
        painting.paint_ghost(painter, at, width, carried.dose, self.words)
        painting.paint_bubble(painter, near if self._kind == "week" else near.united(place), self._room, text, against)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell(event.pos(), self._words_at(event.pos()))
            return True
        return super().event(event)

    def _words_at(self, at: QPoint) -> str:
        dose, day = self._look.dose_at(at), self._day_at(at)
        if dose is not None:
            return self.words.dose(dose)
        return self.words.day(day, self.scene.day(day)) if day is not None else ""

    def _day_at(self, at: QPoint) -> date | None:
        return self._look.day_at(at) if self._room.contains(at) else None

    def show_carried(self, carried: Carried | None) -> None:
        """Show a dose on its way to another day, and say where it would go; None when it is put down."""
        self.scene.carried = carried
        self.carried.emit(carried)
        if carried is not None:
            text, against = self.words.carried(carried, self.scene)
            self._announce("\n".join((text, *against)))
        self.update()

    def _measure(self) -> None:
        """Give the scroll bar its length, or hide it when everything fits."""
        content = self._look.content_height()
        too_high = content - self.height()
        self._bar.setVisible(too_high > 0)
        self._bar.setRange(0, max(too_high, 0))
        self._bar.setPageStep(max(self.height() - self._look.head, 1))
        self._bar.setSingleStep(painting.CHIP * 2)
        self._bar.setGeometry(self.width() - _BAR_WIDTH, self._look.head, _BAR_WIDTH, self.height() - self._look.head)
        for look in self._looks.values():
            look.room = self._room
        self._scroll(self._bar.value())

    def _scroll(self, offset: int) -> None:
        for look in self._looks.values():
            look.offset = offset
        self.update()

    def _reveal(self) -> None:
        """Scroll to the dose that is chosen."""
        if self.scene.chosen is None or self._bar.isHidden():
            return
        top, bottom = self._look.extent(self.scene.chosen)
        seen = self.height() - self._look.head
        if top < self._bar.value() or bottom > self._bar.value() + seen:
            self._bar.setValue(top - painting.PAD if top < self._bar.value() else bottom - seen + painting.PAD)

    def _tell(self, at: QPoint, words: str) -> None:
        if words:
            QToolTip.showText(self.mapToGlobal(at), tip(words), self)
        else:
            QToolTip.hideText()

    def _say(self) -> None:
        scene = self.scene
        chosen = scene.chosen
        self._announce(
            self.words.day(scene.cursor, scene.day(scene.cursor)) if chosen is None else self.words.dose(chosen)
        )

    def _announce(self, words: str) -> None:
        self.setAccessibleDescription(words)
        if self.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
