"""Vital signs: a row for each time they are due, or the rows that were recorded."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from ivigdesk.clinical.infusions.infusion import Infusion, Observation
from ivigdesk.sheets import words
from ivigdesk.sheets.bedside.density import Density
from ivigdesk.sheets.paper.table import Column, Row, Table, table
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.style import BLACK, CAPTION, CELL, CELL_STRONG, MM, WIDTH
from ivigdesk.sheets.values import BedsideSheet
from ivigdesk.wording import Wording

_DUE_MM = (22, 37, 12, 12, 12, 18, 11, 13, 13, 22)
_DUE_CHINESE_MM = (27, 32, *_DUE_MM[2:])  # its times after the start are wider, its reasons shorter
_RECORDED_MM = (17, 27, 14, 14, 14, 20, 13, 16, 28)


def observation_table(sheet: BedsideSheet, infusion: Infusion | None, density: Density, wording: Wording) -> Table:
    """Return the table; a running infusion shows what was recorded and spare rows."""
    _ = wording.gettext
    titles: tuple[str, ...]
    widths: tuple[int, ...]
    signs = (_("Pulse"), _("Pressure, mmHg"), _("Resp."), _("SpO2, %"))
    if infusion is None:
        titles = (_("Clock"), _("When"), "mL/h", _("T, °C"), *signs, _("Pain 0–10"), _("Symptoms, site"), _("Initials"))
        rows = _due(sheet, density, wording)
        widths = _DUE_CHINESE_MM if wording.language == "zh_CN" else _DUE_MM
    else:
        titles = (_("Clock"), _("After start"), "mL/h", _("T, °C"), *signs, _("Symptoms"), _("Nurse"))
        rows, widths = _recorded(infusion, density, wording), _RECORDED_MM
    if infusion is None or infusion.is_running:
        rows.extend(Row(("",) * len(titles), density.observation_row) for _spare in range(density.spare_rows))
    points = [*(width * MM for width in widths), WIDTH - sum(widths) * MM]
    return table([Column(title, width) for title, width in zip(titles, points, strict=True)], rows)


def _due(sheet: BedsideSheet, density: Density, wording: Wording) -> list[Row]:
    return [
        Row(
            (
                (Run(words.clock(due.from_min, sheet.start_at, wording), CELL_STRONG),),
                (Run(wording.say(due.reason), CAPTION._replace(ink=BLACK)),),
                *("",) * (len(_DUE_MM) - 1),
            ),
            density.observation_row,
        )
        for due in sheet.observations
    ]


def _recorded(infusion: Infusion, density: Density, wording: Wording) -> list[Row]:
    rows = []
    for seen in infusion.observations:
        texts = (
            words.clock(_minutes(seen.at - infusion.started_at), None, wording),
            _number(_rate_at(infusion, seen.at), wording),
            _number(seen.temperature_c, wording),
            _number(seen.pulse_per_min, wording),
            _pressure(seen),
            _number(seen.breaths_per_min, wording),
            _number(seen.spo2_percent, wording),
            seen.symptoms,
            seen.nurse,
        )
        clock = (Run(wording.time(seen.at), CELL_STRONG),)
        rows.append(Row((clock, *((Run(text, CELL),) for text in texts)), density.observation_row))
    return rows


def _number(number: Decimal | int | None, wording: Wording) -> str:
    return "" if number is None else wording.number(number)


def _pressure(seen: Observation) -> str:
    if seen.systolic_mmhg is None or seen.diastolic_mmhg is None:
        return ""
    return f"{seen.systolic_mmhg}/{seen.diastolic_mmhg}"


def _rate_at(infusion: Infusion, at: datetime) -> Decimal | None:
    """Return the pump's rate just before `at`; None before the start."""
    rates = [change.ml_per_h for change in infusion.rate_changes if change.at < at]
    return rates[-1] if rates else None


def _minutes(passed: timedelta) -> Decimal:
    return Decimal(passed // timedelta(minutes=1))
