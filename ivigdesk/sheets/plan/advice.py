"""The lower part of the plan: what to watch for, vaccines and tests, evidence, signatures, legend."""

from __future__ import annotations

from ivigdesk.sheets.paper.blocks import Block, beside, paragraph, stacked
from ivigdesk.sheets.sections import Field, labelled, signatures
from ivigdesk.sheets.style import CAPTION, CELL, COLUMN_GAP, MM, SMALL_STRONG, WIDTH
from ivigdesk.sheets.values import PlanSheet
from ivigdesk.wording import Wording

_HALF = (WIDTH - COLUMN_GAP) / 2


def advice(sheet: PlanSheet, wording: Wording) -> Block:
    """Return late effects, whom to call and tests beside vaccines and evidence."""
    _ = wording.gettext
    left = stacked(
        (
            _line(_("Watch for, up to 10 days after any dose:"), watch_for(wording)),
            _line(_("Call:"), contacts(sheet, wording)),
            *(() if sheet.tasks else (_line(_("Tests:"), _tests(wording)),)),
        ),
        1 * MM,
    )
    right = stacked(
        (
            _line(_("Vaccines:"), _vaccines(sheet, wording)),
            *(_line(label, text) for label, text in _evidence(sheet, wording)),
        ),
        1 * MM,
    )
    return beside(((0, left), (_HALF + COLUMN_GAP, right)))


def watch_for(wording: Wording) -> str:
    """Return the late effects in plain words.

    Source: FACTS 5.3 (late check) and 6.1.
    """
    return wording.gettext(
        "severe headache or stiff neck; chest pain, breathlessness; swollen or painful leg; weakness or slurred "
        "speech; dark urine, pallor, jaundice; little urine; fever; rash."
    )


def contacts(sheet: PlanSheet, wording: Wording) -> str:
    """Return whom to call, or nothing when the ward has recorded no number."""
    _ = wording.gettext
    ward = sheet.ward
    parts = []
    if ward.phone:
        parts.append(_("the ward {number}").format(number=ward.phone))
    if ward.emergency_phone:
        parts.append(_("emergency {number}").format(number=ward.emergency_phone))
    return _("; ").join(parts)


def _line(label: str, text: str) -> Block:
    return labelled(label, text, _HALF, CELL, SMALL_STRONG)


def _tests(wording: Wording) -> str:
    return wording.gettext(
        "draw serology and galactomannan before a dose; antibodies of the donors give false positives."
    )


def _vaccines(sheet: PlanSheet, wording: Wording) -> str:
    """Return from when on live vaccines may be thought of: the same sentence as in the course's tasks."""
    return wording.gettext("; ").join(wording.say(task.what) for task in sheet.tasks if task.kind == "vaccine")


def _evidence(sheet: PlanSheet, wording: Wording) -> list[tuple[str, str]]:
    _ = wording.gettext
    return [
        (
            _("Evidence ({kind} {reference}):").format(kind=wording.text(line.kind), reference=line.reference),
            wording.text(line.statement),
        )
        for line in sheet.evidence
    ]


def signing(wording: Wording) -> Block:
    """Return the three signatures and the legend under them."""
    _ = wording.gettext
    lines = signatures(
        (
            Field(_("Prescriber: name, signature, date, time")),
            Field(_("Pharmacist: name, signature, date, time")),
            Field(_("Nurse: name, signature, date, time")),
        )
    )
    legend = _(
        "Course day: 1 = day of the first dose. Tx day: day from transplant, 0 = day of stem-cell infusion. "
        "Reaction: grade 0 none, 1 mild, 2 moderate, 3 severe, 4 life-threatening. "
        "A later revision replaces this sheet: scan the code to see whether there is one."
    )
    return stacked((lines, paragraph(legend, WIDTH, CAPTION)), 2 * MM)
