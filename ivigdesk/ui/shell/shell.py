"""Puts rail, bar, banner, notices and pages together, and walks from place to place."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.clock import today
from ivigdesk.errors import WordedError
from ivigdesk.ui import places, theme
from ivigdesk.ui.page import BannerFacts, Page
from ivigdesk.ui.pages import page_of
from ivigdesk.ui.places import Place
from ivigdesk.ui.shell.page_stack import PageStack, scrolled
from ivigdesk.ui.shell.rail import STOPS, Rail
from ivigdesk.ui.shell.top_bar import TopBar
from ivigdesk.ui.widgets import Notice, NoticeBar, PatientBanner, PlainLabel, ask_to_discard, tell
from ivigdesk.wording import Wording

CLOCK_EVERY_MS = 5_000
KEPT_PLACES = 50
FORMS = (  # once left, "back" does not lead into them again
    places.PatientFormPlace,
    places.PlanCoursePlace,
    places.RegimenEditorPlace,
    places.ProductEditorPlace,
)


class Shell(QWidget):
    """The window's content for one nurse in one language; the main window makes a new one when either changes.

    Signals:
        nurse_change_requested(): somebody else takes over.
        language_requested(str): read the window in this language.
    """

    nurse_change_requested = Signal()
    language_requested = Signal(object)

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wording = wording
        self.rail = Rail(wording, desk.nurse)
        self.top_bar = TopBar(wording)
        self.banner = PatientBanner(wording)
        self.notices = NoticeBar(wording)
        self.stack = PageStack()
        self._pages: dict[type[Page], Page] = {}
        self._visited: list[Place] = []
        self._clock = QTimer(self)
        self._day = today(desk.clock)
        self._arrange()
        self._connect()
        self._add_keys()

    @property
    def place(self) -> Place:
        """Where the window is."""
        return self._visited[-1] if self._visited else places.TodayPlace()

    @property
    def page(self) -> Page | None:
        """The page in view."""
        current = self.stack.currentWidget()
        return current if isinstance(current, Page) else None

    def start(self, place: Place) -> None:
        """Go to the first place, and let the clock in the bar run."""
        self._show_moment()
        self.go(place)
        self._clock.start(CLOCK_EVERY_MS)

    def stop(self) -> None:
        """Let the clock stand still; nothing of the shell runs afterwards."""
        self._clock.stop()

    def may_leave(self) -> bool:
        """Return whether the page in view may be left: asks when something was typed there."""
        page = self.page
        if page is None or not page.has_unsaved():
            return True
        return ask_to_discard(self._wording, self, page.unsaved_words())

    def go(self, place: object) -> None:
        """Go to `place`, asking first when something was typed on the page in view."""
        if isinstance(place, Place) and self.may_leave() and self._show(place):
            if self._visited and (isinstance(self._visited[-1], FORMS) or self._visited[-1] == place):
                self._visited.pop()
            self._visited.append(place)
            del self._visited[:-KEPT_PLACES]

    def back(self) -> None:
        """Go to the place before this one; at the first one, to Today."""
        if not self.may_leave():
            return
        if self._visited:
            self._visited.pop()
        self._show(self.place)
        if not self._visited:
            self._visited.append(places.TodayPlace())

    def _show(self, place: Place) -> bool:
        """Show `place` and return True; when it cannot be shown, say why above the page in view."""
        self.notices.show_notice(None)
        try:
            page = self._page(page_of(place))
            page.show_place(place)
        except WordedError as error:
            self.notices.show_notice(Notice(self._wording.say_error(error), "serious"))
            return False
        self.stack.setCurrentWidget(page)
        self.rail.light(place, self._came_from())
        self._show_moment()
        # The search box keeps the cursor while a nurse types in it.
        if not self.top_bar.search.hasFocus():
            first = page.first_control()
            (first or page).setFocus()
        return True

    def _came_from(self) -> Place:
        """Return the place of the rail that the nurse came through last; Today when none was visited."""
        kinds = {type(stop.place): stop.place for stop in STOPS if stop.follows}
        return next((kinds[type(one)] for one in reversed(self._visited) if type(one) in kinds), places.TodayPlace())

    def _page(self, kind: type[Page]) -> Page:
        if kind not in self._pages:
            page = kind(self._desk, self._wording)
            page.place_requested.connect(self.go)
            page.back_requested.connect(self.back)
            page.patient_shown.connect(self._show_banner)
            page.noticed.connect(self.notices.show_notice)
            page.language_requested.connect(self.language_requested)
            self._pages[kind] = page
            self.stack.addWidget(page)
        return self._pages[kind]

    def _arrange(self) -> None:
        practice = PlainLabel(self._wording.gettext("PRACTICE WARD: invented patients. Nothing here is for treatment."))
        practice.setObjectName("practice")
        practice.setVisible(self._desk.settings.is_practice)
        notice_row = QVBoxLayout()
        notice_row.setContentsMargins(theme.SPACE_24, theme.SPACE_12, theme.SPACE_24, 0)
        notice_row.addWidget(self.notices)
        column = QVBoxLayout()
        column.setSpacing(0)
        for widget in (practice, self.top_bar, self.banner):
            column.addWidget(widget)
        column.addLayout(notice_row)
        column.addWidget(scrolled(self.stack), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)

    def _connect(self) -> None:
        self.rail.place_requested.connect(self.go)
        self.rail.nurse_change_requested.connect(self._hand_over)
        self.top_bar.search_changed.connect(self._search)
        self.top_bar.search_entered.connect(self._open_found)
        self.top_bar.help_requested.connect(self._help)
        self._clock.timeout.connect(self._tick)

    def _add_keys(self) -> None:
        for keys, act in (
            ("Ctrl+K", self.top_bar.search.start),
            ("F1", self._explain),
            ("Shift+F1", self._help),
            ("Esc", self._escape),
            ("F5", self._refresh),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _show_banner(self, facts: object) -> None:
        if isinstance(facts, BannerFacts):
            self.banner.show_patient(facts.patient, today(self._desk.clock), facts.dose)
        else:
            self.banner.show_patient(None, today(self._desk.clock))

    def _show_moment(self) -> None:
        self.top_bar.show_moment(self._desk.settings.name, self._desk.clock.now())
        self.top_bar.show_journal(self._desk.journal_head)

    def _tick(self) -> None:
        self.top_bar.show_moment(self._desk.settings.name, self._desk.clock.now())
        if today(self._desk.clock) != self._day and self.page is not None and not self.page.has_unsaved():
            self._day = today(self._desk.clock)
            self._show(self.place)

    def _refresh(self) -> None:
        if self.may_leave():
            self._show(self.place)

    def _search(self, text: object) -> None:
        if isinstance(self.place, places.PatientsPlace):
            self._visited[-1] = places.PatientsPlace(str(text))
            self._show(self.place)
        elif self.page is None or not self.page.has_unsaved():
            self.go(places.PatientsPlace(str(text)))

    def _open_found(self, text: object) -> None:
        if not isinstance(self.place, places.PatientsPlace):
            self.go(places.PatientsPlace(str(text)))
        if self.page is not None and isinstance(self.place, places.PatientsPlace):
            self.top_bar.search.clear()
            self.page.open_first()

    def _escape(self) -> None:
        page = self.page
        if page is None or page.handle_escape():
            return
        if self.top_bar.search.hasFocus():
            self.top_bar.search.empty()
            (page.first_control() or page).setFocus()
        elif len(self._visited) > 1:
            self.back()

    def _explain(self) -> None:
        page = self.page
        if page is None or not page.explain_chosen():
            self._help()

    def _help(self) -> None:
        _ = self._wording.gettext
        keys = _(
            "Ctrl+1 to Ctrl+6: the places of the rail. Ctrl+K: search. F1 on a dose: why it is as it is. Shift+F1: "
            "this help. F5: read afresh. Esc: back. F12: hand over."
        )
        words = self.page.help_text() if self.page else ""
        tell(_("Help"), "\n\n".join(part for part in (words, keys) if part), _("Close"), self)

    def _hand_over(self) -> None:
        if self.may_leave():
            self.nurse_change_requested.emit()
