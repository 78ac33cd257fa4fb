"""What every page of the window is: made of a desk and words, shown at a place, reporting by signals."""

from __future__ import annotations

from datetime import date

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import today
from ivigdesk.errors import WordedError
from ivigdesk.ui import theme
from ivigdesk.ui.places import Place
from ivigdesk.ui.widgets.cards import scrolling
from ivigdesk.ui.widgets.notices import Notice
from ivigdesk.wording import Wording


class BannerFacts(msgspec.Struct, frozen=True):
    """Whom the banner is about, and which dose (`8 of 11`), where one is in view."""

    patient: Patient
    dose: str = ""


class Page(QWidget):
    """One page of the window.

    A page is made on the first visit as `SomePage(desk, wording)`, and made anew when the language changes.
    `show_place` is called on each visit and must read afresh what it shows, through actions.

    Attributes:
        desk: for actions only.
        wording: the nurse's language.
        body: the page's own column, with the page margins.

    Signals:
        place_requested(Place): go there.
        back_requested(): go to where the nurse came from.
        patient_shown(BannerFacts | None): whose banner stands above the page; emitted in every `show_place`.
        language_requested(str): read the window in this language.
        noticed(Notice | None): a sentence above the page: saved, refused, found; None clears it.
    """

    place_requested = Signal(object)
    back_requested = Signal()
    patient_shown = Signal(object)
    language_requested = Signal(object)
    noticed = Signal(object)

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.wording = wording
        theme.set_look(self, "page")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.SPACE_24, theme.SPACE_8, theme.SPACE_24, theme.SPACE_24)
        self.body.setSpacing(theme.SPACE_12)

    def show_place(self, place: Place) -> None:
        """Show what is at `place`, read afresh.

        Raises:
            KnownError: what is asked for does not exist or cannot be read.
        """
        raise NotImplementedError

    def first_control(self) -> QWidget | None:
        """Where the cursor starts on each visit; None leaves it to the page's order."""
        return None

    def has_unsaved(self) -> bool:
        """Whether something was typed here that leaving would lose."""
        return False

    def unsaved_words(self) -> str:
        """What would be lost, for the question before leaving; empty for the usual sentence."""
        return ""

    def help_text(self) -> str:
        """What the help says on this page: what it is for, and its keys."""
        return ""

    def explain_chosen(self) -> bool:
        """Say on F1 why what is chosen is as it is; False lets the window show the help instead."""
        return False

    def open_first(self) -> None:
        """Open the marked one of what was found, on Enter in the search box; most pages have nothing to open."""

    def handle_escape(self) -> bool:
        """Close something inside the page on Esc; False lets the window go back."""
        return False

    @property
    def today(self) -> date:
        """The ward's date."""
        return today(self.desk.clock)

    def fill_scrolling(self, content: QWidget) -> None:
        """Give the rest of the page to `content`; what does not fit is scrolled to, down to the window's edge."""
        margins = self.body.contentsMargins()
        self.body.setContentsMargins(margins.left(), margins.top(), theme.SPACE_12, 0)
        for row in self.body.findChildren(QHBoxLayout):
            row.setContentsMargins(0, 0, theme.SPACE_12, 0)
        layout = content.layout()
        if layout is not None:
            inner = layout.contentsMargins()
            layout.setContentsMargins(inner.left(), inner.top(), theme.SPACE_12, theme.SPACE_24)
        self.body.addWidget(scrolling(content), 1)

    def show_banner(self, patient: Patient | None, dose: str = "") -> None:
        """Ask for the banner of `patient` above the page, with the dose that is in view; None for no banner."""
        self.patient_shown.emit(None if patient is None else BannerFacts(patient, dose))

    def say_saved(self, sentence: str) -> None:
        """Show that something was saved; call it only after the action returned."""
        self.noticed.emit(Notice(sentence, "given"))

    def say_refused(self, error: WordedError) -> None:
        """Show why something was refused."""
        self.noticed.emit(Notice(self.wording.say_error(error), "serious"))
