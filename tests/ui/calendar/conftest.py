"""A board with the doses of two patients in March 2026."""

from __future__ import annotations

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course
from ivigdesk.ui.calendar import CalendarPage
from ivigdesk.ui.calendar.board import CalendarBoard
from ivigdesk.ui.calendar.spans import shown
from ivigdesk.wording import Wording
from tests.ui.calendar.making import MONDAY, WANG, days, dose, on
from tests.ui.calendar.opening import Show, open_page


@pytest.fixture
def board(english: Wording, shown: Show) -> CalendarBoard:
    """March 2026 on Monday the 2nd: dose 4 of LI on the 10th, doses 5 and 6 after it; WANG is there on the 10th too."""
    made = CalendarBoard(english)
    made.resize(900, 620)
    shown(made)
    show_march(made)
    made.setFocus()
    return made


def show_march(board: CalendarBoard) -> None:
    """Show the month."""
    doses = (
        dose(3, on(8), status="given", may_move=False),
        dose(4, on(10)),
        dose(5, on(12)),
        dose(6, on(14)),
        dose(2, on(10), course=WANG, bed="03"),
    )
    first, last = shown("month", MONDAY)
    board.show_span("month", days(first, last, doses), MONDAY, MONDAY)


@pytest.fixture
def page(desk: Desk, course: Course, english: Wording, shown: Show) -> CalendarPage:
    """March 2026 with the eleven doses of LI, Na: 2, 4, ... 14, then 16, 23 and 30 March and 6 April."""
    return open_page(desk, english, shown)
