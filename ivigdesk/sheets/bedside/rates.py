"""The rate card: pump rates large, planned clock beside room for the actual, and when not to go up."""

from __future__ import annotations

from itertools import pairwise

from ivigdesk.clinical.infusions.following import slowest_cap
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.products.rates import RateCard, RateRow
from ivigdesk.messages import N_
from ivigdesk.sheets import words
from ivigdesk.sheets.bedside.density import Density
from ivigdesk.sheets.paper.blocks import Block, paragraph, stacked
from ivigdesk.sheets.paper.table import Column, Row, Table, table
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.style import (
    CAPTION,
    CELL,
    CELL_PAD,
    CELL_STRONG,
    CLOCK,
    MM,
    SMALL_STRONG,
    WIDTH,
)
from ivigdesk.sheets.values import BedsideSheet
from ivigdesk.wording import Wording

_WIDTHS_MM = (10, 38, 15, 24, 27, 16, 20, 20)
_FOR = _WIDTHS_MM[3] * MM - 2 * CELL_PAD
_CAP_WORDS = {
    "risk": N_("limit: risk"),
    "small patient": N_("limit: weight"),
    "absolute": N_("limit: product"),
    "tolerated": N_("limit: tolerated"),
}


def rate_table(sheet: BedsideSheet, card: RateCard, density: Density, wording: Wording) -> Table:
    """Return one row per rung and a last one for the end."""
    _ = wording.gettext
    planned = _("Planned clock") if sheet.start_at else _("After start")
    titles = (
        _("Step"),
        _("Pump rate"),
        "mL/kg/h",
        _("Lasts"),
        planned,
        _("mL so far"),
        _("Actual clock"),
        _("Actual rate"),
        _("Initials"),
    )
    widths = [*(width * MM for width in _WIDTHS_MM), WIDTH - sum(_WIDTHS_MM) * MM]
    rungs = list(pairwise(card.rows))
    rows = [
        _rung(number, row, following, following is card.rows[-1], sheet, density, wording)
        for number, (row, following) in enumerate(rungs, start=1)
    ]
    rows.append(_end(card.rows[-1], sheet, density, wording))
    return table([Column(title, width) for title, width in zip(titles, widths, strict=True)], rows)


def _rung(
    number: int,
    row: RateRow,
    following: RateRow,
    is_last: bool,
    sheet: BedsideSheet,
    density: Density,
    wording: Wording,
) -> Row:
    _ = wording.gettext
    length = _("to the end") if is_last else words.length(following.from_min - row.from_min, wording)
    cap = _CAP_WORDS.get(row.capped_by)
    lasts = stacked((paragraph(length, _FOR, CELL), paragraph(_(cap), _FOR, CAPTION) if cap else Block(0.0)))
    return Row(
        (
            (Run(str(number), CELL),),
            (Run(words.rate(row.ml_per_h, wording), density.rate),),
            (Run(words.rate_per_kg(row.ml_per_h, sheet.view.course.weight_g, wording), CELL),),
            lasts,
            _clock(row, sheet, wording),
            (Run(wording.number(row.ml_total), CELL),),
            "",
            "",
            "",
        ),
        density.rate_row,
    )


def _end(row: RateRow, sheet: BedsideSheet, density: Density, wording: Wording) -> Row:
    end = (Run(wording.gettext("end"), CLOCK),)
    clock = _clock(row, sheet, wording)
    total = (Run(wording.number(row.ml_total), CELL_STRONG),)
    return Row(("", end, "", "", clock, total, "", "", ""), density.rate_row)


def _clock(row: RateRow, sheet: BedsideSheet, wording: Wording) -> tuple[Run, ...]:
    style = CLOCK if sheet.start_at else CELL_STRONG
    return (Run(words.clock(row.from_min, sheet.start_at, wording), style),)


def rate_rule(sheet: BedsideSheet, wording: Wording) -> Block:
    """Return when to go up, slow and stop.

    Source: FACTS 5.4 and 5.5.
    """
    _ = wording.gettext
    going_up = _(
        "Go up only if the time has passed, the observations are done, there is no symptom, and pulse and blood "
        "pressure are within 20 % of the first. Grade 1: slow by half. Grade 2: stop, keep the "
        "line open, call the doctor."
    )
    emergency = sheet.ward.emergency_phone
    call = _("call {number}").format(number=emergency) if emergency else _("make the emergency call")
    stop = _("Chest pain or tightness, breathlessness, wheeze, hives, swelling, collapse: STOP, {call}.")
    stop = stop.format(call=call)
    return stacked((paragraph(going_up, WIDTH, CELL), paragraph(stop, WIDTH, SMALL_STRONG)))


def tolerated_note(sheet: BedsideSheet, wording: Wording) -> Block:
    """Return why the card is kept down after an earlier side effect; nothing where it is not."""
    dose = sheet.view.course.dose(sheet.number) if sheet.follow_ups else None
    cap = None if dose is None else slowest_cap(dose, sheet.view.course, sheet.follow_ups)
    card = sheet.view.view(sheet.number).dose.rate_card
    if cap is None or all(row.capped_by != "tolerated" for row in card.rows):
        return Block(0.0)
    _ = wording.gettext
    one = cap[1]
    text = _("Not faster than {rate} ({reaction}); decided by {name}.").format(
        rate=words.rate(card.max_ml_per_h, wording),
        reaction=wording.text(one.reaction),
        name=one.follow_up.prescriber or one.follow_up.nurse,
    )
    if one.was_corrected:
        text = words.sentences((text, _("The side effect was corrected since.")), wording)
    return paragraph(text, WIDTH, SMALL_STRONG)


def pump_record(infusion: Infusion, wording: Wording) -> Table:
    """Return the settings of the pump as recorded."""
    _ = wording.gettext
    titles = (_("Time"), _("Pump"), _("Rate"), _("Reason"), _("Nurse"))
    widths = (22 * MM, 26 * MM, 30 * MM, 72 * MM, WIDTH - 150 * MM)
    rows = [
        Row(
            (
                (Run(wording.time(change.at), CELL_STRONG),),
                (Run(_(words.RATE_ACTION_WORDS[change.action]), CELL),),
                (Run(words.rate(change.ml_per_h, wording), CELL_STRONG),),
                (Run(change.reason, CELL),),
                (Run(change.nurse, CELL),),
            ),
            6 * MM,
        )
        for change in infusion.rate_changes
    ]
    return table([Column(title, width) for title, width in zip(titles, widths, strict=True)], rows)
