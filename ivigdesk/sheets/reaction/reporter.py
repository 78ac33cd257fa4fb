"""What only a person can say: what it was, how surely the product caused it, and two signatures."""

from __future__ import annotations

from ivigdesk.sheets.paper.blocks import Block, beside, padded, paragraph, stacked
from ivigdesk.sheets.reaction.density import Density
from ivigdesk.sheets.reaction.ticks import ticks_in_lines
from ivigdesk.sheets.sections import Field, boxes, heading, signatures
from ivigdesk.sheets.style import MM, SMALL_STRONG, WIDTH
from ivigdesk.wording import Wording

_LABEL = 38 * MM


def reporter(density: Density, wording: Wording) -> Block:
    """Return boxes to tick and to write in; the program fills in none of them.

    Source: NHSN form 57.304 (linked incident, case definition, severity, imputability, outcome), as PEERS name it.
    """
    _ = wording.gettext
    fields = (
        Field(_("Case definition (as the office uses it)")),
        Field(_("Where it happened")),
        Field(_("Linked incident: number")),
        Field(_("Report number, sent to")),
    )
    return stacked(
        (
            heading(_("9 For the reporter"), _("the program fills in nothing here")),
            _choice(_("Report:"), (_("first report"), _("follow-up report"), _("reaction not in the leaflet"))),
            _choice(_("Severity:"), (_("not serious"), _("serious"), _("life-threatening"), _("death"))),
            _choice(_("Caused by the product:"), _imputabilities(wording)),
            _choice(_("Kept for tests:"), (_("vials and line"), _("blood sample"), _("urine sample"), _("nothing"))),
            padded(stacked(boxes(fields, 4, density.box)), 0, 1.5, 0),
        ),
        1.2 * MM,
    )


def signing(wording: Wording) -> Block:
    """Return the two signatures with their dates."""
    _ = wording.gettext
    return signatures(
        (
            Field(_("Reporter: name, role, phone, signature, date")),
            Field(_("Doctor or pharmacist: name, signature, date")),
        )
    )


def _choice(label: str, choices: tuple[str, ...]) -> Block:
    title = paragraph(label, _LABEL, SMALL_STRONG)
    boxes_of_it = ticks_in_lines([(text, False) for text in choices], WIDTH - _LABEL)
    return beside(((0, title), (_LABEL, boxes_of_it)))


def _imputabilities(wording: Wording) -> tuple[str, ...]:
    _ = wording.gettext
    return (_("definite"), _("probable"), _("possible"), _("unlikely"), _("more data needed"), _("cannot be said"))
