"""What was done: the pump, drugs, the doctor, and how it ended."""

from __future__ import annotations

from datetime import datetime

from ivigdesk.clinical.infusions.infusion import RateChange
from ivigdesk.clinical.infusions.preparation import Medication
from ivigdesk.sheets import words
from ivigdesk.sheets.paper.blocks import Block, stacked
from ivigdesk.sheets.reaction import moments
from ivigdesk.sheets.reaction.density import Density
from ivigdesk.sheets.reaction.values import ReactionSheet
from ivigdesk.sheets.sections import Field, boxes, heading
from ivigdesk.wording import Wording


def done(sheet: ReactionSheet, density: Density, wording: Wording) -> Block:
    """Return the answers to the reaction, each with its time, and the outcome."""
    _ = wording.gettext
    effect = sheet.effect
    missing = moments.not_recorded(wording)
    wide = (
        Field(_("Infusion slowed, paused, stopped"), _pump(sheet, wording) or missing),
        Field(_("Measures"), effect.action or missing),
        Field(_("Drugs against it"), _drugs(sheet, wording) or missing),
        Field(_("Doctor called"), _doctor(sheet, wording)),
        Field(_("Outcome"), _outcome(sheet, wording)),
        Field(_("Notes"), moments.plain_notes(effect) or _("none")),
    )
    return stacked((heading(_("5 What was done")), stacked(boxes(wide, 2, density.box))))


def medication(one: Medication, beside: datetime, wording: Wording) -> str:
    """Return `paracetamol 1 g by mouth, 09:55`."""
    what = " ".join(part for part in (one.what, one.amount, one.route) if part)
    return wording.gettext("{what}, {at}").format(what=what, at=moments.clock(one.given_at, beside, wording))


def _pump(sheet: ReactionSheet, wording: Wording) -> str:
    """Return what was done at the pump from the onset on; only an increase is no answer to a reaction."""
    infusion = sheet.infusion
    if infusion is None:
        return wording.gettext("nothing was started")
    answers = _answers(sheet)
    if not answers:
        over = infusion.end is not None and sheet.effect.onset_at > infusion.end.ended_at
        return wording.gettext("no: the infusion was over") if over and sheet.effect.onset_time_known else ""
    told = (_change(change, sheet.effect.onset_at, wording) for change in answers)
    return wording.gettext("; ").join(told)


def _answers(sheet: ReactionSheet) -> list[RateChange]:
    if sheet.infusion is None:
        return []
    ended_at = sheet.infusion.end.ended_at if sheet.infusion.end else None
    found = [
        change
        for change in sheet.infusion.rate_changes
        if change.at >= sheet.effect.onset_at and change.action not in ("start", "increase")
    ]
    # The stop that ends a whole infusion is its end, and no answer; nor is the one of a pump that stands still.
    whole = sheet.infusion.end is not None and sheet.infusion.end.outcome == "completed"
    return [
        one
        for number, one in enumerate(found)
        if not (
            one.action == "stop" and ((whole and one.at == ended_at) or (number and found[number - 1].action == "stop"))
        )
    ]


def _change(change: RateChange, onset_at: datetime, wording: Wording) -> str:
    _ = wording.gettext
    action = _(words.RATE_ACTION_WORDS[change.action])
    at = moments.clock(change.at, onset_at, wording)
    if change.ml_per_h == 0:
        text = _("{action}, {at}").format(action=action, at=at)
    else:
        rate = words.rate(change.ml_per_h, wording)
        text = _("{action}, {rate}, {at}").format(action=action, rate=rate, at=at)
    return _("{text} ({reason})").format(text=text, reason=change.reason) if change.reason else text


def _drugs(sheet: ReactionSheet, wording: Wording) -> str:
    given = [medication(one, sheet.effect.onset_at, wording) for one in sheet.medications if one.kind == "treatment"]
    return wording.gettext("; ").join(part for part in (sheet.effect.drugs, *given) if part)


def _doctor(sheet: ReactionSheet, wording: Wording) -> str:
    _ = wording.gettext
    effect = sheet.effect
    if not effect.doctor and effect.doctor_at is None:
        return moments.not_recorded(wording)
    name = effect.doctor or _("name not recorded")
    if effect.doctor_at is None:
        return _("{name}; time not recorded").format(name=name)
    return _("{name}, {at}").format(name=name, at=moments.clock(effect.doctor_at, effect.onset_at, wording))


def _outcome(sheet: ReactionSheet, wording: Wording) -> str:
    _ = wording.gettext
    outcome = _(words.OUTCOME_WORDS[sheet.effect.outcome])
    if sheet.effect.resolved_at is None:
        return outcome
    return _("{outcome}, {at}").format(outcome=outcome, at=moments.resolved(sheet.effect, wording))
