"""“Why this dose?”: every question with its numbered steps, and where each rule is from."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ivigdesk.actions.library.evidence import source_titles
from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.courses.why import WhyPart
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.widgets.cards import Card, separator
from ivigdesk.ui.widgets.dialogs import AskDialog
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

_NUMBER_WIDTH = 28


class TraceDialog(AskDialog):
    """The answers to why a dose is as it is, planned or stored. Arrow and page keys scroll, Esc closes."""

    def __init__(
        self, title: str, parts: Sequence[WhyPart], library: Library, wording: Wording, parent: QWidget | None = None
    ) -> None:
        """Show `parts` under `title`, worded; `library` names the sources."""
        super().__init__(wording, title, wording.gettext("Close"), size=QSize(820, 680), parent=parent)
        self._library = library
        self.cancel_button.hide()
        for part in parts:
            self.body.addWidget(self._card(part))
        self.body.addStretch()
        self._let_keys_scroll()

    @classmethod
    def show_parts(
        cls, title: str, parts: Sequence[WhyPart], library: Library, wording: Wording, parent: QWidget | None = None
    ) -> None:
        """Show the answers until the nurse closes them.

        Args:
            title: worded, with the dose that it is about.
            parts: as `clinical.why` returns them for a planned or a stored dose.
            library: names the sources.
            wording: the reader's language.
            parent: the page that asks.
        """
        cls(title, parts, library, wording, parent).exec()

    @property
    def words(self) -> str:
        """Everything that stands in the dialog, a line for each part."""
        return "\n".join(label.text() for label in self.findChildren(PlainLabel))

    def _let_keys_scroll(self) -> None:
        area = self.findChild(QScrollArea)
        if area is not None:
            area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            area.setAccessibleName(self.windowTitle())
            area.setFocus()

    def _card(self, part: WhyPart) -> Card:
        card = Card(self.wording.say(part.title))
        letters = _Letters(self._library, self.wording)
        for number, step in enumerate(part.steps, start=1):
            said = self.wording.say(step.rule)
            marks = letters.of(step.source)
            card.body.addLayout(_numbered(f"{number}.", f"{said} [{marks}]" if marks else said))
        if letters.titles:
            card.body.addWidget(separator())
            sources = bare(QVBoxLayout(), theme.SPACE_4)
            sources.addWidget(PlainLabel(self.wording.gettext("Sources"), "label"))
            for title, letter in letters.titles.items():
                sources.addLayout(_numbered(f"[{letter}]", title, small=True))
            card.body.addLayout(sources)
        return card


class _Letters:
    """Gives each source of a part a letter, so that a title stands there once.

    Attributes:
        titles: each title with its letter, in the order of the letters.
    """

    def __init__(self, library: Library, wording: Wording) -> None:
        self._library = library
        self._wording = wording
        self.titles: dict[str, str] = {}

    def of(self, source: str) -> str:
        """Return the letters of a step's source: `a, c`; empty for plain arithmetic."""
        if not source:
            return ""
        found = source_titles(self._library, (source,), self._wording)
        return ", ".join(self.titles.setdefault(title, _letter(len(self.titles))) for title in found)


def _letter(index: int) -> str:
    more, letter = divmod(index, len(ascii_lowercase))
    return f"{ascii_lowercase[more - 1] if more else ''}{ascii_lowercase[letter]}"


def _numbered(number: str, text: str, *, small: bool = False) -> QHBoxLayout:
    head = PlainLabel(number, "small" if small else "muted")
    head.setMinimumWidth(_NUMBER_WIDTH)
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_8)
    row.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(PlainLabel(text, "small" if small else "", wrap=True), 1)
    return row
