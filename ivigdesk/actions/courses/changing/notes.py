"""What somebody should know about the doses that a change touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date

import msgspec

from ivigdesk.actions.courses.changing.notes_of_courses import overlap_notes
from ivigdesk.actions.courses.changing.notes_of_ward import ward_notes
from ivigdesk.actions.courses.changing.rows import RippleNote, RippleRow
from ivigdesk.actions.courses.changing.slots_of import seen_with
from ivigdesk.actions.courses.weight_standing import weight_standing
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.known_facts import Measured, newest_measurements
from ivigdesk.clinical import library
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.courses.ledger import ledger_of
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.eligibility.criteria import Outcome, outcome_words, profile_title
from ivigdesk.clinical.findings import SEVERITIES
from ivigdesk.messages import N_, Message, message
from ivigdesk.units import grams


def noted(
    desk: Desk,
    view: CourseView,
    rows: Sequence[RippleRow],
    gaps: Mapping[int, Sequence[Message]],
    *,
    reacted: bool = False,
) -> tuple[RippleRow, ...]:
    """Return the rows with their notes, each row's gravest first; a row that the change does not touch has none.

    Args:
        desk: where the nurse works.
        view: the course as it stands.
        rows: without notes, by date.
        gaps: what `scheduling.changes` says of the intervals beside a dose, by its number.
        reacted: whether a grave reaction was recorded since doses that come back were left out.
    """
    newest = newest_measurements(desk, view.patient)
    over_mg = _over_mg(view, rows)
    usual = {one.dose.criteria.outcome for one in view.doses if one.dose.criteria is not None}
    of_others = overlap_notes(desk, view, rows)
    of_ward = ward_notes(desk, view, rows)
    return tuple(
        msgspec.structs.replace(
            row,
            notes=_gravest_first(
                [
                    *(RippleNote(kind="gap", severity="warn", message=said) for said in gaps.get(row.number, ())),
                    *of_others.get(row.number, ()),
                    *of_ward.get(row.number, ()),
                    *_criteria(row, usual),
                    *_approval(view.course, row, over_mg),
                    *_weight(view.course, row, newest),
                    *(_reaction(row) if reacted else ()),
                ]
            ),
        )
        if row.is_changed
        else row
        for row in rows
    )


def _gravest_first(notes: Sequence[RippleNote]) -> tuple[RippleNote, ...]:
    return tuple(sorted(notes, key=lambda note: -SEVERITIES.index(note.severity)))


def _criteria(row: RippleRow, usual: Set[Outcome]) -> Iterator[RippleNote]:
    """Say where the change changes what the criteria say.

    Args:
        row: one dose before and after.
        usual: what the criteria say of the course's doses as they stand: an added dose of which they say the same
            brings nothing new.

    Source: FACTS 2.2, Traps T25.
    """
    after = row.after
    if after is None or after.criteria is None or not after.counts:
        return
    before = None if row.before is None else row.before.dose.criteria
    if before is None:
        if row.before is None and after.criteria.outcome != "met" and usual != {after.criteria.outcome}:
            yield RippleNote(
                kind="criteria",
                severity="warn",
                message=message(
                    N_("Criteria: {profile}: {outcome} on this date."),
                    profile=profile_title(after.criteria.profile),
                    outcome=outcome_words(after.criteria.outcome),
                ),
            )
        return
    if before.outcome == after.criteria.outcome:
        return
    text = (
        N_("Criteria: {profile}: {before} until now, {after} on the new date.")
        if row.is_moved
        else N_("Criteria: {profile}: {before} until now, {after} after the change.")
    )
    yield RippleNote(
        kind="criteria",
        severity="warn" if before.outcome == "met" else "info",
        message=message(
            text,
            profile=profile_title(after.criteria.profile),
            before=outcome_words(before.outcome),
            after=outcome_words(after.criteria.outcome),
        ),
    )


def _approval(course: Course, row: RippleRow, over_mg: Message | None) -> Iterator[RippleNote]:
    after = row.after
    if after is None or not after.counts:
        return
    until = course.approved_until
    if until is not None and after.due_on > until and row.takes_a_new_day:
        said = message(N_("This is after {until}, the last day that the approval covers."), until=until)
        yield RippleNote(kind="approval", severity="warn", message=said)
    before_mg = 0 if row.before is None else _to_open_mg(row.before.dose)
    if over_mg is not None and _to_open_mg(after) > before_mg:
        yield RippleNote(kind="approval", severity="warn", message=over_mg)


def _over_mg(view: CourseView, rows: Sequence[RippleRow]) -> Message | None:
    """Say by how much the course takes more from stock than was approved; None where it does not, or no more."""
    approved_mg = view.course.approved_mg
    if approved_mg is None:
        return None
    after = seen_with(view, [row.after for row in rows if row.after is not None])
    needed_mg = ledger_of(after).expected_mg
    if needed_mg <= max(approved_mg, ledger_of(view).expected_mg):
        return None
    return message(
        N_("The course takes {needed} g from stock; {approved} g are approved. Ask for {over} g more."),
        needed=grams(needed_mg),
        approved=grams(approved_mg),
        over=grams(needed_mg - approved_mg),
    )


def _to_open_mg(dose: Dose) -> int:
    return dose.planned_dose_mg + dose.discard_mg if dose.counts else 0


def _reaction(row: RippleRow) -> Iterator[RippleNote]:
    """SR25: the dose was not put on hold because it was left out. Source: FACTS 7 SR25."""
    if row.comes_back:
        said = message(
            N_("A grave reaction was recorded after this dose was left out. Only a prescriber puts it back.")
        )
        yield RippleNote(kind="rule", severity="hold", message=said)


def _weight(course: Course, row: RippleRow, newest: Measured) -> Iterator[RippleNote]:
    """SR24: the weight on record becomes too old for the dose. Source: FACTS 7 SR24."""
    after = row.after
    if after is None or not row.takes_a_new_day:
        return
    weighed_on = weight_standing(course, after, newest).weighed_on
    was_old = row.before is not None and row.is_moved and _is_old(weighed_on, row.before.dose.due_on)
    if _is_old(weighed_on, after.due_on) and not was_old:
        said = message(N_("Weigh again before this dose."))
        yield RippleNote(kind="rule", severity="info", message=said)


def _is_old(weighed_on: date, day: date) -> bool:
    return (day - weighed_on).days > library.limits().weight_valid_days
