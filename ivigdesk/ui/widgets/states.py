"""How a state looks: a sign, a word and a colour, in that order, so that none of them is needed alone."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QWidget

from ivigdesk.clinical.courses.status import DoseStatus
from ivigdesk.clinical.findings import Severity
from ivigdesk.messages import N_
from ivigdesk.ui import theme
from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

CHIP_HEIGHT = 26
_WIDEST = 260  # to which a chip insists on its words


class State(msgspec.Struct, frozen=True):
    """A state to be shown.

    Attributes:
        sign: one character that differs in shape, not only in colour.
        word: worded already.
        tone: colours of the theme.
    """

    sign: str
    word: str
    tone: Tone

    @property
    def text(self) -> str:
        """Sign and word, as a chip or a table cell shows them."""
        return f"{self.sign}\u00a0{self.word}" if self.sign else self.word


_STATUSES: dict[DoseStatus, tuple[str, str, Tone]] = {
    "planned": ("○", N_("Planned"), "plain"),
    "due": ("◎", N_("Due"), "accent"),
    "overdue": ("!", N_("Overdue"), "serious"),
    "running": ("▶", N_("Running"), "running"),
    "given": ("✓", N_("Given"), "given"),
    "partly given": ("◐", N_("Partly given"), "attention"),
    "not given": ("×", N_("Not given"), "attention"),
    "held": ("■", N_("On hold"), "hold"),
    "omitted": ("−", N_("Omitted"), "plain"),
    "ceased": ("−", N_("Ceased"), "plain"),
    "entered in error": ("≠", N_("Entered in error"), "plain"),
}

_SEVERITIES: dict[Severity, tuple[str, str, Tone]] = {
    "info": ("○", N_("Note"), "accent"),
    "warn": ("!", N_("Check"), "attention"),
    "hold": ("■", N_("Needs a reason"), "hold"),
    "block": ("×", N_("Stands in the way"), "serious"),
}


def status_state(status: DoseStatus, wording: Wording) -> State:
    """Return how a dose's status looks."""
    sign, word, tone = _STATUSES[status]
    return State(sign, wording.gettext(word), tone)


def severity_state(severity: Severity, wording: Wording) -> State:
    """Return how a finding's severity looks."""
    sign, word, tone = _SEVERITIES[severity]
    return State(sign, wording.gettext(word), tone)


class StateChip(PlainLabel):
    """A state as a chip. Reads aloud as its word."""

    def __init__(self, state: State | None = None, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_state(state)

    def show_state(self, state: State | None) -> None:
        """Show another state; None hides the chip."""
        if state is None:
            self.hide()
            return
        if self.isHidden() and self.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            self.show()
        theme.set_look(self, f"chip-{state.tone}")
        self.setText(state.text)
        self.setAccessibleName(state.word)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.font(theme.SMALL, QFont.Weight.Bold)).horizontalAdvance(self.text())
        return QSize(words + 2 * theme.SPACE_12, CHIP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), _WIDEST), CHIP_HEIGHT)


def chip(text: str, tone: Tone = "plain", sign: str = "") -> StateChip:
    """Return a chip with any worded text, e.g. a total."""
    return StateChip(State(sign, text, tone))
