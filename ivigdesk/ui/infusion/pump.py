"""What a nurse does with the pump, and what is asked before it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import Bedside, set_rate
from ivigdesk.actions.infusions.set_pump import against_increase
from ivigdesk.clinical.infusions.grading import holds_course
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.infusions.remaining import RemainingRow
from ivigdesk.ui.dose_words import rate_text
from ivigdesk.ui.infusion.dialogs.rate_dialog import RateDialog
from ivigdesk.units import rounded_down
from ivigdesk.wording import Wording


def raise_rate(desk: Desk, here: Bedside, step: RemainingRow, wording: Wording, parent: QWidget) -> None:
    """Set the pump to the next rung; ask for a reason when something speaks against it (FACTS 5.4).

    Raises:
        WordedError: the rate cannot be recorded.
    """
    infusion = _running(here)
    against = [wording.say(one) for one in against_increase(desk, here, step.ml_per_h, step.at)]
    if not against:
        set_rate(desk, infusion.id, "increase", step.ml_per_h)
        return
    _ = wording.gettext
    RateDialog(
        desk,
        infusion,
        "increase",
        _("Raise to {rate}?").format(rate=rate_text(wording, step.ml_per_h)),
        _("Raise with this reason"),
        wording,
        proposed=step.ml_per_h,
        most=here.dose.rate_card.max_ml_per_h,
        against=against,
        parent=parent,
    ).exec()


def slow_down(desk: Desk, here: Bedside, wording: Wording, parent: QWidget) -> None:
    """Ask for a slower rate; half of the present one is proposed (FACTS 5.5)."""
    infusion = _running(here)
    step = desk.settings.pump_step_ml_per_h
    _ = wording.gettext
    RateDialog(
        desk,
        infusion,
        "slow",
        _("Slow the infusion"),
        _("Set the pump"),
        wording,
        proposed=max(rounded_down(infusion.rate_ml_per_h / 2, step), step),
        most=infusion.rate_ml_per_h,
        advice=_("Half of the present rate is proposed."),
        parent=parent,
    ).exec()


def stand_still(desk: Desk, here: Bedside, *, stop: bool) -> None:
    """Record a pause or a stop, without a question.

    SAFETY: the first touch is recorded; questions come afterwards.

    Raises:
        WordedError: it cannot be recorded.
    """
    set_rate(desk, _running(here).id, "stop" if stop else "pause", Decimal(0))


def resume(desk: Desk, here: Bedside, wording: Wording, parent: QWidget) -> None:
    """Ask for the rate after a pause, at most the last one; after a stop a reason is needed (FACTS 5.5)."""
    infusion = _running(here)
    last = [change.ml_per_h for change in infusion.rate_changes if change.ml_per_h > 0][-1]
    _ = wording.gettext
    against = []
    if infusion.rate_changes[-1].action == "stop":
        against.append(_("The infusion was stopped: restart only on order."))
    if any(holds_course(effect.grade) for effect in infusion.side_effects):
        against.append(_("A reaction of grade 3 or above was recorded: do not restart today."))
    RateDialog(
        desk,
        infusion,
        "resume",
        _("Resume the infusion"),
        _("Set the pump"),
        wording,
        proposed=last,
        most=last,
        against=against,
        advice=_("Not faster than before. After a reaction: half of it."),
        parent=parent,
    ).exec()


def _running(here: Bedside) -> Infusion:
    if here.infusion is None or not here.infusion.is_running:
        raise ValueError("no infusion is running here")
    return here.infusion
