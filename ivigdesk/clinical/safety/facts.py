"""What the safety rules look at: a request, its dated doses, and what follows from both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from ivigdesk.clinical import library
from ivigdesk.clinical.courses.planning import PlanRequest
from ivigdesk.clinical.doses.dosing import RoundedDose
from ivigdesk.clinical.eligibility.criteria import Criteria
from ivigdesk.clinical.findings import Finding
from ivigdesk.clinical.laboratory.values import LabTest, LabValue
from ivigdesk.clinical.patients.events import ClinicalEvent, EventKind
from ivigdesk.clinical.patients.known import EarlierDose
from ivigdesk.clinical.products.rates import RateCard
from ivigdesk.clinical.safety.medicines import medicines_in
from ivigdesk.clinical.safety.thresholds import Medicine, MedicineEffect
from ivigdesk.messages import Amount, Record
from ivigdesk.scheduling.calendar import CalendarDose
from ivigdesk.units import plain

STRONG_G_PER_L = 100
"""10 %: there is no stronger product for the vein to change to."""


class Given(Record, frozen=True):
    """One dose of the patient, of this course or of another, on the line of time.

    Attributes:
        on: its day.
        mg_per_kg: per kilogram.
        index: which dose of this course, from 0; None for another course's.
        course_code: of the other course; empty for this one's.
    """

    on: date
    mg_per_kg: Decimal
    index: int | None = None
    course_code: str = ""


class CourseFacts:
    """A course as the rules see it.

    Attributes:
        request: what it is computed from; its regimen with the picks made.
        known: what else the ward knows of the patient.
        doses: the calendar, ascending, at least one.
        mg_per_kg: prescribed per kilogram, one per dose.
        weight_findings: what was noticed while the dosing weight was chosen.
        limits, thresholds: the numbers.
    """

    def __init__(
        self,
        request: PlanRequest,
        doses: Sequence[CalendarDose],
        mg_per_kg: Sequence[Decimal],
        weight_findings: tuple[Finding, ...] = (),
    ) -> None:
        self.request = request
        self.known = request.known
        self.doses = tuple(doses)
        self.mg_per_kg = tuple(mg_per_kg)
        self.weight_findings = weight_findings
        self.limits = library.limits()
        self.thresholds = library.safety_thresholds()

    @property
    def first_on(self) -> date:
        """Day of the first dose."""
        return self.doses[0].due_on

    @property
    def last_on(self) -> date:
        """Day of the last dose."""
        return self.doses[-1].due_on

    @cached_property
    def total_mg_per_kg(self) -> Decimal:
        """What the doses of this course add up to."""
        return sum(self.mg_per_kg, Decimal(0))

    @cached_property
    def medicines(self) -> tuple[Medicine, ...]:
        """Medicines that matter, found in the antiviral and in the patient's other medicines."""
        return medicines_in(self.request.antiviral, self.known.medicines)

    def medicines_that(self, effect: MedicineEffect) -> tuple[Medicine, ...]:
        """Return the patient's medicines with one effect."""
        return tuple(medicine for medicine in self.medicines if medicine.effect == effect)

    def newest(self, test: LabTest, valid_days: int) -> LabValue | None:
        """Return the newest value up to the last dose, unless it is older than that before the first dose."""
        value = self.known.latest(test, self.last_on)
        if value is None or (self.first_on - value.taken_on).days > valid_days:
            return None
        return value

    def events(self, kind: EventKind) -> tuple[ClinicalEvent, ...]:
        """Return the patient's events of one kind, by date."""
        return tuple(event for event in self.known.events if event.kind == kind and not event.is_withdrawn)

    @cached_property
    def timeline(self) -> tuple[Given, ...]:
        """The doses that count together: this course's, and those of other courses near it, by date.

        On one day another course's dose comes first, so that the sum is reached at this course's.

        Source: FACTS 7 SR10, Traps T32.
        """
        window = timedelta(days=self.limits.haemolysis_window_days)
        near = (dose for dose in self.known.earlier if self.first_on - window <= dose.on <= self.last_on + window)
        others = [Given(on=dose.on, mg_per_kg=dose.mg_per_kg, course_code=dose.course_code) for dose in near]
        own = [
            Given(on=dose.due_on, mg_per_kg=mg_per_kg, index=index)
            for index, (dose, mg_per_kg) in enumerate(zip(self.doses, self.mg_per_kg, strict=True))
        ]
        return tuple(sorted((*others, *own), key=lambda given: (given.on, given.index is not None, given.index or 0)))

    def dose_before(self, index: int) -> EarlierDose | None:
        """Return the patient's dose of another course that lies between this dose and the one before it, or None."""
        due_on = self.doses[index].due_on
        since = self.doses[index - 1].due_on if index else date.min
        between = [dose for dose in self.known.earlier if since <= dose.on < due_on]
        return max(between, key=lambda dose: dose.on, default=None)


class DoseFacts:
    """One dose of a course with everything computed about it.

    Attributes:
        index: which dose, from 0.
        dose: its place in the calendar.
        mg_per_kg: prescribed per kilogram.
        amount, card: as computed for it.
        kg: dosing weight.
        is_first: initial rate and longer observation.
        criteria: what the profile says on its date; None without a profile.
    """

    def __init__(
        self,
        course: CourseFacts,
        index: int,
        amount: RoundedDose,
        card: RateCard,
        kg: Fraction,
        *,
        is_first: bool,
        criteria: Criteria | None = None,
    ) -> None:
        self.index = index
        self.dose = course.doses[index]
        self.mg_per_kg = course.mg_per_kg[index]
        self.amount = amount
        self.card = card
        self.kg = kg
        self.is_first = is_first
        self.criteria = criteria


def per_kg(mg: Decimal) -> Amount:
    """Return a dose per kilogram as it is printed."""
    return Amount(plain(mg), "mg/kg")
