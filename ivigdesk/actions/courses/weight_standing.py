"""How the patient's weight stands to the one that a dose was computed from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from ivigdesk.actions.patients.known_facts import Measured
from ivigdesk.clinical import library
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.messages import Amount, Record
from ivigdesk.units import kilograms, plain, rounded

_PERCENT_READING = Decimal("0.1")


class WeightStanding(Record, frozen=True):
    """Two weights.

    Attributes:
        before_g: what the dose was computed from, grams.
        now_g, weighed_on: the newest weight and its date.
    """

    before_g: int
    now_g: int
    weighed_on: date

    @property
    def percent(self) -> Fraction:
        """Change in percent of the weight that the dose was computed from, exact; negative for a loss."""
        return Fraction(self.now_g - self.before_g, self.before_g) * 100

    @property
    def has_changed(self) -> bool:
        """Whether the change asks for a new approval. Source: FACTS 7 SR24 (10 % or more)."""
        return abs(self.percent) >= library.limits().weight_change_percent

    @property
    def before(self) -> Amount:
        """The weight that the dose was computed from, as it is printed."""
        return Amount(plain(kilograms(self.before_g)), "kg")

    @property
    def now(self) -> Amount:
        """The newest weight, as it is printed."""
        return Amount(plain(kilograms(self.now_g)), "kg")

    @property
    def change(self) -> Amount:
        """The change as it is printed, with its sign, to 0.1 %."""
        percent = plain(rounded(self.percent, _PERCENT_READING))
        return Amount(f"+{percent}" if self.percent > 0 else percent, "%")


def weight_standing(course: Course, dose: Dose, newest: Measured) -> WeightStanding:
    """Return how the newest weight stands to the dose's; one typed on the plan alone counts as the patient's too."""
    used = course.weight_of(dose)
    used_on = used.weighed_on or course.at.date()
    if newest.weight_g is None or newest.weighed_on is None or newest.weighed_on < used_on:
        return WeightStanding(before_g=used.weight_g, now_g=used.weight_g, weighed_on=used_on)
    return WeightStanding(before_g=used.weight_g, now_g=newest.weight_g, weighed_on=newest.weighed_on)
