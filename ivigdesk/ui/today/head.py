"""The head of the day's page: which day, how much there is to give, what is too much, and the ways from here."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.ward.day_list import DayList
from ivigdesk.ui import theme
from ivigdesk.ui.widgets import StateChip, press_with, secondary_button, tip, title
from ivigdesk.ui.widgets.states import State
from ivigdesk.units import grams
from ivigdesk.wording import Wording

_WIDE = 1130  # pixels from which the totals stand beside the title, else below it
_ONE_DAY = timedelta(days=1)


class DayHead(QWidget):
    """Title, totals and buttons.

    Signals:
        day_requested(date): show this day.
        today_requested(): show the ward's today.
        print_requested(): print the sheets of the day.
        list_requested(): print the day's list.
    """

    day_requested = Signal(object)
    today_requested = Signal()
    print_requested = Signal()
    list_requested = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self._shown: DayList | None = None
        self._title = title(_("Today"))
        self._totals = (StateChip(), StateChip(), StateChip())
        self.over = StateChip()
        self.before = secondary_button("")
        self.back_to_today = secondary_button(_("Today"))
        self.after = secondary_button("")
        self.print = secondary_button(_("Print all sheets…"), picture="print")
        self.print_list = secondary_button(_("Day list"), picture="print", name=_("Print the list of the day"))
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        self._arrange()
        self.before.clicked.connect(self._go_before)
        self.after.clicked.connect(self._go_after)
        press_with(self.before, "Alt+Left")
        press_with(self.after, "Alt+Right")
        self.back_to_today.clicked.connect(self.today_requested)
        self.print.clicked.connect(self.print_requested)
        self.print_list.clicked.connect(self.list_requested)

    def show_day(self, shown: DayList) -> None:
        """Show which day it is, and how much there is to give."""
        self._shown = shown
        _ = self._wording.gettext
        self._title.setText(_("Today") if shown.is_today else self._wording.date(shown.day))
        for button, target, shape, name in (
            (self.before, shown.day - _ONE_DAY, "‹ {}", _("Day before: {date}")),
            (self.after, shown.day + _ONE_DAY, "{} ›", _("Day after: {date}")),
        ):
            button.show_text(shape.format(self._wording.date_short(target)))
            button.setAccessibleName(name.format(date=self._wording.date(target)))
        self.back_to_today.setVisible(not shown.is_today)
        self.print.setEnabled(bool(shown.to_give))
        self._show_totals(shown)
        self.show_over(None, "")
        self._place_chips()

    def show_over(self, state: State | None, every: str) -> None:
        """Show the first hour that asks for too many nurses, and every one of them in its tip; None shows nothing."""
        self.over.show_state(state)
        self.over.setToolTip(tip(every) if every else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_chips()

    def _place_chips(self) -> None:
        """Put the chips where there is room: a date is longer than the word for today."""
        is_wide = self.width() >= _WIDE
        is_short = self._shown is None or self._shown.is_today
        for place, chip in enumerate((*self._totals, self.over)):
            row = self._first if is_wide and (is_short or chip is not self.over) else self._second
            if row.indexOf(chip) < 0:
                (self._second if row is self._first else self._first).removeWidget(chip)
                row.insertWidget(place + 1 if row is self._first else min(place, row.count() - 1), chip)

    def _show_totals(self, shown: DayList) -> None:
        patients = len({row.patient.id for row in shown.to_give})
        words = self._wording
        totals = (
            words.ngettext("{n} patient", "{n} patients", patients).format(n=patients),
            words.amount(grams(shown.total_mg), "g"),
            words.ngettext("{n} vial", "{n} vials", shown.total_vials).format(n=shown.total_vials),
        )
        for chip, text in zip(self._totals, totals, strict=True):
            chip.show_state(State("", text, "plain") if shown.to_give else None)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        self._first.setSpacing(theme.SPACE_12)
        self._first.addWidget(self._title)
        for chip in self._totals:
            self._first.addWidget(chip)
        self._first.addStretch(1)
        for button in (self.before, self.back_to_today, self.after, self.print_list, self.print):
            self._first.addWidget(button)
        self._second.setSpacing(theme.SPACE_12)
        self._second.addWidget(self.over)
        self._second.addStretch(1)
        column.addLayout(self._first)
        column.addLayout(self._second)

    def _go_before(self) -> None:
        if self._shown is not None:
            self.day_requested.emit(self._shown.day - _ONE_DAY)

    def _go_after(self) -> None:
        if self._shown is not None:
            self.day_requested.emit(self._shown.day + _ONE_DAY)
