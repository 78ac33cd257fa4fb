"""A reaction: what to tick and write, or what was recorded."""

from __future__ import annotations

from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.sheets import words
from ivigdesk.sheets.bedside.density import Density
from ivigdesk.sheets.paper.blocks import Block, paragraph, stacked
from ivigdesk.sheets.paper.table import Column, Row, Table, table
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.sections import Field, boxes, heading, ticks
from ivigdesk.sheets.style import CELL, CELL_STRONG, MM, WIDTH
from ivigdesk.wording import Wording

_WIDTHS_MM = (36, 32, 38, 48)


def reaction_form(density: Density, wording: Wording) -> Block:
    """Return symptoms and grades to tick, and boxes for what was done."""
    _ = wording.gettext
    symptoms = (
        _("headache"),
        _("fever"),
        _("chills, shivering"),
        _("flushing"),
        _("hives, itch, rash"),
        _("nausea, vomiting"),
        _("pain: back, chest, belly"),
        _("muscle or joint pain"),
        _("breathless, wheeze"),
        _("pressure up or down"),
        _("fast pulse"),
        _("other: ____________"),
    )
    grades = (_("Grade 1 mild"), _("2 moderate"), _("3 severe"), _("4 life-threatening"))
    fields = (
        Field(_("Began: time, rate then")),
        Field(_("Slowed to mL/h, at")),
        Field(_("Paused or stopped at")),
        Field(_("Doctor called: name, time")),
        Field(_("Drugs, oxygen, fluids: time")),
        Field(_("Resumed at, mL/h")),
        Field(_("Outcome, time")),
        Field(_("Reported to, time")),
    )
    return stacked(
        (
            heading(_("5 Reaction"), _("tick, grade, write what was done")),
            ticks([(text, False) for text in symptoms], 4, gap=0.5 * MM),
            ticks([(text, False) for text in grades], 4),
            stacked(boxes(fields, 4, density.box)),
            paragraph(severe(wording), WIDTH, CELL),
        ),
        0.8 * MM,
    )


def severe(wording: Wording) -> str:
    """Return what to do with line and vial in a severe reaction.

    Source: FACTS 5.5.
    """
    return wording.gettext(
        "Severe: disconnect at the cannula, do not flush the rest in; anaphylaxis: adrenaline into the muscle, as "
        "ordered. Do not restart today. Keep vial, line and lot for the laboratory."
    )


def reaction_record(effects: tuple[SideEffect, ...], wording: Wording) -> Table:
    """Return the recorded side effects of this dose, by onset."""
    _ = wording.gettext
    titles = (_("Reaction"), _("Grade"), _("Began"), _("What was done"), _("Outcome"))
    widths = [*(width * MM for width in _WIDTHS_MM), WIDTH - sum(_WIDTHS_MM) * MM]
    rows = [
        Row(
            (
                (Run(wording.text(effect.term), CELL_STRONG),),
                (Run(words.grade(effect.grade, wording), CELL_STRONG),),
                (Run(_began(effect, wording), CELL),),
                (Run(_done(effect, wording), CELL),),
                (Run(_ended(effect, wording), CELL),),
            ),
            7 * MM,
        )
        for effect in effects
    ]
    return table([Column(title, width) for title, width in zip(titles, widths, strict=True)], rows)


def _done(effect: SideEffect, wording: Wording) -> str:
    _ = wording.gettext
    called = ""
    if effect.doctor and effect.doctor_at is not None:
        called = _("{name} called at {time}").format(name=effect.doctor, time=wording.time(effect.doctor_at))
    elif effect.doctor:
        called = _("{name} called").format(name=effect.doctor)
    return _("; ").join(text for text in (effect.action, effect.drugs, called) if text)


def _began(effect: SideEffect, wording: Wording) -> str:
    _ = wording.gettext
    day = wording.date_short(effect.onset_at.date())
    if not effect.onset_time_known:
        return _("{day}, time not known").format(day=day)
    parts = [f"{day} {wording.time(effect.onset_at)}"]
    if effect.minutes_from_start is not None:
        parts.append(_("{length} from the start").format(length=wording.duration(effect.minutes_from_start)))
    if effect.ml_per_h is not None:
        parts.append(_("at {rate}").format(rate=words.rate(effect.ml_per_h, wording)))
    return _(", ").join(parts)


def _ended(effect: SideEffect, wording: Wording) -> str:
    _ = wording.gettext
    text = _(words.OUTCOME_WORDS[effect.outcome])
    if effect.resolved_at is not None:
        at = wording.date_short(effect.resolved_at.date())
        if effect.end_time_known:
            at = f"{at} {wording.time(effect.resolved_at)}"
        text = _("{outcome}, {at}").format(outcome=text, at=at)
    return _("{text}; {notes}").format(text=text, notes=effect.notes) if effect.notes else text
