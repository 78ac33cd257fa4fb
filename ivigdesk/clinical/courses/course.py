"""One patient's use of a regimen: the course, its revisions and their doses."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ivigdesk.clinical.courses.planning import PlannedInfusion
from ivigdesk.clinical.doses.dosing import DosingWeight, Rounding, VialCount, WeightPolicy
from ivigdesk.clinical.eligibility.criteria import Criteria
from ivigdesk.clinical.findings import Finding
from ivigdesk.clinical.patients.known import Stated
from ivigdesk.clinical.products.product import Product
from ivigdesk.clinical.products.rates import RateCard
from ivigdesk.messages import Record, Text
from ivigdesk.scheduling.regimen import Regimen

DoseState = Literal["planned", "held", "omitted", "ceased"]


class DoseWeight(Record, frozen=True):
    """The weight that one dose was computed from, with what it was measured as.

    Attributes:
        weight_g: actual weight, grams.
        weighed_on: when it was measured; None for an unknown day.
        dosing_weight: what the policy made of it, with its trace.
    """

    weight_g: int
    weighed_on: date | None
    dosing_weight: DosingWeight


class Dose(Record, frozen=True):
    """One planned infusion of a course. Its UUID is for life; moving it never changes its identity.

    Attributes:
        id: UUID.
        number: 1 for the first; never changes.
        phase, phase_name: as in the calendar.
        course_day: 1 = day of the course's first dose; follows `due_on`.
        transplant_day: follows `due_on`; None without a transplant date.
        due_on: the date it is planned for now.
        planned_on: the date the first revision gave it.
        mg_per_kg: prescribed per kilogram.
        exact_mg: before rounding.
        planned_dose_mg: to be given.
        discard_mg: stays in the last vial.
        deviation_percent: of the rounded from the exact dose, to 0.01.
        volume_ml, vials: what is drawn up.
        rate_card: pump rates from the start.
        is_first_infusion: first, after a product change or a long gap: initial rate, longer observation.
        state: what the ward decided; `given`, `running` and `overdue` are derived from infusions and the date.
        reason: why it was moved, held, omitted or ceased; empty when nothing happened.
        findings: what the rules noticed about it when it was planned.
        criteria: what the course's profile says of it on its date; None without a profile.
        weight: what it was computed anew from after the patient was weighed again; None for the course's own.
        product: what it is given from after a switch; None for the course's own.
        changed_by, changed_at: who gave it its state or date, and when; empty and None as first planned.
        needs_release: held after a grave reaction, see `awaits_release`; says nothing of a dose that is not held.
        is_extra: added to the regimen's own doses, with a prescriber's approval.
        replaces: the dose entered in error whose place it takes; None for none.
        is_error: entered in error: its record stays, and counts for nothing.
    """

    id: UUID
    number: int
    phase: int
    phase_name: Text | None
    course_day: int
    transplant_day: int | None
    due_on: date
    planned_on: date
    mg_per_kg: Decimal
    exact_mg: Decimal
    planned_dose_mg: int
    discard_mg: int
    deviation_percent: Decimal
    volume_ml: Decimal
    vials: tuple[VialCount, ...]
    rate_card: RateCard
    is_first_infusion: bool
    state: DoseState = "planned"
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    criteria: Criteria | None = None
    weight: DoseWeight | None = None
    product: Product | None = None
    changed_by: str = ""
    changed_at: datetime | None = None
    needs_release: bool = False
    is_extra: bool = False
    replaces: UUID | None = None
    is_error: bool = False

    @property
    def was_moved(self) -> bool:
        """Whether it stands on another date than the first revision gave it."""
        return self.due_on != self.planned_on

    @property
    def place(self) -> tuple[date, int]:
        """Its place among the doses of its course: by date; of two on one day the lower number first."""
        return self.due_on, self.number

    def comes_before(self, other: Dose) -> bool:
        """Whether it stands before another dose of its course by date."""
        return self.place < other.place

    @property
    def awaits_release(self) -> bool:
        """Whether it is held after a grave reaction, so that only a prescriber's word puts it back.

        SAFETY: earlier programs held doses for nothing else, and did not write at the dose who did it, and when.
        """
        return self.state == "held" and (self.needs_release or self.changed_at is None)

    @property
    def counts(self) -> bool:
        """Whether it is one of the doses that the course has: neither omitted, nor ceased, nor entered in error."""
        # SAFETY: a held dose may be released any day, so it counts.
        return self.state in ("planned", "held") and not self.is_error


def dose_of(infusion: PlannedInfusion, dose_id: UUID) -> Dose:
    """Return the dose that a planned infusion becomes when the course is confirmed."""
    day = infusion.calendar
    return Dose(
        id=dose_id,
        number=day.number,
        phase=day.phase,
        phase_name=day.phase_name,
        course_day=day.course_day,
        transplant_day=day.transplant_day,
        due_on=day.due_on,
        planned_on=day.due_on,
        mg_per_kg=infusion.mg_per_kg,
        exact_mg=infusion.amount.exact_mg,
        planned_dose_mg=infusion.amount.dose_mg,
        discard_mg=infusion.amount.discard_mg,
        deviation_percent=infusion.amount.deviation_percent,
        volume_ml=infusion.amount.volume_ml,
        vials=infusion.amount.vials,
        rate_card=infusion.rate_card,
        is_first_infusion=infusion.is_first_infusion,
        findings=infusion.findings,
        criteria=infusion.criteria,
    )


class Revision(Record, frozen=True):
    """One accepted state of a course's calendar; older ones stay readable.

    Attributes:
        id: UUID.
        course_id: the course.
        number: 1 for the first.
        doses: every dose of the course, ascending by number.
        reason: why this revision was made.
        nurse, at: who accepted it, and when.
        verb: what was done: a verb of `scheduling.changes`, or `reaction` for the hold after a grave one; empty for
            the first one and for those of earlier programs.
        approved_by: the prescriber who approved what needs approval; may be empty.
        restores: number of the revision whose calendar an undo put back; None for any other change.
    """

    id: UUID
    course_id: UUID
    number: int
    doses: tuple[Dose, ...]
    reason: str
    nurse: str
    at: datetime
    verb: str = ""
    approved_by: str = ""
    restores: int | None = None


class Course(Record, frozen=True):
    """One patient's use of a regimen, with the versions of everything it was made from.

    Attributes:
        id: UUID; `code` is its short form for people.
        patient_id: whose.
        regimen, product: copies of the files as they were; the regimen with the prescriber's choices made.
        first_on: date of the first dose as planned.
        transplant_on: day 0 at planning; None when unknown.
        first_days: chosen first day of a phase whose source leaves it open, as (phase index, day) pairs.
        weight_g, weighed_on, height_mm: measurements the dosing weight was made from.
        dosing_weight: with its trace.
        rounding: how doses were rounded.
        antiviral: the drug given beside it; may be empty.
        prescriber: who prescribed.
        override_reason: why findings that stand in the way were accepted; may be empty.
        override_by: the prescriber who accepted them; may be empty.
        policy_reason: why another weight policy than the proposed one was chosen; may be empty.
        profile: id of the criteria that its doses were looked at with; empty for none.
        approved_mg: milligrams that somebody approved for the whole course; None without an approval.
        stated: what the prescriber answered for the criteria; what is not here was not known.
        approved_until: last day that the approval covers; None where it has no end.
        findings: what the rules noticed about the whole course.
        nurse, at: who confirmed it, and when.
        revision: the calendar in force (or the one asked for).
    """

    id: UUID
    patient_id: UUID
    regimen: Regimen
    product: Product
    first_on: date
    transplant_on: date | None
    first_days: tuple[tuple[int, int], ...]
    weight_g: int
    weighed_on: date | None
    height_mm: int | None
    dosing_weight: DosingWeight
    weight_policy: WeightPolicy
    rounding: Rounding
    antiviral: str
    prescriber: str
    override_reason: str
    findings: tuple[Finding, ...]
    nurse: str
    at: datetime
    revision: Revision
    override_by: str = ""
    policy_reason: str = ""
    profile: str = ""
    approved_mg: int | None = None
    stated: tuple[Stated, ...] = ()
    approved_until: date | None = None

    @property
    def code(self) -> str:
        """The short code that people read to each other: `C-9F3A77`."""
        return f"C-{self.id.hex[-6:].upper()}"

    @property
    def doses(self) -> tuple[Dose, ...]:
        """The doses of the revision, ascending by number."""
        return self.revision.doses

    @property
    def total_mg(self) -> int:
        """Milligrams of all doses that count."""
        return sum(dose.planned_dose_mg for dose in self.doses if dose.counts)

    def weight_of(self, dose: Dose) -> DoseWeight:
        """Return the weight that a dose of this course was computed from."""
        return dose.weight or DoseWeight(
            weight_g=self.weight_g, weighed_on=self.weighed_on, dosing_weight=self.dosing_weight
        )

    def product_of(self, dose: Dose) -> Product:
        """Return the product that a dose of this course is given from."""
        return dose.product or self.product

    def dose(self, number: int) -> Dose:
        """Return the dose with `number`.

        Raises:
            KeyError: the course has no such dose.
        """
        for dose in self.doses:
            if dose.number == number:
                return dose
        raise KeyError(number)
