"""Regimens for tests: small ones made here, and those that are shipped."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk import resources
from ivigdesk.messages import Text
from ivigdesk.scheduling.regimen import ListedDose, Phase, Regimen
from ivigdesk.scheduling.regimen_file import parse_regimen

FILES = {
    "R01": "cmv-pneumonia-fred-hutch",
    "R02": "cmv-pneumonitis-ontario",
    "R03": "cmv-pneumonitis-reed-1988",
    "R06": "cmv-reactivation-first-3-months",
    "R07": "prophylaxis-weekly-kaya-2024",
    "R08": "prophylaxis-weekly-ontario-older",
    "R12": "replacement-maintenance",
    "R18": "itp-1g-2-days",
    "R19": "itp-400-5-days",
    "R20": "cytogam-solid-organ",
    "R21": "cytogam-kidney",
    "R22": "cmv-ig-nordic-1997",
    "R23": "cmv-ig-jacobsen-1985",
}


def shipped(facts: str) -> Regimen:
    """Return the shipped regimen of a row of the fact base."""
    path = resources.folder("regimens", f"{FILES[facts]}.toml")
    return parse_regimen(path.read_bytes(), path.name)


def phase(first_day: int = 1, every_days: int = 7, mg_per_kg: int | str = 400, **rest: object) -> Phase:
    """Return a phase; give one of `for_days`, `doses`, `last_day`, or none for an open one."""
    return Phase(
        name=Text(en="Stretch", zh_CN="阶段"),
        mg_per_kg=Decimal(mg_per_kg),
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
