"""What an IgG value says, given the doses around it: the patient's own, partly the infused, or none of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from ivigdesk.clinical import library
from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.messages import N_, Message, Record, message, plural_message
from ivigdesk.scheduling.regimen import StopRule

SampleKind = Literal["before-treatment", "trough", "too-soon", "after-treatment"]


class SampleLabel(Record, frozen=True):
    """What an IgG sample is.

    Attributes:
        kind: `before-treatment` where no dose came before; `trough` on treatment; `too-soon` after a dose for a
            trough; `after-treatment` when the last dose is long ago and none is to come.
        days_after: since the last dose before the sample; None without one.
    """

    kind: SampleKind
    days_after: int | None = None

    @property
    def is_own(self) -> bool:
        """Whether the value may be read as the patient's own production."""
        return self.kind in ("before-treatment", "after-treatment")

    @property
    def words(self) -> Message:
        """The label as screen and paper say it."""
        match self.kind:
            case "before-treatment":
                return message(N_("before treatment"))
            case "trough":
                return message(N_("trough on treatment: partly infused IgG, not the patient's own alone"))
            case "after-treatment":
                return plural_message(
                    "{n} day after the last dose", "{n} days after the last dose", self.days_after or 0
                )
            case "too-soon":
                return plural_message(
                    "within {n} day after a dose: not a trough",
                    "within {n} days after a dose: not a trough",
                    self.days_after or 0,
                )


def label_of(taken_on: date, doses_on: Iterable[date]) -> SampleLabel:
    """Return what an IgG sample of a day is.

    A sample carries a date and no clock time: on the day of a dose it counts as drawn before that dose.

    Args:
        taken_on: day of the sample.
        doses_on: days of the patient's doses of every course, in any order: those given, and those still to come.

    Source: FACTS 1.4, 2.1 LAB-2, 8, Traps T13.
    """
    rules = library.lab_rules().troughs
    days = sorted(doses_on)
    before = [day for day in days if day < taken_on]
    to_come = [day for day in days if day >= taken_on]
    if not before:
        return SampleLabel(kind="before-treatment")
    days_after = (taken_on - before[-1]).days
    if to_come and (to_come[0] - taken_on).days <= rules.before_next_dose_days:
        return SampleLabel(kind="trough", days_after=days_after)
    if days_after < rules.not_within_days:
        return SampleLabel(kind="too-soon", days_after=days_after)
    if not to_come and days_after >= rules.after_treatment_days:
        return SampleLabel(kind="after-treatment", days_after=days_after)
    return SampleLabel(kind="trough", days_after=days_after)


def troughs(labs: Iterable[LabValue], doses_on: Iterable[date]) -> tuple[LabValue, ...]:
    """Return the IgG values that are troughs on treatment, by date."""
    days = tuple(doses_on)
    found = (value for value in labs if value.test == "igg" and label_of(value.taken_on, days).kind == "trough")
    return tuple(sorted(found, key=lambda value: (value.taken_on, value.at)))


def stop_rule_reached(rule: StopRule | None, values: Sequence[Decimal | LabValue]) -> bool:
    """Whether so many troughs in a row, the latest included, are at or above what the rule asks for.

    Args:
        rule: of the regimen; None, or one without a number, is never reached.
        values: troughs in g/L, by date.

    Source: FACTS 1.4.
    """
    if rule is None or rule.igg_trough_g_per_l is None or not values:
        return False
    latest = values[-max(rule.troughs, 1) :]
    if len(latest) < rule.troughs:
        return False
    return all(_level(value) >= rule.igg_trough_g_per_l for value in latest)


def _level(value: Decimal | LabValue) -> Decimal:
    return value.value if isinstance(value, LabValue) else value
