"""The bedside sheet: one dose, both sides; for a dose already given, its record."""

from __future__ import annotations

from ivigdesk.clinical import library
from ivigdesk.clinical.courses.status import DoseView
from ivigdesk.clinical.infusions.following import LINE, awaited_test
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.sheets import words
from ivigdesk.sheets.bands import Band, superseded_band
from ivigdesk.sheets.bedside.checklist import checklist, preparation
from ivigdesk.sheets.bedside.density import DENSITIES, Density
from ivigdesk.sheets.bedside.ending import advice, ending, issue_slip, signing
from ivigdesk.sheets.bedside.observations import observation_table
from ivigdesk.sheets.bedside.order import order
from ivigdesk.sheets.bedside.rates import pump_record, rate_rule, rate_table, tolerated_note
from ivigdesk.sheets.bedside.reaction import reaction_form, reaction_record
from ivigdesk.sheets.bedside.vials import vial_table
from ivigdesk.sheets.frame import Frame, FramedPages, dotted, roomiest
from ivigdesk.sheets.paper.blocks import stacked
from ivigdesk.sheets.paper.pages import Flow
from ivigdesk.sheets.sections import heading
from ivigdesk.sheets.style import GAP
from ivigdesk.sheets.values import BedsideSheet
from ivigdesk.wording import Wording

_REACTIONS_TOLD = 3


def draw_bedside(sheet: BedsideSheet, wording: Wording) -> bytes:
    """Return the sheet as a PDF file; the same values give the same bytes.

    Raises:
        KeyError: the course has no such dose.
        KnownError: a character cannot be printed, or a text is too long for a page.
    """
    view = sheet.view.view(sheet.number)
    frame = _frame(sheet, view, wording)
    if view.infusion is None:
        for front in DENSITIES:
            if _front(sheet, view, frame, front, wording).flow.page_number == 1:
                # The front is complete in itself; the rest is written overleaf.
                overleaf = (_both(sheet, view, frame, front, density, wording) for density in DENSITIES)
                return roomiest(overleaf).as_pdf()
    return roomiest(_both(sheet, view, frame, density, density, wording) for density in DENSITIES).as_pdf()


def _both(
    sheet: BedsideSheet, view: DoseView, frame: Frame, front: Density, overleaf: Density, wording: Wording
) -> FramedPages:
    pages = _front(sheet, view, frame, front, wording)
    if view.infusion is None and pages.flow.page_number == 1:
        pages.flow.turn_page()
    _add_overleaf(pages.flow, sheet, view, overleaf, wording)
    return pages


def _front(sheet: BedsideSheet, view: DoseView, frame: Frame, density: Density, wording: Wording) -> FramedPages:
    pages = FramedPages(frame, wording, is_tight=density.short_head)
    _add_front(pages.flow, sheet, view, density, wording)
    return pages


def _add_front(flow: Flow, sheet: BedsideSheet, view: DoseView, density: Density, wording: Wording) -> None:
    _ = wording.gettext
    dose, infusion = view.dose, view.infusion
    flow.add(order(sheet, wording))
    if sheet.checklist:
        flow.add(checklist(sheet, infusion, density, wording), density.gap)
    if infusion is None:
        flow.add(preparation(sheet, density, wording), GAP)
    vials = vial_table(dose, infusion, density, wording)
    flow.add_table(
        vials,
        density.gap,
        heading(_("2 Vials"), _("as recorded") if infusion else _("stick or write the lot of every vial")),
    )
    note = _("for this patient and this product only")
    if sheet.start_at is not None and infusion is None:
        note = dotted(note, _("planned start {time}").format(time=wording.time(sheet.start_at)))
    if infusion is None or infusion.is_running:
        card = rate_table(sheet, dose.rate_card, density, wording)
        flow.add_table(card, density.gap, heading(_("3 Rate card"), note), is_whole=True)
        flow.add(stacked((tolerated_note(sheet, wording), rate_rule(sheet, wording))), GAP / 2)
    if infusion is not None and infusion.rate_changes:
        pump = pump_record(infusion, wording)
        flow.add_table(pump, density.gap, heading(_("3 Pump"), _("as recorded")), is_whole=True)


def _add_overleaf(flow: Flow, sheet: BedsideSheet, view: DoseView, density: Density, wording: Wording) -> None:
    _ = wording.gettext
    infusion = view.infusion
    observations = observation_table(sheet, infusion, density, wording)
    if observations.rows:
        flow.add_table(observations, density.gap, heading(_("4 Observations")))
    if view.side_effects:
        record = reaction_record(view.side_effects, wording)
        flow.add_table(record, density.gap, heading(_("5 Reaction"), _("as recorded")))
    elif infusion is None or infusion.is_running:
        flow.add(reaction_form(density, wording), density.gap)
    else:
        flow.add(heading(_("5 Reaction"), _("none recorded")), density.gap)
    flow.add(ending(infusion, density, wording), density.gap)
    # Signatures never stand alone on a page: what is signed for stands above them.
    flow.add(stacked((advice(sheet, wording), signing(infusion, wording)), GAP), GAP)
    flow.add(issue_slip(sheet, infusion, wording), density.gap)


