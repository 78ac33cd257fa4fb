"""Doses, days and what is carried, in words of one language."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import msgspec

from ivigdesk.ui.calendar.scene import Carried, Scene
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.widgets import State, status_state
from ivigdesk.wording import NO_BREAK, Wording

if TYPE_CHECKING:
    from ivigdesk.actions.ward.ward_calendar import CalendarDay, CalendarDose, Offer

DOT = f"{NO_BREAK}· "
_NO_BED = "–"
_HOUR = 60


class Capacity(msgspec.Struct, frozen=True):
    """What the ward can give on a day; None for no limit."""

    doses: int | None = None
    minutes: int | None = None

    def share(self, day: CalendarDay) -> Fraction | None:
        """Return how much of it a day takes, 1 for all of it; None without a limit."""
        shares = []
        if self.doses:
            shares.append(Fraction(day.count, self.doses))
        if self.minutes:
            shares.append(Fraction(day.minutes, self.minutes))
        return max(shares, default=None)

    def has_room(self, day: CalendarDay | None, dose: CalendarDose) -> bool:
        """Whether one more dose fits on a day."""
        if day is None:
            return True
        too_many = self.doses is not None and day.count + 1 > self.doses
        too_long = self.minutes is not None and day.minutes + dose.minutes > self.minutes
        return not (too_many or too_long)


class CalendarWords:
    """Words for every part of the calendar."""

    def __init__(self, wording: Wording, capacity: Capacity | None = None) -> None:
        self.wording = wording
        self.capacity = capacity or Capacity()

    def state(self, dose: CalendarDose) -> State:
        """Return the chip of a dose."""
        return status_state(dose.status, self.wording)

    def bed(self, dose: CalendarDose) -> str:
        """Return the bed; a dash for none."""
        return dose.bed or _NO_BED

    def number(self, dose: CalendarDose) -> str:
        """Return `Dose 4 of 11`."""
        text = self.wording.gettext("Dose {number} of {total}")
        return text.format(number=dose.number, total=dose.doses_in_all)

    def number_in_short(self, dose: CalendarDose) -> str:
        """Return `4/11`, for a chip."""
        return f"{dose.number}/{dose.doses_in_all}"

    def who(self, dose: CalendarDose) -> str:
        """Return `LI, Na 李娜, bed 07, BMT-004217`."""
        if not dose.bed:
            return self.wording.gettext("{name}, {number}").format(name=dose.patient_name, number=dose.record_number)
        text = self.wording.gettext("{name}, bed {bed}, {number}")
        return text.format(name=dose.patient_name, bed=dose.bed, number=dose.record_number)

    def identity(self, dose: CalendarDose) -> str:
        """Return `bed 07 · BMT-004217`: a name alone is not enough to tell two people apart."""
        bed = self.wording.gettext("bed {bed}").format(bed=dose.bed) if dose.bed else ""
        return DOT.join(part for part in (bed, dose.record_number) if part)

    def amount(self, dose: CalendarDose) -> str:
        """Return `12.5 g · 1 h 17 min`."""
        return DOT.join((dose_grams(self.wording, dose.planned_dose_mg), self.wording.duration(dose.minutes)))

    def grams_and_product(self, dose: CalendarDose) -> str:
        """Return `12.5 g · Privigen 10 %`: the amount stands first, so that only the product can be cut."""
        return DOT.join((dose_grams(self.wording, dose.planned_dose_mg), self.wording.text(dose.product_title)))

    def transplant_day(self, dose: CalendarDose) -> str:
        """Return `day +78`; empty without a transplant date."""
        return "" if dose.transplant_day is None else self.wording.transplant_day(dose.transplant_day)

    def dose(self, dose: CalendarDose) -> str:
        """Return everything about a dose in lines, for the tool tip and for screen readers."""
        words = self.wording
        lines = (
            self.who(dose),
            DOT.join((self.number(dose), self.state(dose).word)),
            DOT.join(part for part in (words.date(dose.day), self.transplant_day(dose)) if part),
            DOT.join((self.amount(dose), words.text(dose.product_title))),
            words.text(dose.regimen_title),
        )
        return "\n".join(lines)

    def mark(self, day: CalendarDay | None) -> State | None:
        """Return whether a day is closed, a holiday, or worked in place of one; None for a usual day."""
        if day is None:
            return None
        _ = self.wording.gettext
        if day.holiday is not None and day.holiday.is_working:
            return State("＋", _("Working day"), "accent")
        # A cell has no room for what stands in brackets, such as the day that a day off is taken for.
        name = "" if day.holiday is None else day.holiday.name.partition(" (")[0].partition("（")[0]
        if not day.is_open:
            return State("×", name or _("Closed"), "attention")
        return State("◇", name, "plain") if name else None

    def mark_in_full(self, day: CalendarDay | None) -> str:
        """Return what the mark of a day says in a sentence; empty for a usual day."""
        if day is None:
            return ""
        _ = self.wording.gettext
        said = []
        if day.holiday is not None and day.holiday.is_working:
            said.append(_("worked in place of a holiday"))
        elif day.holiday is not None:
            said.append(_("public holiday: {name}").format(name=day.holiday.name))
        if not day.is_open:
            said.append(_("the ward is closed"))
        return DOT.join(said)

    def doses(self, day: CalendarDay) -> str:
        """Return `6 doses`, or `4 of 5 doses` where the ward has a limit."""
        count, most = day.count, self.capacity.doses
        if most is not None:
            return self.wording.gettext("{n} of {most} doses").format(n=count, most=most)
        return self.wording.ngettext("{n} dose", "{n} doses", count).format(n=count)

    def hours(self, day: CalendarDay) -> str:
        """Return `14 h`, or `9 of 12 h` where the ward has a limit."""
        most = self.capacity.minutes
        if most is None:
            return self.in_hours(day.minutes)
        text = self.wording.gettext("{time} of {most}")
        return text.format(time=self.in_hours(day.minutes), most=self.in_hours(most))

    def in_hours(self, minutes: int) -> str:
        """Return whole hours, as a load is thought of; minutes below one hour."""
        return self.wording.duration((minutes + _HOUR // 2) // _HOUR * _HOUR if minutes >= _HOUR else minutes)

    def load(self, day: CalendarDay) -> tuple[str, ...]:
        """Return the load of a day from `6 doses, 62.5 g, 14 h` down to what the narrowest cell must say."""
        if not day.count:
            return ()
        doses, amount, hours = self.doses(day), dose_grams(self.wording, day.total_mg), self.hours(day)
        if day.is_over:
            return self._overload(day, amount, hours)
        few = self._of_most(day)
        shorter = ((few, amount, hours), (few, amount), (doses,), (few,)) if few else ((doses, amount), (doses,))
        return tuple(self._listed(*parts) for parts in ((doses, amount, hours), *shorter))

    def heads(self, day: CalendarDay) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the load in two lines, `6 doses` and `62.5 g, 14 h`, each with what a narrower place must say."""
        if not day.count:
            return (), ()
        amount, hours = dose_grams(self.wording, day.total_mg), self.hours(day)
        counts = self._overload(day, amount, hours)[-2:] if day.is_over else (self.doses(day), self._of_most(day))
        return tuple(filter(None, counts)), (self._listed(amount, hours), amount)

    def _listed(self, *parts: str) -> str:
        return self.wording.gettext(", ").join(parts)

    def _overload(self, day: CalendarDay, amount: str, hours: str) -> tuple[str, ...]:
        _ = self.wording.gettext
        by_count = self.capacity.doses is not None and day.count > self.capacity.doses
        over = _("Over: {load}").format(load=self._of_most(day) if by_count else hours)
        texts = (self._listed(over, amount, *((hours,) if by_count else ())), over, _("Over"))
        return tuple(f"!{NO_BREAK}{text}" for text in texts)

    def _of_most(self, day: CalendarDay) -> str:
        """Return `4 of 5`; empty where the ward has no limit of doses."""
        if self.capacity.doses is None:
            return ""
        return self.wording.gettext("{n} of {most}").format(n=day.count, most=self.capacity.doses)

    def names(self, dose: CalendarDose) -> tuple[str, ...]:
        """Return the patient's name, and the family name for a narrow place."""
        return dose.patient_name, dose.patient_name.split(",")[0]

    def day(self, day: date, known: CalendarDay | None) -> str:
        """Return everything about a day but its doses, for the tool tip and for screen readers."""
        parts = [self.wording.date(day)]
        if mark := self.mark_in_full(known):
            parts.append(mark)
        if known is None or not known.count:
            parts.append(self.wording.gettext("No dose on this day."))
        else:
            duration = self.wording.duration(known.minutes)
            parts.append(DOT.join((self.doses(known), dose_grams(self.wording, known.total_mg), duration)))
        if known is not None and known.over_words is not None:
            parts.append(self.wording.say(known.over_words))
        if hidden := self.hidden(known):
            parts.append(hidden)
        return "\n".join(parts)

    def hidden(self, known: CalendarDay | None) -> str:
        """Return how many doses of a day the filters hide; empty for none."""
        if known is None or not known.hidden:
            return ""
        text = self.wording.ngettext(
            "{n} dose is hidden by the filters", "{n} doses are hidden by the filters", known.hidden
        )
        return text.format(n=known.hidden)

    def not_moved(self, dose: CalendarDose) -> str:
        """Return why a dose cannot be moved."""
        return self.wording.gettext("{state}: this dose cannot be moved.").format(state=self.state(dose).word)

    def overfull(self, known: CalendarDay) -> str:
        """Return `Sat 14 Mar 2026: 6 infusions, 14 h; the ward can give 5 a day`; empty for any other day."""
        if known.over_words is None:
            return ""
        what = self.wording.say(known.over_words)
        return self.wording.gettext("{date}: {what}").format(date=self.wording.date(known.day), what=what)

    def more_offers(self, n: int) -> str:
        """Say that there are more moves than are listed."""
        return self.wording.ngettext("{n} more is possible.", "{n} more are possible.", n).format(n=n)

    def offered_dose(self, offer: Offer) -> str:
        """Return whose dose could go to another day."""
        text = self.wording.gettext("Dose {number} of {name}")
        return text.format(number=offer.dose.number, name=offer.dose.patient_name)

    def offered_day(self, offer: Offer) -> str:
        """Return `Move to Fri 13 Mar…`, for the button of an offer."""
        return self.wording.gettext("Move to {date}…").format(date=self.wording.date_short(offer.to))

    def offer(self, offer: Offer) -> str:
        """Return an offer in a sentence."""
        text = self.wording.gettext("Move dose {number} of {name} to {date} (inside its tolerance)")
        date_ = self.wording.date(offer.to)
        return text.format(number=offer.dose.number, name=offer.dose.patient_name, date=date_)

    def carried(self, carried: Carried, scene: Scene) -> tuple[str, tuple[str, ...]]:
        """Return where a carried dose would go, and what speaks against it."""
        _ = self.wording.gettext
        dose, target = carried.dose, carried.target
        if target is None:
            return _("Dose {number}: no day here").format(number=dose.number), ()
        if target == dose.day:
            return _("Dose {number} stays on {date}").format(number=dose.number, date=self.wording.date(target)), ()
        days = (target - dose.day).days
        where = self._where(days).format(number=dose.number, date=self.wording.date(target), n=abs(days))
        if dose.transplant_day is not None:
            where = DOT.join((where, self.wording.transplant_day(dose.transplant_day + days)))
        return where, tuple(self._against(dose, target, scene))

    def _where(self, days: int) -> str:
        wording = self.wording
        if days > 0:
            return wording.ngettext(
                "Dose {number} to {date}: {n} day later", "Dose {number} to {date}: {n} days later", days
            )
        return wording.ngettext(
            "Dose {number} to {date}: {n} day earlier", "Dose {number} to {date}: {n} days earlier", -days
        )

    def _against(self, dose: CalendarDose, target: date, scene: Scene) -> list[str]:
        _ = self.wording.gettext
        known = scene.day(target)
        said = []
        if scene.today is not None and target < scene.today:
            said.append(_("this day is past"))
        other = scene.dose_of_course(dose, target)
        if other is not None:
            said.append(_("dose {number} of this course is on this day").format(number=other.number))
        passed = _("it passes dose {number} of this course")
        said += [passed.format(number=number) for number in _passed(dose, target, scene)]
        if mark := self.mark_in_full(known):
            said.append(mark)
        if known is not None and not self.capacity.has_room(known, dose):
            text = _("over what the ward can give: {n} doses, {time}")
            time = self.wording.duration(known.minutes + dose.minutes)
            said.append(text.format(n=known.count + 1, time=time))
        return said


def _passed(dose: CalendarDose, target: date, scene: Scene) -> list[int]:
    """Return the numbers of the doses of the same course that stand between a dose and where it would go."""
    low, high = min(dose.day, target), max(dose.day, target)
    return [
        other.number
        for day in scene.all_days()
        if low < day < high
        for other in scene.doses(day)
        if other.course_id == dose.course_id and other.counts
    ]
