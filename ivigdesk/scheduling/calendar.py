"""From a regimen and its anchor to dated doses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Record, Text, message
from ivigdesk.scheduling.closures import WardDays, move_off_closed_days
from ivigdesk.scheduling.regimen import Phase, Regimen

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)

OPEN_EVERY_DAY = WardDays()

PlannedDay = tuple[int, int, Decimal | None]
"""Day in the regimen's own numbering, index of the phase, dose per kilogram."""


class CalendarDose(Record, frozen=True):
    """One dated dose of a regimen, before anything is known of the patient's weight.

    Attributes:
        number: 1 for the first.
        phase: index of the phase in the regimen, from 0; 0 for a list of doses.
        phase_name: the phase's name; None for a list of doses.
        course_day: 1 = day of the course's first dose. There is no course day 0.
        transplant_day: 0 = day of stem-cell infusion; None without a transplant date.
        due_on: date of the dose.
        mg_per_kg: dose per kilogram; None where the source states none, or counts in millilitres.
        moved_days: days by which a closed day moved it, negative for earlier; 0 when not moved.
        ml_per_kg: dose in millilitres per kilogram, where the label counts so; then the product decides the grams.
    """

    number: int
    phase: int
    phase_name: Text | None
    course_day: int
    transplant_day: int | None
    due_on: date
    mg_per_kg: Decimal | None
    moved_days: int = 0
    ml_per_kg: Decimal | None = None


def expand(
    regimen: Regimen,
    *,
    first_on: date | None,
    transplant_on: date | None,
    ward_days: WardDays = OPEN_EVERY_DAY,
    include_optional: bool = False,
) -> tuple[CalendarDose, ...]:
    """Return the doses of a course by this regimen, ascending by date, numbered from 1.

    Args:
        regimen: a checked regimen, as `parse_regimen` or `choices.choose` returns it.
        first_on: date of the first dose. A transplant-anchored regimen may do without; otherwise its doses before
            this date are left out, and a first dose whose window still holds this date is given on it.
        transplant_on: date of stem-cell infusion (day 0); a transplant-anchored regimen needs it.
        ward_days: opening days and what a closed one does. The first dose moves like any other; course days count
            from where it comes to stand.
        include_optional: also return the doses that the source calls optional.

    Raises:
        UserMistake: a date is missing or out of range, or leaves no dose.
        KnownError: the ward's closures cannot be kept to.
    """
    planned = _planned_days(regimen, include_optional)
    _check_dates(first_on, transplant_on)
    is_first_dose_anchored = regimen.anchor == "first-dose"
    if is_first_dose_anchored:
        if first_on is None:
            raise UserMistake("first_on", message(N_("This regimen counts from its first dose. Give the first day.")))
        day_zero = first_on.toordinal() - 1
    else:
        if transplant_on is None:
            raise UserMistake(
                "transplant_on",
                message(N_("This regimen counts from the transplant. Give the date of stem-cell infusion (day 0).")),
            )
        day_zero = transplant_on.toordinal()
        if first_on is not None:
            planned = _from_first_day(regimen, planned, (first_on - transplant_on).days)
    _check_reach(day_zero + planned[0][0], day_zero + planned[-1][0], "first_on" if first_on else "transplant_on")

    by_rule = [date.fromordinal(day_zero + day) for day, _, _ in planned]
    due_dates = move_off_closed_days(by_rule, ward_days, not_before=None if is_first_dose_anchored else first_on)
    first_ordinal = due_dates[0].toordinal()
    transplant_ordinal = None if transplant_on is None else transplant_on.toordinal()
    doses = []
    for index, (_, phase, mg_per_kg) in enumerate(planned):
        stretch = regimen.phases[phase] if regimen.phases else None
        due_on = due_dates[index]
        ordinal = due_on.toordinal()
        doses.append(
            CalendarDose(
                number=index + 1,
                phase=phase,
                phase_name=None if stretch is None else stretch.name,
                course_day=ordinal - first_ordinal + 1,
                transplant_day=None if transplant_ordinal is None else ordinal - transplant_ordinal,
                due_on=due_on,
                mg_per_kg=mg_per_kg,
                moved_days=ordinal - by_rule[index].toordinal(),
                ml_per_kg=None if stretch is None else stretch.ml_per_kg,
            )
        )
    return tuple(doses)


