"""Regimens for tests: small ones made here, and those that are shipped."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk import resources
from ivigdesk.messages import Text
from ivigdesk.scheduling.choices import Choice, Open
from ivigdesk.scheduling.regimen import ListedDose, Phase, Regimen
from ivigdesk.scheduling.regimen_file import parse_regimen

FILES = {
    "R01": "cmv-pneumonia-fred-hutch",
    "R02": "cmv-pneumonitis-ontario",
    "R03": "cmv-pneumonitis-reed-1988",
    "R04": "cmv-pneumonitis-twice-weekly-tail",
    "R05": "cmv-pneumonia-emanuel-1988",
    "R06": "cmv-reactivation-first-3-months",
    "R07": "prophylaxis-weekly-kaya-2024",
    "R08": "prophylaxis-weekly-ontario-older",
    "R09": "prophylaxis-older-us-label",
    "R10": "prophylaxis-weekly-200",
    "R10b": "prophylaxis-every-2-weeks-1991",
    "R11 adult": "severe-low-igg-early-adult",
    "R11 child": "severe-low-igg-early-child",
    "R12": "replacement-maintenance",
    "R13": "secondary-deficiency-eu-label",
    "R14": "replacement-eu-older-label",
    "R15": "secondary-deficiency-ontario",
    "R15 loading": "secondary-deficiency-ontario-loading",
    "R16": "deficiency-cn-label",
    "R17": "severe-infection-cn-label",
    "R18": "itp-1g-2-days",
    "R19": "itp-400-5-days",
    "R20": "cytogam-solid-organ",
    "R21": "cytogam-kidney",
    "R22": "cmv-ig-nordic-1997",
    "R23": "cmv-ig-jacobsen-1985",
    "R24": "cmv-ig-label",
    "R25": "parvovirus-400-5-days",
    "R25 1 g": "parvovirus-1g-2-days",
    "R26": "measles-after-exposure",
    "R27": "measles-before-exposure",
    "R28": "desensitisation-2g",
}
"""Shipped files by their row of the fact base; a second word tells two readings of one row apart."""


def shipped(row: str) -> Regimen:
    """Return the shipped regimen of a row of the fact base."""
    path = resources.folder("regimens", f"{FILES[row]}.toml")
    return parse_regimen(path.read_bytes(), path.name)


def pick(phase: int, what: Open, value: int | str) -> Choice:
    """Return one pick of the prescriber."""
    return Choice(phase=phase, what=what, value=Decimal(value))


def phase(
    first_day: int = 1, every_days: int = 7, mg_per_kg: int | str | Decimal | None = 400, **rest: object
) -> Phase:
    """Return a phase; give one of `for_days`, `doses`, `last_day`, or none for an open one."""
    return Phase(
        name=Text(en="Stretch", zh_CN="阶段"),
        mg_per_kg=None if mg_per_kg is None else Decimal(mg_per_kg),
        first_day=first_day,
        every_days=every_days,
        **rest,  # type: ignore[arg-type]
    )


def listed(*days: int, mg_per_kg: int | None = 400, optional: bool = False) -> tuple[ListedDose, ...]:
    """Return listed doses on these days."""
    amount = None if mg_per_kg is None else Decimal(mg_per_kg)
    return tuple(ListedDose(day=day, mg_per_kg=amount, optional=optional) for day in days)


def regimen(*phases: Phase, anchor: str = "first-dose", **rest: object) -> Regimen:
    """Return a regimen of these phases, or of `doses=`."""
    return Regimen(
        id="made-here",
        version="2026-11",
        anchor=anchor,  # type: ignore[arg-type]
        standing="treatment",
        title=Text(en="Made here", zh_CN="测试"),
        sources=("test",),
        phases=phases,
        **rest,  # type: ignore[arg-type]
    )
