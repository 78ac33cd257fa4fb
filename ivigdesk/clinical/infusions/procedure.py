"""What is checked before an infusion, and when the patient is observed during and after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from ivigdesk.clinical.library_file import read_record, refusal
from ivigdesk.clinical.products.rates import RateCard, RateRow
from ivigdesk.messages import N_, Message, Record, Text, message

_SECONDS_PER_MINUTE = 60


class ChecklistItem(Record, frozen=True):
    """One line of the checklist.

    Attributes:
        code: stable, e.g. `two-identifiers`.
        text: what is to be checked.
        is_critical: True when the infusion must not start without it.
        source: evidence ids.
    """

    code: str
    text: Text
    source: str
    is_critical: bool = False


class Checklist(Record, frozen=True):
    """What is checked before an infusion.

    Attributes:
        version: year and month of the last check.
        items: in the order in which they are done.
    """

    version: str
    items: tuple[ChecklistItem, ...]


class ObservationRules(Record, frozen=True):
    """When temperature, pulse, breathing, blood pressure and oxygen are measured.

    Attributes:
        version, source: of the rule.
        baseline_min: minutes before the start.
        first_check_min: minutes after the start.
        titration_every_min: interval until the fastest rate is reached.
        stable_every_min: interval at the fastest rate.
        stable_first_every_min: the same for a first infusion and for a patient at risk.
        after_end_min: watched so long after the end.
        after_end_first_min: the same after a first infusion or another product.
    """

    version: str
    source: str
    baseline_min: int
    first_check_min: int
    titration_every_min: int
    stable_every_min: int
    stable_first_every_min: int
    after_end_min: int
    after_end_first_min: int


class ObservationDue(Record, frozen=True):
    """One set of vital signs that is due.

    Attributes:
        from_min: minutes after the start; negative before it.
        reason: why then.
    """

    from_min: Decimal
    reason: Message


def parse_checklist(content: bytes, name: str) -> Checklist:
    """Return the checklist of a file.

    Raises:
        KnownError: the file does not fit, or a code is there twice.
    """
    checklist = read_record(content, name, Checklist)
    codes = [item.code for item in checklist.items]
    for code in codes:
        if codes.count(code) > 1:
            raise refusal(name, "items", message(N_("“{value}” is there twice."), value=code))
    return checklist


def parse_observation_rules(content: bytes, name: str) -> ObservationRules:
    """Return the observation rule of a file.

    Raises:
        KnownError: the file does not fit, or an interval is not a positive number of minutes.
    """
    rules = read_record(content, name, ObservationRules)
    minutes: Mapping[str, object] = msgspec.structs.asdict(rules)
    for key, value in minutes.items():
        if isinstance(value, int) and value < 1:
            raise refusal(name, key, message(N_("a number of minutes from 1 up is needed here.")))
    return rules


def clock_rows(card: RateCard, started_at: datetime) -> tuple[tuple[datetime, RateRow], ...]:
    """Return the rows of a card with the clock time at which each begins."""
    return tuple((clock_time(started_at, row.from_min), row) for row in card.rows)


def clock_time(started_at: datetime, from_min: Decimal) -> datetime:
    """Return the moment so many minutes after the start, to the second."""
    return started_at + timedelta(seconds=int(from_min * _SECONDS_PER_MINUTE))


def observation_times(
    card: RateCard, *, first: bool, rules: ObservationRules | None = None
) -> tuple[ObservationDue, ...]:
    """Return when the patient is observed, ascending; one entry per time, the weightiest reason kept.

    Args:
        card: the rates of this infusion.
        first: True for a first infusion, another product or a long gap: watched more often, and longer after. A
            patient whose card keeps to the risk cap is watched as often.
        rules: the ward's rule; the shipped one when None.
    """
    if rules is None:
        from ivigdesk.clinical import library  # late: library reads this module's records

        rules = library.observation_rules()
    end = card.rows[-1].from_min
    steps = [row.from_min for row in card.rows[1:-1]]
    stable_from = max(steps, default=Decimal(rules.first_check_min))
    closely = first or any(row.capped_by == "risk" for row in card.rows)
    stable_every = rules.stable_first_every_min if closely else rules.stable_every_min
    after = rules.after_end_first_min if first else rules.after_end_min

    due: dict[Decimal, Message] = {Decimal(-rules.baseline_min): message(N_("before the start"))}
    for step in steps:
        due[step] = message(N_("before the rate goes up"))
    due.setdefault(Decimal(rules.first_check_min), message(N_("{n} minutes after the start"), n=rules.first_check_min))
    for at in _every(rules.titration_every_min, Decimal(0), stable_from):
        due.setdefault(at, message(N_("while the rate goes up")))
    for at in _every(stable_every, stable_from, end):
        due.setdefault(at, message(N_("at the steady rate")))
    # Within the last minute the end's own observation counts: two would stand at the same clock time.
    during = {at: reason for at, reason in due.items() if at <= end - 1}
    during[end] = message(N_("at the end"))
    during[end + after] = message(N_("{n} minutes after the end"), n=after)
    return tuple(ObservationDue(from_min=at, reason=during[at]) for at in sorted(during))


def _every(minutes: int, after: Decimal, before: Decimal) -> tuple[Decimal, ...]:
    """Return the times strictly between `after` and `before`, every so many minutes from `after`."""
    times = []
    at = after + minutes
    while at < before:
        times.append(at)
        at += minutes
    return tuple(times)
