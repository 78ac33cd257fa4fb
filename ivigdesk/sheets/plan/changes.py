"""What was done to the calendar since it was first planned: who, why, and what a prescriber approved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

from ivigdesk.clinical.courses.course import Dose, Revision
from ivigdesk.sheets import words
from ivigdesk.sheets.paper.blocks import Block, paragraph, stacked
from ivigdesk.sheets.paper.pages import Flow
from ivigdesk.sheets.paper.table import Column, Row, Table, table
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.plan.switches import switches_of
from ivigdesk.sheets.sections import Field, heading, signatures
from ivigdesk.sheets.style import BODY_STRONG, CELL_STRONG, MM, SECTION_GAP, WIDTH
from ivigdesk.sheets.values import PlanSheet
from ivigdesk.wording import Wording

_NUMBER, _AT, _NURSE, _DONE, _BY = 16 * MM, 32 * MM, 27 * MM, 45 * MM, 29 * MM


def add_changes(flow: Flow, sheet: PlanSheet, wording: Wording) -> None:
    """Put the changes on the page, and room to countersign each switch of the product; nothing without a change."""
    _ = wording.gettext
    changes = _changes(sheet, wording)
    if changes.rows:
        title = heading(_("Changes"), _("after the first plan; what was given stays as it was given"))
        flow.add_table(changes, SECTION_GAP, title)
    for block in _countersigning(sheet, wording):
        flow.add(block, SECTION_GAP)


def first_approved(dose: Dose, revisions: tuple[Revision, ...]) -> str:
    """Return who approved the revision that brought this dose into the course; empty when it is not known."""
    found = next((revision for revision in revisions if any(one.id == dose.id for one in revision.doses)), None)
    return "" if found is None else found.approved_by


def reason_of_move(dose: Dose, revisions: tuple[Revision, ...]) -> str:
    """Return why the dose stands on its present day; empty when the revisions do not say.

    After an undo it is the reason for which the dose came to that day, not that of the undo.
    """
    moved = None
    for before, after in pairwise(revisions):
        was_on, is_on = _day_in(before, dose.id), _day_in(after, dose.id)
        if was_on is not None and was_on != is_on:
            moved = after
    if moved is None:
        return ""
    if moved.restores is not None:
        return reason_of_move(dose, tuple(one for one in revisions if one.number <= (moved.restores or 0)))
    return moved.reason


def _day_in(revision: Revision, dose_id: UUID) -> object:
    return next((dose.due_on for dose in revision.doses if dose.id == dose_id), None)


def _changes(sheet: PlanSheet, wording: Wording) -> Table:
    _ = wording.gettext
    columns = (
        Column(_("Revision"), _NUMBER),
        Column(_("Date, time"), _AT),
        Column(_("Nurse"), _NURSE),
        Column(_("What was done"), _DONE),
        Column(_("Reason"), WIDTH - _NUMBER - _AT - _NURSE - _DONE - _BY),
        Column(_("Approved by"), _BY),
    )
    rows = []
    for before, after in pairwise(sheet.revisions):
        done = (Run(_done(before, after, wording), CELL_STRONG),)
        reason = words.reason(after.reason, words.effects_of(sheet.view), wording)
        at = f"{wording.date_plain(after.at.date())} {wording.time(after.at)}"
        rows.append(Row((str(after.number), at, after.nurse, done, reason, after.approved_by or "–")))
    return table(columns, rows)


def _done(before: Revision, after: Revision, wording: Wording) -> str:
    """Return what was done in a word, and to which doses: `postponed: doses 9–11`.

    A dose in the place of a wrong entry is none: `entered in error: dose 1; in its place: dose 12`.
    """
    _ = wording.gettext
    verb = _(words.CHANGE_WORDS.get(after.verb, words.CHANGED))
    if after.restores is not None:
        verb = _("{verb}, revision {number} again").format(verb=verb, number=after.restores)
    known = {dose.id: _standing(dose) for dose in before.doses}
    now = {dose.id for dose in after.doses}
    numbers = [dose.number for dose in after.doses if known.get(dose.id) != _standing(dose)]
    numbers.extend(dose.number for dose in before.doses if dose.id not in now)
    in_place = [dose.number for dose in after.doses if after.verb == "error" and dose.id not in known]
    numbers = [number for number in numbers if number not in in_place]
    if not numbers:
        return verb
    said = _("{verb}: {doses}").format(verb=verb, doses=_numbered(numbers, wording))
    if not in_place:
        return said
    return _("{what}; in its place: {doses}").format(what=said, doses=_numbered(in_place, wording))


def _numbered(numbers: Sequence[int], wording: Wording) -> str:
    doses = wording.ngettext("dose {numbers}", "doses {numbers}", len(numbers))
    return doses.format(numbers=wording.ranges(numbers))


def _standing(dose: Dose) -> tuple[object, ...]:
    """Return what a change can change of a dose."""
    return dose.due_on, dose.state, dose.is_error, dose.product, dose.planned_dose_mg, dose.weight


def _countersigning(sheet: PlanSheet, wording: Wording) -> list[Block]:
    """Return a line with room for two signatures for each product that doses were switched to."""
    _ = wording.gettext
    found = []
    for switch in switches_of(sheet.view)[1:]:
        told = _("Switch to {product}: {doses}").format(
            product=wording.text(switch.product.title), doses=switch.doses(wording)
        )
        approved = _approved_switch(switch.product.id, sheet.revisions)
        if approved:
            told = _("{switch}, approved by {name}").format(switch=told, name=approved)
        lines = (
            Field(_("Prescriber: name, signature, date, time")),
            Field(_("Pharmacist: name, signature, date, time")),
        )
        found.append(stacked((paragraph(told, WIDTH, BODY_STRONG), signatures(lines)), 1 * MM))
    return found


def _approved_switch(product_id: str, revisions: tuple[Revision, ...]) -> str:
    """Return who approved the first revision with a dose from this product; empty when it is not known."""
    for revision in revisions:
        if any(dose.product is not None and dose.product.id == product_id for dose in revision.doses):
            return revision.approved_by
    return ""
