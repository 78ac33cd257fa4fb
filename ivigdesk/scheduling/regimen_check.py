"""What makes a regimen usable: every rule that its types alone cannot hold, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

import msgspec

from ivigdesk.messages import N_, Text, message
from ivigdesk.scheduling.calendar import course_days, phase_days
from ivigdesk.scheduling.choices import allowed_values, open_choices
from ivigdesk.scheduling.phase_check import (
    LAST_DAY,
    MOST_DOSES,
    MOST_MG_PER_KG,
    amount_faults,
    is_open_ended,
    listed_dose_faults,
    phase_faults,
)
from ivigdesk.scheduling.regimen import WEIGHT_POLICIES, Phase, Regimen
from ivigdesk.scheduling.regimen_fault import (
    Fault,
    empty,
    not_after,
    number_faults,
    refusal,
    unusable,
    whole_number,
)

MOST_IGG_G_PER_L = 40
"""Above it an IgG is a slip of units: 400 mg/dL is 4 g/L. Source: FACTS Traps T14."""
MOST_TROUGHS = 12
MOST_EXPOSURE_DAYS = 30

_NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


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
        yield from phase_faults(regimen, phase, f"phases[{index}]", is_last=index == len(regimen.phases) - 1)
    for index, dose in enumerate(regimen.doses):
        yield from listed_dose_faults(regimen, dose, f"doses[{index}]")
    yield from _review_faults(regimen)
    yield from _order_faults(regimen)
    yield from _window_faults(regimen)
    yield from _rule_faults(regimen)


def _identity_faults(regimen: Regimen) -> Iterator[Fault]:
    for key, value in (("id", regimen.id), ("indication", regimen.indication)):
        if not value or not _NAME_CHARACTERS.issuperset(value):
            yield unusable(key, value, message(N_("small letters a to z, digits and hyphens")))
    if not regimen.version.strip():
        yield empty("version")
    if regimen.weight_policy not in WEIGHT_POLICIES:
        yield unusable("weight_policy", regimen.weight_policy, WEIGHT_POLICIES)
    if not regimen.sources:
        yield Fault("sources", message(N_("No source is named.")), message(N_("one source or more")))
    for index, source in enumerate(regimen.sources):
        if not source.strip():
            yield empty(f"sources[{index}]")


def _text_faults(regimen: Regimen) -> Iterator[Fault]:
    texts: list[tuple[str, Text | None]] = [
        ("title", regimen.title),
        ("note", regimen.note),
        ("caution", regimen.caution),
        ("stop_rule.text", None if regimen.stop_rule is None else regimen.stop_rule.text),
    ]
    texts += [(f"phases[{index}].name", phase.name) for index, phase in enumerate(regimen.phases)]
    for key, text in texts:
        if text is not None:
            for language in ("en", "zh_CN"):
                if not text.in_language(language).strip():
                    yield empty(f"{key}.{language}")


def _shape_faults(regimen: Regimen) -> Iterator[Fault]:
    either = message(N_("either [[phases]] or [[doses]]"))
    if regimen.phases and regimen.doses:
        yield Fault("doses", message(N_("The regimen has phases and a list of doses.")), either)
    if not regimen.phases and not regimen.doses:
        yield Fault("phases", message(N_("The regimen has no dose.")), either)
    most = regimen.max_mg_per_kg
    if most is not None:
        yield from amount_faults("max_mg_per_kg", most, MOST_MG_PER_KG)


def _review_faults(regimen: Regimen) -> Iterator[Fault]:
    review = regimen.review_after_doses
    if review is None:
        return
    if not regimen.phases or not is_open_ended(regimen.phases[-1]):
        yield Fault(
            "review_after_doses",
            message(N_("The regimen has an end and a review.")),
            message(N_("a review only where the last phase has no end")),
        )
    before = sum(max(len(days) for days in _possible_days(phase)) for phase in regimen.phases[:-1])
    yield from number_faults("review_after_doses", review, min(before + 1, MOST_DOSES), MOST_DOSES)


def _order_faults(regimen: Regimen) -> Iterator[Fault]:
    """Yield what is wrong with the order of the days, whatever is picked."""
    if regimen.doses:
        yield from _list_order_faults(regimen)
        return
    latest: int | None = None
    fewest = most = 0
    for index, phase in enumerate(regimen.phases):
        starts = allowed_values(phase, "first_day")
        runs = list(_possible_days(phase, (regimen.review_after_doses or 0) - fewest))
        if latest is not None and min(starts) <= latest:
            yield not_after(f"phases[{index}].first_day", min(starts), latest)
        latest = max(run[-1] for run in runs)
        fewest += min(len(run) for run in runs)
        most += max(len(run) for run in runs)
        if most > MOST_DOSES or latest > LAST_DAY:
            yield Fault(
                f"phases[{index}]",
                message(N_("The regimen is too long.")),
                message(N_("up to {most} doses, and no day after {last}"), most=MOST_DOSES, last=LAST_DAY),
            )
        if index == 0 and regimen.anchor == "first-dose":
            yield from _first_dose_faults("phases[0].first_day", starts)


def _possible_days(phase: Phase, doses_if_open: int = 0) -> Iterator[tuple[int, ...]]:
    """Yield the days of a phase for every start, interval and end that may be picked."""
    for first_day, every_days, doses, last_day in product(
        allowed_values(phase, "first_day"),
        allowed_values(phase, "every_days"),
        allowed_values(phase, "doses") or (None,),
        allowed_values(phase, "last_day") or (None,),
    ):
        picked = msgspec.structs.replace(
            phase, first_day=first_day, every_days=every_days, doses=doses, last_day=last_day
        )
        yield phase_days(picked, doses_if_open)


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
            yield not_after(f"doses[{index}].day", dose.day, before.day)
    if len(regimen.doses) > MOST_DOSES:
        yield unusable("doses", len(regimen.doses), whole_number(1, MOST_DOSES))


def _first_dose_faults(key: str, days: tuple[int, ...]) -> Iterator[Fault]:
    for day in days:
        if day != 1:
            yield unusable(key, day, message(N_("day 1: course days count from the first dose")))


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
    if any(choice.phase == 0 and choice.what != "mg_per_kg" for choice in open_choices(regimen)):
        yield Fault(
            "first_dose_window",
            message(N_("The first dose has a window, but its phase leaves days open.")),
            message(N_("either a window or days to pick from")),
        )
    days = course_days(regimen, include_optional=True)
    if window[0] != days[0]:
        yield unusable("first_dose_window[0]", window[0], message(N_("the day of the first dose, {day}"), day=days[0]))
    last = days[1] - 1 if len(days) > 1 else LAST_DAY
    yield from number_faults("first_dose_window[1]", window[1], window[0], last)


def _rule_faults(regimen: Regimen) -> Iterator[Fault]:
    """Yield what is wrong with the stop rule and the time since an exposure."""
    within = regimen.exposure_within_days
    if within is not None:
        yield from number_faults("exposure_within_days", within, 1, MOST_EXPOSURE_DAYS)
    rule = regimen.stop_rule
    if rule is None:
        return
    if regimen.review_after_doses is None:
        yield Fault(
            "stop_rule",
            message(N_("The regimen has a stop rule, but it ends by itself.")),
            message(N_("a stop rule only beside review_after_doses")),
        )
    if not rule.source.strip():
        yield empty("stop_rule.source")
    for key in ("igg_trough_g_per_l", "target_igg_g_per_l"):
        igg = getattr(rule, key)
        if igg is not None and not (igg.is_finite() and 0 < igg <= MOST_IGG_G_PER_L):
            yield unusable(
                f"stop_rule.{key}",
                str(igg),
                message(N_("a number above 0 and up to {most}, in g/L; 4 stands for 4 g/L"), most=MOST_IGG_G_PER_L),
            )
    yield from number_faults("stop_rule.troughs", rule.troughs, 1, MOST_TROUGHS)
