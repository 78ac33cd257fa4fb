"""Start one dose, tick its checklist, hang its vials. Every entry is stored when it is made."""

from __future__ import annotations

from uuid import UUID, uuid4

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.bedside import (
    Bedside as Bedside,  # the bedside page takes all of an infusion from this room
)
from ivigdesk.actions.infusions.bedside import bedside as bedside
from ivigdesk.actions.infusions.finish_infusion import EndForm as EndForm
from ivigdesk.actions.infusions.finish_infusion import finish_infusion as finish_infusion
from ivigdesk.actions.infusions.finish_infusion import record_not_given as record_not_given
from ivigdesk.actions.infusions.first_infusion import restart_revision
from ivigdesk.actions.infusions.following_doses import must_wait_for_laboratory
from ivigdesk.actions.infusions.may_start import must_be_startable, must_be_weighed, must_run_alone
from ivigdesk.actions.infusions.moment import entry_made
from ivigdesk.actions.infusions.observe_patient import ObservationForm as ObservationForm
from ivigdesk.actions.infusions.observe_patient import observe as observe
from ivigdesk.actions.infusions.open_infusion import known_infusion, open_infusion
from ivigdesk.actions.infusions.prepare_infusion import VialForm as VialForm
from ivigdesk.actions.infusions.preparing import add_vial, prepared, tick
from ivigdesk.actions.infusions.ready_to_start import as_record, must_be_prepared
from ivigdesk.actions.infusions.set_pump import set_rate as set_rate
from ivigdesk.actions.look_up import patient_row
from ivigdesk.actions.patients.known_facts import newest_measurements
from ivigdesk.actions.words import read_clock_time
from ivigdesk.clinical.infusions.infusion import Infusion, RateChange
from ivigdesk.messages import N_, message


def start_infusion(
    desk: Desk, dose_id: UUID, *, infusion_id: UUID | None = None, at: str = "", recorded_later: bool = False
) -> Infusion:
    """Start the pump at the rate card's first rate; a dose that begins anew at the initial rate gets its new card.

    What stands ready (`preparing.prepared`) goes into the record of the infusion in the same transaction.

    Args:
        infusion_id: made when the page opens; starting twice with it makes one infusion.
        at: clock time of the start; empty is now.
        recorded_later: True for one that was begun on paper: its checks and vials are recorded afterwards.

    Raises:
        UserMistake: the time cannot be taken, or a vial that stands ready is not to be used.
        KnownError: the dose is not to be given now, or a critical check is open; the sentence says why.
    """
    here = bedside(desk, dose_id)
    now = desk.clock.now()
    if here.infusion is not None and here.infusion.id == infusion_id:
        return here.infusion
    must_be_startable(here.view, here.dose_view, now)
    must_run_alone(here.view, patient_row(desk, here.view.patient).courses)
    must_be_weighed(here.view, here.dose_view, newest_measurements(desk, here.view.patient), now)
    must_wait_for_laboratory(desk, here.view, here.dose_view)
    ready = prepared(desk, dose_id)
    if not recorded_later:
        must_be_prepared(desk, here, ready)
    nurse = desk.must_have_nurse()
    started_at = read_clock_time(at, field="at", name=message(N_("Start")), now=now) if at.strip() else now
    infusion = Infusion(id=infusion_id or uuid4(), dose_id=dose_id, started_at=started_at, nurse=nurse, at=now)
    first = RateChange(
        id=uuid4(),
        infusion_id=infusion.id,
        action="start",
        ml_per_h=here.dose.rate_card.rows[0].ml_per_h,
        reason="",
        nurse=nurse,
        at=started_at,
    )
    restarted = restart_revision(desk, here.course, here.planned)
    with desk.ward.changing(nurse=nurse, at=now, action="infusion started") as change:
        if restarted is not None:
            change.add(restarted)
        change.add(infusion)
        for record in as_record(ready, infusion.id):
            change.add(record)
        change.add(first)
    entry_made(desk, infusion.id, now)
    return known_infusion(desk, infusion.id)


def tick_check(desk: Desk, infusion_id: UUID, item: str) -> Infusion:
    """Tick one line of the checklist of a running infusion; ticking it again changes nothing."""
    tick(desk, open_infusion(desk, infusion_id).dose_id, item)
    return known_infusion(desk, infusion_id)


def hang_vial(desk: Desk, infusion_id: UUID, form: VialForm) -> Infusion:
    """Record one vial of a running infusion with its lot.

    Raises:
        UserMistake: the lot is empty, the vial has expired, or is of another product or size than planned.
    """
    add_vial(desk, open_infusion(desk, infusion_id).dose_id, form)
    return known_infusion(desk, infusion_id)
