"""A field for a date: typed, understood aloud underneath, or picked from a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton

from ivigdesk.actions.words import read_date
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message
from ivigdesk.ui import icons, theme
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.month_popup import MonthPopup
from ivigdesk.wording import Wording

FORM = N_("year-month-day, t = today, +3d")


class DateField(LineField):
    """A date as `2026-10-06`, `t` for today, `+3d` from today; the day that was understood stands below, with weekday.

    A date with dots or slashes is refused: it is another day in another country.
    """

    def __init__(
        self,
        name: str,
        label: Message,
        wording: Wording,
        today: Callable[[], date],
        *,
        hint: str = "",
        required: bool = False,
    ) -> None:
        """Make a field; `today` is asked each time, so that a page left open over midnight reads `t` rightly."""
        super().__init__(name, wording.say(label), hint=hint or wording.gettext(FORM), required=required)
        self._label = label
        self._wording = wording
        self._today = today
        self._plain_hint = hint or wording.gettext(FORM)
        self._popup: MonthPopup | None = None
        self.pick = QToolButton()
        self.pick.setIcon(icons.icon("calendar", theme.SECOND_INK, 18))
        self.pick.setAccessibleName(wording.gettext("{field}: choose from a calendar").format(field=wording.say(label)))
        self.pick.setFixedSize(theme.TARGET, theme.TARGET)
        theme.set_look(self.pick, "field")
        self.row.addWidget(self.pick)
        self.pick.clicked.connect(self._open_popup)
        self.line.textEdited.connect(self._echo)
        self.left.connect(self._settle)

    def value(self) -> date | None:
        """Return the date; None when the field is empty and need not be filled.

        Raises:
            UserMistake: what was typed is not read as a date, or is missing.
        """
        if not self.text().strip() and not self.required:
            return None
        return read_date(self.text(), field=self.name, name=self._label, base=self._today())

    def set_value(self, day: date | None) -> None:
        """Show `day`; None empties the field. `edited` stays silent."""
        self.set_text("" if day is None else day.isoformat())

    def set_text(self, text: str) -> None:
        super().set_text(text)
        self._echo()

    def _echo(self) -> None:
        """Say under the field which day was understood; stay silent while it is half typed."""
        try:
            day = self.value()
        except UserMistake:
            day = None
        self.show_hint(self._wording.date(day) if day else self._plain_hint)

    def _settle(self) -> None:
        """On leaving, write a relative date out, or say why it is not understood."""
        if not self.text().strip():
            return
        try:
            day = self.value()
        except UserMistake as mistake:
            self.show_error(self._wording.say_error(mistake))
            return
        if day is not None:
            self.line.setText(day.isoformat())

    def _open_popup(self) -> None:
        if self._popup is None:
            self._popup = MonthPopup(self._wording, self)
            self._popup.day_chosen.connect(self._take_day)
        try:
            day = self.value() or self._today()
        except UserMistake:
            day = self._today()
        self._popup.open_at(self.line.mapToGlobal(QPoint(0, self.line.height() + theme.SPACE_4)), day, self._today())

    def _take_day(self, day: object) -> None:
        if isinstance(day, date):
            self.set_value(day)
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self._note_edit()
            self._echo()
