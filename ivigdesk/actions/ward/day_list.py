"""The day's list: what is overdue, running, due, on hold and done."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical import library
from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.courses.status import LEFT_OUT, DoseView, status_on
from ivigdesk.clinical.infusions.infusion import Infusion, SideEffect
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.products.product import Product
from ivigdesk.clock import today
from ivigdesk.messages import N_, Message, Record, message
from ivigdesk.store import DayRow as StoredRow
from ivigdesk.store import DoseSideEffect

Group = Literal["overdue", "running", "due", "held", "done"]

_PARTS = re.compile(r"[0-9]+|[^0-9]+")

GROUPS: tuple[Group, ...] = ("overdue", "running", "due", "held", "done")


class DayRow(Record, frozen=True):
    """One dose on the day's list.

    Attributes:
        group: where it stands.
        patient, course_id, product: whose, of which course, and what the dose is given from.
        view: the dose.
        doses_in_all: highest number of a dose that is not omitted, ceased or entered in error: "dose 8 of 11".
        overdue_days: days since it was due; 0 unless overdue.
        last_reaction: the latest side effect of a dose that stands before it by date, with that dose's number;
            None for none.
        missing: what is missing or to be known before it, or is still missing in its record, in order of weight.
        planned_clock: clock time at which it is planned to start on its day, `09:30`; empty where nobody planned one.
    """

    group: Group
    patient: Patient
    course_id: UUID
    product: Product
    view: DoseView
    doses_in_all: int
    overdue_days: int = 0
    last_reaction: tuple[int, SideEffect] | None = None
    missing: tuple[Message, ...] = ()
    planned_clock: str = ""

    @property
    def dose(self) -> Dose:
        """The dose itself."""
        return self.view.dose

    @property
    def has_open_record(self) -> bool:
        """Whether its infusion has ended, and a vial or the second signature is still missing in the record."""
        return self.group == "done" and bool(self.missing)


class DayList(Record, frozen=True):
    """The list of one day.

    Attributes:
        day: which day.
        is_today: whether it is the ward's today: only then is anything overdue.
        rows: by group, then bed, name, and the dose's date.
    """

    day: date
    is_today: bool
    rows: tuple[DayRow, ...]

    def in_group(self, group: Group) -> tuple[DayRow, ...]:
        """Return the rows of one group, in order."""
        return tuple(row for row in self.rows if row.group == group)

    def stands_before(self, row: DayRow) -> DayRow | None:
        """Return the dose of the same course that stands before a due one: it waits, runs, or was given today.

        SAFETY: never two doses of a course on one day.
        """
        if row.group != "due" or not self.is_today:
            return None
        for other in self.rows:
            if other.course_id != row.course_id or other.dose.id == row.dose.id:
                continue
            waits = other.group == "overdue" and other.dose.comes_before(row.dose)
            was_given = other.group == "done" and other.view.status in ("given", "partly given")
            if waits or was_given or other.group == "running":
                return other
        return None

    @property
    def to_give(self) -> tuple[DayRow, ...]:
        """Rows still to be given on this day: overdue, running and due."""
        return tuple(row for row in self.rows if row.group in ("overdue", "running", "due"))

    @property
    def total_mg(self) -> int:
        """Milligrams still to be given."""
        return sum(row.dose.planned_dose_mg for row in self.to_give)

    @property
    def total_vials(self) -> int:
        """Vials still to be opened."""
        return sum(vial.count for row in self.to_give for vial in row.dose.vials)


def day_list(desk: Desk, day: date | None = None) -> DayList:
    """Return the list of `day`, or of the ward's today."""
    now = today(desk.clock)
    shown = day or now
    concerned = desk.ward.day_rows(shown)
    reactions: dict[UUID, list[DoseSideEffect]] = {}
    for found in desk.ward.side_effects_with_doses({row.course_id for row in concerned}):
        reactions.setdefault(found.course_id, []).append(found)
    times = desk.ward.dose_times(one.dose.id for one in concerned)
    clocks = {dose_id: time.starts_at for dose_id, time in times.items()}
    rows = [row for one in concerned if (row := _row(one, reactions.get(one.course_id, []), clocks, shown, now))]
    order = {group: place for place, group in enumerate(GROUPS)}
    rows.sort(key=lambda row: (order[row.group], *by_bed(row)))
    return DayList(day=shown, is_today=shown == now, rows=tuple(rows))


