"""What stands below the day's list: the day line, the tests and checks, and the day after beside them."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ivigdesk.ui import theme
from ivigdesk.ui.today.band import band_height
from ivigdesk.ui.today.line_view import DayLineView
from ivigdesk.ui.today.tests_card import TestsCard
from ivigdesk.ui.today.tomorrow import TomorrowPanel
from ivigdesk.ui.widgets import Card, PlainLabel
from ivigdesk.wording import Wording

Part = Literal["line", "tests", "tomorrow"]
PARTS: tuple[Part, ...] = ("line", "tests", "tomorrow")

_WIDE = 1100  # pixels of the page from which the day after stands beside
_BESIDE = 348


class BelowTheList(QWidget):
    """Tabs with one part in view; on a wide page the day after stands beside them instead of behind a tab.

    Ctrl+Page Up and Ctrl+Page Down turn the parts.
    """

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._is_wide = True
        self.tabs = QTabBar()
        self.line = DayLineView(wording)
        self.tests = TestsCard(wording)
        self.tomorrow = TomorrowPanel(wording)
        self._nothing = PlainLabel("", "muted", wrap=True)
        self._stack = QStackedWidget()
        self._behind = QVBoxLayout()
        self._row = QHBoxLayout(self)
        self._arrange()
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self._turn(step))

    @property
    def shown(self) -> Part:
        """Which part is in view."""
        return PARTS[self.tabs.currentIndex()]

    def open(self, part: Part) -> None:
        """Bring a part into view."""
        self.tabs.setCurrentIndex(PARTS.index(part))

    def show_counts(self, tests: int, overdue: int) -> None:
        """Say on the tab how many patients have tests and checks, and that some are overdue."""
        _ = self._wording.gettext
        text = _("Tests and checks ({n})").format(n=tests) if tests else _("Tests and checks")
        if overdue:
            late = self._wording.ngettext("{n} overdue", "{n} overdue", overdue).format(n=overdue)
            text = f"{text}  ! {late}"
        self.tabs.setTabText(PARTS.index("tests"), text)
        self._nothing.setText("" if tests else _("No test and no check is open."))
        self._nothing.setVisible(not tests)

    def fit(self, width: int, height: int) -> None:
        """Take the room that a page of this size has for it."""
        self.setFixedHeight(band_height(height))
        is_wide = width >= _WIDE
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        if is_wide:
            if self.shown == "tomorrow":
                self.open("line")
            self._row.addWidget(self.tomorrow)
            self.tomorrow.setFixedWidth(_BESIDE)
            self.tomorrow.show()
        else:
            self.tomorrow.setMinimumWidth(0)
            self.tomorrow.setMaximumWidth(16_777_215)
            self._behind.addWidget(self.tomorrow)
        self.tabs.setTabVisible(PARTS.index("tomorrow"), not is_wide)

    def _turn(self, step: int) -> None:
        count = len(PARTS) - (1 if self._is_wide else 0)
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % count)
        controls: dict[Part, QWidget] = {
            "line": self.line,
            "tests": self.tests.table,
            "tomorrow": self.tomorrow.table,
        }
        controls[self.shown].setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        _ = self._wording.gettext
        self.tabs.setAccessibleName(_("Below the doses"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for text in (_("Day line"), _("Tests and checks"), _("Tomorrow")):
            self.tabs.addTab(text)
        card = Card(margin=2)
        card.body.addWidget(self.line)
        tests, behind = QWidget(), QWidget()
        column = QVBoxLayout(tests)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tests, 1)
        column.addWidget(self._nothing, 1)
        behind.setLayout(self._behind)
        self._behind.setContentsMargins(0, 0, 0, 0)
        for part in (card, tests, behind):
            self._stack.addWidget(part)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE_4)
        left.addWidget(self.tabs)
        left.addWidget(self._stack, 1)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SPACE_16)
        self._row.addLayout(left, 1)
        self._row.addWidget(self.tomorrow)
        self.tomorrow.setFixedWidth(_BESIDE)
        self.tabs.setTabVisible(PARTS.index("tomorrow"), False)
