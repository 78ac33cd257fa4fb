"""Everything that the report of a reaction prints, handed to it as one value."""

from __future__ import annotations

from datetime import date, datetime

from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.infusions.follow_up import FollowUp
from ivigdesk.clinical.infusions.infusion import Infusion, SideEffect
from ivigdesk.clinical.infusions.preparation import Medication
from ivigdesk.clinical.infusions.reaction_signs import ReactionSigns
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.messages import Record, Text
from ivigdesk.sheets.values import Printing


class ReactionLot(Record, frozen=True):
    """Containers of one product, size, lot and expiry that were hung for the dose.

    Attributes:
        product: as it stood on them; the id where the library has it no longer.
        maker: None where the library does not say.
        mg: immunoglobulin of each container.
        lot, expires_on: as printed on them.
        hung_at: when each was hung, ascending; one per container.
        serials: serial numbers that their codes carried.
    """

    product: Text
    maker: Text | None
    mg: int
    lot: str
    expires_on: date
    hung_at: tuple[datetime, ...]
    serials: tuple[str, ...] = ()


class ReactionDecision(Record, frozen=True):
    """What was decided about later doses.

    Attributes:
        name: of the consequence.
        follow_up: the decision.
        test: name of the laboratory value that is awaited; None for another decision.
    """

    name: Text
    follow_up: FollowUp
    test: Text | None = None


class EarlierEffect(Record, frozen=True):
    """A side effect of an earlier dose of the same patient.

    Attributes:
        effect: as it is now.
        course_code, number: of the dose.
        is_same_course: whether it belongs to the course of the report.
        product: what that dose was given from.
    """

    effect: SideEffect
    course_code: str
    number: int
    is_same_course: bool
    product: Text


class ReactionSheet(Record, frozen=True):
    """The report of one side effect.

    Attributes:
        ward: where.
        view: patient, course, doses and what was given.
        number: of the dose.
        effect: the side effect as it is now.
        printing: who, when.
        signs: boxes by organ system.
        ctcae_term, definition: how the catalogue grades it, and what its grade means; empty and None where an older
            catalogue graded it.
        corrected: how often the side effect was corrected.
        lots: what was hung, by time.
        medications: drugs and fluids beside the dose, by the time of recording.
        decisions: about later doses, by time.
        earlier: side effects of earlier doses, the latest first.
        infusions_before: number of infusions that this patient had before this one, on this ward.
    """

    ward: WardSettings
    view: CourseView
    number: int
    effect: SideEffect
    printing: Printing
    signs: ReactionSigns
    ctcae_term: str = ""
    definition: Text | None = None
    corrected: int = 0
    lots: tuple[ReactionLot, ...] = ()
    medications: tuple[Medication, ...] = ()
    decisions: tuple[ReactionDecision, ...] = ()
    earlier: tuple[EarlierEffect, ...] = ()
    infusions_before: int = 0

    @property
    def dose(self) -> DoseView:
        """The dose with its record."""
        return self.view.view(self.number)

    @property
    def infusion(self) -> Infusion | None:
        """The record of giving the dose; None when nothing was started."""
        return self.dose.infusion

    @property
    def others(self) -> tuple[SideEffect, ...]:
        """Further side effects of the same dose, by onset."""
        return tuple(effect for effect in self.dose.side_effects if effect.id != self.effect.id)
