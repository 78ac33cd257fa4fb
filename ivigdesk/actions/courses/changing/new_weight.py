"""The newest weight on record for the doses to come."""

from __future__ import annotations

from collections.abc import Sequence

from ivigdesk.actions.courses.changing.compute import Computed, computed
from ivigdesk.actions.courses.weight_standing import WeightStanding, weight_standing
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.known_facts import newest_measurements
from ivigdesk.clinical.courses.course import Dose, DoseWeight
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, message


def weighed(desk: Desk, view: CourseView, chosen: Sequence[Dose]) -> tuple[Computed, WeightStanding]:
    """Return the course with the chosen doses computed from the newest weight; nothing is stored.

    Args:
        desk: where the nurse works.
        view: the course as it stands.
        chosen: doses to come, ascending by date; at least one.

    Returns:
        The doses, and how the weight of the first chosen one stands to the newest.

    Raises:
        UserMistake: a weight that nobody has.
        KnownError: the weight is the one that all of them were computed from.
    """
    course = view.course
    newest = newest_measurements(desk, view.patient)
    standings = [weight_standing(course, dose, newest) for dose in chosen]
    first = standings[0]
    if all(standing.now_g == standing.before_g for standing in standings):
        raise KnownError(
            message(N_("The weight is the one that the doses were computed from: {weight}."), weight=first.now)
        )
    used = DoseWeight(weight_g=first.now_g, weighed_on=first.weighed_on, dosing_weight=course.dosing_weight)
    height_mm = course.height_mm if course.height_mm is not None else newest.height_mm
    return computed(desk, view, course.doses, [dose.id for dose in chosen], weight=used, height_mm=height_mm), first
