"""Finish a dose: completed, partly given, or not given at all."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.bedside import bedside
from ivigdesk.actions.infusions.may_start import must_wait
from ivigdesk.actions.infusions.moment import entry_made, moment_of_entry
from ivigdesk.actions.infusions.open_infusion import known_infusion, open_infusion, planned_dose
from ivigdesk.actions.infusions.set_pump import earlier_than_the_pump
from ivigdesk.actions.words import one_line, read_clock_time, within_minute
from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.infusions.infusion import Infusion, InfusionEnd, Outcome, RateChange
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Record, message
from ivigdesk.units import grams, read_number, to_thousandths


class EndForm(Record, frozen=True):
    """How an infusion ended, as typed.

    Attributes:
        outcome: completed, partly given, or not given: it was started, but nothing went in.
        at: clock time; empty is now.
        given_ml: millilitres given; empty for the whole volume of a completed infusion.
        reason: needed unless completed.
        second_nurse: second signature; may be empty.
        id: made when the form opens: signing twice makes one end.
    """

    outcome: Outcome
    at: str = ""
    given_ml: str = ""
    reason: str = ""
    second_nurse: str = ""
    id: UUID = msgspec.field(default_factory=uuid4)


def finish_infusion(desk: Desk, infusion_id: UUID, form: EndForm) -> Infusion:
    """End an infusion that was started, whatever its outcome, with the first and perhaps the second signature.

    Raises:
        UserMistake: end before the start or the pump's last setting, volume above the dose, a lot or a reason
            missing, the same nurse twice.
    """
    stored = known_infusion(desk, infusion_id)
    if stored.end is not None and stored.end.id == form.id:
        return stored
    infusion = open_infusion(desk, infusion_id)
    dose, _ = planned_dose(desk, infusion)
    now, _notice = moment_of_entry(desk, infusion)
    ended_at = _read_end(form.at, infusion, now)
    reason = one_line(
        form.reason,
        field="reason",
        name=message(N_("Reason")),
        most=500,
        required=form.outcome != "completed",
    )
    nurse = desk.must_have_nurse()
    second = _read_second_signature(form.second_nurse, nurse)
    given_ml, given_mg = _amount_given(dose, infusion, form)
    opened_mg = sum(vial.mg for vial in infusion.vials)
    end = InfusionEnd(
        id=form.id,
        infusion_id=infusion.id,
        outcome=form.outcome,
        ended_at=ended_at,
        given_ml=given_ml,
        given_dose_mg=given_mg,
        discarded_mg=max(opened_mg - given_mg, 0),
        reason=reason,
        nurse=nurse,
        second_nurse=second,
        at=now,
    )
    stop = RateChange(
        id=uuid4(),
        infusion_id=infusion.id,
        action="stop",
        ml_per_h=Decimal(0),
        reason="",
        nurse=nurse,
        at=ended_at,
    )
    with desk.ward.changing(nurse=nurse, at=now, action=f"infusion {form.outcome}", reason=reason) as change:
        change.add(stop)
        change.add(end)
    entry_made(desk, infusion.id, now)
    return known_infusion(desk, infusion_id)


def sign_second(desk: Desk, infusion_id: UUID, nurse: str) -> Infusion:
    """Add the second signature to an infusion that was finished without one: a correction of its end.

    Args:
        nurse: who checked it; somebody else than the first one. Signing twice with one name changes nothing.

    Raises:
        UserMistake: no name, or the name of the first signature.
        KnownError: the infusion still runs, nothing was given, or somebody else signed already.
    """
    infusion = known_infusion(desk, infusion_id)
    end = infusion.end
    if end is None or end.outcome == "not given":
        raise KnownError(message(N_("There is nothing to sign a second time: finish the infusion first.")))
    second = one_line(nurse, field="second_nurse", name=message(N_("Second signature")), most=60, required=True)
    second = _read_second_signature(second, end.nurse)
    if end.second_nurse:
        if _plain_name(end.second_nurse) == _plain_name(second):
            return infusion
        text = N_("This infusion was signed a second time by {nurse} already. Nothing was changed.")
        raise KnownError(message(text, nurse=end.second_nurse))
    by, now = desk.must_have_nurse(), desk.clock.now()
    signed = msgspec.structs.replace(end, id=uuid4(), second_nurse=second, at=max(now, end.at), replaces=end.id)
    with desk.ward.changing(nurse=by, at=now, action="second signature", reason=second) as change:
        change.add(signed)
    return known_infusion(desk, infusion_id)


def record_not_given(desk: Desk, dose_id: UUID, reason: str, *, infusion_id: UUID | None = None) -> Infusion:
    """Record that a dose was not given; no lot is asked for.

    Raises:
        UserMistake: no reason.
        KnownError: the dose was started already, or is not to be dealt with today.
    """
    written = one_line(reason, field="reason", name=message(N_("Reason")), most=500, required=True)
    here = bedside(desk, dose_id)
    stored = here.infusion
    if stored is not None and stored.id == infusion_id and stored.end is not None:
        return stored
    must_wait(here.dose_view)
    nurse, now = desk.must_have_nurse(), desk.clock.now()
    infusion = Infusion(id=infusion_id or uuid4(), dose_id=dose_id, started_at=now, nurse=nurse, at=now)
    end = InfusionEnd(
        id=uuid4(),
        infusion_id=infusion.id,
        outcome="not given",
        ended_at=now,
        given_ml=Decimal(0),
        given_dose_mg=0,
        discarded_mg=0,
        reason=written,
        nurse=nurse,
        second_nurse="",
        at=now,
    )
    with desk.ward.changing(nurse=nurse, at=now, action="dose not given", reason=written) as change:
        change.add(infusion)
        change.add(end)
    return known_infusion(desk, infusion.id)


def _read_end(text: str, infusion: Infusion, now: datetime) -> datetime:
    typed = read_clock_time(text, field="at", name=message(N_("End")), now=now) if text.strip() else now
    ended_at = within_minute(typed, infusion.started_at)
    if ended_at < infusion.started_at:
        raise UserMistake(
            "at",
            message(
                N_("End: {value} is before the start at {start}."),
                value=f"{ended_at:%H:%M}",
                start=f"{infusion.started_at:%H:%M}",
            ),
        )
    if not text.strip():
        return ended_at  # a computer clock that was set back must not keep a pump running on paper
    last = infusion.rate_changes[-1].at
    ended_at = within_minute(ended_at, last)
    if ended_at < last:
        raise UserMistake("at", earlier_than_the_pump(ended_at, last))
    return ended_at


def _read_second_signature(text: str, nurse: str) -> str:
    second = one_line(text, field="second_nurse", name=message(N_("Second signature")), most=60)
    if second and _plain_name(second) == _plain_name(nurse):
        raise UserMistake(
            "second_nurse",
            message(N_("Second signature: “{value}” signs already. Another nurse must check."), value=second),
        )
    return second


def _plain_name(name: str) -> str:
    """Return a name without what people type differently: case, width, spaces, dots."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in folded if letter.isalnum()) or folded


