"""One dose as the bedside sees it now."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.first_infusion import as_it_begins_now
from ivigdesk.actions.infusions.following_doses import as_tolerated, following
from ivigdesk.actions.infusions.moment import moment_of_entry
from ivigdesk.actions.look_up import course_of_dose
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.infusions.following import FollowUpInForce
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.infusions.remaining import settings_of
from ivigdesk.clinical.products.product import Product
from ivigdesk.clinical.products.rate_cards import volume_given
from ivigdesk.messages import Record
from ivigdesk.units import rounded


class Bedside(Record, frozen=True):
    """A dose with everything that the bedside needs.

    Attributes:
        view: the course today.
        dose_view: the dose with its record; before the start with the rates that it would begin with now, and never
            faster than earlier side effects leave it.
        planned: the dose as it is stored, or would be: before side effects made it slower.
        given_ml: volume given so far, by the pump's settings, to 0.1 mL.
        follow_ups: what was decided after earlier side effects and holds for this dose.
    """

    view: CourseView
    dose_view: DoseView
    planned: Dose
    given_ml: Decimal
    follow_ups: tuple[FollowUpInForce, ...] = ()

    @property
    def course(self) -> Course:
        """The course at the revision in force."""
        return self.view.course

    @property
    def dose(self) -> Dose:
        """The dose as it is to be given now: with the rates that it begins with, and that were tolerated."""
        return self.dose_view.dose

    @property
    def product(self) -> Product:
        """What the dose is given from: its own product after a switch, else the course's."""
        return self.course.product_of(self.dose)

    @property
    def infusion(self) -> Infusion | None:
        """The record; None before it is started."""
        return self.dose_view.infusion


def bedside(desk: Desk, dose_id: UUID) -> Bedside:
    """Return one dose as the bedside sees it now.

    Raises:
        KnownError: the dose is not known.
    """
    view, number = course_of_dose(desk, dose_id)
    planned = as_it_begins_now(desk, view, view.view(number))
    held = following(desk, view, planned)
    one = as_tolerated(desk, view, planned, held)
    return Bedside(
        view=view,
        dose_view=one,
        planned=planned.dose,
        given_ml=_given_so_far(desk, one),
        follow_ups=held,
    )


def _given_so_far(desk: Desk, view: DoseView) -> Decimal:
    infusion = view.infusion
    if infusion is None:
        return Decimal(0)
    if infusion.end is not None:
        return infusion.end.given_ml
    now, _ = moment_of_entry(desk, infusion)
    return rounded(volume_given(settings_of(infusion.rate_changes), now, view.dose.volume_ml), Decimal("0.1"))
