"""What happened: the term with its grade, when it began, and its signs by organ system."""

from __future__ import annotations

from collections.abc import Sequence

from ivigdesk.clinical.infusions.reaction_signs import SignSystem
from ivigdesk.sheets import words
from ivigdesk.sheets.paper.blocks import Block, Box, Stroke, beside, padded, paragraph, stacked
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.reaction import moments
from ivigdesk.sheets.reaction.density import Density
from ivigdesk.sheets.reaction.ticks import ticks_in_lines
from ivigdesk.sheets.reaction.values import ReactionSheet
from ivigdesk.sheets.sections import Field, boxes, heading, labelled
from ivigdesk.sheets.style import (
    CELL,
    CELL_PAD,
    CELL_STRONG,
    HAIR,
    HEAVY,
    MM,
    RULE,
    SMALL_STRONG,
    TITLE_LATER,
    WIDTH,
)
from ivigdesk.wording import Wording

_SYSTEM = 31 * MM


def reaction(sheet: ReactionSheet, density: Density, wording: Wording) -> Block:
    """Return term, grade and moments; what else was recorded at the same dose stands below."""
    _ = wording.gettext
    effect = sheet.effect
    fields = (
        Field(_("Began"), moments.onset(effect, wording)),
        Field(_("After the start of the infusion"), _after_start(sheet, wording)),
        Field(_("Rate then"), moments.rate_at_onset(effect, wording)),
        Field(_("Over at"), _over(sheet, wording)),
    )
    others = [
        _("{reaction}, {at}").format(reaction=words.reaction(other, wording), at=moments.onset(other, wording))
        for other in sheet.others
    ]
    return stacked(
        (
            heading(
                _("3 Reaction"),
                _("as recorded by {nurse}, {at}").format(nurse=effect.nurse, at=_recorded(sheet, wording)),
            ),
            _term(sheet, wording),
            stacked(boxes(fields, 4, density.box)),
            labelled(_("Also at this dose:"), _("; ").join(others), WIDTH, CELL, SMALL_STRONG),
        ),
        1 * MM,
    )


def signs(sheet: ReactionSheet, wording: Wording) -> Block:
    """Return the boxes by system: the term's own is ticked, the others are left to the reporter."""
    _ = wording.gettext
    note = _("ticked from the recorded term; tick what else there was")
    rows = [_system(system, sheet.effect.code, wording) for system in sheet.signs.systems]
    others = [(_("other: ____________________"), False)]
    if not sheet.signs.has(sheet.effect.code):
        others.insert(0, (wording.text(sheet.effect.term), True))
    rows.append(_row(_("Other"), others))
    return stacked((heading(_("4 Signs by organ system"), note), stacked(rows)))


def _recorded(sheet: ReactionSheet, wording: Wording) -> str:
    return wording.moment(sheet.effect.at)


def _term(sheet: ReactionSheet, wording: Wording) -> Block:
    _ = wording.gettext
    effect = sheet.effect
    runs = [
        Run(wording.text(effect.term), TITLE_LATER),
        Run(f"{words.DOT}CTCAE {words.grade(effect.grade, wording)}", TITLE_LATER),
    ]
    inner = WIDTH - 4 * MM
    lines = [paragraph(runs, inner)]
    if sheet.definition is not None:
        means = _("{term}, grade {grade}: {words}").format(
            term=sheet.ctcae_term, grade=effect.grade, words=wording.text(sheet.definition)
        )
        lines.append(paragraph(means, inner, CELL))
    else:
        lines.append(
            paragraph(_("Graded by an earlier catalogue: the words of its grade are not at hand."), inner, CELL)
        )
    block = padded(stacked(lines), 2 * MM, 0.8 * MM)
    return Block(block.height, (Box(0, 0, WIDTH, block.height, HEAVY), *block.marks))


def _after_start(sheet: ReactionSheet, wording: Wording) -> str:
    told = moments.from_start(sheet.effect, wording)
    late = moments.after_end(sheet.effect, sheet.infusion, wording)
    return wording.gettext("; ").join(part for part in (told, late) if part)


def _over(sheet: ReactionSheet, wording: Wording) -> str:
    told = (moments.resolved(sheet.effect, wording), moments.lasted(sheet.effect, wording))
    return wording.gettext("; ").join(part for part in told if part)


def _system(system: SignSystem, code: str, wording: Wording) -> Block:
    return _row(wording.text(system.name), [(wording.text(sign.name), code in sign.codes) for sign in system.signs])


def _row(name: str, items: Sequence[tuple[str, bool]]) -> Block:
    title = padded(paragraph(name, _SYSTEM - 2 * CELL_PAD, CELL_STRONG), CELL_PAD, 0.5 * MM)
    right = padded(ticks_in_lines(items, WIDTH - _SYSTEM - 2 * CELL_PAD), CELL_PAD, 0.5 * MM)
    row = beside(((0, title), (_SYSTEM, right)))
    frame = (
        Box(0, 0, WIDTH, row.height, HAIR, RULE),
        Stroke(_SYSTEM, 0, _SYSTEM, row.height, HAIR, RULE),
    )
    return Block(row.height, (*frame, *row.marks))