def course_days(regimen: Regimen, *, include_optional: bool = False) -> tuple[int, ...]:
    """Return the regimen's days, ascending: course days or transplant days, by its anchor."""
    return tuple(day for day, _, _ in _planned_days(regimen, include_optional))


def phase_days(phase: Phase, doses_if_open: int = 0) -> tuple[int, ...]:
    """Return the days of a phase, ascending; an open one has `doses_if_open` doses."""
    steps = (0, *phase.also_after_days)
    last = phase.last_day
    if phase.for_days is not None:
        # The window counts its first day: 14 days from day 1 are days 1 to 14, so that day 15 is outside.
        last = phase.first_day + phase.for_days - 1
    if last is not None:
        begins = range(phase.first_day, last + 1, phase.every_days)
        return tuple(begin + step for begin in begins for step in steps if begin + step <= last)
    count = doses_if_open if phase.doses is None else phase.doses
    rounds = (divmod(index, len(steps)) for index in range(count))
    return tuple(phase.first_day + interval * phase.every_days + steps[place] for interval, place in rounds)


def dose_mg_per_kg(phase: Phase) -> Decimal | None:
    """Return the dose per kilogram of each dose of a phase; None where the source counts in millilitres.

    A divided amount divides exactly: the check of regimens refuses any other.
    """
    if phase.divided_mg_per_kg is not None and phase.doses:
        return phase.divided_mg_per_kg / phase.doses
    return phase.mg_per_kg


def check_date(field: str, day: date) -> None:
    """Refuse a date that no course can have.

    Raises:
        UserMistake: for `field`, with the dates that are allowed.
    """
    if not EARLIEST <= day <= LATEST:
        raise UserMistake(
            field,
            message(
                N_("{value} cannot be used as a date here. Allowed: from {first} to {last}."),
                value=day,
                first=EARLIEST,
                last=LATEST,
            ),
        )


def _planned_days(regimen: Regimen, include_optional: bool) -> list[PlannedDay]:
    if not regimen.phases:
        return [(dose.day, 0, dose.mg_per_kg) for dose in regimen.doses if include_optional or not dose.optional]
    planned: list[PlannedDay] = []
    for index, phase in enumerate(regimen.phases):
        left = (regimen.review_after_doses or 0) - len(planned)
        mg_per_kg = dose_mg_per_kg(phase)
        planned.extend((day, index, mg_per_kg) for day in phase_days(phase, left))
    return planned


def _check_dates(first_on: date | None, transplant_on: date | None) -> None:
    if first_on is not None:
        check_date("first_on", first_on)
    if transplant_on is not None:
        check_date("transplant_on", transplant_on)


def _check_reach(first: int, last: int, field: str) -> None:
    if first < EARLIEST.toordinal() or last > LATEST.toordinal():
        raise UserMistake(
            field,
            message(
                N_("With this date, doses would not lie between {first} and {last}. Choose another."),
                first=EARLIEST,
                last=LATEST,
            ),
        )


def _from_first_day(regimen: Regimen, planned: list[PlannedDay], first_day: int) -> list[PlannedDay]:
    """Return what is left from transplant day `first_day` on."""
    window = regimen.first_dose_window
    if window is not None and planned[0][0] < first_day <= window[1]:
        # The source lets the first dose wait: it is late within its window, not left out.
        return [(first_day, *planned[0][1:]), *planned[1:]]
    left = [entry for entry in planned if entry[0] >= first_day]
    if not left:
        raise UserMistake(
            "first_on",
            message(
                N_("The regimen's last dose is on transplant day {last}; from day {value} on, none is left."),
                last=planned[-1][0],
                value=first_day,
            ),
        )
    return left
