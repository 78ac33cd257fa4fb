"""The page of the calendar, opened and read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.ui.calendar import CalendarPage
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.places import CalendarPlace
from ivigdesk.ui.widgets import PlainLabel
from ivigdesk.wording import Wording

Show = Callable[[QWidget], QWidget]


def open_page(desk: Desk, wording: Wording, shown: Show) -> CalendarPage:
    """Show the calendar at the ward's today."""
    made = CalendarPage(desk, wording)
    made.resize(1200, 640)
    shown(made)
    made.show_place(CalendarPlace())
    return made


def calendar_of(window: MainWindow) -> CalendarPage:
    """Return the calendar that a window shows."""
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, CalendarPage)
    return page


def choose(page: CalendarPage, day: date) -> None:
    """Choose the first dose of a day."""
    page.board.choose_dose(page.board.scene.doses(day)[0])


def words_in(root: QWidget) -> str:
    """Return what can be read in the labels below a widget."""
    labels = (label for label in root.findChildren(PlainLabel) if label.isVisible())
    return "\n".join(label.text() for label in labels).replace("\u00a0", " ")
