"""The end of the infusion: what was given, advice, signatures, and the slip for pharmacy or blood bank."""

from __future__ import annotations

from collections import Counter

from ivigdesk.clinical.courses.status import SETTLED, DoseView
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.sheets import words
from ivigdesk.sheets.bedside.checklist import tasks_before
from ivigdesk.sheets.bedside.density import Density
from ivigdesk.sheets.frame import dotted
from ivigdesk.sheets.paper.blocks import Block, Box, Mark, beside, moved, padded, paragraph, stacked
from ivigdesk.sheets.plan.advice import watch_for
from ivigdesk.sheets.plan.tests_and_checks import when
from ivigdesk.sheets.sections import Field, boxes, heading, labelled, signatures, ticks
from ivigdesk.sheets.style import BODY, BODY_STRONG, CELL, MM, RULE, SMALL_STRONG, WIDTH
from ivigdesk.sheets.values import BedsideSheet
from ivigdesk.wording import Wording

_TITLE = 46 * MM
_OUTCOMES = ("completed", "partly given", "not given")


def ending(infusion: Infusion | None, density: Density, wording: Wording) -> Block:
    """Return the outcome to tick and boxes to fill in, or what was recorded."""
    _ = wording.gettext
    end = infusion.end if infusion else None
    outcomes = (_("completed"), _("partly given"), _("not given, reason:"))
    outcome_ticks = ticks(
        [(text, end is not None and end.outcome == outcome) for text, outcome in zip(outcomes, _OUTCOMES, strict=True)],
        3,
        WIDTH - _TITLE,
    )
    return stacked(
        (
            beside(((0, heading(_("6 End of infusion"), width=_TITLE)), (_TITLE, padded(outcome_ticks, 0, 0.4 * MM)))),
            stacked(boxes(_fields(infusion, wording), 4, density.box)),
        )
    )


def _fields(infusion: Infusion | None, wording: Wording) -> tuple[Field, ...]:
    _ = wording.gettext
    end = infusion.end if infusion else None
    started = finished = given = discarded = reason = ""
    if infusion is not None:
        started = wording.time(infusion.started_at)
    if end is not None:
        finished = wording.time(end.ended_at)
        given = dotted(words.grams(end.given_dose_mg, wording), words.millilitres(end.given_ml, wording))
        discarded = words.grams(end.discarded_mg, wording)
        reason = end.reason
    return (
        Field(_("Started at"), started),
        Field(_("Finished at"), finished),
        Field(_("Given: g, mL"), given),
        Field(_("Discarded: g, reason"), discarded),
        Field(_("Reason, if not completed"), reason),
        Field(_("Flush: fluid, mL")),
        Field(_("Line removed or kept")),
        Field(_("Watched until")),
    )


def advice(sheet: BedsideSheet, wording: Wording) -> Block:
    """Return what the patient is told, whom to call, and the next dose."""
    _ = wording.gettext
    phone = sheet.ward.phone
    label = (
        _("Tell the patient to call {number} for:").format(number=phone)
        if phone
        else _("Tell the patient to call for:")
    )
    return stacked(
        (
            labelled(label, watch_for(wording), WIDTH, CELL, SMALL_STRONG),
            labelled(_("Tests and checks after this dose:"), _tasks_after(sheet, wording), WIDTH, CELL, SMALL_STRONG),
            labelled(_("Next dose:"), _next_dose(sheet, wording), WIDTH, BODY, BODY_STRONG),
        )
    )


def _tasks_after(sheet: BedsideSheet, wording: Wording) -> str:
    before = tasks_before(sheet)
    said = [
        wording.gettext("{what} ({when})").format(what=wording.say(task.what).rstrip(".。"), when=when(task, wording))
        for task in sheet.tasks
        if task not in before and task.kind not in ("weight", "vaccine") and not task.is_done
    ]
    return wording.gettext("; ").join(said)


def _next_dose(sheet: BedsideSheet, wording: Wording) -> str:
    _ = wording.gettext
    following = _following(sheet)
    if following is None:
        return _("none on this plan")
    dose = following.dose
    return dotted(
        _("dose {number} of {count}").format(number=dose.number, count=len(sheet.view.doses)),
        wording.date(dose.due_on),
        words.grams(dose.planned_dose_mg, wording),
        _("on hold") if following.status == "held" else "",
    )


def _following(sheet: BedsideSheet) -> DoseView | None:
    own = sheet.view.view(sheet.number)
    later = [
        view
        for view in sheet.view.doses
        if view.status not in SETTLED and (view.dose.due_on, view.dose.number) > (own.dose.due_on, own.dose.number)
    ]
    return min(later, key=lambda view: (view.dose.due_on, view.dose.number), default=None)


def signing(infusion: Infusion | None, wording: Wording) -> Block:
    """Return the two signatures; recorded names are printed above the line."""
    _ = wording.gettext
    end = infusion.end if infusion else None
    at = wording.moment(end.at) if end else ""
    return signatures(
        (
            Field(_("Nurse 1: name, signature, time"), dotted(end.nurse, at) if end else ""),
            Field(_("Nurse 2: name, signature, time"), end.second_nurse if end else ""),
        )
    )


def issue_slip(sheet: BedsideSheet, infusion: Infusion | None, wording: Wording) -> Block:
    """Return the slip that is cut off and goes back with the lots."""
    _ = wording.gettext
    view = sheet.view
    dose = view.course.dose(sheet.number)
    identity = dotted(
        view.patient.name,
        view.patient.record_number,
        wording.date(dose.due_on),
        _("dose {number} of {count}").format(number=dose.number, count=view.highest_number),
    )
    ordered = dotted(
        wording.text(view.course.product_of(dose).title),
        words.grams(dose.planned_dose_mg, wording),
        words.vials(dose.vials, wording),
    )
    inner = WIDTH - 6 * MM
    fields = (
        Field(_("Lots × number"), _lots(infusion, wording)),
        Field(_("Name, signature, date, time")),
    )
    parts = (
        heading(_("Batch issue slip"), _("cut off; to pharmacy or blood bank"), inner),
        paragraph(identity, inner, SMALL_STRONG),
        paragraph(ordered, inner, CELL),
        padded(stacked(boxes(fields, 2, 11 * MM, inner)), 0, 0.8 * MM, 0),
    )
    words_block = padded(stacked(parts), 3 * MM, 0.8 * MM, 1.6 * MM)
    marks: list[Mark] = [Box(0, 0, WIDTH, words_block.height, 0.8, RULE, dashed=True)]
    marks.extend(moved(words_block.marks, 0, 0))
    return Block(words_block.height, tuple(marks))


def _lots(infusion: Infusion | None, wording: Wording) -> str:
    if infusion is None:
        return ""
    counts = Counter(vial.lot for vial in infusion.vials)
    return wording.gettext(", ").join(f"{lot}\u00a0×\u00a0{count}" for lot, count in counts.items())
