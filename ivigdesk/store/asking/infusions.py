"""Questions about infusions and side effects."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ivigdesk.clinical.infusions.infusion import Infusion, SideEffect
from ivigdesk.store.asking.questions import Questions
from ivigdesk.store.records import infusions


class AskedOfInfusions(Questions):
    """Records of giving doses, and what happened to the patients."""

    def infusion(self, infusion_id: UUID) -> Infusion | None:
        """Return the infusion with this id."""
        return self.ask(infusions.infusion, infusion_id)

    def infusion_of(self, dose_id: UUID) -> Infusion | None:
        """Return the record of giving this dose."""
        return self.ask(infusions.infusion_of, dose_id)

    def infusions_of_doses(self, dose_ids: Iterable[UUID]) -> tuple[Infusion, ...]:
        """Return the infusions of these doses, by start."""
        return self.ask(infusions.infusions_of_doses, dose_ids)

    def infusions_of_course(self, course_id: UUID) -> tuple[Infusion, ...]:
        """Return the course's infusions, by start."""
        return self.ask(infusions.infusions_of_course, course_id)

    def running_infusions(self) -> tuple[Infusion, ...]:
        """Return the infusions that have no end, by start."""
        return self.ask(infusions.running_infusions)

    def side_effects_of_course(self, course_id: UUID) -> tuple[SideEffect, ...]:
        """Return the current side effects of the course's doses, by onset."""
        return self.ask(infusions.side_effects_of_course, course_id)

    def side_effects_of_doses(self, dose_ids: Iterable[UUID]) -> tuple[SideEffect, ...]:
        """Return the current side effects of these doses, by onset."""
        return self.ask(infusions.side_effects_of_doses, dose_ids)

    def side_effects_with_doses(self, course_ids: Iterable[UUID]) -> tuple[infusions.DoseSideEffect, ...]:
        """Return the courses' current side effects with their doses, by onset; none of a dose entered in error."""
        return self.ask(infusions.side_effects_with_doses, course_ids)

    def side_effect_history(self, effect_id: UUID) -> tuple[SideEffect, ...]:
        """Return a side effect with all that it corrected, newest first."""
        return self.ask(infusions.side_effect_history, effect_id)
