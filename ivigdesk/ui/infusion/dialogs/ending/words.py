"""What is said before an infusion is signed: what is missing and how to mend it, and what comes next."""

from __future__ import annotations

from datetime import datetime

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions import follow_up
from ivigdesk.actions.infusions.give_infusion import Bedside
from ivigdesk.actions.infusions.prepare_infusion import checklist_of
from ivigdesk.actions.infusions.ready_to_start import open_lines
from ivigdesk.clinical.infusions.following import FollowUpInForce
from ivigdesk.clinical.library import observation_rules
from ivigdesk.ui.dose_words import dose_grams, rate_text
from ivigdesk.ui.infusion.dialogs.follow_up_dialog import dose_after
from ivigdesk.ui.infusion.schedule import still_to_observe
from ivigdesk.ui.infusion.steps import goes_on
from ivigdesk.units import grams
from ivigdesk.wording import Wording


def missing_pieces(desk: Desk, here: Bedside, given_mg: int, now: datetime, wording: Wording) -> tuple[str, ...]:
    """Return one sentence for each piece that the record still lacks, with the way to mend it; lots come first."""
    infusion = here.infusion
    if infusion is None:
        return ()
    _ = wording.gettext
    said = []
    opened_mg = sum(vial.mg for vial in infusion.vials)
    if given_mg > opened_mg:
        text = _("Lot missing: vials of {opened} g are recorded, {given} g were given. Esc, then enter the vials.")
        said.append(text.format(opened=grams(opened_mg), given=grams(given_mg)))
    lines = open_lines(checklist_of(desk, here), infusion.checks)
    if lines:
        text = wording.ngettext(
            "{n} check is open: {item}. Esc, then tick it or say why it is open.",
            "{n} checks are open, first: {item}. Esc, then tick them or say why they are open.",
            len(lines),
        )
        said.append(text.format(n=len(lines), item=wording.text(lines[0].text)))
    step = desk.settings.pump_step_ml_per_h
    remains = goes_on(here.dose, infusion, now, step)
    lines_due = still_to_observe(here.dose, infusion, remains, now, observation_rules(), step)
    due = next((line for line in lines_due if line.is_due), None)
    if not infusion.observations:
        said.append(_("No observation is recorded. Esc, then enter one; the time can be put back."))
    elif due is not None:
        text = _("The last observation is missing ({reason}). Esc, then enter it.")
        said.append(text.format(reason=wording.say(due.reason)))
    return tuple(said)


def undecided(desk: Desk, here: Bedside) -> int:
    """Return how many proposals after this dose's side effects nobody has decided about."""
    found = follow_up.proposals_of_dose(desk, here.dose.id)
    return sum(1 for one in found if one.decided is None and not one.is_made)


def next_dose_words(desk: Desk, here: Bedside, wording: Wording) -> str:
    """Return the next dose with its date, and what earlier side effects ask of it; that there is none otherwise."""
    _ = wording.gettext
    following = dose_after(here.view, here.dose)
    if following is None:
        return _("No later dose of this course is planned.")
    dose = following.dose
    said = [
        _("Next: dose {number}, {day}, {amount}.").format(
            number=dose.number, day=wording.date(dose.due_on), amount=dose_grams(wording, dose.planned_dose_mg)
        )
    ]
    if following.status == "held":
        said.append(_("■ It is on hold."))
    needs = [_need(desk, one, wording) for one in follow_up.in_force(desk, here.course.id, dose.id)]
    if needs:
        said.append(_("It needs: {needs}.").format(needs=_("; ").join(needs)))
    return " ".join(said)


def _need(desk: Desk, one: FollowUpInForce, wording: Wording) -> str:
    decided = one.follow_up
    name = wording.text(desk.library.side_effects().consequence(decided.consequence).name)
    if decided.ml_per_h is not None:
        rate = rate_text(wording, decided.ml_per_h)
        return wording.gettext("{what}, at most {rate}").format(what=name, rate=rate)
    return wording.gettext("{what} ({detail})").format(what=name, detail=decided.detail) if decided.detail else name
