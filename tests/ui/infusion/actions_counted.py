"""How many keys and clicks the main tasks at the bedside take, counted by doing them at the real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.desk import Desk, add_nurse, open_desk, set_ward, sign_in
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.clock import SetClock
from ivigdesk.ui.infusion import InfusionPage
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.places import InfusionPlace
from ivigdesk.wording import Wording
from tests.conftest import FIRST_MORNING, cmv_plan, li_na
from tests.ui.infusion.bedside import burst, code, infusion_of, know_the_code

OBSERVATION = ("36.8", "80", "124/76", "16", "98")
_DIALOG_WITHIN_MS = 3000


@dataclass(frozen=True, slots=True)
class Counted:
    """What one task took.

    Attributes:
        task: its name.
        keys, clicks: of a nurse's hand.
        scans: of vials.
    """

    task: str
    keys: int
    clicks: int
    scans: int = 0

    @property
    def words(self) -> str:
        """Return `start a dose 16 + 0, 4 scans`."""
        return f"{self.task} {self.keys} + {self.clicks}" + (f", {self.scans} scans" if self.scans else "")


class Hand:
    """Presses keys where the cursor is, clicks, scans, and counts."""

    def __init__(self, window: QWidget) -> None:
        self.keys = self.clicks = self.scans = 0
        self._window = window

    @property
    def _cursor(self) -> QWidget:
        """Where the cursor is; no window manager gives the window back its keys after a dialog."""
        if QApplication.activeModalWidget() is None and not self._window.isActiveWindow():
            self._window.activateWindow()
            QTest.qWaitForWindowActive(self._window)
        focused = QApplication.focusWidget()
        if focused is None:
            raise AssertionError("the cursor is nowhere")
        return focused

    def key(self, key: Qt.Key) -> None:
        """Press one key where the cursor is."""
        self.keys += 1
        QTest.keyClick(self._cursor, key)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type words, a key for each letter."""
        for letter in text:
            self.keys += 1
            QTest.keyClicks(self._cursor, letter)

    def click(self, widget: QWidget) -> None:
        """Click a button."""
        self.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def scan(self, text: str) -> None:
        """Hold the scanner to a vial."""
        self.scans += 1
        burst(self._cursor, text)
        QApplication.processEvents()

    def in_dialog(self, opens: Callable[[], None], does: Callable[[], None]) -> None:
        """Do what opens a dialog, and then something in it."""
        waited = [0]

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog) or not dialog.isActiveWindow():
                waited[0] += 10
                if waited[0] < _DIALOG_WITHIN_MS:
                    QTimer.singleShot(10, look)
                return
            does()
            if dialog.isVisible():
                dialog.done(QDialog.DialogCode.Rejected)
                raise AssertionError("the dialog did not close")

        QTimer.singleShot(0, look)
        opens()
        if waited[0] >= _DIALOG_WITHIN_MS:
            raise AssertionError("no dialog opened")

    def counted(self, task: str) -> Counted:
        """Return what was done since the last time."""
        done = Counted(task, self.keys, self.clicks, self.scans)
        self.keys = self.clicks = self.scans = 0
        return done


def count_all(folder: Path) -> tuple[Counted, ...]:
    """Give a whole dose at the window, in a ward made in `folder`, and return what each task took.

    Raises:
        AssertionError: a task did not do what it is for.
    """
    clock = SetClock(FIRST_MORNING)
    with _bedside(folder, clock) as (page, desk, course):
        hand = Hand(page.window())
        return (
            _start(hand, page),
            _observe(hand, page, desk, clock),
            _headache(hand, page, desk),
            _finish(hand, page, desk, clock, course),
        )


def _start(hand: Hand, page: InfusionPage) -> Counted:
    """Tick every check, scan four vials, start."""
    for _line in list(page.cards.checklist.boxes):
        hand.key(Qt.Key.Key_Space)
    for number in range(4):
        hand.scan(code(f"A{number}"))
    hand.key(Qt.Key.Key_Space)
    _must(page.here is not None and page.here.infusion is not None, "it was not started")
    return hand.counted("start a dose")


def _observe(hand: Hand, page: InfusionPage, desk: Desk, clock: SetClock) -> Counted:
    """Take a whole set of vital signs, without a symptom."""
    clock.advance(timedelta(minutes=15))
    for value in OBSERVATION:
        hand.type(value)
        hand.key(Qt.Key.Key_Return)
    hand.key(Qt.Key.Key_Return)
    (stored,) = infusion_of(page, desk).observations
    _must((stored.pulse_per_min, stored.diastolic_mmhg, stored.spo2_percent) == (80, 76, 98), "it was not stored")
    return hand.counted("one set of observations")


def _headache(hand: Hand, page: InfusionPage, desk: Desk) -> Counted:
    """Record a mild headache."""

    def grade_one() -> None:
        hand.key(Qt.Key.Key_1)
        hand.key(Qt.Key.Key_Return)

    hand.in_dialog(lambda: hand.click(page.cards.effects.quick["AE14"]), grade_one)
    (effect,) = infusion_of(page, desk).side_effects
    _must((effect.code, effect.grade) == ("AE14", 1), "it was not stored")
    return hand.counted("record a headache")


def _finish(hand: Hand, page: InfusionPage, desk: Desk, clock: SetClock, course: Course) -> Counted:
    """Sign a dose whose volume is in."""
    clock.advance(timedelta(minutes=200))
    hand.in_dialog(lambda: hand.key(Qt.Key.Key_F9), lambda: hand.key(Qt.Key.Key_Return))
    end = infusion_of(page, desk).end
    _must(end is not None and end.given_dose_mg == course.dose(1).planned_dose_mg, "it was not signed")
    return hand.counted("finish and sign")


@contextmanager
def _bedside(folder: Path, clock: SetClock) -> Iterator[tuple[InfusionPage, Desk, Course]]:
    """Open the window at a dose that is due."""
    desk = open_desk(folder, clock)
    add_nurse(desk, "A. Wong", "charge nurse")
    sign_in(desk, "A. Wong")
    set_ward(desk, WardSettings(name="BMT 3"))
    course = confirm(desk, propose(desk, cmv_plan(register_patient(desk, li_na()))))
    know_the_code(desk)
    window = MainWindow(desk, Wording("en"))
    try:
        window.resize(1440, 900)
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        _must(window.shell is not None, "nobody is signed in")
        if window.shell is not None:
            window.shell.go(InfusionPlace(course.id, course.dose(1).id))
            QApplication.processEvents()
            page = window.shell.page
            if not isinstance(page, InfusionPage):
                raise AssertionError(f"{page} is no bedside")
            yield page, desk, course
            window.shell.stop()
    finally:
        window.hide()
        window.deleteLater()
        QApplication.processEvents()
        desk.close()


def _must(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise AssertionError(otherwise)
