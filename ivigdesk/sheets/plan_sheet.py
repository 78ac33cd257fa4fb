"""The course plan: one patient, the whole course, planned beside given."""

from __future__ import annotations

from ivigdesk.clinical.findings import SEVERITIES, Finding
from ivigdesk.clinical.status import SETTLED
from ivigdesk.messages import N_
from ivigdesk.sheets import words
from ivigdesk.sheets.frame import Frame, FramedPages, dotted, roomiest, superseded_band
from ivigdesk.sheets.paper.blocks import Block, paragraph, stacked
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.plan.advice import advice, signing
from ivigdesk.sheets.plan.calendar_table import calendar_table
from ivigdesk.sheets.plan.choices import picked
from ivigdesk.sheets.plan.dose_notes import DoseNote, notes_above, shared_notes
from ivigdesk.sheets.plan.explanation import explanation
from ivigdesk.sheets.plan.orders import add_orders
from ivigdesk.sheets.plan.prescription import prescription
from ivigdesk.sheets.plan.tests_and_checks import task_table
from ivigdesk.sheets.plan.trace import add_trace
from ivigdesk.sheets.sections import heading
from ivigdesk.sheets.style import BODY, CELL, GAP, HEADING, MM, SECTION_GAP, SMALL_STRONG, WIDTH
from ivigdesk.sheets.values import PlanSheet
from ivigdesk.wording import Wording

_SEVERITY_WORDS = {
    "info": N_("Note:"),
    "warn": N_("Check:"),
    "hold": N_("Hold:"),
    "block": N_("Stop:"),
}
# The choice of the first day stands above the calendar in any case; the first infusion's rate stands in its row.
_SAID_ELSEWHERE = ("REG-CHOICE", "FIRST")
_BOX_HEIGHTS = (12.5 * MM, 11 * MM, 9.2 * MM)  # that a hand fills in, roomiest first


def draw_plan(sheet: PlanSheet, wording: Wording) -> bytes:
    """Return the plan as a PDF file; the same values give the same bytes.

    Raises:
        KnownError: a character cannot be printed, or a text is too long for a page.
    """
    return roomiest(_set(sheet, box, wording) for box in _BOX_HEIGHTS).as_pdf()


def _set(sheet: PlanSheet, box: float, wording: Wording) -> FramedPages:
    pages = _with_calendar(sheet, wording)
    flow = pages.flow
    add_orders(flow, sheet, box, wording)
    dated = [task for task in sheet.tasks if task.kind != "vaccine"]  # vaccines have their own line below
    if dated:
        title = heading(wording.gettext("Tests and checks"), wording.gettext("on these days; tick what is done"))
        flow.add_table(task_table(dated, wording), SECTION_GAP, title)
    explained = explanation(sheet, wording)
    if explained.height:
        flow.add(explained, SECTION_GAP)
    # Signatures never stand alone on a page: what is signed for stands above them.
    flow.add(stacked((advice(sheet, wording), signing(wording)), SECTION_GAP), SECTION_GAP)
    add_trace(flow, sheet.trace, wording)
    return pages


def _with_calendar(sheet: PlanSheet, wording: Wording) -> FramedPages:
    """Return the amounts and the calendar, under the small head when that keeps all doses on the first page."""
    pages = _begun(sheet, wording, is_tight=False)
    if pages.flow.page_number == 1:
        return pages
    closer = _begun(sheet, wording, is_tight=True)
    return closer if closer.flow.page_number == 1 else pages


def _begun(sheet: PlanSheet, wording: Wording, *, is_tight: bool) -> FramedPages:
    pages = FramedPages(_frame(sheet, wording), wording, is_tight=is_tight)
    flow = pages.flow
    flow.add(prescription(sheet, wording))
    findings = _findings(sheet.view.course.findings, wording)
    if findings.height:
        flow.add(findings, GAP)
    notes = shared_notes(sheet.view, wording)
    title = _calendar_title(sheet, notes, wording)
    flow.add_table(calendar_table(sheet, notes, wording), SECTION_GAP, title)
    return pages


def _frame(sheet: PlanSheet, wording: Wording) -> Frame:
    _ = wording.gettext
    course = sheet.view.course
    version = _("version {version}").format(version=course.regimen.version)
    revision = _("revision {number}").format(number=course.revision.number)
    return Frame(
        ward=sheet.ward,
        view=sheet.view,
        printing=sheet.printing,
        title=_("Immunoglobulin infusion plan"),
        subtitle=(
            dotted(_("course {code}").format(code=course.code), revision, _standing(sheet, wording)),
            dotted(wording.text(course.regimen.title), version),
        ),
        sheet_name=dotted(_("Plan {code}").format(code=course.code), revision),
        alerts=tuple(words.alerts(sheet.view.patient, wording)),
        bands=superseded_band(sheet.view, wording),
        on=sheet.view.day,
    )


def _standing(sheet: PlanSheet, wording: Wording) -> str:
    _ = wording.gettext
    waiting = [view for view in sheet.view.doses if view.status not in SETTLED]
    if not waiting:
        return _("ended")
    return _("on hold") if all(view.status == "held" for view in waiting) else _("active")


def _findings(findings: tuple[Finding, ...], wording: Wording) -> Block:
    """Return what the rules noticed about the course, gravest first."""
    said = [finding for finding in findings if finding.code not in _SAID_ELSEWHERE]
    ordered = sorted(said, key=lambda finding: -SEVERITIES.index(finding.severity))
    lines = [
        paragraph(
            (
                Run(wording.gettext(_SEVERITY_WORDS[finding.severity]), SMALL_STRONG),
                Run(f" {wording.say(finding.message)}", CELL),
            ),
            WIDTH,
        )
        for finding in ordered
    ]
    return stacked(lines, 0.5 * MM)


def _calendar_title(sheet: PlanSheet, notes: tuple[DoseNote, ...], wording: Wording) -> Block:
    title = Run(wording.gettext("Calendar"), HEADING)
    parts = [paragraph((title, Run(f"  {sheet.regimen_sentence}", BODY)), WIDTH)]
    parts.extend(paragraph(text, WIDTH, SMALL_STRONG) for text in picked(sheet.view.course, wording))
    parts.append(notes_above(notes, wording))
    parts.append(Block(1.2 * MM))
    return stacked(parts)
