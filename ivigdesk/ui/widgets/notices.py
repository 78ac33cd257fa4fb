"""The bar that says what happened: saved, refused, found."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from ivigdesk.clinical.findings import Finding
from ivigdesk.ui import icons, theme
from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets.labels import PlainLabel, tip
from ivigdesk.ui.widgets.states import severity_state
from ivigdesk.wording import Wording

_SIGNS: dict[Tone, str] = {"given": "✓", "serious": "!", "attention": "!", "hold": "■"}


class Notice(msgspec.Struct, frozen=True):
    """One sentence for the bar.

    Attributes:
        sentence: worded.
        tone: `given` = saved, `serious` = refused, `attention` = check, `accent` = to know.
    """

    sentence: str
    tone: Tone = "accent"


class NoticeBar(QFrame):
    """Shows one notice until it is closed or replaced; hidden when there is none. Screen readers announce it.

    Args of the constructor:
        closable: False for what stays true until something else is done: it has no button to close it.

    Signals:
        closed(): the nurse closed it.
    """

    closed = Signal()

    def __init__(self, wording: Wording, *, closable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = PlainLabel(wrap=True)
        self._close = QToolButton()
        self._close.setIcon(icons.icon("x", theme.SECOND_INK, 16))
        self._close.setAutoRaise(True)
        self._close.setMinimumSize(28, 28)
        self._close.setAccessibleName(wording.gettext("Close this notice"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_16, theme.SPACE_8, theme.SPACE_8, theme.SPACE_8)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._close.setVisible(closable)
        self._close.clicked.connect(self._close_bar)
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Show `notice`, or hide the bar when it is None."""
        self.setVisible(notice is not None)
        if notice is None:
            self._sentence.setText("")
            return
        sign = _SIGNS.get(notice.tone, "")
        self._sentence.setText(f"{sign}\u2002{notice.sentence}" if sign else notice.sentence)
        theme.set_look(self, f"notice-{notice.tone}")
        theme.polish_again(self._sentence)  # its ink follows the bar's look
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.sentence))

    @property
    def sentence(self) -> str:
        """What it says, with its sign; empty when hidden."""
        return self._sentence.text()

    def _close_bar(self) -> None:
        self.show_notice(None)
        self.closed.emit()


class FindingLine(QFrame):
    """One finding: chip of its severity and its sentence, on the colour of its severity."""

    def __init__(self, finding: Finding, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        state = severity_state(finding.severity, wording)
        theme.set_look(self, f"notice-{state.tone}")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_12, theme.SPACE_8, theme.SPACE_12, theme.SPACE_8)
        row.setSpacing(theme.SPACE_12)
        word = PlainLabel(state.text, "strong")
        sentence = PlainLabel(wording.say(finding.message), wrap=True)
        row.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(sentence, 1)
        self.setToolTip(tip(f"{finding.code} {finding.source}".strip()))
