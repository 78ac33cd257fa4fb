"""A regimen in plain words: with the dates of one course, or as the rule alone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from ivigdesk.scheduling.calendar import CalendarDose, course_days, dose_mg_per_kg, phase_days
from ivigdesk.scheduling.regimen import ListedDose, Phase, Regimen
from ivigdesk.scheduling.rule_words import (
    WEEK,
    amount_words,
    counted,
    day_name,
    day_number,
    day_or_others,
    either,
    phase_amount,
    phase_frequency,
    what_words,
)
from ivigdesk.wording import Wording

_MOST_LISTED = 9
"""An evenly spaced list longer than this is shortened: its first days and its last say it all."""
_SHOWN_FIRST = 3


def regimen_sentence(regimen: Regimen, doses: tuple[CalendarDose, ...], wording: Wording) -> str:
    """Return the course as one sentence: amounts and days of each stretch, number of doses, last date.

    Args:
        regimen: the rule, with the prescriber's picks made (`choices.choose`).
        doses: what `expand` returned for it, or what a later revision left of that, ascending by date.
        wording: the reader's language. Dates and amounts carry no-break spaces.
    """
    if not doses:
        return wording.gettext("No dose is left.")
    runs = [list(run) for _, run in groupby(doses, key=_stretch if regimen.phases else _amount)]
    parts = []
    before = ""
    for index, run in enumerate(runs):
        phase = regimen.phases[run[0].phase] if regimen.phases else None
        days = [_shown_day(regimen, dose) for dose in run]
        frequency = ""
        if phase is not None and _keeps_rhythm(phase, run):
            frequency = phase_frequency(phase, wording, with_choices=False)
        if phase is not None and index == 0 and _says_itself(phase, days, wording):
            frequency = ""
        amount = _given_amount(phase, run[0], wording)
        said = "" if amount == before and frequency else amount
        before = amount
        part = _on_days(regimen, what_words(said, frequency, wording), days, wording)
        parts.append(counted(part, len(run), wording) if len(runs) > 1 else part)
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
        last = day_name(regimen, regimen.first_dose_window[1], wording)
        said = _("{said}; the first dose may be given up to {last}").format(said=said, last=last)
    if regimen.exposure_within_days is not None:
        said = wording.ngettext(
            "{said}; within {n} day of the exposure",
            "{said}; within {n} days of the exposure",
            regimen.exposure_within_days,
        ).format(said=said, n=regimen.exposure_within_days)
    return _sentence(said, wording)


def _phase_rules(regimen: Regimen, wording: Wording) -> list[str]:
    parts = []
    planned = 0
    before = ""
    for phase in regimen.phases:
        count = len(phase_days(phase, (regimen.review_after_doses or 0) - planned))
        planned += count
        amount = phase_amount(phase, wording, with_range=True)
        frequency = phase_frequency(phase, wording, with_choices=True) if count > 1 else ""
        said = "" if amount == before and frequency else amount
        before = amount
        part = _span(regimen, phase, what_words(said, frequency, wording), count, wording)
        parts.append(counted(part, count, wording) if len(regimen.phases) > 1 else part)
    return parts


def _span(regimen: Regimen, phase: Phase, what: str, count: int, wording: Wording) -> str:
    """Return when a phase starts and how far it goes, with what may be picked."""
    _ = wording.gettext
    other_counts = [str(doses) for doses in phase.doses_choices if doses != phase.doses]
    if count == 1 and not phase.first_day_choices and not phase.last_day_choices and not other_counts:
        return _on_days(regimen, what, [phase.first_day], wording)
    start = day_or_others(regimen, phase.first_day, phase.first_day_choices, wording)
    if phase.for_days is not None:
        return wording.ngettext(
            "{what} for {n} day from {day}", "{what} for {n} days from {day}", phase.for_days
        ).format(what=what, n=phase.for_days, day=start)
    if phase.last_day is not None:
        last = day_or_others(regimen, phase.last_day, phase.last_day_choices, wording)
        return _("{what} from {day} up to {last}").format(what=what, day=start, last=last)
    said = _("{what} from {day}").format(what=what, day=start)
    if not other_counts:
        return said
    return wording.ngettext(
        "{said} for {n} dose, or {others} as prescribed", "{said} for {n} doses, or {others} as prescribed", count
    ).format(said=said, n=count, others=either(other_counts, wording))


def _list_parts(regimen: Regimen, doses: Sequence[ListedDose], wording: Wording) -> list[str]:
    runs = [list(run) for _, run in groupby(doses, key=_amount)]
    parts = []
    for run in runs:
        what = amount_words(run[0].mg_per_kg, wording)
        part = _on_days(regimen, what, [dose.day for dose in run], wording)
        parts.append(counted(part, len(run), wording) if len(runs) > 1 else part)
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


def _given_amount(phase: Phase | None, dose: CalendarDose, wording: Wording) -> str:
    if phase is None or (phase.ml_per_kg is None and phase.divided_mg_per_kg is None):
        return amount_words(dose.mg_per_kg, wording)
    return phase_amount(phase, wording, with_range=False)


def _shown_day(regimen: Regimen, dose: CalendarDose) -> int:
    if regimen.anchor == "first-dose" or dose.transplant_day is None:
        return dose.course_day
    return dose.transplant_day


def _keeps_rhythm(phase: Phase, run: Sequence[CalendarDose]) -> bool:
    """Whether the doses still come at the phase's interval, so that its name is true of them.

    Not after one was omitted, added, or moved beyond the tolerance; what a closed day moved counts as unmoved.
    """
    if len(run) == 1:
        return False
    if phase.also_after_days:  # twice a week: more than one interval
        return True
    days = [dose.course_day - dose.moved_days for dose in run]
    return all(abs(later - earlier - phase.every_days) <= phase.tolerance_days for earlier, later in pairwise(days))


def _says_itself(phase: Phase, days: Sequence[int], wording: Wording) -> bool:
    """Whether the list of days makes the interval's name superfluous.

    English drops "every other day" beside all seven days; a Chinese order always names the frequency.
    """
    return wording.language == "en" and phase.every_days < WEEK and len(days) <= _MOST_LISTED


def _on_days(regimen: Regimen, what: str, days: Sequence[int], wording: Wording) -> str:
    count = len(days)
    if regimen.anchor == "first-dose":
        template = wording.ngettext("{what} on day {days}", "{what} on days {days}", count)
    else:
        template = wording.ngettext("{what} on transplant day {days}", "{what} on transplant days {days}", count)
    return template.format(what=what, days=_day_list(regimen, days, wording))


def _day_list(regimen: Regimen, days: Sequence[int], wording: Wording) -> str:
    numbers = [day_number(regimen, day, wording) for day in days]
    is_even = len({later - earlier for earlier, later in pairwise(days)}) == 1
    if len(days) > _MOST_LISTED and is_even:
        numbers = [*numbers[:_SHOWN_FIRST], "…", numbers[-1]]
    return wording.gettext(", ").join(numbers)


def _joined(parts: Sequence[str], wording: Wording) -> str:
    said, *rest = parts
    for part in rest:
        said = wording.gettext("{said}, then {next}").format(said=said, next=part)
    return said


def _total_mg_per_kg(regimen: Regimen) -> Decimal | None:
    """Return milligrams per kilogram of the whole course; None where the source states no dose."""
    total = Decimal(0)
    for phase in regimen.phases:
        mg_per_kg = dose_mg_per_kg(phase)
        if mg_per_kg is None:
            return None
        total += mg_per_kg * len(phase_days(phase))
    for dose in regimen.doses:
        if dose.mg_per_kg is None:
            return None
        if not dose.optional:
            total += dose.mg_per_kg
    return total
