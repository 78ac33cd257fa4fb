"""The calendar under the hands: walked through by keyboard, and from which doses are dragged."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from ivigdesk.actions.ward.ward_calendar import CalendarDose
from ivigdesk.ui.calendar.canvas import CalendarCanvas
from ivigdesk.ui.calendar.scene import Carried, Wish
from ivigdesk.wording import Wording

_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_AWAY = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class CalendarBoard(CalendarCanvas):
    """The days of a month or week. Arrow keys walk, Tab or Enter goes into a day, M carries a dose, Esc goes back.

    Signals:
        dose_opened(CalendarDose): Enter or a double click on a dose.
        day_opened(date): all doses of this day are asked for.
        day_reached(date): the keyboard came to a day that is not shown.
        move_requested(Wish): a dose was let go on another day.
    """

    dose_opened = Signal(object)
    day_opened = Signal(object)
    day_reached = Signal(object)
    move_requested = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(wording, parent)
        self._pressed: tuple[QPoint, CalendarDose] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def day_in_hand(self) -> date:
        """The day that is walked to: where a carried dose would go, else where the keyboard stands."""
        carried = self.scene.carried
        return (carried.target if carried is not None else None) or self.scene.cursor

    def start_carrying(self) -> bool:
        """Let the keyboard carry the dose that is chosen; False when there is none that may be moved."""
        dose = self.scene.chosen
        if dose is None:
            return False
        if not dose.may_move:
            self._announce(self.words.not_moved(dose))
            self._tell(self.place_of(dose).bottomLeft(), self.words.not_moved(dose))
            return False
        self.show_carried(Carried(dose, dose.day))
        return True

    def escape(self) -> bool:
        """Put down what is carried, or go back from doses to days; False when there was neither."""
        self._pressed = None
        if self.scene.carried is not None:
            self.show_carried(None)
            self._say()
            return True
        if self.scene.chosen is not None:
            self.choose_day(self.scene.cursor)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in _STEPS:
            self._walk(key)
        elif plain and key in _ENTER:
            self._enter()
        elif plain and key == Qt.Key.Key_M and self.scene.carried is None and self.scene.chosen is not None:
            self.start_carrying()
        elif not (plain and key == Qt.Key.Key_Escape and self.escape()):
            event.ignore()  # the page has keys of its own

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Let Tab go into the day's doses, and Shift+Tab back to the days, before it leaves."""
        scene = self.scene
        if forwards and scene.chosen is None and scene.carried is None and scene.doses(scene.cursor):
            self.choose_dose(scene.doses(scene.cursor)[0])
            return True
        if not forwards and scene.chosen is not None and scene.carried is None:
            return self.escape()
        return super().focusNextPrevChild(forwards)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() in _AWAY and self.scene.carried is not None:
            self.show_carried(None)
        super().focusOutEvent(event)
        self.update()

    def _walk(self, key: int) -> None:
        scene, step = self.scene, _STEPS[key]
        if scene.carried is not None:
            target = (scene.carried.target or scene.carried.dose.day) + timedelta(days=step)
            self.show_carried(Carried(scene.carried.dose, target))
            if not scene.has(target):
                self.day_reached.emit(target)
            return
        if abs(step) == 1:
            self._go(scene.cursor + timedelta(days=step))
        elif scene.chosen is not None:
            self._walk_doses(scene.chosen, step // abs(step))
        elif self._kind == "week":
            if step > 0:
                self._enter()
        else:
            self._go(scene.cursor + timedelta(days=step))

    def _walk_doses(self, chosen: CalendarDose, step: int) -> None:
        doses = self.scene.doses(self.scene.cursor)
        index = next((index for index, dose in enumerate(doses) if dose.dose_id == chosen.dose_id), 0)
        self.choose_dose(doses[max(0, min(index + step, len(doses) - 1))])

    def _go(self, day: date) -> None:
        """Walk to a day; from a dose, to the first dose of that day where it has one."""
        if not self.scene.has(day):
            self.day_reached.emit(day)
        elif self.scene.chosen is not None and self.scene.doses(day):
            self.choose_dose(self.scene.doses(day)[0])
        else:
            self.choose_day(day)

    def _enter(self) -> None:
        scene = self.scene
        if scene.carried is not None:
            self._let_go(scene.carried)
        elif scene.chosen is not None:
            self.dose_opened.emit(scene.chosen)
        elif doses := scene.doses(scene.cursor):
            self.choose_dose(doses[0])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.scene.carried is not None:
            self.show_carried(None)
        at = event.position().toPoint()
        dose, day = self._look.dose_at(at), self._day_at(at)
        if dose is not None:
            self.choose_dose(dose)
            self._pressed = (at, dose)
        elif day is not None:
            self.choose_day(day)
            count, place = self._look.more(day)
            if count and place.contains(at):
                self.day_opened.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None:
            over = self._look.dose_at(at)
            is_loose = over is not None and over.may_move
            self.setCursor(Qt.CursorShape.OpenHandCursor if is_loose else Qt.CursorShape.ArrowCursor)
            return
        begin, dose = self._pressed
        if self.scene.carried is None and (at - begin).manhattanLength() < QApplication.startDragDistance():
            return
        if not dose.may_move:
            self.setCursor(Qt.CursorShape.ForbiddenCursor)
            self._tell(at, self.words.not_moved(dose))
            return
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.show_carried(Carried(dose, self._day_at(at), (at.x(), at.y())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if self.scene.carried is not None and event.button() == Qt.MouseButton.LeftButton:
            self._let_go(self.scene.carried)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        dose = self._look.dose_at(event.position().toPoint())
        day = self._day_at(event.position().toPoint())
        if dose is not None:
            self.dose_opened.emit(dose)
        elif day is not None:
            self.day_opened.emit(day)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._bar.isHidden():
            event.ignore()
        else:
            QApplication.sendEvent(self._bar, event)

    def _let_go(self, carried: Carried) -> None:
        self.show_carried(None)
        if carried.is_moved:
            self.move_requested.emit(Wish(carried.dose, carried.target))
        else:
            self._say()
