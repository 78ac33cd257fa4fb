"""The bedside page of dose 1, due today: before its start, and running."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course
from ivigdesk.ui.infusion import InfusionPage
from ivigdesk.ui.places import InfusionPlace
from ivigdesk.ui.widgets import dialogs
from ivigdesk.ui.widgets.notices import Notice
from ivigdesk.wording import Wording
from tests.ui.infusion.bedside import prepare

Show = Callable[[QWidget], QWidget]


@pytest.fixture(autouse=True)
def _discard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test leaves half typed is discarded without asking."""
    monkeypatch.setattr(dialogs, "ask_to_discard", lambda *_: True)


@pytest.fixture
def said() -> list[str]:
    """What the page said above itself."""
    return []


@pytest.fixture
def page(desk: Desk, course: Course, english: Wording, shown: Show, said: list[str]) -> Iterator[InfusionPage]:
    """The page of dose 1, due today, before its start."""
    made = InfusionPage(desk, english)
    made.noticed.connect(lambda notice: said.append(notice.sentence) if isinstance(notice, Notice) else None)
    made.resize(1300, 780)
    shown(made)
    made.show_place(InfusionPlace(course.id, course.dose(1).id))
    yield made
    made.hide()


@pytest.fixture
def running(page: InfusionPage) -> InfusionPage:
    """The same with everything checked, four vials of one lot, and the pump started at 09:05."""
    prepare(page)
    page.cards.start.start.click()
    assert page.here is not None
    assert page.here.infusion is not None
    return page
