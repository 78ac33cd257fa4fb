"""One dose as the bedside sees it now."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.first_infusion import as_it_begins_now
from ivigdesk.actions.look_up import course_of_dose
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.products.product import Product
from ivigdesk.clinical.products.rate_cards import volume_given
from ivigdesk.messages import Record
from ivigdesk.units import rounded


class Bedside(Record, frozen=True):
    """A dose with everything that the bedside needs.

    Attributes:
        view: the course today.
        dose_view: the dose with its record; before the start with the rates that it would begin with now.
        given_ml: volume given so far, by the pump's settings, to 0.1 mL.
    """

    view: CourseView
    dose_view: DoseView
    given_ml: Decimal

    @property
    def course(self) -> Course:
        """The course at the revision in force."""
        return self.view.course

    @property
    def dose(self) -> Dose:
        """The dose as planned, or as it would begin now."""
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
    one = as_it_begins_now(desk, view, view.view(number))
    return Bedside(view=view, dose_view=one, given_ml=_given_so_far(one, desk.clock.now()))


def _given_so_far(view: DoseView, now: datetime) -> Decimal:
    infusion = view.infusion
    if infusion is None:
        return Decimal(0)
    if infusion.end is not None:
        return infusion.end.given_ml
    changes = tuple((change.at, change.ml_per_h) for change in infusion.rate_changes)
    return rounded(volume_given(changes, now, view.dose.volume_ml), Decimal("0.1"))
