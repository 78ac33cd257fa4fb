"""What is typed of a regimen, and the form that would give a regimen again."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ivigdesk.messages import Record
from ivigdesk.scheduling.regimen import ListedDose, Phase, Regimen
from ivigdesk.units import plain


class PhaseRow(Record, frozen=True):
    """One phase as typed. Several numbers where one is meant leave the choice to the prescriber; the first is usual.

    Attributes:
        name_en, name_zh: what the phase is called; may be empty: then its interval says it.
        amount: of `unit`.
        unit: `mg/kg` or `mL/kg` for each dose, or `divided` for mg/kg that the doses add up to.
        least, most: range that the prescriber may pick the amount from; empty for none.
        first_day: day of the first dose, such as `1` or `15, 20, 21`.
        every_days: interval, such as `7` or `28, 21`.
        ends: what `number` says: `for_days`, `doses` or `last_day`; `open` for a phase without an end.
        number: see `ends`.
        also_after: further doses in each interval, so many days after its first, such as `3`.
        tolerance: days by which a dose may move.
    """

    name_en: str = ""
    name_zh: str = ""
    amount: str = ""
    unit: str = "mg/kg"
    least: str = ""
    most: str = ""
    first_day: str = ""
    every_days: str = ""
    ends: str = "doses"
    number: str = ""
    also_after: str = ""
    tolerance: str = ""


class RegimenForm(Record, frozen=True):
    """A regimen as typed.

    Attributes:
        id: of the file that is changed or stood in for; empty makes one from the title.
        title_en, title_zh: one is enough.
        anchor, standing, indication, weight_policy, immunoglobulin: as in the file.
        needs_antiviral: nothing is given without one.
        shape: `phases`, or `days` for a list of days.
        phases: for the first shape.
        days, optional_days: for the second, such as `1, 2, 7, 14`; those that only the prescriber asks for.
        amounts: mg/kg of each listed day, or one number for all; empty when `amounts_open`.
        amounts_open: the prescriber sets the amount of each course.
        review_after: number of doses after which an open-ended regimen is reviewed.
        window_to: last transplant day on which the first dose may be given; empty for none.
        max_mg_per_kg: most per infusion; empty for none.
        note_en, note_zh: why, for whom, what to look out for; one is enough.
        sources: between semicolons: ids of the evidence, or who ordered it and where it is written.
        base: the regimen that this is a copy of: what the form does not ask stays as it is there.
    """

    id: str = ""
    title_en: str = ""
    title_zh: str = ""
    anchor: str = "first-dose"
    standing: str = "treatment"
    indication: str = "general"
    weight_policy: str = "actual"
    immunoglobulin: str = "normal"
    needs_antiviral: bool = False
    shape: str = "phases"
    phases: tuple[PhaseRow, ...] = (PhaseRow(first_day="1"),)
    days: str = ""
    optional_days: str = ""
    amounts: str = ""
    amounts_open: bool = False
    review_after: str = ""
    window_to: str = ""
    max_mg_per_kg: str = ""
    note_en: str = ""
    note_zh: str = ""
    sources: str = ""
    base: Regimen | None = None


def regimen_form_of(regimen: Regimen, *, is_own: bool) -> RegimenForm:
    """Return the form that would give `regimen` again; of a shipped one that of a copy, which gets an id of its own."""
    days = tuple(dose.day for dose in regimen.doses)
    note = regimen.note
    return RegimenForm(
        id=regimen.id if is_own else "",
        title_en=regimen.title.en,
        title_zh=regimen.title.zh_CN,
        anchor=regimen.anchor,
        standing=regimen.standing,
        indication=regimen.indication,
        weight_policy=regimen.weight_policy,
        immunoglobulin=regimen.immunoglobulin,
        needs_antiviral="antiviral" in regimen.requires,
        shape="days" if regimen.doses else "phases",
        phases=tuple(_row(phase) for phase in regimen.phases) or (PhaseRow(first_day="1"),),
        days=_listed(days),
        optional_days=_listed(dose.day for dose in regimen.doses if dose.optional),
        amounts=_amounts(regimen.doses),
        amounts_open=bool(regimen.doses) and all(dose.mg_per_kg is None for dose in regimen.doses),
        review_after=_number(regimen.review_after_doses),
        window_to="" if regimen.first_dose_window is None else str(regimen.first_dose_window[1]),
        max_mg_per_kg=_number(regimen.max_mg_per_kg),
        note_en=note.en if note else "",
        note_zh=note.zh_CN if note else "",
        sources="; ".join(regimen.sources),
        base=regimen,
    )


def _row(phase: Phase) -> PhaseRow:
    amounts = {"mg/kg": phase.mg_per_kg, "mL/kg": phase.ml_per_kg, "divided": phase.divided_mg_per_kg}
    unit, amount = next(((unit, one) for unit, one in amounts.items() if one is not None), ("mg/kg", None))
    ends = next((key for key in ("for_days", "doses", "last_day") if getattr(phase, key) is not None), "open")
    least, most = phase.mg_per_kg_range or (None, None)
    return PhaseRow(
        name_en=phase.name.en,
        name_zh=phase.name.zh_CN,
        amount=_number(amount),
        unit=unit,
        least=_number(least),
        most=_number(most),
        first_day=_usual_first(phase.first_day, phase.first_day_choices),
        every_days=_usual_first(phase.every_days, phase.every_days_choices),
        ends=ends,
        number="" if ends == "open" else _usual_first(getattr(phase, ends), getattr(phase, f"{ends}_choices", ())),
        also_after=_listed(phase.also_after_days),
        tolerance=str(phase.tolerance_days) if phase.tolerance_days else "",
    )


def _usual_first(usual: int, choices: tuple[int, ...]) -> str:
    return _listed((usual, *(one for one in choices if one != usual)))


def _amounts(doses: tuple[ListedDose, ...]) -> str:
    amounts = [_number(dose.mg_per_kg) for dose in doses]
    return amounts[0] if len(set(amounts)) == 1 else ", ".join(amounts)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _number(number: Decimal | int | None) -> str:
    return "" if number is None else plain(number)
