"""What a change would do to a course, dose by dose: values only."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from ivigdesk.actions.courses.changing.form import ChangeForm
from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.findings import Finding, Severity
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Message, Record, message
from ivigdesk.scheduling.changes.slots import Asked

NoteKind = Literal["gap", "closed", "holiday", "criteria", "capacity", "approval", "overlap", "rule"]


class RippleNote(Record, frozen=True):
    """What somebody should know about one dose before the change is accepted.

    Attributes:
        kind: what it is about.
        severity: how grave it is.
        message: the sentence.
    """

    kind: NoteKind
    severity: Severity
    message: Message


class RippleRow(Record, frozen=True):
    """One dose before and after; at least one of both is there.

    Attributes:
        before: as it stands now; None for a dose that is added.
        after: as it would be; None for an added dose that an undo takes away. Reason, name and time are written when
            the change is accepted.
        notes: what the change brings about at this dose; none for one that it does not touch.
    """

    before: DoseView | None
    after: Dose | None
    notes: tuple[RippleNote, ...] = ()

    @property
    def dose(self) -> Dose:
        """The dose after the change; before it where it goes away."""
        if self.after is not None:
            return self.after
        if self.before is None:
            raise ValueError("a row without a dose")
        return self.before.dose

    @property
    def number(self) -> int:
        """The dose's number."""
        return self.dose.number

    @property
    def is_changed(self) -> bool:
        """Whether the change touches it. That its course day is counted anew is no change."""
        return self.before is None or self.after is None or is_touched(self.before.dose, self.after)

    @property
    def is_moved(self) -> bool:
        """Whether it stands on another date afterwards."""
        return self.moved_days != 0

    @property
    def moved_days(self) -> int:
        """Days from the old date to the new, negative for earlier; 0 where there is no old or no new one."""
        if self.before is None or self.after is None:
            return 0
        return (self.after.due_on - self.before.dose.due_on).days

    @property
    def comes_back(self) -> bool:
        """Whether it was omitted or ceased, and is planned again afterwards."""
        if self.before is None or self.after is None:
            return False
        return self.before.status in ("omitted", "ceased") and self.after.counts and self.after.state == "planned"

    @property
    def takes_a_new_day(self) -> bool:
        """Whether its infusion will take place on a day on which, before the change, it would not have."""
        if self.after is None or not self.after.counts:
            return False
        if self.before is None or self.is_moved or not self.before.dose.counts:
            return True
        return self.before.dose.state == "held" and self.after.state == "planned"


class Ripple(Record, frozen=True):
    """What a change would do; nothing is stored.

    Attributes:
        form: what was typed.
        asked: how it was understood, with reach and grid as they are taken.
        view: the course as it stands, at the revision that this was computed from.
        rows: every dose, by date: the new one where there is one.
        next_number: number that the revision will have.
        revision_id: id that the revision will have, so that accepting twice makes one.
        kept_end: for reach `keep-end` the day after which no dose was left; None otherwise.
        left_out: numbers of the doses that reach `keep-end` left out, ascending.
        restores: for `undo` the number of the revision whose calendar is put back; None otherwise.
        needs_prescriber: whether a prescriber's name is needed to accept it.
        findings: what the rules noticed anew about a product or a weight, the gravest first.
    """

    form: ChangeForm
    asked: Asked
    view: CourseView
    rows: tuple[RippleRow, ...]
    next_number: int
    revision_id: UUID
    kept_end: date | None = None
    left_out: tuple[int, ...] = ()
    restores: int | None = None
    needs_prescriber: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def changed(self) -> tuple[RippleRow, ...]:
        """The rows that the change touches, by date."""
        return tuple(row for row in self.rows if row.is_changed)

    @property
    def doses(self) -> tuple[Dose, ...]:
        """The doses after the change, ascending by number."""
        return tuple(sorted((row.after for row in self.rows if row.after), key=lambda dose: dose.number))


class CourseChangedMeanwhile(KnownError):
    """The page or the proposal was made from another state of the course than the stored one.

    Attributes:
        revision: number of the one in force.
    """

    def __init__(self, revision: int) -> None:
        super().__init__(
            message(
                N_(
                    "Somebody else changed the course in the meantime, or recorded one of its doses. It is shown anew, "
                    "at revision {revision}; nothing was overwritten."
                ),
                revision=revision,
            )
        )
        self.revision = revision


def is_touched(before: Dose, after: Dose) -> bool:
    """Whether a change does more to a dose than count its days anew."""
    counted = msgspec.structs.replace(before, course_day=after.course_day, transplant_day=after.transplant_day)
    return counted != after
