"""From the pump's settings to what the bedside shows: the lines of the rate card, and what a reaction asks. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.infusions.grading import holds_course, proposed_action
from ivigdesk.clinical.infusions.infusion import Infusion, SideEffect
from ivigdesk.clinical.infusions.remaining import RemainingCard, remaining_card, settings_of
from ivigdesk.clinical.infusions.side_effects import Action, SideEffectCatalogue
from ivigdesk.clinical.products.rate_cards import volume_given
from ivigdesk.units import rounded

_TENTH = Decimal("0.1")

LineState = Literal["done", "now", "next", "later", "end"]


@dataclass(frozen=True, slots=True)
class CardLine:
    """One row of the rate card as it went, or as it will go.

    Attributes:
        at: when it was set, or will be; None where that depends on what the nurse does.
        ml_per_h: 0 in the last line, the end, and while the pump stood still.
        ml_total: volume given when it begins; None where that is not known yet.
        state: `now` is the setting that holds.
        nurse: who set it; empty for what is still to come.
        from_min: minutes after the start, before there is one; None afterwards.
    """

    at: datetime | None
    ml_per_h: Decimal
    ml_total: Decimal | None
    state: LineState
    nurse: str = ""
    from_min: Decimal | None = None


def goes_on(dose: Dose, infusion: Infusion, now: datetime, pump_step: Decimal) -> RemainingCard:
    """Return how a running infusion goes on from what was really set."""
    return remaining_card(
        dose.rate_card,
        infusion.rate_changes,
        now,
        volume_ml=dose.volume_ml,
        pump_step=pump_step,
        most_ml_per_h=dose.rate_card.max_ml_per_h,
    )


def planned_lines(dose: Dose) -> tuple[CardLine, ...]:
    """Return the card before the start: its times count from there."""
    return tuple(
        CardLine(None, row.ml_per_h, row.ml_total, "later" if row.ml_per_h else "end", from_min=row.from_min)
        for row in dose.rate_card.rows
    )


def card_lines(infusion: Infusion, remains: RemainingCard) -> tuple[CardLine, ...]:
    """Return what was set, then the rungs that are still to come, then the end."""
    changes = infusion.rate_changes
    lines = []
    for index, change in enumerate(changes):
        is_last = index == len(changes) - 1 and infusion.end is None
        total = volume_given(settings_of(changes[:index]), change.at, remains.volume_ml) if index else Fraction(0)
        state: LineState = "now" if is_last else "done"
        lines.append(CardLine(change.at, change.ml_per_h, rounded(total, _TENTH), state, change.nurse))
    if infusion.end is None:
        for index, row in enumerate(remains.rows[1:-1]):
            state = "later" if index else "next"
            lines.append(CardLine(row.at, row.ml_per_h, rounded(row.ml_total, _TENTH), state))
        lines.append(CardLine(remains.ends_at, Decimal(0), remains.volume_ml, "end"))
    return tuple(lines)


def asked_of_pump(infusion: Infusion, catalogue: SideEffectCatalogue) -> Action | None:
    """Return what the side effects since the pump was touched last ask for, the gravest; None for nothing."""
    if not infusion.is_running or infusion.rate_ml_per_h == 0:
        return None
    last = infusion.rate_changes[-1]
    # The pump may have been slowed before the words were typed: that answered what had begun already.
    went_down = last.action in ("slow", "pause", "stop")
    asked = [
        proposed_action(catalogue.term(effect.code), effect.grade).action
        for effect in infusion.side_effects
        if effect.outcome == "ongoing"
        and effect.at >= last.at
        and not (went_down and effect.onset_at <= last.at)
        and _is_known(catalogue, effect)
    ]
    return max(asked, key=get_args(Action).index, default=None)


def must_end(infusion: Infusion) -> bool:
    """Return whether the record says that it should not go on: it was stopped, or a reaction of grade 3 or above.

    Source: FACTS 5.5, 6.2.
    """
    changes = infusion.rate_changes
    was_stopped = bool(changes) and changes[-1].action == "stop"
    return was_stopped or any(holds_course(effect.grade) for effect in infusion.side_effects)


def _is_known(catalogue: SideEffectCatalogue, effect: SideEffect) -> bool:
    """Return whether the catalogue of today still has the term with this grade."""
    return any(
        term.code == effect.code and any(words.grade == effect.grade for words in term.grades)
        for term in catalogue.terms
    )