def _frame(sheet: BedsideSheet, view: DoseView, wording: Wording) -> Frame:
    _ = wording.gettext
    course, dose = sheet.view.course, view.dose
    revision = _("revision {number}").format(number=course.revision.number)
    count = len(sheet.view.doses)
    days = [wording.date(dose.due_on)]
    if dose.transplant_day is not None:
        days.append(_("transplant {day}").format(day=wording.transplant_day(dose.transplant_day)))
    days.append(_("course day {day}").format(day=dose.course_day))
    return Frame(
        ward=sheet.ward,
        view=sheet.view,
        printing=sheet.printing,
        title=_("Immunoglobulin infusion: dose {number} of {count}").format(number=dose.number, count=count),
        subtitle=(dotted(*days), dotted(wording.text(course.regimen.title), course.code, revision)),
        sheet_name=dotted(_("Dose {number} of {count}").format(number=dose.number, count=count), revision),
        alerts=(*words.alerts(sheet.view.patient, wording), *_of_this_dose(sheet, view, wording)),
        bands=(*superseded_band(sheet.view, wording), *_bands(view, wording)),
        on=dose.due_on,
        dose_id=dose.id,
    )


def _bands(view: DoseView, wording: Wording) -> tuple[Band, ...]:
    """Return the mark that says whether this sheet is an order at all."""
    _ = wording.gettext
    infusion = view.infusion
    if infusion is not None and view.status != "entered in error":
        return (Band(_record_words(view, infusion, wording), is_black=False),)
    closed = {
        "held": _("ON HOLD: do not give"),
        "omitted": _("OMITTED: do not give"),
        "ceased": _("CEASED: do not give"),
        "entered in error": _("ENTERED IN ERROR: neither an order nor a record"),
    }.get(view.status)
    if closed is None:
        return ()
    reason = view.dose.reason
    text = _("{state} ({reason})").format(state=closed, reason=reason) if reason else closed
    return (Band(text, is_black=True),)


def _record_words(view: DoseView, infusion: Infusion, wording: Wording) -> str:
    _ = wording.gettext
    if infusion.end is None:
        return _("RUNNING since {at}").format(at=wording.moment(infusion.started_at))
    if infusion.end.outcome == "not given":
        return _("RECORD: not given")
    return _("RECORD: {state}, {amount}").format(
        state=_(words.STATUS_WORDS[view.status]), amount=words.grams(infusion.end.given_dose_mg, wording)
    )


def _of_this_dose(sheet: BedsideSheet, view: DoseView, wording: Wording) -> list[str]:
    _ = wording.gettext
    lines = []
    if view.dose.is_first_infusion:
        lines.append(_("FIRST INFUSION: initial rate, observe 1 hour after"))
    lines.append(_last_reactions(sheet, wording))
    lines.extend(_awaited(sheet, wording))
    lines.extend(wording.say(finding.message) for finding in view.dose.findings if finding.severity != "info")
    if view.dose.was_moved:
        lines.append(_("Moved from {day}").format(day=wording.date_short(view.dose.planned_on)))
    return lines


def _awaited(sheet: BedsideSheet, wording: Wording) -> list[str]:
    """Return the laboratory values that the dose waits for: those whose line still stands on the checklist."""
    codes = {item.code for item in sheet.checklist}
    waiting = [one.follow_up for one in sheet.follow_ups if f"{LINE}{one.follow_up.id}" in codes]
    tests = dict.fromkeys(awaited_test(follow_up) for follow_up in waiting)
    text = wording.gettext("Do not start before a new value: {test}")
    return [text.format(test=wording.text(library.lab_rules().test(test).title)) for test in tests if test is not None]


def _last_reactions(sheet: BedsideSheet, wording: Wording) -> str:
    """Return the latest reactions before this dose, the newest first."""
    _ = wording.gettext
    last = _("Last reaction: {reaction}")
    earlier = sheet.earlier_reaction
    if earlier is not None:
        name = wording.text(earlier.term)
        told = (name, words.grade(earlier.grade, wording), wording.date_short(earlier.onset_on), earlier.action)
        return last.format(reaction=dotted(*told))
    found = sheet.view.reactions_before(sheet.number)[:_REACTIONS_TOLD]
    if not found:
        return last.format(reaction=_("none recorded"))
    said: list[str] = []
    for index, (dose, effect) in enumerate(found):
        is_same_dose = index > 0 and found[index - 1][0].id == dose.id
        number = "" if is_same_dose else _("dose {number}").format(number=dose.number)
        said.append(dotted(number, words.reaction(effect, wording), effect.action))
    if len(said) == 1:
        return last.format(reaction=said[0])
    return _("Last reactions: {reactions}").format(reactions=_("; ").join(said))
