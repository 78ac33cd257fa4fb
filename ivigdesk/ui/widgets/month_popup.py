"""A month to pick a day from, below a date field."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ivigdesk.ui import icons, theme
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.month import MonthCalendar
from ivigdesk.ui.widgets.screen import room_on_screen
from ivigdesk.wording import Wording


class MonthPopup(QFrame):
    """Six weeks with buttons to the months before and after. Esc closes it and changes nothing.

    Signals:
        day_chosen(date): this day was picked; the popup is closed by then.
    """

    day_chosen = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._wording = wording
        self._month = date(2000, 1, 1)
        self._today: date | None = None
        theme.set_look(self, "card")
        self._before = _arrow("chevron-left", wording.gettext("Month before"))
        self._after = _arrow("chevron-right", wording.gettext("Month after"))
        self._title = PlainLabel(look="strong")
        self._days = MonthCalendar(wording, cell_height=38)
        self._arrange()
        self._before.clicked.connect(self._go_before)
        self._after.clicked.connect(self._go_after)
        self._days.day_clicked.connect(self._choose)
        self._days.day_reached.connect(self._follow)

    def open_at(self, corner: QPoint, day: date, today: date) -> None:
        """Open with its top left at `corner` (screen coordinates), on the month of `day`."""
        self._today = today
        self._show_month(day.replace(day=1))
        self._days.go_to(day)
        self.resize(320, self.sizeHint().height())
        self.move(self._kept_on_screen(corner))
        self.show()
        self._days.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._before)
        head.addWidget(self._title, 1, Qt.AlignmentFlag.AlignCenter)
        head.addWidget(self._after)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_12, theme.SPACE_12, theme.SPACE_12, theme.SPACE_12)
        column.addLayout(head)
        column.addWidget(self._days)

    def _kept_on_screen(self, corner: QPoint) -> QPoint:
        room = room_on_screen(self)
        return QPoint(
            max(room.left(), min(corner.x(), room.right() - self.width())),
            max(room.top(), min(corner.y(), room.bottom() - self.height())),
        )

    def _show_month(self, first: date) -> None:
        self._month = first
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        start = first - timedelta(days=first.weekday())
        self._title.setText(
            self._wording.gettext("{month} {year}").format(month=self._wording.month(first.month), year=first.year)
        )
        self._days.show_days((), first=start, last=start + timedelta(days=41), today=self._today)
        self._days.show_bounds(first, last)

    def _go_before(self) -> None:
        self._show_month((self._month - timedelta(days=1)).replace(day=1))
        self._days.go_to(self._month)

    def _go_after(self) -> None:
        self._show_month((self._month + timedelta(days=31)).replace(day=1))
        self._days.go_to(self._month)

    def _follow(self, day: object) -> None:
        if isinstance(day, date) and (day.year, day.month) != (self._month.year, self._month.month):
            self._show_month(day.replace(day=1))
            self._days.go_to(day)

    def _choose(self, day: object) -> None:
        self.close()
        self.day_chosen.emit(day)


def _arrow(picture: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icons.icon(picture, theme.INK, 18))
    button.setAccessibleName(name)
    theme.set_look(button, "field")
    return button
