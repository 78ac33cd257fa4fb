"""Questions about what is recorded beside a dose."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ivigdesk.clinical.infusions.follow_up import FollowUp
from ivigdesk.clinical.infusions.preparation import DoseTime, KnownCode, Medication, PreparedCheck, PreparedVial
from ivigdesk.store.asking.questions import Questions
from ivigdesk.store.records import beside, serials


class AskedBesideDoses(Questions):
    """Preparations, drugs, planned times, product codes, and decisions about later doses."""

    def prepared_checks(self, dose_ids: Iterable[UUID]) -> tuple[PreparedCheck, ...]:
        """Return the lines ticked for these doses before their start, by time."""
        return self.ask(beside.prepared_checks, dose_ids)

    def prepared_vials(self, dose_ids: Iterable[UUID]) -> tuple[PreparedVial, ...]:
        """Return the vials made ready for these doses, by time."""
        return self.ask(beside.prepared_vials, dose_ids)

    def medications(self, dose_ids: Iterable[UUID]) -> tuple[Medication, ...]:
        """Return the drugs and fluids given beside these doses, by the time of recording."""
        return self.ask(beside.medications, dose_ids)

    def dose_times(self, dose_ids: Iterable[UUID]) -> dict[UUID, DoseTime]:
        """Return the planned clock time of those doses that have one, by dose."""
        return self.ask(beside.dose_times, dose_ids)

    def follow_ups(self, course_ids: Iterable[UUID]) -> tuple[FollowUp, ...]:
        """Return the decisions in force about later doses of these courses, by time."""
        return self.ask(beside.follow_ups, course_ids)

    def known_code(self, gtin: str) -> KnownCode | None:
        """Return what the ward knows of a product code; None for one that it never saw."""
        return self.ask(beside.known_code, gtin)

    def uses_of_serial(self, serial: str) -> tuple[serials.SerialUse, ...]:
        """Return where a container with this serial number was hung or stands ready, the oldest first."""
        return self.ask(serials.uses_of_serial, serial)