def _amount_given(dose: Dose, infusion: Infusion, form: EndForm) -> tuple[Decimal, int]:
    """Return millilitres and milligrams that went in.

    SAFETY: what was given from a vial without a lot could not be traced in a recall. Where nothing was given, no lot is
    asked for.

    Raises:
        UserMistake: more than the dose, or more than the vials that are recorded.
    """
    if form.outcome == "not given":
        return Decimal(0), 0
    if not infusion.vials:
        raise UserMistake(
            "lot", message(N_("Lot: no vial is recorded. Enter every vial with its lot before finishing."))
        )
    given_ml, given_mg = typed_amount(dose, form)
    opened_mg = sum(vial.mg for vial in infusion.vials)
    if given_mg > opened_mg:
        raise UserMistake(
            "lot",
            message(
                N_("Lot: vials of {opened} g are recorded, but {given} g were given. Enter every vial with its lot."),
                opened=grams(opened_mg),
                given=grams(given_mg),
            ),
        )
    return given_ml, given_mg


def typed_amount(dose: Dose, form: EndForm) -> tuple[Decimal, int]:
    """Return the millilitres and milligrams that a form says went in, whatever vials are recorded.

    Raises:
        UserMistake: no number, more than the dose, or less than it although it is said to be complete.
    """
    if form.outcome == "not given":
        return Decimal(0), 0
    if form.outcome == "completed" and not form.given_ml.strip():
        return dose.volume_ml, dose.planned_dose_mg
    given_ml = read_number(
        form.given_ml,
        field="given_ml",
        name=message(N_("Volume given")),
        least=Decimal(0),
        most=dose.volume_ml,
        unit="mL",
    )
    if form.outcome == "completed" and given_ml < dose.volume_ml:
        text = N_(
            "Volume given: {value} mL is less than the dose of {most} mL. Record it as partly given, with a reason."
        )
        raise UserMistake("given_ml", message(text, value=given_ml, most=dose.volume_ml))
    share = given_ml * dose.planned_dose_mg / dose.volume_ml
    return given_ml, to_thousandths(share / 1000)
