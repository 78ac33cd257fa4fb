"""The line above the calendar: turn back and on, today, what is shown, month or week, and the calendar file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from ivigdesk.ui import icons, theme
from ivigdesk.ui.calendar.spans import Kind
from ivigdesk.ui.widgets import Button, press_with, secondary_button, tip, title
from ivigdesk.wording import Wording

_KINDS: tuple[Kind, ...] = ("month", "week")


class CalendarHead(QWidget):
    """Buttons stand before the title, so that they stay where they are while months are turned.

    Signals:
        turn_requested(int): so many months or weeks on; negative for back.
        today_requested(): show the ward's today.
        kind_requested(str): `month` or `week`.
        file_requested(): hand what is shown to another calendar.
    """

    turn_requested = Signal(object)
    today_requested = Signal()
    kind_requested = Signal(object)
    file_requested = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        _ = wording.gettext
        self.before = _arrow("chevron-left")
        self.today = secondary_button(_("Today"))
        self.after = _arrow("chevron-right")
        self.title = title("")
        self.month, self.week = Button(_("Month")), Button(_("Week"))
        self.file = secondary_button(_("Calendar file…"), picture="download")
        self._kinds = QButtonGroup(self)
        self._arrange()
        self._connect()

    def show_span(self, kind: Kind, words: str) -> None:
        """Show which span is in view, and what it is called."""
        _ = self._wording.gettext
        self.title.setText(words)
        self._kinds.button(_KINDS.index(kind)).setChecked(True)
        names = (_("Month before"), _("Month after")) if kind == "month" else (_("Week before"), _("Week after"))
        keys = (_("Page Up"), _("Page Down"))
        for button, name, key in zip((self.before, self.after), names, keys, strict=True):
            button.setAccessibleName(name)
            button.setToolTip(tip(_("{what}: {key}").format(what=name, key=key)))

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_8)
        for widget in (self.before, self.today, self.after):
            row.addWidget(widget)
        row.addSpacing(theme.SPACE_8)
        row.addWidget(self.title)
        row.addStretch(1)
        for number, button in enumerate((self.month, self.week)):
            button.setCheckable(True)
            press_with(button, f"Alt+{number + 1}")
            self._kinds.addButton(button, number)
            row.addWidget(button)
        row.addSpacing(theme.SPACE_8)
        row.addWidget(self.file)
        self.today.setToolTip(tip(self._wording.gettext("T or Home")))

    def _connect(self) -> None:
        self.before.clicked.connect(self._turn_back)
        self.after.clicked.connect(self._turn_on)
        self.today.clicked.connect(self.today_requested)
        self.file.clicked.connect(self.file_requested)
        self._kinds.idClicked.connect(self._choose_kind)

    def _turn_back(self) -> None:
        self.turn_requested.emit(-1)

    def _turn_on(self) -> None:
        self.turn_requested.emit(1)

    def _choose_kind(self, number: int) -> None:
        self.kind_requested.emit(_KINDS[number])


def _arrow(picture: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icons.icon(picture, theme.INK, 18))
    button.setMinimumSize(theme.TARGET, theme.TARGET)
    theme.set_look(button, "field")
    return button
