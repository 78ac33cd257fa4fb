"""Everything that a recall sheet prints, handed to it as one value."""

from __future__ import annotations

from datetime import date

from ivigdesk.clinical.courses.status import DoseStatus
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.messages import Record, Text
from ivigdesk.sheets.values import Printing


class RecallVials(Record, frozen=True):
    """Containers of one size.

    Attributes:
        mg: immunoglobulin of each.
        count: how many.
    """

    mg: int
    count: int


class RecallGiven(Record, frozen=True):
    """A dose for which vials of the lot were hung.

    Attributes:
        patient, number, doses_in_all: whose dose, which one, and of how many.
        day: on which it was started.
        status: what became of it.
        vials: those of the lot, the largest first.
        vials_in_all, mg_in_all: everything that was hung for it, whatever the lot.
        given_dose_mg: what the patient got in all; None while it runs.
        side_effects: of this dose, by onset.
        nurse: who started it.
    """

    patient: Patient
    number: int
    doses_in_all: int
    day: date
    status: DoseStatus
    vials: tuple[RecallVials, ...]
    vials_in_all: int
    mg_in_all: int
    given_dose_mg: int | None
    side_effects: tuple[SideEffect, ...]
    nurse: str

    @property
    def counts(self) -> bool:
        """Whether the patient may have got the lot."""
        return self.status not in ("entered in error", "not given")


class RecallWaiting(Record, frozen=True):
    """A dose not started that could be given from the lot.

    Attributes:
        patient, number, doses_in_all: whose dose, which one, and of how many.
        due_on, status: when it is planned for, and where it stands.
        planned_dose_mg: milligrams planned.
        vials: those of the lot that lie ready for it; none where only its product is that of the lot.
    """

    patient: Patient
    number: int
    doses_in_all: int
    due_on: date
    status: DoseStatus
    planned_dose_mg: int
    vials: tuple[RecallVials, ...] = ()


class RecallSheet(Record, frozen=True):
    """The printed recall of one lot.

    Attributes:
        ward: where.
        printing: who asked, and when.
        lot: as it was asked for.
        spellings: how the records write it.
        products: what stands on its vials.
        given: doses for which it was hung, by start.
        ready: doses not started for which a vial of it lies ready, by date.
        planned: further doses that wait and are planned with its product, by date.
        patients_in_all, infusions_in_all: on record on this ward, for comparison.
    """

    ward: WardSettings
    printing: Printing
    lot: str
    spellings: tuple[str, ...]
    products: tuple[Text, ...]
    given: tuple[RecallGiven, ...] = ()
    ready: tuple[RecallWaiting, ...] = ()
    planned: tuple[RecallWaiting, ...] = ()
    patients_in_all: int = 0
    infusions_in_all: int = 0
