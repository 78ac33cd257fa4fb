"""The timeline on screen: painted where it lies, walked along by keyboard, pointed at, and told in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.sheets.timeline.site import Spot
from ivigdesk.sheets.timeline.values import Timeline, TimelineCourse, TimelineDose, TimelineEffect, TimelineEvent
from ivigdesk.sheets.trend.shapes import Mark
from ivigdesk.sheets.trend.values import TrendEvent
from ivigdesk.ui import theme
from ivigdesk.ui.widgets import timeline as timeline_module
from ivigdesk.ui.widgets.timeline import TimelineView
from ivigdesk.wording import Wording

Show = Callable[[QWidget], QWidget]
START = date(2026, 3, 2)
COURSE = UUID(int=7)


def a_timeline() -> Timeline:
    doses = tuple(
        TimelineDose(
            number=number + 1,
            on=START + timedelta(2 * number),
            status="given" if number < 2 else "planned",
            moved_from=None,
            words=f"Dose {number + 1} <b>in words",
        )
        for number in range(5)
    )
    return Timeline(
        courses=(TimelineCourse(COURSE, "CMV pneumonia", "C-1", (), doses),),
        effects=(TimelineEffect(START, 2, "headache", COURSE, 1, "headache, grade 2"),),
        tests=(),
        events=(TimelineEvent(TrendEvent(on=START, until=None, label="CMV"), "CMV since March"),),
        today=START + timedelta(4),
        transplant_on=START - timedelta(20),
        first_on=START,
    )


@pytest.fixture
def view(english: Wording, shown: Show) -> TimelineView:
    made = TimelineView(english)
    made.show_timeline(a_timeline())
    made.resize(900, 10)
    shown(made)
    return made


def spot_of(view: TimelineView, number: int) -> Spot:
    return next(
        spot for spot in view.drawing.spots if spot.dose_number == number and spot.words.startswith(f"Dose {number}")
    )


def middle(spot: Spot) -> QPoint:
    return QPoint(int((spot.box.left + spot.box.right) / 2), int((spot.box.top + spot.box.bottom) / 2))


def test_a_given_dose_is_painted_where_it_lies(view: TimelineView) -> None:
    mark = next(shape for shape in view.drawing.shapes if isinstance(shape, Mark) and shape.role == "given")
    picture = view.grab().toImage()
    scale = picture.devicePixelRatio()
    seen = picture.pixelColor(int(mark.at[0] * scale), int((mark.at[1] - mark.radius * 0.3) * scale))
    assert seen == QColor(theme.TONES["given"].ink)


def test_it_is_as_high_as_its_lanes_at_any_width(view: TimelineView) -> None:
    for width in (600, 900, 1300):
        view.resize(width, 10)
        assert view.drawing.height <= view.height() <= view.drawing.height + 1
    assert view.minimumSizeHint().width() < 600


def test_left_and_right_walk_along_the_marks_by_date(view: TimelineView, qtbot: QtBot) -> None:
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    walked = []
    for _ in view.drawing.spots:
        assert view.current is not None
        walked.append(view.current.on)
        qtbot.keyClick(view, Qt.Key.Key_Right)
    assert walked == sorted(walked)
    assert view.current == view.drawing.spots[-1]
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.current == view.drawing.spots[-2]
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current == view.drawing.spots[-1]


def test_walking_begins_at_the_first_dose_from_today_on(view: TimelineView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Right)
    first = view.current
    assert first is not None
    view.show_timeline(None)
    view.show_timeline(a_timeline())
    view.clearFocus()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    assert view.current == spot_of(view, 3)


def test_each_step_is_announced(view: TimelineView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    class Heard:
        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: object) -> None:
            heard.append(event.message())  # type: ignore[attr-defined]

    monkeypatch.setattr(timeline_module, "QAccessible", Heard)
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert heard[-1] == "Dose 5 <b>in words"


def test_enter_on_a_dose_opens_it_and_on_an_event_nothing(view: TimelineView, qtbot: QtBot) -> None:
    opened: list[object] = []
    view.dose_opened.connect(opened.append)
    qtbot.keyClick(view, Qt.Key.Key_End)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == [spot_of(view, 5)]
    qtbot.keyClick(view, Qt.Key.Key_Home)
    while view.current is None or view.current.course_id is not None:
        qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert len(opened) == 1


def test_a_click_on_a_dose_opens_it(view: TimelineView, qtbot: QtBot) -> None:
    opened: list[object] = []
    view.dose_opened.connect(opened.append)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(spot_of(view, 4)))
    qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=middle(spot_of(view, 4)))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert opened == [spot_of(view, 4)]


def test_each_mark_can_be_pointed_at(view: TimelineView) -> None:
    for spot in view.drawing.spots:
        at = middle(spot)
        assert view.spot_at(at.x(), at.y()) is not None
    assert view.spot_at(1, 1) is None


def test_screen_readers_hear_everything_that_is_drawn(view: TimelineView) -> None:
    assert view.accessibleName() == "Timeline"
    for spot in view.drawing.spots:
        assert spot.words in view.accessibleDescription()
    view.show_timeline(None)
    assert view.accessibleDescription() == ""
    assert view.drawing.shapes == ()
