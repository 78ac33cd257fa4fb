"""The course plan: one patient, the whole course, planned beside given."""

from __future__ import annotations

from ivigdesk.clinical.courses.status import SETTLED
from ivigdesk.clinical.findings import SEVERITIES, Finding, Severity
from ivigdesk.messages import N_
from ivigdesk.sheets import words
from ivigdesk.sheets.bands import superseded_band
from ivigdesk.sheets.frame import Frame, FramedPages, dotted, roomiest
from ivigdesk.sheets.paper.blocks import Block, paragraph, stacked
from ivigdesk.sheets.paper.pages import Flow
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.plan.advice import advice, signing
from ivigdesk.sheets.plan.calendar_table import calendar_table
from ivigdesk.sheets.plan.changes import add_changes
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
# Picks stand above the calendar in any case, the first infusion's rate in its row, samples and weight with the tests.
_SAID_ELSEWHERE = ("REG-CHOICE", "FIRST", "SR15", "SR24")
_BOX_HEIGHTS = (12.5 * MM, 11 * MM, 9.2 * MM)  # that a hand fills in, roomiest first


def draw_plan(sheet: PlanSheet, wording: Wording) -> bytes:
    """Return the plan as a PDF file; the same values give the same bytes.

    The plan itself takes both sides of one sheet where it can; tests and checks, to be ticked over the weeks, and the
    reasons follow on pages of their own.

    Raises:
        KnownError: a character cannot be printed, or a text is too long for a page.
    """
    pages = roomiest(_set(sheet, box, wording) for box in _BOX_HEIGHTS)
    _add_tests(pages.flow, sheet, wording)
    add_trace(pages.flow, sheet.trace, wording)
    return pages.as_pdf()


def _set(sheet: PlanSheet, box: float, wording: Wording) -> FramedPages:
    pages, is_said = _with_calendar(sheet, wording)
    flow = pages.flow
    add_changes(flow, sheet, wording)
    add_orders(flow, sheet, box, wording)
    noted: tuple[Severity, ...] = ("info",) if is_said else ("warn", "info")
    notes = _findings(sheet.view.course.findings, noted, wording)
    explained = stacked((notes, explanation(sheet, wording)), 0.5 * MM)
    if explained.height:
        flow.add(explained, SECTION_GAP)
    # Signatures never stand alone on a page: what is signed for stands above them.
    flow.add(stacked((advice(sheet, wording), signing(wording)), SECTION_GAP), SECTION_GAP)
    return pages


def _add_tests(flow: Flow, sheet: PlanSheet, wording: Wording) -> None:
    dated = [task for task in sheet.tasks if task.kind != "vaccine"]  # vaccines have their own line on the plan
    if dated:
        flow.turn_page()
        title = heading(wording.gettext("Tests and checks"), wording.gettext("on these days; tick what is done"))
        flow.add_table(task_table(dated, wording), SECTION_GAP, title)


def _with_calendar(sheet: PlanSheet, wording: Wording) -> tuple[FramedPages, bool]:
    """Return the amounts and the calendar, and whether everything to check stands above it.

    What gives way so that all doses stand on the first page: first the head becomes small, then what is to be checked
    moves overleaf. SAFETY: what holds or stops the plan never does.
    """
    for is_tight, is_said in ((False, True), (True, True), (True, False)):
        pages = _begun(sheet, wording, is_tight=is_tight, is_said=is_said)
        if pages.flow.page_number == 1:
            return pages, is_said
    return _begun(sheet, wording, is_tight=False, is_said=True), True


def _begun(sheet: PlanSheet, wording: Wording, *, is_tight: bool, is_said: bool) -> FramedPages:
    pages = FramedPages(_frame(sheet, wording), wording, is_tight=is_tight)
    flow = pages.flow
    flow.add(prescription(sheet, wording))
    # What is only to be known stands overleaf: the calendar keeps the first page.
    severities: tuple[Severity, ...] = ("warn", "hold", "block") if is_said else ("hold", "block")
    findings = _findings(sheet.view.course.findings, severities, wording)
    if not is_said:
        overleaf = paragraph(wording.gettext("What to check stands overleaf."), WIDTH, SMALL_STRONG)
        findings = stacked((findings, overleaf), 0.5 * MM)
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
    if sheet.view.is_superseded:
        return _("superseded")
    waiting = [view for view in sheet.view.doses if view.status not in SETTLED]
    if not waiting:
        return _("ended")
    return _("on hold") if all(view.status == "held" for view in waiting) else _("active")


def _findings(findings: tuple[Finding, ...], severities: tuple[Severity, ...], wording: Wording) -> Block:
    """Return what the rules noticed about the course, gravest first."""
    said = [one for one in findings if one.code not in _SAID_ELSEWHERE and one.severity in severities]
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
