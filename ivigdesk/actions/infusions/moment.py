"""When an entry of an infusion is made: the wall's time, or, where somebody set it back, the time that truly passed."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clock import steady_now
from ivigdesk.messages import N_, Message, message

_UNNOTICED = timedelta(minutes=1)
"""A clock that is put right by the network moves by less: nothing to tell a nurse about."""


def moment_of_entry(desk: Desk, infusion: Infusion) -> tuple[datetime, Message | None]:
    """Return when an entry made now is recorded, and a notice where that is not what the computer's clock says.

    SAFETY: durations decide how much went in. A clock that is set back in the middle must neither refuse what a nurse
    records nor take volume away, so the record goes on from its newest entry by the time that truly passed.

    Returns:
        The wall time while it goes on as it should; else the newest entry's time plus what passed since, and the
        sentence that says so.
    """
    wall, newest = desk.clock.now(), newest_entry(infusion)
    if newest > wall:
        newest = newest_entry(_without_preparation(desk, infusion))
    anchor = desk.noted.get(infusion.id)
    if anchor is None:  # this program did not write it yet: it counts from when it saw it first
        anchor = (max(wall, newest), desk.clock.monotonic())
        desk.noted[infusion.id] = anchor
    steady = max(newest, steady_now(desk.clock, *anchor))
    if wall >= newest and steady - wall < _UNNOTICED:
        return wall, None
    notice = message(
        N_(
            "The computer's clock was set back: it says {clock}. This infusion goes on by the time that truly passed: "
            "now {moment}. Put the clock right."
        ),
        clock=wall,
        moment=steady,
    )
    return steady, notice


def entry_made(desk: Desk, infusion_id: UUID, at: datetime) -> None:
    """Remember that this program wrote to an infusion now, which its record calls `at`."""
    desk.noted[infusion_id] = (at, desk.clock.monotonic())


def _without_preparation(desk: Desk, infusion: Infusion) -> Infusion:
    """Return the record without what was entered before the start.

    SAFETY: checks and vials that were made ready under a clock that ran ahead say nothing of how long the pump runs.
    Counted from them, volume would be in that still hangs, and the next step would be due too early.
    """
    before = {one.id for one in desk.ward.prepared_checks((infusion.dose_id,))}
    before |= {one.id for one in desk.ward.prepared_vials((infusion.dose_id,))}
    return msgspec.structs.replace(
        infusion,
        checks=tuple(check for check in infusion.checks if check.id not in before),
        vials=tuple(vial for vial in infusion.vials if vial.id not in before),
    )


def newest_entry(infusion: Infusion) -> datetime:
    """Return the latest time that stands in the record of an infusion."""
    times = [
        infusion.started_at,
        *(check.at for check in infusion.checks),
        *(vial.at for vial in infusion.vials),
        *(change.at for change in infusion.rate_changes),
        *(observation.at for observation in infusion.observations),
        *(effect.onset_at for effect in infusion.side_effects),
    ]
    if infusion.end is not None:
        times.append(infusion.end.ended_at)
    return max(times)
