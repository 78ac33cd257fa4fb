"""How side effects read in a list of the ward."""

from __future__ import annotations

from datetime import date

from ivigdesk.actions.ward.export_side_effects import OUTCOMES, products_of
from ivigdesk.actions.ward.side_effects import SideEffectRow
from ivigdesk.messages import N_
from ivigdesk.ui.dose_words import rate_text
from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets import State
from ivigdesk.wording import Wording

GRADES: dict[int, tuple[str, str, Tone]] = {
    1: ("○", N_("1 mild"), "plain"),
    2: ("◐", N_("2 moderate"), "attention"),
    3: ("●", N_("3 severe"), "serious"),
    4: ("■", N_("4 life-threatening"), "serious"),
    5: ("×", N_("5 death"), "serious"),
}
NOTHING = "–"


def grade_state(grade: int, wording: Wording) -> State:
    """Return a CTCAE grade as a chip: shape, number and word."""
    sign, word, tone = GRADES[grade]
    return State(sign, wording.gettext(word), tone)


def onset_words(row: SideEffectRow, wording: Wording) -> str:
    """Return `45 min` from the start; hours and days for a late effect, where minutes say nothing."""
    minutes = row.effect.minutes_from_start
    if minutes is None:
        return NOTHING
    days = minutes // (24 * 60)
    if days:
        return wording.ngettext("{n} day after", "{n} days after", days).format(n=days)
    return wording.duration(minutes)


def rate_words(row: SideEffectRow, wording: Wording) -> str:
    """Return the rate at onset."""
    rate = row.effect.ml_per_h
    return NOTHING if rate is None else rate_text(wording, rate)


def dose_words(number: int, in_all: int, wording: Wording) -> str:
    """Return `3 of 11`."""
    return wording.gettext("{n} of {total}").format(n=number, total=in_all)


def product_words(row: SideEffectRow, titles: dict[str, str], wording: Wording) -> str:
    """Return what was hung, or planned where no vial is recorded."""
    return products_of(row, titles, wording)


def lot_words(row: SideEffectRow, wording: Wording) -> str:
    """Return the lots that were hung."""
    return wording.gettext(", ").join(row.lots) or wording.gettext("no lot recorded")


def outcome_words(row: SideEffectRow, wording: Wording) -> str:
    """Return how it ended so far, and that it does not count where it does not."""
    outcome = wording.gettext(OUTCOMES[row.effect.outcome])
    if row.is_given:
        return outcome
    return wording.gettext("{outcome} · does not count").format(outcome=outcome)


def done_words(row: SideEffectRow) -> str:
    """Return what was done."""
    effect = row.effect
    return effect.action or effect.drugs or NOTHING


def month_words(month: date, wording: Wording) -> str:
    """Return a month with its year."""
    return wording.gettext("{month} {year}").format(month=wording.month(month.month), year=month.year)
