"""Why a dose stands on its date: the rule, the prescriber's picks, closed days, and every later change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from ivigdesk.clinical.courses.course import Course, Dose, Revision
from ivigdesk.clinical.courses.why_changed import change_steps
from ivigdesk.clinical.findings import TraceStep
from ivigdesk.messages import N_, Message, message, plural_message
from ivigdesk.scheduling.calendar import course_days
from ivigdesk.scheduling.choices import OpenChoice, open_choices
from ivigdesk.scheduling.regimen import Phase, Regimen

_PICKS = {
    "first_day": N_("“{phase}”: the source leaves the first day open ({allowed}); picked: {value}"),
    "last_day": N_("“{phase}”: the source leaves the last day open ({allowed}); picked: {value}"),
    "every_days": N_("“{phase}”: the source leaves the days between doses open ({allowed}); picked: {value}"),
    "doses": N_("“{phase}”: the source leaves the number of doses open ({allowed}); picked: {value}"),
    "mg_per_kg": N_("“{phase}”: the source leaves the dose per kilogram open ({allowed}); picked: {value}"),
}


def dated(course: Course, dose: Dose, revisions: Sequence[Revision]) -> Iterator[TraceStep]:
    """Yield the steps from the regimen's rule to the date of a dose, then all that was done to it since.

    Args:
        course: whose dose it is.
        dose: one of its doses.
        revisions: of the course, oldest first.
    """
    yield from date_steps(
        course.regimen, course.doses, dose, course.transplant_on, change_steps(course, dose, revisions)
    )


def date_steps(
    regimen: Regimen,
    doses: Sequence[Dose],
    dose: Dose,
    transplant_on: date | None,
    changes: Iterable[TraceStep] = (),
) -> Iterator[TraceStep]:
    """Yield the steps from the regimen's rule to the date on which the dose stands.

    Args:
        regimen: with the prescriber's picks made.
        doses: every dose of the course, ascending by number.
        dose: one of them.
        transplant_on: day 0; None when unknown.
        changes: what was done to the dose since it was planned, told after the rule.
    """
    sources = ", ".join(regimen.sources)
    yield TraceStep(
        rule=message(N_("regimen: {regimen}, version {version}"), regimen=regimen.title, version=regimen.version),
        source=sources,
    )
    origin = _origin(doses, dose)
    if origin.is_extra:
        yield TraceStep(rule=message(N_("the regimen's rule has no such dose: it was added to the course")))
    elif regimen.phases and dose.phase < len(regimen.phases):
        yield TraceStep(rule=_phase_rule(regimen.phases[dose.phase]), source=sources)
        yield from _picks(regimen, dose.phase, sources)
    if not origin.is_extra:
        yield from _by_rule(regimen, doses, origin)
    yield from changes
    yield TraceStep(rule=_course_day(dose))
    if transplant_on is not None:
        yield TraceStep(
            rule=message(
                N_("transplant day: {date} − {transplant}, counted from 0 = {day}"),
                date=dose.due_on,
                transplant=transplant_on,
                day=(dose.due_on - transplant_on).days,
            )
        )


def _course_day(dose: Dose) -> Message:
    if dose.course_day > 0:
        first_on = dose.due_on - timedelta(days=dose.course_day - 1)
        rule = N_("course day: {date} − {first}, counted from 1 = {day}")
    else:
        first_on = dose.due_on - timedelta(days=dose.course_day)
        rule = N_("course day: {date} − {first} = {day}; there is no day 0")
    return message(rule, date=dose.due_on, first=first_on, day=dose.course_day)


def _origin(doses: Sequence[Dose], dose: Dose) -> Dose:
    """Return the dose whose place this one takes after an entry in error, through all replacements; else itself."""
    of_id = {one.id: one for one in doses}
    origin = dose
    while origin.replaces is not None and origin.replaces in of_id:
        origin = of_id[origin.replaces]
    return origin


def _phase_rule(phase: Phase) -> Message:
    if phase.every_days == 1:
        interval = message(N_("every day"))
    elif phase.every_days == 2:
        interval = message(N_("every other day"))
    else:
        interval = message(N_("every {n} days"), n=phase.every_days)
    if phase.also_after_days:
        interval = message(N_("{interval}, and again {days} days later"), interval=interval, days=phase.also_after_days)
    if phase.for_days is not None:
        length = plural_message("for {n} day", "for {n} days", phase.for_days)
    elif phase.doses is not None:
        length = plural_message("{n} dose", "{n} doses", phase.doses)
    elif phase.last_day is not None:
        length = message(N_("up to day {day}"), day=phase.last_day)
    else:
        length = message(N_("until it is reviewed"))
    return message(
        N_("phase “{phase}”: from day {day}, {interval}, {length}"),
        phase=phase.name,
        day=phase.first_day,
        interval=interval,
        length=length,
    )


def _picks(regimen: Regimen, phase: int, sources: str) -> Iterator[TraceStep]:
    for choice in open_choices(regimen):
        if choice.phase != phase:
            continue
        yield TraceStep(
            rule=message(_PICKS[choice.what], phase=choice.phase_name, allowed=_allowed(choice), value=choice.default),
            source=sources,
        )


def _allowed(choice: OpenChoice) -> object:
    if choice.least is None or choice.most is None:
        return choice.allowed
    return message(N_("{least} to {most}"), least=choice.least, most=choice.most)


def _by_rule(regimen: Regimen, doses: Sequence[Dose], dose: Dose) -> Iterator[TraceStep]:
    """Yield the date that the rule gives, and how the first plan departed from it.

    Doses that were added to the rule's own, or took the place of one entered in error, are none of the rule.
    """
    own = [one for one in doses if not one.is_extra and one.replaces is None]
    days = rule_days(regimen, len(own))
    if days is None or dose not in own:
        return
    of_number = dict(zip((one.number for one in own), days, strict=True))
    # Closed days move single doses; the day from which the rule counts is the one that most doses agree on.
    zeros = Counter(one.planned_on - timedelta(days=of_number[one.number]) for one in own)
    day_zero = max(zeros, key=lambda day: (zeros[day], -day.toordinal()))
    day = of_number[dose.number]
    rule_date = day_zero + timedelta(days=day)
    if regimen.anchor == "transplant":
        rule = message(
            N_("dose {number} is on transplant day {day}: {zero} + {day} days = {date}"),
            number=dose.number,
            day=day,
            zero=day_zero,
            date=rule_date,
        )
    else:
        rule = message(
            N_("dose {number} is on course day {day}: {first} + {days} days = {date}"),
            number=dose.number,
            day=day,
            first=day_zero + timedelta(days=1),
            days=day - 1,
            date=rule_date,
        )
    yield TraceStep(rule=rule, source=", ".join(regimen.sources))
    if dose.planned_on == rule_date:
        return
    window = regimen.first_dose_window
    if window is not None and dose.number == 1 and dose.planned_on > rule_date:
        why = message(
            N_("the first dose may wait up to transplant day {last}: planned on {date}"),
            last=window[1],
            date=dose.planned_on,
        )
    else:
        why = message(N_("the ward is closed on that day: planned on {date}"), date=dose.planned_on)
    yield TraceStep(rule=why)


def rule_days(regimen: Regimen, doses: int) -> tuple[int, ...] | None:
    """Return the regimen's days of a course's doses, in its own numbering; None when they cannot be told.

    A course that left out the regimen's first doses has its last ones.

    Args:
        doses: number of doses of the course.
    """
    for include_optional in (False, True):
        days = course_days(regimen, include_optional=include_optional)
        if len(days) >= doses:
            return days[len(days) - doses :]
    return None
