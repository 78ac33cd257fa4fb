"""A regimen in plain words: with the dates of one course, or as the rule alone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from ivigdesk.scheduling.calendar import CalendarDose, course_days, phase_days
from ivigdesk.scheduling.regimen import ListedDose, Phase, Regimen
from ivigdesk.wording import Wording

_MOST_LISTED = 9
"""An evenly spaced list longer than this is shortened: its first days and its last say it all."""
_SHOWN_FIRST = 3
_WEEK = 7


def regimen_sentence(regimen: Regimen, doses: tuple[CalendarDose, ...], wording: Wording) -> str:
    """Return the course as one sentence: amounts and days of each stretch, number of doses, last date.

    Args:
        regimen: the rule.
        doses: what `expand` returned for it, or what a later revision left of that, ascending by date.
        wording: the reader's language. Dates and amounts carry no-break spaces.
    """
    if not doses:
        return wording.gettext("No dose is left.")
    runs = [list(run) for _, run in groupby(doses, key=_stretch if regimen.phases else _amount)]
    parts = []
    for index, run in enumerate(runs):
        phase = regimen.phases[run[0].phase] if regimen.phases else None
        days = [_shown_day(regimen, dose) for dose in run]
        frequency = "" if phase is None or len(run) == 1 else _frequency(phase.every_days, wording)
        if phase is not None and index == 0 and _says_itself(phase, days, wording):
            frequency = ""
        is_repeated = index > 0 and frequency != "" and run[0].mg_per_kg == runs[index - 1][0].mg_per_kg
        amount = "" if is_repeated else _amount_words(run[0].mg_per_kg, wording)
        part = _on_days(regimen, _what(amount, frequency, wording), days, wording)
        parts.append(_counted(part, len(run), wording) if len(runs) > 1 else part)
    return _closed(regimen, _joined(parts, wording), doses, wording)


def rule_sentence(regimen: Regimen, wording: Wording) -> str:
    """Return the rule as one sentence without dates, for the library."""
    _ = wording.gettext
    fixed = [dose for dose in regimen.doses if not dose.optional]
    parts = _phase_rules(regimen, wording) if regimen.phases else _list_parts(regimen, fixed, wording)
    said = _joined(parts, wording)
    count = len(course_days(regimen))
    total = _total_mg_per_kg(regimen)
    if regimen.review_after_doses is not None:
        said = wording.ngettext(
            "{said}, planned for {n} dose, then to be reviewed by the prescriber",
            "{said}, planned for {n} doses, then to be reviewed by the prescriber",
            count,
        ).format(said=said, n=count)
    elif total is None:
        said = wording.ngettext("{said}: {n} dose", "{said}: {n} doses", count).format(said=said, n=count)
    else:
        said = wording.ngettext("{said}: {n} dose, {total} in all", "{said}: {n} doses, {total} in all", count).format(
            said=said, n=count, total=wording.amount(total, "mg/kg")
        )
    optional = [dose for dose in regimen.doses if dose.optional]
    if optional:
        extra = _joined(_list_parts(regimen, optional, wording), wording)
        said = _("{said}; if the prescriber asks for it, also {extra}").format(said=said, extra=extra)
    if regimen.first_dose_window is not None:
        last = _day_name(regimen, regimen.first_dose_window[1], wording)
        said = _("{said}; the first dose may be given up to {last}").format(said=said, last=last)
    return _sentence(said, wording)


def _phase_rules(regimen: Regimen, wording: Wording) -> list[str]:
    parts = []
    planned = 0
    for index, phase in enumerate(regimen.phases):
        left = (regimen.review_after_doses or 0) - planned
        count = len(phase_days(phase, phase.first_day, left))
        planned += count
        is_repeated = index > 0 and count > 1 and regimen.phases[index - 1].mg_per_kg == phase.mg_per_kg
        amount = "" if is_repeated else _amount_words(phase.mg_per_kg, wording)
        frequency = _frequency(phase.every_days, wording) if count > 1 else ""
        part = _span(regimen, phase, _what(amount, frequency, wording), count, wording)
        parts.append(_counted(part, count, wording) if len(regimen.phases) > 1 else part)
    return parts


def _span(regimen: Regimen, phase: Phase, what: str, count: int, wording: Wording) -> str:
    """Return when a phase starts and how far it goes."""
    _ = wording.gettext
    start = _day_name(regimen, phase.first_day, wording)
    if count == 1 and not phase.first_day_choices:
        return _on_days(regimen, what, [phase.first_day], wording)
    others = [_day_number(regimen, day, wording) for day in phase.first_day_choices if day != phase.first_day]
    if others:
        start = _("{day}, or {others} as prescribed").format(day=start, others=_either(others, wording))
    if phase.for_days is not None:
        return wording.ngettext(
            "{what} for {n} day from {day}", "{what} for {n} days from {day}", phase.for_days
        ).format(what=what, n=phase.for_days, day=start)
    if phase.last_day is not None:
        return _("{what} from {day} up to {last}").format(
            what=what, day=start, last=_day_name(regimen, phase.last_day, wording)
        )
    return _("{what} from {day}").format(what=what, day=start)


def _list_parts(regimen: Regimen, doses: Sequence[ListedDose], wording: Wording) -> list[str]:
    runs = [list(run) for _, run in groupby(doses, key=_amount)]
    parts = []
    for run in runs:
        what = _amount_words(run[0].mg_per_kg, wording)
        part = _on_days(regimen, what, [dose.day for dose in run], wording)
        parts.append(_counted(part, len(run), wording) if len(runs) > 1 else part)
    return parts


def _closed(regimen: Regimen, said: str, doses: tuple[CalendarDose, ...], wording: Wording) -> str:
    """Return the sentence with number of doses, what closed days moved, and the last date."""
    count = len(doses)
    last = wording.date(doses[-1].due_on)
    if count == 1:
        said = wording.gettext("{said}: 1 dose, on {last}").format(said=said, last=last)
    else:
        said = wording.ngettext("{said}: {n} dose, last on {last}", "{said}: {n} doses, last on {last}", count).format(
            said=said, n=count, last=last
        )
    moved = sum(dose.moved_days != 0 for dose in doses)
    if moved:
        said = wording.ngettext(
            "{said}; {n} moved because the ward is closed", "{said}; {n} moved because the ward is closed", moved
        ).format(said=said, n=moved)
    if regimen.review_after_doses is not None:
        said = wording.gettext("{said}; then to be reviewed by the prescriber").format(said=said)
    return _sentence(said, wording)


def _sentence(said: str, wording: Wording) -> str:
    """Return the words with a capital and a full stop."""
    whole = wording.gettext("{said}.").format(said=said)
    return whole[:1].upper() + whole[1:]


def _stretch(dose: CalendarDose) -> object:
    return dose.phase


def _amount(dose: CalendarDose | ListedDose) -> object:
    return dose.mg_per_kg


def _shown_day(regimen: Regimen, dose: CalendarDose) -> int:
    if regimen.anchor == "first-dose" or dose.transplant_day is None:
        return dose.course_day
    return dose.transplant_day


def _amount_words(mg_per_kg: Decimal | None, wording: Wording) -> str:
    if mg_per_kg is None:
        return wording.gettext("a dose that the prescriber sets,")
    return wording.amount(mg_per_kg, "mg/kg")


def _says_itself(phase: Phase, days: Sequence[int], wording: Wording) -> bool:
    """Whether the list of days makes the interval's name superfluous.

    English drops "every other day" beside all seven days; a Chinese order always names the frequency.
    """
    return wording.language == "en" and phase.every_days < _WEEK and len(days) <= _MOST_LISTED


def _what(amount: str, frequency: str, wording: Wording) -> str:
    if amount and frequency:
        return wording.gettext("{amount} {frequency}").format(amount=amount, frequency=frequency)
    return amount or frequency


def _frequency(every_days: int, wording: Wording) -> str:
    _ = wording.gettext
    if every_days == 1:
        return _("daily")
    if every_days == 2:
        return _("every other day")
    if every_days == _WEEK:
        return _("weekly")
    if every_days % _WEEK == 0:
        return _("every {n} weeks").format(n=every_days // _WEEK)
    return _("every {n} days").format(n=every_days)


def _on_days(regimen: Regimen, what: str, days: Sequence[int], wording: Wording) -> str:
    count = len(days)
    if regimen.anchor == "first-dose":
        template = wording.ngettext("{what} on day {days}", "{what} on days {days}", count)
    else:
        template = wording.ngettext("{what} on transplant day {days}", "{what} on transplant days {days}", count)
    return template.format(what=what, days=_day_list(regimen, days, wording))


def _day_list(regimen: Regimen, days: Sequence[int], wording: Wording) -> str:
    numbers = [_day_number(regimen, day, wording) for day in days]
    is_even = len({later - earlier for earlier, later in pairwise(days)}) == 1
    if len(days) > _MOST_LISTED and is_even:
        numbers = [*numbers[:_SHOWN_FIRST], "…", numbers[-1]]
    return wording.gettext(", ").join(numbers)


def _day_number(regimen: Regimen, day: int, wording: Wording) -> str:
    return str(day) if regimen.anchor == "first-dose" else wording.signed(day)


def _day_name(regimen: Regimen, day: int, wording: Wording) -> str:
    template = wording.gettext("day {n}") if regimen.anchor == "first-dose" else wording.gettext("transplant day {n}")
    return template.format(n=_day_number(regimen, day, wording))


def _either(words: Sequence[str], wording: Wording) -> str:
    *first, last = words
    if not first:
        return last
    return wording.gettext("{words} or {last}").format(words=wording.gettext(", ").join(first), last=last)


def _counted(part: str, count: int, wording: Wording) -> str:
    return wording.ngettext("{part} ({n} dose)", "{part} ({n} doses)", count).format(part=part, n=count)


def _joined(parts: Sequence[str], wording: Wording) -> str:
    said, *rest = parts
    for part in rest:
        said = wording.gettext("{said}, then {next}").format(said=said, next=part)
    return said


def _total_mg_per_kg(regimen: Regimen) -> Decimal | None:
    """Return milligrams per kilogram of the whole course; None where the source states no dose."""
    total = Decimal(0)
    for phase in regimen.phases:
        total += phase.mg_per_kg * len(phase_days(phase, phase.first_day))
    for dose in regimen.doses:
        if dose.mg_per_kg is None:
            return None
        if not dose.optional:
            total += dose.mg_per_kg
    return total
