"""The bar on top: the search box, the ward with date and clock, and the head of the journal."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ivigdesk.ui import theme
from ivigdesk.ui.widgets import PlainLabel, SearchBox, State, StateChip, quiet_button, tip
from ivigdesk.wording import Wording

_ROOM_FOR_JOURNAL = 860
_ROOM_FOR_MOMENT = 640


class TopBar(QWidget):
    """Search, ward, date, time, journal, help. On a narrow screen the journal goes first, then the date.

    Signals:
        search_changed(str): typed into the search box.
        search_entered(str): Enter in the search box.
        help_requested(): the help button.
    """

    search_changed = Signal(object)
    search_entered = Signal(object)
    help_requested = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._wording = wording
        _ = wording.gettext
        self.search = SearchBox(_("Search for a patient"), _("Name, pinyin, number, bed (Ctrl+K)"))
        self._where = PlainLabel(look="muted")
        self._journal = StateChip()
        self._head = ""
        self._help = quiet_button(_("Help"), picture="help")
        self._help.setToolTip(tip(_("F1; Shift+F1 where F1 says why a dose is as it is")))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_24, 9, theme.SPACE_16, 9)
        row.setSpacing(theme.SPACE_16)
        row.addWidget(self.search, 3)
        row.addWidget(self._where)
        row.addStretch(1)
        row.addWidget(self._journal)
        row.addWidget(self._help)
        self.search.search_changed.connect(self.search_changed)
        self.search.search_entered.connect(self.search_entered)
        self._help.clicked.connect(self.help_requested)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._where.setVisible(event.size().width() >= _ROOM_FOR_MOMENT)
        self._show_journal()
        super().resizeEvent(event)

    def show_moment(self, ward: str, at: datetime) -> None:
        """Show the ward's name, the date and the clock."""
        parts = [part for part in (ward, self._wording.date(at.date()), self._wording.time(at)) if part]
        self._where.setText("  ·  ".join(parts))

    def show_journal(self, head: str) -> None:
        """Show the newest mark of the journal; empty hides it."""
        self._head = head
        self._show_journal()

    def _show_journal(self) -> None:
        _ = self._wording.gettext
        is_shown = bool(self._head) and self.width() >= _ROOM_FOR_JOURNAL
        text = _("Journal {head}").format(head=self._head)
        self._journal.show_state(State("✓", text, "given") if is_shown else None)
        self._journal.setToolTip(
            tip(_("The newest mark of the ward's journal. The same mark stands on sheets printed now."))
        )
