"""What a change would do to a course: computed, looked at and shown; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import uuid4

import msgspec

from ivigdesk.actions.courses.changing.accept import accept as accept  # pages take both from here
from ivigdesk.actions.courses.changing.form import ChangeForm, read_form
from ivigdesk.actions.courses.changing.late import must_not_follow_twice
from ivigdesk.actions.courses.changing.rows import CourseChangedMeanwhile as CourseChangedMeanwhile
from ivigdesk.actions.courses.changing.rows import Ripple as Ripple
from ivigdesk.actions.courses.changing.rows import RippleNote as RippleNote
from ivigdesk.actions.courses.changing.rows import RippleRow as RippleRow
from ivigdesk.actions.courses.changing.slots_of import day_one, doses_of, limits_of, seen_with, slots_of
from ivigdesk.actions.courses.changing.undo import has_reacted_since, restored
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.findings import Finding
from ivigdesk.clock import today
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, Record, message
from ivigdesk.scheduling.changes import change_calendar, differences
from ivigdesk.scheduling.changes.slots import Asked, Outcome, Verb

_APPROVED: tuple[Verb, ...] = ("add", "error", "product", "weight")
"""Changes that a prescriber has to approve, by name."""


class _Changed(Record, frozen=True):
    """The doses after a change, and what was noticed while they were computed."""

    doses: tuple[Dose, ...]
    findings: tuple[Finding, ...] = ()


def ripple(desk: Desk, form: ChangeForm) -> Ripple:
    """Return what a change would do; nothing is stored.

    Raises:
        UserMistake: a field cannot be taken; the sentence says what is allowed.
        CourseChangedMeanwhile: the page shows an older revision than the one in force.
        KnownError: the course is not known, the dose does not change any more, nothing would change, or a rule
            refuses.
    """
    view = look_up_course(desk, form.course_id)
    if form.revision is not None and form.revision != view.newest_revision:
        raise CourseChangedMeanwhile(view.newest_revision)
    asked = read_form(form, view.course, day_one(view), today(desk.clock))
    revisions = desk.ward.revisions_of(form.course_id)
    limits = limits_of(view, max(dose.number for revision in revisions for dose in revision.doses))
    if asked.verb == "undo":
        found = restored(view, revisions, limits)
        reacted = has_reacted_since(desk, view, found.change.at)
        made = _shown(desk, form, asked, view, _with_initial_rates(desk, view, found.doses), reacted=reacted)
        return msgspec.structs.replace(made, restores=found.number)
    if asked.verb == "realign":
        must_not_follow_twice(view, revisions, asked.number)
    outcome = change_calendar(slots_of(view), asked, limits)
    made = _shown(desk, form, outcome.asked, view, _changed(desk, form, view, outcome))
    return msgspec.structs.replace(made, kept_end=outcome.kept_end, left_out=outcome.left_out)


def _changed(desk: Desk, form: ChangeForm, view: CourseView, outcome: Outcome) -> _Changed:
    """Return the doses after the change, each computed as far as the change asks for it."""
    verb = outcome.asked.verb
    reached = [one.dose for one in view.by_date if one.dose.number in outcome.reached]
    if verb == "product":
        from ivigdesk.actions.courses.changing.product_switch import switched  # late: only these need the rules

        product = desk.library.product(form.product_id.strip())
        switch = switched(desk, view, [dose.id for dose in reached], product)
        return _Changed(doses=switch.doses, findings=switch.findings)
    if verb == "weight":
        from ivigdesk.actions.courses.changing.new_weight import weighed

        fresh, _standing = weighed(desk, view, reached)
        return _Changed(doses=fresh.doses, findings=fresh.findings)
    doses = doses_of(view, outcome.slots)
    new = [dose.id for dose in doses if all(one.dose.id != dose.id for one in view.doses)]
    if new:
        from ivigdesk.actions.courses.changing.compute import computed

        with_new = computed(desk, view, doses, new)
        return _Changed(doses=with_new.doses, findings=with_new.findings)
    return _Changed(doses=_on_their_new_days(desk, view, doses))


def _with_initial_rates(desk: Desk, view: CourseView, doses: tuple[Dose, ...]) -> _Changed:
    """Return the doses of an older calendar; one that now follows another product begins at the initial rate.

    SAFETY: the older calendar does not know what was given since. Source: FACTS 7 SR29.
    """
    if len({view.course.product_of(dose).id for dose in doses}) == 1:
        return _Changed(doses=doses)
    from ivigdesk.actions.courses.changing.compute import computed, too_fast

    chosen = too_fast(view, doses)
    if not chosen:
        return _Changed(doses=doses)
    fresh = computed(desk, view, doses, chosen)
    return _Changed(doses=fresh.doses, findings=fresh.findings)


def _on_their_new_days(desk: Desk, view: CourseView, doses: Sequence[Dose]) -> tuple[Dose, ...]:
    """Return the doses, each that moved looked at with the criteria again on its new date."""
    before = {one.dose.id: one.dose.due_on for one in view.doses}
    moved = [dose for dose in doses if dose.due_on != before[dose.id]]
    if not moved:
        return tuple(doses)
    from ivigdesk.actions.courses.changing.criteria_anew import looked_at_anew

    fresh = looked_at_anew(desk, view, doses, moved)
    return tuple(fresh.get(dose.id, dose) for dose in doses)


def _shown(
    desk: Desk, form: ChangeForm, asked: Asked, view: CourseView, changed: _Changed, *, reacted: bool = False
) -> Ripple:
    from ivigdesk.actions.courses.changing.notes import noted  # late: a page that only lists courses needs no rules

    rows = _rows(view, changed.doses)
    if not any(row.is_changed for row in rows):
        raise _nothing_changes(asked)
    return Ripple(
        form=form,
        asked=asked,
        view=view,
        rows=noted(desk, view, rows, _gaps(view, changed.doses), reacted=reacted),
        next_number=view.newest_revision + 1,
        revision_id=uuid4(),
        needs_prescriber=asked.verb in _APPROVED
        or any(_releases(row) or _orders(row) or (reacted and row.comes_back) for row in rows),
        findings=changed.findings,
    )


def _rows(view: CourseView, doses: Sequence[Dose]) -> tuple[RippleRow, ...]:
    """Return every dose before and after, without notes, by date."""
    after = {dose.id: dose for dose in doses}
    rows = [RippleRow(before=one, after=after.pop(one.dose.id, None)) for one in view.doses]
    rows.extend(RippleRow(before=None, after=dose) for dose in after.values())
    return tuple(sorted(rows, key=lambda row: row.dose.place))


def _gaps(view: CourseView, doses: Sequence[Dose]) -> Mapping[int, tuple[Message, ...]]:
    found = differences(slots_of(view), slots_of(seen_with(view, doses)))
    return {one.after.number: one.notes for one in found if one.after is not None}


def _releases(row: RippleRow) -> bool:
    """Whether a dose that a grave reaction holds would take place again. SAFETY: only a prescriber may say so."""
    if row.before is None or row.after is None:
        return False
    return row.before.dose.awaits_release and row.after.counts and row.after.state != "held"


def _orders(row: RippleRow) -> bool:
    """Whether a dose would be given from another product, or grow. SAFETY: undoing may take back what was approved."""
    if row.before is None or row.after is None or not (row.before.dose.counts and row.after.counts):
        return False
    before = row.before.dose
    return before.product != row.after.product or before.planned_dose_mg < row.after.planned_dose_mg


def _nothing_changes(asked: Asked) -> UserMistake:
    return UserMistake("number" if asked.number is not None else "verb", message(N_("Nothing would change.")))
