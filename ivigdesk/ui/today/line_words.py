"""Bars and hours of the day line in words: on the bar, in its tip, and read aloud."""

from __future__ import annotations

from ivigdesk.actions.ward.day_line import DayBar, DayLine, HourLoad
from ivigdesk.actions.ward.planned_times import SpanKind
from ivigdesk.messages import N_
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets import State
from ivigdesk.wording import Wording

_KINDS: dict[SpanKind, tuple[str, str, Tone]] = {
    "planned": ("◎", N_("planned"), "accent"),
    "proposed": ("○", N_("proposed"), "plain"),
    "running": ("▶", N_("running"), "running"),
    "given": ("✓", N_("given"), "given"),
}
_PARTLY = ("◐", N_("partly given"))
_STANDS = ("II", N_("pump stands still"))


class LineWords:
    """Words of the day line in one language."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def state(self, bar: DayBar) -> State:
        """Return sign, word and tone of a bar."""
        sign, word, tone = _KINDS[bar.span.kind]
        if bar.span.kind == "running" and bar.span.ends_at is None:
            return State(_STANDS[0], self._wording.gettext(_STANDS[1]), "attention")
        if bar.row.view.status == "partly given":
            sign, word = _PARTLY
        return State(sign, self._wording.gettext(word), tone)

    def on_bar(self, bar: DayBar) -> str:
        """Return `12.5 g planned`, with its sign."""
        state = self.state(bar)
        return f"{state.sign} {dose_grams(self._wording, bar.row.dose.planned_dose_mg)} {state.word}"

    def beside(self, bar: DayBar) -> str:
        """Return whose it is: `07  LI, Na`."""
        return f"{bar.row.patient.bed or '–'}  {bar.row.patient.name}"

    def times(self, bar: DayBar) -> str:
        """Return `10:30 to 12:05`, or since when a pump stands that has no end yet."""
        _ = self._wording.gettext
        start = self._wording.time(bar.span.starts_at)
        if bar.span.ends_at is None:
            return _("since {time}").format(time=start)
        return _("{first} to {last}").format(first=start, last=self._wording.time(bar.span.ends_at))

    def bar(self, bar: DayBar) -> str:
        """Return everything about a bar in one sentence."""
        _ = self._wording.gettext
        return _("Bed {bed}, {name}: dose {number} of {total}, {grams}, {state}, {times}").format(
            bed=bar.row.patient.bed or "–",
            name=bar.row.patient.name,
            number=bar.row.dose.number,
            total=bar.row.doses_in_all,
            grams=dose_grams(self._wording, bar.row.dose.planned_dose_mg),
            state=self.state(bar).word,
            times=self.times(bar),
        )

    def hour(self, hour: HourLoad) -> str:
        """Return `11:00–12:00: 3 infusions, 2 nurses`, and the minutes of nurses."""
        _ = self._wording.gettext
        minutes = _("{n} min of nurses").format(n=hour.minutes)
        return _("{load}; {minutes}").format(load=self.load(hour), minutes=minutes)

    def load(self, hour: HourLoad) -> str:
        """Return `11:00–12:00: 3 infusions, 2 nurses`."""
        words = self._wording
        n = hour.at_once if hour.is_over and hour.at_once > (hour.nurses or 0) else hour.infusions
        count = words.ngettext("{n} infusion", "{n} infusions", n).format(n=n)
        if n != hour.infusions:
            count = words.ngettext("{n} infusion at once", "{n} infusions at once", n).format(n=n)
        if hour.nurses is not None:
            nurses = words.ngettext("{n} nurse", "{n} nurses", hour.nurses).format(n=hour.nurses)
            count = words.gettext(", ").join((count, nurses))
        span = f"{words.time(hour.starts_at)}–{words.time(hour.ends_at)}"
        return words.gettext("{hours}: {load}").format(hours=span, load=count)

    def over(self, line: DayLine) -> State | None:
        """Return the chip of the first hour that asks for too many nurses; None where none does."""
        over = line.over
        if not over:
            return None
        return State("!", self.load(over[0]), "attention")

    def all_over(self, line: DayLine) -> str:
        """Return every hour that asks for too many nurses, one to a line."""
        return "\n".join(self.hour(hour) for hour in line.over)

    def all(self, line: DayLine) -> str:
        """Return the whole line in words, for those who hear it."""
        said = [self.bar(bar) for bar in line.bars]
        said += [self.hour(hour) for hour in line.hours if hour.infusions]
        return self._wording.gettext("; ").join(said)
