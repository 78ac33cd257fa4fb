"""Vital signs around the onset: three before it, and what came after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from ivigdesk.clinical.infusions.infusion import Infusion, Observation
from ivigdesk.sheets.paper.blocks import Block
from ivigdesk.sheets.paper.table import Cell, Column, Row, Table, table
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.reaction import moments
from ivigdesk.sheets.reaction.density import Density
from ivigdesk.sheets.reaction.values import ReactionSheet
from ivigdesk.sheets.sections import heading
from ivigdesk.sheets.style import CELL, CELL_STRONG, MM, WIDTH
from ivigdesk.wording import MINUS, Wording

_BEFORE = 3
_WIDTHS_MM = (28, 26, 14, 14, 14, 21, 14, 16)


class Around(NamedTuple):
    """Observations around an onset.

    Attributes:
        before: the last ones at or before it, ascending.
        after: the listed ones after it, ascending.
        left_out: number of those after it that are not listed.
    """

    before: tuple[Observation, ...]
    after: tuple[Observation, ...]
    left_out: int


def around(infusion: Infusion | None, onset_at: datetime, most_after: int) -> Around:
    """Return which observations are listed; when some after the onset are left out, the last one still stands."""
    seen = infusion.observations if infusion else ()
    before = [one for one in seen if one.at < onset_at]
    after = [one for one in seen if one.at >= onset_at]
    listed = after if len(after) <= most_after else [*after[: most_after - 1], after[-1]]
    return Around(tuple(before[-_BEFORE:]), tuple(listed), len(after) - len(listed))


def observations(sheet: ReactionSheet, density: Density, wording: Wording) -> Table:
    """Return the table; the onset is a row of its own."""
    _ = wording.gettext
    found = around(sheet.infusion, sheet.effect.onset_at, density.most_after)
    titles = (
        _("Time"),
        _("From onset"),
        "mL/h",
        _("T, °C"),
        _("Pulse"),
        _("Pressure, mmHg"),
        _("Resp."),
        _("SpO2, %"),
        _("Symptoms, site"),
    )
    widths = [*(width * MM for width in _WIDTHS_MM), WIDTH - sum(_WIDTHS_MM) * MM]
    rows = [_row(one, sheet, density, wording) for one in found.before]
    if not found.before:
        rows.append(_line(_("no observation recorded before the onset"), len(titles), density))
    onset = _("ONSET: {at}").format(at=moments.onset(sheet.effect, wording))
    rows.append(_line(onset, len(titles), density, is_onset=True))
    rows += [_row(one, sheet, density, wording) for one in found.after]
    if not found.after:
        rows.append(_line(_("no observation recorded after the onset"), len(titles), density))
    if found.left_out:
        said = wording.ngettext(
            "{n} more observation stands in the record, before the last one above",
            "{n} more observations stand in the record, before the last one above",
            found.left_out,
        ).format(n=found.left_out)
        rows.append(_line(said, len(titles), density))
    return table([Column(title, width) for title, width in zip(titles, widths, strict=True)], rows)


def observations_heading(wording: Wording) -> Block:
    """Return the heading of the table."""
    _ = wording.gettext
    return heading(_("6 Observations"), _("the last three before the onset, and those after it; – is not measured"))


def _line(text: str, columns: int, density: Density, *, is_onset: bool = False) -> Row:
    style = CELL_STRONG if is_onset else CELL
    return Row(((Run(text, style),),), density.row, spans=(columns,), shaded=is_onset, stays_with_next=is_onset)


def _row(seen: Observation, sheet: ReactionSheet, density: Density, wording: Wording) -> Row:
    texts: Sequence[str] = (
        _from_onset(seen, sheet, wording),
        _number(_rate_at(sheet.infusion, seen.at), wording),
        _number(seen.temperature_c, wording),
        _number(seen.pulse_per_min, wording),
        _pressure(seen),
        _number(seen.breaths_per_min, wording),
        _number(seen.spo2_percent, wording),
        wording.gettext("; ").join(part for part in (seen.symptoms, seen.site) if part) or "–",
    )
    at = moments.clock(seen.at, sheet.effect.onset_at, wording)
    cells: tuple[Cell, ...] = ((Run(at, CELL_STRONG),), *((Run(text, CELL),) for text in texts))
    return Row(cells, density.row)


def _from_onset(seen: Observation, sheet: ReactionSheet, wording: Wording) -> str:
    if not sheet.effect.onset_time_known:
        return "–"
    minutes = (seen.at - sheet.effect.onset_at) // timedelta(minutes=1)
    sign = "+" if minutes > 0 else MINUS if minutes < 0 else ""
    return f"{sign}{moments.length(abs(minutes), wording)}"


def _number(number: Decimal | int | None, wording: Wording) -> str:
    return "–" if number is None else wording.number(number)


def _pressure(seen: Observation) -> str:
    if seen.systolic_mmhg is None and seen.diastolic_mmhg is None:
        return "–"
    systolic, diastolic = ("–" if part is None else str(part) for part in (seen.systolic_mmhg, seen.diastolic_mmhg))
    return f"{systolic}/{diastolic}"


def _rate_at(infusion: Infusion | None, at: datetime) -> Decimal | None:
    """Return the pump's rate just before `at`; None before the start, and after the end."""
    if infusion is None or (infusion.end is not None and at > infusion.end.ended_at):
        return None
    rates = [change.ml_per_h for change in infusion.rate_changes if change.at < at]
    return rates[-1] if rates else None
