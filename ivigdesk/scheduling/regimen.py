"""What a regimen is: the rule that a calendar is made from, as its file states it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from ivigdesk.messages import Record, Text

AnchorKind = Literal["first-dose", "transplant"]
Standing = Literal["treatment", "replacement", "not-routine", "historical", "label"]
Immunoglobulin = Literal["normal", "cmv"]

WEIGHT_POLICIES = ("actual", "ontario", "nba-2026", "nhs-england")


class Phase(Record, frozen=True):
    """A stretch of a regimen with one dose and one interval.

    It ends by exactly one of `for_days`, `doses`, `last_day`; only the last stretch of a regimen may stay open,
    and then the regimen's `review_after_doses` says how far it is planned.

    Attributes:
        name: what the stretch is called on screen and paper.
        mg_per_kg: dose per kilogram of dosing weight.
        first_day: day of the first dose: course day (from 1) or transplant day (may be negative), by the anchor.
        first_day_choices: days that the source leaves open; the prescriber picks, the plan prints the choice.
        every_days: interval in days, 1 or more.
        for_days: length of a window in days, both ends included: first_day 1, 14 days = days 1 to 14.
        doses: number of doses.
        last_day: last day on which a dose may fall, included; same numbering as `first_day`.
        tolerance_days: days by which a dose may move without breaking the interval.
        mg_per_kg_range: smallest and largest dose per kilogram that the source gives, both included.
        ml_per_kg: dose in millilitres per kilogram, where the label counts so; then `mg_per_kg` is None and follows
            from the product.
        divided_mg_per_kg: what the doses of this phase add up to; then `mg_per_kg` is None and follows from their
            number.
        last_day_choices, every_days_choices, doses_choices: values that the source leaves open.
        also_after_days: further doses in each interval, so many days after its first: every 7 days and also after 3
            is twice weekly.
    """

    name: Text
    first_day: int
    every_days: int
    mg_per_kg: Decimal | None = None
    first_day_choices: tuple[int, ...] = ()
    for_days: int | None = None
    doses: int | None = None
    last_day: int | None = None
    tolerance_days: int = 0
    mg_per_kg_range: tuple[Decimal, Decimal] | None = None
    ml_per_kg: Decimal | None = None
    divided_mg_per_kg: Decimal | None = None
    last_day_choices: tuple[int, ...] = ()
    every_days_choices: tuple[int, ...] = ()
    doses_choices: tuple[int, ...] = ()
    also_after_days: tuple[int, ...] = ()


class ListedDose(Record, frozen=True):
    """One dose of an irregular regimen.

    Attributes:
        day: course day or transplant day, by the anchor.
        mg_per_kg: dose per kilogram; None where the source states none and the prescriber must.
        optional: given only when the prescriber asks for it.
    """

    day: int
    mg_per_kg: Decimal | None = None
    optional: bool = False


class StopRule(Record, frozen=True):
    """When an open-ended regimen is to be reviewed because it may have done its work.

    Attributes:
        text: the rule in words, as the source says it.
        igg_trough_g_per_l: trough IgG at or above which the review is due; None where the source gives no number.
        troughs: so many troughs in a row must reach it.
        target_igg_g_per_l: trough that the doses aim at; None where the source gives none.
        source: evidence ids.
    """

    text: Text
    source: str
    igg_trough_g_per_l: Decimal | None = None
    troughs: int = 1
    target_igg_g_per_l: Decimal | None = None


class Regimen(Record, frozen=True):
    """A versioned, sourced rule: phases or a list of doses.

    Attributes:
        id: stable name of the file, e.g. `cmv-pneumonia-fred-hutch`.
        version: year and month of the file's last check, e.g. `2026-11`.
        facts: row of the fact base, e.g. `R01`; empty for a ward's own.
        anchor: what day numbers count from: the first dose (day 1) or the transplant (day 0).
        standing: how the source stands to the use.
        requires: what must run beside it: `antiviral`.
        weight_policy: proposed policy of the dosing weight, e.g. `actual`.
        indication: key for a product's ladder, e.g. `cmv`, `itp`, `replacement`.
        sources: evidence ids.
        title, note: texts in both languages.
        phases: stretches in order; empty when `doses` lists days.
        doses: irregular doses in order; empty when `phases` says it.
        review_after_doses: an open-ended regimen is planned for so many doses, counted from its first, and must
            then be reviewed.
        first_dose_window: transplant days, both included, in which the first dose may be given; the days of the
            other doses do not follow it.
        max_mg_per_kg: most per infusion that the source allows.
        immunoglobulin: which kind the source gives: `normal`, or `cmv` for one with raised antibodies against CMV.
        caution: what must be said whenever a course is planned by it; None for nothing.
        stop_rule: when an open-ended regimen is reviewed before its time; None where there is none.
        exposure_within_days: the dose must be given within so many days of an exposure; None for no such rule.
        author: who wrote a ward's own file; empty for a shipped one.
        written_on: when a ward's own file was written; None for a shipped one.
    """

    id: str
    version: str
    anchor: AnchorKind
    standing: Standing
    title: Text
    sources: tuple[str, ...]
    facts: str = ""
    requires: tuple[Literal["antiviral"], ...] = ()
    weight_policy: str = "actual"
    indication: str = "general"
    note: Text | None = None
    phases: tuple[Phase, ...] = ()
    doses: tuple[ListedDose, ...] = ()
    review_after_doses: int | None = None
    first_dose_window: tuple[int, int] | None = None
    max_mg_per_kg: Decimal | None = msgspec.field(default=None)
    immunoglobulin: Immunoglobulin = "normal"
    caution: Text | None = None
    stop_rule: StopRule | None = None
    exposure_within_days: int | None = None
    author: str = ""
    written_on: date | None = None
