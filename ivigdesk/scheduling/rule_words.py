"""The words of a regimen's parts: amounts, intervals, days, and what may be picked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ivigdesk.scheduling.calendar import dose_mg_per_kg
from ivigdesk.scheduling.regimen import Phase, Regimen
from ivigdesk.wording import Wording

WEEK = 7

_TWICE = 2
_MOST_NAMED = 4
"""More days in a row than these are said by their ends."""


def amount_words(mg_per_kg: Decimal | None, wording: Wording) -> str:
    """Return the dose per kilogram; without one, that the prescriber sets it."""
    if mg_per_kg is None:
        return wording.gettext("a dose that the prescriber sets,")
    return wording.amount(mg_per_kg, "mg/kg")


def phase_amount(phase: Phase, wording: Wording, *, with_range: bool) -> str:
    """Return the dose of a phase as its source counts it; `with_range` adds what may be picked."""
    _ = wording.gettext
    if phase.ml_per_kg is not None:
        return wording.amount(phase.ml_per_kg, "mL/kg")
    amount = amount_words(dose_mg_per_kg(phase), wording)
    if phase.divided_mg_per_kg is not None and phase.divided_mg_per_kg != dose_mg_per_kg(phase):
        whole = wording.amount(phase.divided_mg_per_kg, "mg/kg")
        return _("{whole} divided into equal doses of {each},").format(whole=whole, each=amount)
    if with_range and phase.mg_per_kg_range is not None:
        least, most = phase.mg_per_kg_range
        return _("{amount} ({least} to {most} as prescribed)").format(
            amount=amount, least=wording.number(least), most=wording.amount(most, "mg/kg")
        )
    return amount


def phase_frequency(phase: Phase, wording: Wording, *, with_choices: bool) -> str:
    """Return how often a phase is given; `with_choices` adds the intervals that may be picked instead."""
    said = _with_further_doses(phase, wording)
    others = [
        interval_words(every, wording)
        for every in phase.every_days_choices
        if with_choices and every != phase.every_days
    ]
    if not others:
        return said
    return wording.gettext("{frequency} (or {others} as prescribed)").format(
        frequency=said, others=either(others, wording)
    )


def interval_words(every_days: int, wording: Wording) -> str:
    """Return the ward's name of an interval."""
    _ = wording.gettext
    if every_days == 1:
        return _("daily")
    if every_days == 2:
        return _("every other day")
    if every_days == WEEK:
        return _("weekly")
    if every_days % WEEK == 0:
        return _("every {n} weeks").format(n=every_days // WEEK)
    return _("every {n} days").format(n=every_days)


def what_words(amount: str, frequency: str, wording: Wording) -> str:
    """Return amount and frequency together; either may be empty."""
    if amount and frequency:
        return wording.gettext("{amount} {frequency}").format(amount=amount, frequency=frequency)
    return amount or frequency


def day_number(regimen: Regimen, day: int, wording: Wording) -> str:
    """Return a day's number, with its sign where it counts from the transplant."""
    return str(day) if regimen.anchor == "first-dose" else wording.signed(day)


def day_name(regimen: Regimen, day: int, wording: Wording) -> str:
    """Return `day 15` or `transplant day +7`, by what the regimen counts from."""
    template = wording.gettext("day {n}") if regimen.anchor == "first-dose" else wording.gettext("transplant day {n}")
    return template.format(n=day_number(regimen, day, wording))


def day_or_others(regimen: Regimen, day: int, choices: Sequence[int], wording: Wording) -> str:
    """Return a day's name with the other days that may be picked."""
    start = day_name(regimen, day, wording)
    others = [day_number(regimen, other, wording) for other in choices if other != day]
    if not others:
        return start
    if len(choices) > _MOST_NAMED and choices[-1] - choices[0] == len(choices) - 1:
        return wording.gettext("{day}, or any day from {least} to {most} as prescribed").format(
            day=start,
            least=day_number(regimen, choices[0], wording),
            most=day_number(regimen, choices[-1], wording),
        )
    return wording.gettext("{day}, or {others} as prescribed").format(day=start, others=either(others, wording))


def either(words: Sequence[str], wording: Wording) -> str:
    """Return one or more alternatives as `a`, `a or b`, `a, b or c`."""
    *first, last = words
    if not first:
        return last
    return wording.gettext("{words} or {last}").format(words=wording.gettext(", ").join(first), last=last)


def counted(part: str, count: int, wording: Wording) -> str:
    """Return a part of the sentence with its number of doses."""
    return wording.ngettext("{part} ({n} dose)", "{part} ({n} doses)", count).format(part=part, n=count)


def _with_further_doses(phase: Phase, wording: Wording) -> str:
    _ = wording.gettext
    further = len(phase.also_after_days)
    if further and phase.every_days == WEEK:
        if further + 1 == _TWICE:
            return _("twice weekly")
        return _("{n} times a week").format(n=further + 1)
    said = interval_words(phase.every_days, wording)
    if not further:
        return said
    days = wording.gettext(", ").join(str(day) for day in phase.also_after_days)
    return wording.ngettext(
        "{frequency} and again {days} day later", "{frequency} and again {days} days later", phase.also_after_days[-1]
    ).format(frequency=said, days=days)
