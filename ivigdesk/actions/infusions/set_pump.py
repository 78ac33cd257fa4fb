"""Set the pump of a running infusion: increased, slowed, paused, resumed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.bedside import Bedside
from ivigdesk.actions.infusions.moment import entry_made, moment_of_entry
from ivigdesk.actions.infusions.open_infusion import known_infusion, open_infusion, planned_dose
from ivigdesk.actions.words import one_line, read_clock_time, within_minute
from ivigdesk.clinical import library
from ivigdesk.clinical.infusions.increase import may_increase
from ivigdesk.clinical.infusions.infusion import Infusion, RateAction, RateChange
from ivigdesk.clinical.infusions.remaining import RemainingCard, remaining_card
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, message


def set_rate(
    desk: Desk, infusion_id: UUID, action: RateAction, ml_per_h: Decimal, reason: str = "", *, at: str = ""
) -> Infusion:
    """Record that the pump was set: increased, slowed, paused, resumed.

    Args:
        ml_per_h: new rate; 0 for a pause.
        at: clock time; empty is now. Not before the pump's last setting.

    What the pump is set to already is stored once: touching a button twice makes one entry.

    Raises:
        UserMistake: the rate is above what this patient may have of this product, or the time is too early.
    """
    infusion = open_infusion(desk, infusion_id)
    dose, _ = planned_dose(desk, infusion)
    if ml_per_h < 0 or ml_per_h > dose.rate_card.max_ml_per_h:
        raise UserMistake(
            "ml_per_h",
            message(
                N_("Rate: {value} mL/h cannot be used. Allowed: 0 to {most} mL/h for this patient and product."),
                value=ml_per_h,
                most=dose.rate_card.max_ml_per_h,
            ),
        )
    now, _ = moment_of_entry(desk, infusion)
    moment = read_clock_time(at, field="at", name=message(N_("Time")), now=now) if at.strip() else now
    if infusion.rate_changes:
        last = infusion.rate_changes[-1].at
        moment = within_minute(moment, last)
        if moment < last:
            raise UserMistake("at", earlier_than_the_pump(moment, last))
    nurse = desk.must_have_nurse()
    written = one_line(reason, field="reason", name=message(N_("Reason")), most=300)
    if not written and _is_set_so(infusion, action, ml_per_h):
        return infusion
    setting = RateChange(
        id=uuid4(),
        infusion_id=infusion.id,
        action=action,
        ml_per_h=ml_per_h,
        reason=written,
        nurse=nurse,
        at=moment,
    )
    with desk.ward.changing(nurse=nurse, at=now, action="pump set", reason=written) as change:
        change.add(setting)
    entry_made(desk, infusion.id, now)
    return known_infusion(desk, infusion_id)


def remaining(desk: Desk, here: Bedside) -> RemainingCard:
    """Return how the rate card of a running infusion goes on from now.

    Raises:
        ValueError: no infusion is running here.
    """
    infusion = _running(here)
    now, _ = moment_of_entry(desk, infusion)
    return remaining_card(
        here.dose.rate_card,
        infusion.rate_changes,
        now,
        volume_ml=here.dose.volume_ml,
        pump_step=desk.settings.pump_step_ml_per_h,
        most_ml_per_h=here.dose.rate_card.max_ml_per_h,
    )


def against_increase(desk: Desk, here: Bedside, to_ml_per_h: Decimal, due_at: datetime) -> tuple[Message, ...]:
    """Return what speaks against raising the rate of a running infusion now; nothing when it may be raised.

    Args:
        to_ml_per_h, due_at: the step, as `remaining` says.

    Raises:
        ValueError: no infusion is running here.
    """
    infusion = _running(here)
    now, _ = moment_of_entry(desk, infusion)
    rules = library.infusion_day_rules().vital_signs
    return may_increase(
        infusion,
        now,
        to_ml_per_h=to_ml_per_h,
        due_at=due_at,
        most_ml_per_h=here.dose.rate_card.max_ml_per_h,
        rules=rules,
        is_adult=here.view.patient.age_on(now.date()) >= rules.adult_from_years,
    )


def _running(here: Bedside) -> Infusion:
    if here.infusion is None or not here.infusion.is_running:
        raise ValueError("no infusion is running here")
    return here.infusion


def _is_set_so(infusion: Infusion, action: RateAction, ml_per_h: Decimal) -> bool:
    last = infusion.rate_changes[-1] if infusion.rate_changes else None
    return last is not None and (last.action, last.ml_per_h) == (action, ml_per_h)


def earlier_than_the_pump(at: datetime, last: datetime) -> Message:
    """Return the sentence for a time that lies before the pump's last setting."""
    return message(
        N_("Time: {value} is before the pump's last setting at {last}."), value=f"{at:%H:%M}", last=f"{last:%H:%M}"
    )
