"""The record of an infusion while it is being written: found, still open, with the dose that it gives."""

from __future__ import annotations

from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.following_doses import tolerated_dose
from ivigdesk.actions.look_up import course_of_dose
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, message


def known_infusion(desk: Desk, infusion_id: UUID) -> Infusion:
    """Return the infusion as it is stored now.

    Raises:
        KnownError: the infusion is not known.
    """
    infusion = desk.ward.infusion(infusion_id)
    if infusion is None:
        raise KnownError(message(N_("This infusion is not in the ward's file.")))
    return infusion


def open_infusion(desk: Desk, infusion_id: UUID) -> Infusion:
    """Return the infusion as it is stored now, when it may still be written to.

    SAFETY: an ended record takes no further vial, rate or end.

    Raises:
        KnownError: the infusion is not known, or has ended.
    """
    infusion = known_infusion(desk, infusion_id)
    if infusion.end is not None:
        raise KnownError(message(N_("This infusion has ended. Nothing was saved.")))
    return infusion


def planned_dose(desk: Desk, infusion: Infusion) -> tuple[Dose, Course]:
    """Return the dose that the infusion gives, never faster than earlier side effects leave it, with its course."""
    view, number = course_of_dose(desk, infusion.dose_id)
    return tolerated_dose(desk, view, number), view.course
