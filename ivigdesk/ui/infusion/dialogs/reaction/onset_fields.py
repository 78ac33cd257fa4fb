"""When a side effect began: day and clock time, and what they mean beside the infusion."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.infusions.record_side_effect import at_onset
from ivigdesk.actions.infusions.side_effect_times import Moment, read_onset
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clock import Clock, today
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, pair
from ivigdesk.ui.dose_words import rate_text
from ivigdesk.ui.widgets.buttons import quiet_button
from ivigdesk.ui.widgets.fields.date import DateField
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

_SECONDS_PER_MINUTE = 60
_MINUTES_PER_HOUR = 60
_HOURS_SHOWN = 96  # beyond this many, days are easier to read than hours


class OnsetFields(QWidget):
    """Day and clock time of the onset, with the minutes and the rate, or the hours after the end, computed.

    Attributes:
        said: what the time means; empty while it cannot be read.
    """

    def __init__(
        self,
        wording: Wording,
        clock: Clock,
        infusion: Infusion | None,
        dose_number: int,
        *,
        late: bool,
        parent: QWidget | None = None,
    ) -> None:
        """Make the fields; `late` asks for the day, because it is seldom today, and offers the clock's own time."""
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self._clock = clock
        self._infusion = infusion
        self._number = dose_number
        self.on = DateField("onset_on", message(N_("Onset, date")), wording, lambda: today(clock), required=late)
        hint = _("empty: not known") if late else ""
        self.at = LineField("onset_at", _("Onset, clock time"), example="09:35", hint=hint)
        self.now = quiet_button(_("It begins now"))
        self.said = PlainLabel("", "strong", wrap=True)
        column = bare(QVBoxLayout(self), theme.SPACE_4)
        column.addLayout(pair(self.on, self.at))
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.now)
        column.addLayout(row)
        self.now.setVisible(late)
        self.now.clicked.connect(self.set_now)
        for field in (self.on, self.at):
            field.edited.connect(self.show_meaning)
            field.left.connect(self.show_meaning)

    def set_now(self) -> None:
        """Fill in the present day and time."""
        self.set_moment(self._clock.now(), is_known=True)

    def set_moment(self, at: datetime, *, is_known: bool) -> None:
        """Fill in a moment; without its clock time where only the day is known."""
        self.on.set_value(at.date())
        self.at.set_text(self._wording.time(at) if is_known else "")
        self.show_meaning()

    def show_meaning(self) -> None:
        """Say how long after the start, or the end, this is, and at which rate."""
        moment = self._read()
        said = "" if moment is None else meaning(self._wording, moment, self._infusion, self._number)
        self.said.setText(said)

    def _read(self) -> Moment | None:
        if not self.on.text().strip():
            return None
        try:
            return read_onset(self.on.text(), self.at.text(), now=self._clock.now(), infusion=self._infusion)
        except UserMistake:
            return None


def meaning(wording: Wording, onset: Moment, infusion: Infusion | None, number: int) -> str:
    """Return `20 min after the start, at 60 mL/h`, or `31 h after the end of dose 3`; empty without an infusion."""
    if infusion is None:
        return ""
    _ = wording.gettext
    end = infusion.end
    if not onset.is_known:
        ended_on = infusion.started_at if end is None else end.ended_at
        return _days(wording, onset.at.date(), ended_on.date(), number)
    if end is not None and onset.at > end.ended_at:
        minutes = int((onset.at - end.ended_at).total_seconds() // _SECONDS_PER_MINUTE)
        hours = minutes // _MINUTES_PER_HOUR
        if hours >= _HOURS_SHOWN:
            return _days(wording, onset.at.date(), end.ended_at.date(), number)
        after = wording.amount(hours, _("h")) if hours else wording.duration(minutes)
        return _("{time} after the end of dose {number}").format(time=after, number=number)
    passed, rate = at_onset(infusion, onset.at)
    after = wording.duration(max(passed or 0, 0))
    if rate is None:
        return _("{time} after the start").format(time=after)
    return _("{time} after the start, at {rate}").format(time=after, rate=rate_text(wording, rate))


def _days(wording: Wording, day: date, ended_on: date, number: int) -> str:
    days = (day - ended_on).days
    if days < 1:
        return wording.gettext("on the day of dose {number}").format(number=number)
    text = wording.ngettext("{n} day after dose {number}", "{n} days after dose {number}", days)
    return text.format(n=days, number=number)
