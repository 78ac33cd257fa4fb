"""What makes a regimen usable: every rule that its types alone cannot hold, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Message, Text, message
from ivigdesk.scheduling.calendar import course_days, phase_days
from ivigdesk.scheduling.regimen import WEIGHT_POLICIES, ListedDose, Phase, Regimen

LEAST_MG_PER_KG = Decimal("0.001")
MOST_MG_PER_KG = Decimal(3000)
MOST_DOSES = 400
MOST_INTERVAL_DAYS = 366
FIRST_TRANSPLANT_DAY = -365
LAST_DAY = 3650

_NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_ENDS = ("for_days", "doses", "last_day")


class Fault(NamedTuple):
    """What is wrong with a regimen.

    Attributes:
        key: path of the key, e.g. `phases[1].every_days`, indices from 0; a place in the file; or empty.
        problem: what is wrong, as a sentence.
        allowed: what would be right, as it follows "Allowed:"; several words are listed.
    """

    key: str | Message
    problem: Message
    allowed: Message | tuple[object, ...]


def refusal(file: str, fault: Fault) -> KnownError:
    """Return the error that refuses a regimen file."""
    place = message(N_("{file}, {key}"), file=file, key=fault.key) if fault.key else file
    return KnownError(
        message(
            N_("{place}: {problem} Allowed: {allowed}. The regimen was not loaded."),
            place=place,
            problem=fault.problem,
            allowed=fault.allowed,
        )
    )


def check_regimen(regimen: Regimen, file: str) -> None:
    """Refuse a regimen that no calendar can be made from, or that is not said in full.

    Raises:
        KnownError: for the first fault found.
    """
    for fault in _faults(regimen):
        raise refusal(file, fault)


def _faults(regimen: Regimen) -> Iterator[Fault]:
    """Yield the faults, first the plain ones: each check may rely on those before it."""
    yield from _identity_faults(regimen)
    yield from _text_faults(regimen)
    yield from _shape_faults(regimen)
    for index, phase in enumerate(regimen.phases):
        yield from _phase_faults(regimen, phase, f"phases[{index}]", index == len(regimen.phases) - 1)
    for index, dose in enumerate(regimen.doses):
        yield from _listed_dose_faults(regimen, dose, f"doses[{index}]")
    yield from _review_faults(regimen)
    yield from _order_faults(regimen)
    yield from _window_faults(regimen)


def _identity_faults(regimen: Regimen) -> Iterator[Fault]:
    for key, value in (("id", regimen.id), ("indication", regimen.indication)):
        if not value or not _NAME_CHARACTERS.issuperset(value):
            yield _unusable(key, value, message(N_("small letters a to z, digits and hyphens")))
    if not regimen.version.strip():
        yield _empty("version")
    if regimen.weight_policy not in WEIGHT_POLICIES:
        yield _unusable("weight_policy", regimen.weight_policy, WEIGHT_POLICIES)
    if not regimen.sources:
        yield Fault("sources", message(N_("No source is named.")), message(N_("one source or more")))
    for index, source in enumerate(regimen.sources):
        if not source.strip():
            yield _empty(f"sources[{index}]")


def _text_faults(regimen: Regimen) -> Iterator[Fault]:
    texts: list[tuple[str, Text | None]] = [("title", regimen.title), ("note", regimen.note)]
    texts += [(f"phases[{index}].name", phase.name) for index, phase in enumerate(regimen.phases)]
    for key, text in texts:
        if text is not None:
            for language in ("en", "zh_CN"):
                if not text.in_language(language).strip():
                    yield _empty(f"{key}.{language}")


def _shape_faults(regimen: Regimen) -> Iterator[Fault]:
    either = message(N_("either [[phases]] or [[doses]]"))
    if regimen.phases and regimen.doses:
        yield Fault("doses", message(N_("The regimen has phases and a list of doses.")), either)
    if not regimen.phases and not regimen.doses:
        yield Fault("phases", message(N_("The regimen has no dose.")), either)
    most = regimen.max_mg_per_kg
    if most is not None:
        yield from _amount_faults("max_mg_per_kg", most, MOST_MG_PER_KG)


def _phase_faults(regimen: Regimen, phase: Phase, path: str, is_last: bool) -> Iterator[Fault]:
    yield from _amount_faults(f"{path}.mg_per_kg", phase.mg_per_kg, _most_mg_per_kg(regimen))
    yield from _number_faults(f"{path}.every_days", phase.every_days, 1, MOST_INTERVAL_DAYS)
    yield from _number_faults(f"{path}.tolerance_days", phase.tolerance_days, 0, phase.every_days - 1)
    yield from _day_faults(regimen, f"{path}.first_day", phase.first_day)
    for index, choice in enumerate(phase.first_day_choices):
        yield from _day_faults(regimen, f"{path}.first_day_choices[{index}]", choice)
    for index, (before, choice) in enumerate(pairwise(phase.first_day_choices), start=1):
        if choice <= before:
            yield _unusable(f"{path}.first_day_choices[{index}]", choice, message(N_("each day once, ascending")))
    if phase.first_day_choices and phase.first_day not in phase.first_day_choices:
        yield _unusable(f"{path}.first_day", phase.first_day, phase.first_day_choices)
    yield from _end_faults(regimen, phase, path, is_last)


def _end_faults(regimen: Regimen, phase: Phase, path: str, is_last: bool) -> Iterator[Fault]:
    given = [key for key in _ENDS if getattr(phase, key) is not None]
    one_end = message(N_("exactly one of for_days, doses and last_day"))
    if len(given) > 1:
        yield Fault(f"{path}.{given[1]}", message(N_("The phase has more than one end.")), one_end)
    if not given and (not is_last or regimen.review_after_doses is None):
        yield Fault(
            f"{path}.doses",
            message(N_("The phase has no end.")),
            message(N_("exactly one of for_days, doses and last_day; or, for the last phase, review_after_doses")),
        )
    if phase.for_days is not None:
        yield from _number_faults(f"{path}.for_days", phase.for_days, 1, LAST_DAY)
    if phase.doses is not None:
        yield from _number_faults(f"{path}.doses", phase.doses, 1, MOST_DOSES)
    if phase.last_day is not None:
        latest_start = max((phase.first_day, *phase.first_day_choices))
        yield from _number_faults(f"{path}.last_day", phase.last_day, latest_start, LAST_DAY)


def _listed_dose_faults(regimen: Regimen, dose: ListedDose, path: str) -> Iterator[Fault]:
    yield from _day_faults(regimen, f"{path}.day", dose.day)
    if dose.mg_per_kg is not None:
        yield from _amount_faults(f"{path}.mg_per_kg", dose.mg_per_kg, _most_mg_per_kg(regimen))


def _review_faults(regimen: Regimen) -> Iterator[Fault]:
    review = regimen.review_after_doses
    if review is None:
        return
    is_open = bool(regimen.phases) and all(getattr(regimen.phases[-1], key) is None for key in _ENDS)
    if not is_open:
        yield Fault(
            "review_after_doses",
            message(N_("The regimen has an end and a review.")),
            message(N_("a review only where the last phase has no end")),
        )
    before = sum(len(phase_days(phase, phase.first_day)) for phase in regimen.phases[:-1])
    yield from _number_faults("review_after_doses", review, min(before + 1, MOST_DOSES), MOST_DOSES)


def _order_faults(regimen: Regimen) -> Iterator[Fault]:
    """Yield what is wrong with the order of the days, for every first day that may be chosen."""
    if regimen.doses:
        yield from _list_order_faults(regimen)
        return
    latest: int | None = None
    count = 0
    for index, phase in enumerate(regimen.phases):
        starts = phase.first_day_choices or (phase.first_day,)
        left = (regimen.review_after_doses or 0) - count
        runs = [phase_days(phase, start, left) for start in starts]
        if latest is not None and min(starts) <= latest:
            yield _not_after(f"phases[{index}].first_day", min(starts), latest)
        latest = max(run[-1] for run in runs)
        count += max(len(run) for run in runs)
        if count > MOST_DOSES or latest > LAST_DAY:
            yield Fault(
                f"phases[{index}]",
                message(N_("The regimen is too long.")),
                message(N_("up to {most} doses, and no day after {last}"), most=MOST_DOSES, last=LAST_DAY),
            )
        if index == 0 and regimen.anchor == "first-dose":
            yield from _first_dose_faults("phases[0].first_day", starts)


def _list_order_faults(regimen: Regimen) -> Iterator[Fault]:
    if regimen.doses[0].optional:
        yield Fault(
            "doses[0].optional",
            message(N_("The first dose is optional.")),
            message(N_("optional doses after the first one")),
        )
    if regimen.anchor == "first-dose":
        yield from _first_dose_faults("doses[0].day", (regimen.doses[0].day,))
    for index, (before, dose) in enumerate(pairwise(regimen.doses), start=1):
        if dose.day <= before.day:
            yield _not_after(f"doses[{index}].day", dose.day, before.day)
    if len(regimen.doses) > MOST_DOSES:
        yield _unusable("doses", len(regimen.doses), _range(1, MOST_DOSES))


def _first_dose_faults(key: str, days: tuple[int, ...]) -> Iterator[Fault]:
    for day in days:
        if day != 1:
            yield _unusable(key, day, message(N_("day 1: course days count from the first dose")))


def _window_faults(regimen: Regimen) -> Iterator[Fault]:
    window = regimen.first_dose_window
    if window is None:
        return
    if regimen.anchor != "transplant":
        yield Fault(
            "first_dose_window",
            message(N_("The first dose has a window, but the regimen counts from it.")),
            message(N_("a window only where the anchor is the transplant")),
        )
    days = course_days(regimen, include_optional=True)
    if window[0] != days[0]:
        yield _unusable("first_dose_window[0]", window[0], message(N_("the day of the first dose, {day}"), day=days[0]))
    last = days[1] - 1 if len(days) > 1 else LAST_DAY
    yield from _number_faults("first_dose_window[1]", window[1], window[0], last)


def _most_mg_per_kg(regimen: Regimen) -> Decimal:
    return MOST_MG_PER_KG if regimen.max_mg_per_kg is None else regimen.max_mg_per_kg


def _amount_faults(key: str, amount: Decimal, most: Decimal) -> Iterator[Fault]:
    if not amount.is_finite() or not LEAST_MG_PER_KG <= amount <= most:
        yield _unusable(
            key,
            str(amount),
            message(N_("a number from {least} to {most}; 150 stands for 150 mg/kg"), least=LEAST_MG_PER_KG, most=most),
        )


def _number_faults(key: str, number: int, least: int, most: int) -> Iterator[Fault]:
    if not least <= number <= most:
        yield _unusable(key, number, _range(least, most))


def _day_faults(regimen: Regimen, key: str, day: int) -> Iterator[Fault]:
    least = 1 if regimen.anchor == "first-dose" else FIRST_TRANSPLANT_DAY
    yield from _number_faults(key, day, least, LAST_DAY)


def _range(least: int, most: int) -> Message:
    return message(N_("a whole number from {least} to {most}"), least=Decimal(least), most=Decimal(most))


def _unusable(key: str, value: object, allowed: Message | tuple[object, ...]) -> Fault:
    return Fault(key, message(N_("“{value}” cannot be used."), value=value), allowed)


def _empty(key: str) -> Fault:
    return Fault(key, message(N_("The text is empty.")), message(N_("a text in quotes")))


def _not_after(key: str, day: int, previous: int) -> Fault:
    return Fault(
        key,
        message(N_("Day {day} is not after the dose before it."), day=day),
        message(N_("a day after {previous}"), previous=previous),
    )
