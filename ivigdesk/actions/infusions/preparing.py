"""Checks and vials of one dose, stored when they are entered: before its start and while it runs alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.bedside import bedside
from ivigdesk.actions.infusions.may_start import must_wait
from ivigdesk.actions.infusions.moment import entry_made, moment_of_entry
from ivigdesk.actions.infusions.prepare_infusion import ReadVial, VialForm, is_line, read_vial
from ivigdesk.actions.words import one_line
from ivigdesk.clinical import library
from ivigdesk.clinical.infusions.infusion import Check, Infusion, VialUsed
from ivigdesk.clinical.infusions.preparation import DoseTime, Medication, PreparedCheck, PreparedVial
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Record, message


class Prepared(Record, frozen=True):
    """What is recorded beside one dose: before the start what stands ready, from then on what its record holds.

    Attributes:
        checks: lines that were ticked or left open with a reason, by time; two nurses may both have ticked one. Before
            the start without those that are too old to say anything.
        vials: containers, by time.
        medications: drugs and fluids, by the time of recording.
        time: when the dose is planned to start; None where nobody planned it.
    """

    checks: tuple[PreparedCheck | Check, ...] = ()
    vials: tuple[PreparedVial | VialUsed, ...] = ()
    medications: tuple[Medication, ...] = ()
    time: DoseTime | None = None

    def check(self, item: str) -> PreparedCheck | Check | None:
        """Return what was said last about a line: done goes before left open; None for an open one."""
        said = [check for check in self.checks if check.item == item]
        done = [check for check in said if not check.reason]
        return next(reversed(done or said), None)


def prepared(desk: Desk, dose_id: UUID) -> Prepared:
    """Return what is recorded beside a dose now.

    Raises:
        KnownError: the dose is not known.
    """
    infusion = desk.ward.infusion_of(dose_id)
    return _prepared(desk, dose_id, infusion)


def tick(desk: Desk, dose_id: UUID, item: str, reason: str = "") -> Prepared:
    """Record that a line of the checklist was done, or, with a reason, that it is left open.

    A nurse who ticks a line again changes nothing; another one's tick is kept beside the first.

    Raises:
        UserMistake: the checklist has no such line, or the reason cannot be taken.
        KnownError: the dose is not to be prepared now, or has ended.
    """
    if not is_line(desk, dose_id, item):
        raise UserMistake("item", message(N_("Check: “{value}” is no line of this dose's checklist."), value=item))
    why = one_line(reason, field="reason", name=message(N_("Reason")), most=300)
    infusion, at = _open(desk, dose_id)
    nurse = desk.must_have_nurse()
    mine = [check for check in _prepared(desk, dose_id, infusion).checks if (check.item, check.nurse) == (item, nurse)]
    if any(check.reason == why for check in mine):
        return prepared(desk, dose_id)
    check: Check | PreparedCheck
    if infusion is not None:
        check = Check(id=uuid4(), infusion_id=infusion.id, item=item, nurse=nurse, at=at, reason=why)
    else:
        before = mine[-1].id if mine else None
        check = PreparedCheck(id=uuid4(), dose_id=dose_id, item=item, nurse=nurse, at=at, reason=why, replaces=before)
    _store(desk, infusion, (check,), at, action="check left open" if why else "check ticked", reason=why)
    return prepared(desk, dose_id)


def tick_lines(desk: Desk, dose_id: UUID, items: Sequence[str]) -> Prepared:
    """Record that several lines were done, as from a sheet that was ticked on paper: one entry for all of them.

    Lines that the nurse ticked before change nothing.

    Raises:
        UserMistake: the checklist has no such line.
        KnownError: the dose is not to be prepared now, or has ended.
    """
    for item in items:
        if not is_line(desk, dose_id, item):
            raise UserMistake("item", message(N_("Check: “{value}” is no line of this dose's checklist."), value=item))
    infusion, at = _open(desk, dose_id)
    nurse = desk.must_have_nurse()
    done = {(check.item, check.nurse) for check in _prepared(desk, dose_id, infusion).checks if not check.reason}
    left = [item for item in items if (item, nurse) not in done]
    if infusion is None:
        checks: Sequence[Record] = [
            PreparedCheck(id=uuid4(), dose_id=dose_id, item=item, nurse=nurse, at=at) for item in left
        ]
    else:
        checks = [Check(id=uuid4(), infusion_id=infusion.id, item=item, nurse=nurse, at=at) for item in left]
    _store(desk, infusion, checks, at, action="checks ticked")
    return prepared(desk, dose_id)


def untick(desk: Desk, dose_id: UUID, item: str) -> Prepared:
    """Take back what was said about a line before the start: it is open again, and the record keeps who said what.

    Raises:
        KnownError: the infusion has begun: what was checked before it stays in its record.
    """
    infusion, at = _open(desk, dose_id)
    if infusion is not None:
        raise KnownError(
            message(N_("The infusion has begun: what was checked before it stays in its record. Nothing was changed."))
        )
    nurse = desk.must_have_nurse()
    taken_back = tuple(
        PreparedCheck(id=uuid4(), dose_id=dose_id, item=item, nurse=nurse, at=at, replaces=check.id, is_withdrawn=True)
        for check in desk.ward.prepared_checks((dose_id,))
        if check.item == item
    )
    _store(desk, None, taken_back, at, action="check taken back")
    return prepared(desk, dose_id)


def add_vial(desk: Desk, dose_id: UUID, form: VialForm) -> Prepared:
    """Record one vial; see `add_vials`."""
    return add_vials(desk, dose_id, (form,))


def add_vials(desk: Desk, dose_id: UUID, forms: Sequence[VialForm]) -> Prepared:
    """Record vials of a dose, all or none: made ready before the start, hung while it runs.

    A form that was recorded already changes nothing; one that names another vial of the dose corrects it.

    Raises:
        UserMistake: one of them cannot be taken; the sentence says why.
        KnownError: the dose is not to be prepared now, or has ended.
    """
    infusion, at = _open(desk, dose_id)
    here = bedside(desk, dose_id)
    recorded: list[PreparedVial | VialUsed | ReadVial] = list(_prepared(desk, dose_id, infusion).vials)
    new: list[ReadVial] = []
    for form in forms:
        if any(vial.id == form.id for vial in recorded):
            continue
        vial = read_vial(desk, form, here, recorded)
        recorded = [*(other for other in recorded if other.id != form.replaces), vial]
        new.append(vial)
    nurse = desk.must_have_nurse()
    rows = tuple(
        _ready(vial, dose_id, nurse, at) if infusion is None else _hung(vial, infusion.id, nurse, at) for vial in new
    )
    reason = next((vial.reason for vial in new if vial.reason), "")
    _store(desk, infusion, rows, at, action="vial made ready" if infusion is None else "vial hung", reason=reason)
    return prepared(desk, dose_id)


def take_back_vial(desk: Desk, vial_id: UUID, dose_id: UUID) -> Prepared:
    """Take a vial back that was made ready and is not hung.

    Raises:
        KnownError: it hangs, or is not recorded for this dose.
    """
    # A dose on hold, omitted or ceased gives its vials back: they are needed for somebody else.
    infusion = desk.ward.infusion_of(dose_id)
    if infusion is not None:
        raise KnownError(
            message(N_("The infusion has begun: a vial that hangs is not taken back. Correct its record instead."))
        )
    found = next((vial for vial in desk.ward.prepared_vials((dose_id,)) if vial.id == vial_id), None)
    if found is None:
        raise KnownError(message(N_("This vial is not recorded for this dose any more. Nothing was changed.")))
    nurse, at = desk.must_have_nurse(), desk.clock.now()
    taken_back = PreparedVial(
        id=uuid4(),
        dose_id=dose_id,
        product_id=found.product_id,
        mg=found.mg,
        lot=found.lot,
        expires_on=found.expires_on,
        nurse=nurse,
        at=at,
        serial=found.serial,
        replaces=found.id,
        is_withdrawn=True,
    )
    _store(desk, None, (taken_back,), at, action="vial taken back")
    return prepared(desk, dose_id)


def _prepared(desk: Desk, dose_id: UUID, infusion: Infusion | None) -> Prepared:
    checks: tuple[PreparedCheck | Check, ...]
    vials: tuple[PreparedVial | VialUsed, ...]
    if infusion is None:
        now, valid = desk.clock.now(), timedelta(hours=library.infusion_day_rules().checks.valid_hours)
        # Ticked under a clock that ran ahead, a line would not grow old for as long as the clock was wrong by.
        checks = tuple(check for check in desk.ward.prepared_checks((dose_id,)) if abs(now - check.at) <= valid)
        vials = desk.ward.prepared_vials((dose_id,))
    else:
        checks, vials = infusion.checks, infusion.vials
    return Prepared(
        checks=checks,
        vials=vials,
        medications=desk.ward.medications((dose_id,)),
        time=desk.ward.dose_times((dose_id,)).get(dose_id),
    )


def _open(desk: Desk, dose_id: UUID) -> tuple[Infusion | None, datetime]:
    """Return the running infusion, or None before the start, and the time of an entry.

    Raises:
        KnownError: the dose is not to be prepared now, or its infusion has ended.
    """
    here = bedside(desk, dose_id)
    infusion = here.infusion
    if infusion is None:
        must_wait(here.dose_view, or_planned=True)
        return None, desk.clock.now()
    if infusion.end is not None:
        raise KnownError(message(N_("This infusion has ended. Nothing was saved.")))
    return infusion, moment_of_entry(desk, infusion)[0]


def _ready(vial: ReadVial, dose_id: UUID, nurse: str, at: datetime) -> PreparedVial:
    return PreparedVial(
        id=vial.id,
        dose_id=dose_id,
        product_id=vial.product_id,
        mg=vial.mg,
        lot=vial.lot,
        expires_on=vial.expires_on,
        nurse=nurse,
        at=at,
        serial=vial.serial,
        replaces=vial.replaces,
    )


def _hung(vial: ReadVial, infusion_id: UUID, nurse: str, at: datetime) -> VialUsed:
    return VialUsed(
        id=vial.id,
        infusion_id=infusion_id,
        product_id=vial.product_id,
        mg=vial.mg,
        lot=vial.lot,
        expires_on=vial.expires_on,
        nurse=nurse,
        at=at,
        serial=vial.serial,
        replaces=vial.replaces,
    )


def _store(
    desk: Desk, infusion: Infusion | None, records: Sequence[Record], at: datetime, *, action: str, reason: str = ""
) -> None:
    if not records:
        return
    with desk.ward.changing(nurse=desk.must_have_nurse(), at=at, action=action, reason=reason) as change:
        for record in records:
            change.add(record)
    if infusion is not None:
        entry_made(desk, infusion.id, at)
