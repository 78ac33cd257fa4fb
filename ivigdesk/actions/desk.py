"""Where a nurse works: the open ward, the clock, the library and who is on duty."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from ivigdesk.actions.library.files import Library
from ivigdesk.actions.ward.settings_check import check_days
from ivigdesk.actions.words import one_line
from ivigdesk.clinical.ward import Nurse, Role, WardSettings
from ivigdesk.clock import Clock, today
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.settings import DATABASE_NAME
from ivigdesk.store import Ward, open_store


class Desk:
    """An open ward with a nurse on duty.

    Attributes:
        ward: the store; screens never touch it, they ask actions.
        clock: the only clock.
        library: regimens, products, side effects.
        nurse: name of the nurse on duty; empty until `sign_in`.
        noted: wall time and monotonic seconds of the newest entry that this program made for an infusion, by its id.
    """

    def __init__(self, ward: Ward, clock: Clock, library: Library) -> None:
        self.ward = ward
        self.clock = clock
        self.library = library
        self.nurse = ""
        self.noted: dict[UUID, tuple[datetime, float]] = {}

    def close(self) -> None:
        """Release the ward's file."""
        self.ward.close()

    @property
    def settings(self) -> WardSettings:
        """What the ward has chosen; an unnamed ward has the defaults."""
        return self.ward.settings() or WardSettings(name="")

    @property
    def journal_head(self) -> str:
        """The newest hash of the journal, as printed on sheets: `9F3A 77C1`; empty for an empty journal."""
        head = self.ward.journal_head()[:8].upper()
        return f"{head[:4]} {head[4:]}".strip()

    def must_have_nurse(self) -> str:
        """Return the nurse on duty.

        Raises:
            KnownError: nobody has signed in; nothing may be recorded without a name.
        """
        if not self.nurse:
            raise KnownError(message(N_("Nobody is on duty at this desk. Choose your name first; nothing was saved.")))
        return self.nurse


def open_desk(folder: Path, clock: Clock, key: str | None = None) -> Desk:
    """Open the ward in `folder`, making a new one when there is none.

    Raises:
        KnownError: the ward cannot be opened; the sentence says why, and nothing was changed.
    """
    return Desk(open_store(folder / DATABASE_NAME, key), clock, Library(folder))


def nurses(desk: Desk) -> tuple[Nurse, ...]:
    """Return the nurses of the ward, by name."""
    return desk.ward.nurses()


def sign_in(desk: Desk, name: str) -> Nurse:
    """Put the nurse called `name` on duty.

    Raises:
        UserMistake: the ward has nobody of that name.
    """
    for nurse in desk.ward.nurses():
        if nurse.name == name.strip():
            desk.nurse = nurse.name
            return nurse
    raise UserMistake(
        "nurse",
        message(
            N_("Nurse: “{value}” is not on this ward's list. Allowed: {allowed}."),
            value=name.strip(),
            allowed=tuple(nurse.name for nurse in desk.ward.nurses()) or "–",
        ),
    )


def add_nurse(desk: Desk, name: str, role: Role = "nurse", nurse_id: UUID | None = None) -> Nurse:
    """Add somebody to the ward's list; the first one may do it without anybody on duty.

    Raises:
        UserMistake: the name is empty, too long, unprintable, or taken.
    """
    written = one_line(name, field="nurse", name=message(N_("Name")), most=60, required=True)
    if any(nurse.name.casefold() == written.casefold() for nurse in desk.ward.nurses()):
        raise UserMistake("nurse", message(N_("Name: “{value}” is on the list already."), value=written))
    nurse = Nurse(id=nurse_id or uuid4(), name=written, role=role)
    with desk.ward.changing(nurse=desk.nurse or written, at=desk.clock.now(), action="nurse added") as change:
        change.add(nurse)
    return nurse


def set_ward(desk: Desk, settings: WardSettings) -> WardSettings:
    """Store what the ward has chosen, as a new version.

    Raises:
        UserMistake: the ward's name is empty or unprintable; the country is not known; no weekday is open; or a
            day's load is not a number that a ward could give.
    """
    one_line(settings.name, field="ward", name=message(N_("Ward")), most=60, required=True)
    check_days(settings)
    with desk.ward.changing(nurse=desk.must_have_nurse(), at=desk.clock.now(), action="ward settings") as change:
        change.add(settings)
    return settings


def day_today(desk: Desk) -> str:
    """Return the ward's date as `2026-03-02`, the form in which date fields take it."""
    return today(desk.clock).isoformat()