def by_bed(row: DayRow) -> tuple[object, ...]:
    """Return what rows are sorted by: bed 9 before bed 10, then name, then date and number of the dose."""
    bed = tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _PARTS.findall(row.patient.bed))
    return bed, row.patient.name, row.dose.place


def _row(
    found: StoredRow, reactions: Sequence[DoseSideEffect], clocks: Mapping[UUID, str], shown: date, now: date
) -> DayRow | None:
    """Return the row of a dose; None when it does not concern the day after all."""
    view = DoseView(
        dose=found.dose,
        status=status_on(found.dose, found.infusion, now),
        infusion=found.infusion,
        side_effects=tuple(one.effect for one in reactions if one.number == found.dose.number),
    )
    group = _group(view, shown, now)
    if group is None:
        return None
    earlier = [(one.number, one.effect) for one in reactions if (one.due_on, one.number) < found.dose.place]
    return DayRow(
        group=group,
        patient=found.patient,
        course_id=found.course_id,
        product=found.product,
        view=view,
        doses_in_all=found.doses_in_all,
        overdue_days=(now - found.dose.due_on).days if group == "overdue" else 0,
        last_reaction=earlier[-1] if earlier else None,
        missing=_missing(found, group, shown),
        planned_clock=clocks.get(found.dose.id, ""),
    )


def _missing(found: StoredRow, group: Group, shown: date) -> tuple[Message, ...]:
    if group in ("overdue", "due"):
        return what_is_missing(found.patient, found.dose, shown)
    return () if found.infusion is None else what_the_record_misses(found.infusion)


def _group(view: DoseView, shown: date, now: date) -> Group | None:
    dose, infusion = view.dose, view.infusion
    if view.status == "entered in error":
        return None
    if view.status == "running":
        return "running" if shown == now else None
    if infusion is not None and infusion.end is not None:
        return "done" if infusion.started_at.date() == shown else None
    if view.status == "held":
        return "held" if dose.due_on == shown or (shown == now and dose.due_on < now) else None
    if view.status in LEFT_OUT:
        return None
    if dose.due_on < now:
        return "overdue" if shown == now else None
    return "due" if dose.due_on == shown else None


def what_the_record_misses(infusion: Infusion) -> tuple[Message, ...]:
    """Return what the record of an infusion still needs: the vials that hang or hung, and a second signature."""
    end = infusion.end
    if end is not None and end.outcome == "not given":
        return ()  # nothing hung, and nobody has to confirm a volume
    missing = []
    if not infusion.vials:
        missing.append(message(N_("No vial, no lot on record")))
    if end is not None and not end.second_nurse:
        missing.append(message(N_("Second signature is missing")))
    return tuple(missing)


def what_is_missing(patient: Patient, dose: Dose, day: date) -> tuple[Message, ...]:
    """Return what the nurse should see to before this dose."""
    missing = []
    if patient.weighed_on is None:
        missing.append(message(N_("No weight on record")))
    elif day - patient.weighed_on > timedelta(days=library.limits().weight_valid_days):
        missing.append(message(N_("Weight is {n} days old"), n=(day - patient.weighed_on).days))
    if dose.is_first_infusion:
        missing.append(message(N_("First infusion: initial rate, observe 1 h after")))
    if patient.allergy_state == "not recorded":
        missing.append(message(N_("Allergies not recorded")))
    return tuple(missing)
