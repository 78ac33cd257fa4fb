"""What earlier side effects mean for one dose: which decisions hold for it, how fast it may run, what it waits for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.infusions.follow_up import FollowUp
from ivigdesk.clinical.infusions.infusion import Infusion, SideEffect
from ivigdesk.clinical.infusions.procedure import ChecklistItem
from ivigdesk.clinical.infusions.side_effects import Consequence, ConsequenceWords, SideEffectCatalogue
from ivigdesk.clinical.laboratory.values import LAB_TESTS, LabTest, LabValue
from ivigdesk.messages import Record, Text
from ivigdesk.units import rounded_down

LINE = "follow-up-"
"""Codes of checklist lines that come from a decision begin so; the decision's id follows."""

_HALF = Fraction(1, 2)  # FACTS 5.5: half of the rate where no slower one was tolerated (GK-M)


class ProposedFollowUp(Record, frozen=True):
    """A consequence that the catalogue proposes for the doses after a side effect.

    Attributes:
        effect: the side effect, as it is now.
        dose_number: of the dose at which it was recorded.
        consequence: its code.
        name, words: what it is, in both languages.
        needs_prescriber: whether it is accepted on a prescriber's word only.
        ml_per_h: for `SLOW` the last rate that was tolerated; None otherwise, or where no rate is known.
        detail: what its words are prefilled with, such as which drugs; None for nothing.
        test: for `LAB` the value that is awaited; None for another one, which `detail` names.
        is_made: what it asks for has happened already: the doses are on hold, or the course has ceased.
        decided: what was decided about it; None while nothing was.
    """

    effect: SideEffect
    dose_number: int
    consequence: Consequence
    name: Text
    words: Text
    needs_prescriber: bool
    ml_per_h: Decimal | None = None
    detail: Text | None = None
    test: LabTest | None = None
    is_made: bool = False
    decided: FollowUp | None = None


class FollowUpInForce(Record, frozen=True):
    """A decision that holds for a dose, with what it follows.

    Attributes:
        follow_up: the decision.
        effect: the side effect that it was made about, as it was recorded then.
        dose_number: of the dose at which that was recorded.
        was_corrected: the side effect was corrected since: the decision should be looked at again.
    """

    follow_up: FollowUp
    effect: SideEffect
    dose_number: int
    was_corrected: bool = False

    @property
    def reaction(self) -> Text:
        """The dose with its side effect in words: `dose 3: Headache, grade 2`."""
        number, grade, term = self.dose_number, self.effect.grade, self.effect.term
        return Text(en=f"dose {number}: {term.en}, grade {grade}", zh_CN=f"第{number}次：{term.zh_CN}，{grade}级")


def follow_ups_for(dose: Dose, course: Course, follow_ups: Iterable[FollowUp]) -> tuple[FollowUp, ...]:
    """Return the accepted decisions about doses before this one by date, in their order.

    The calendar in force decides what comes before what, so a decision holds for doses that were moved or added
    later. What was decided about a dose entered in error holds for nothing.

    SAFETY: a dose that the calendar no longer has was a dose of this patient all the same: its decisions hold.
    """
    doses = {one.id: one for one in course.doses}
    found = []
    for follow_up in follow_ups:
        source = doses.get(follow_up.dose_id)
        is_before = source is None or (source.comes_before(dose) and not source.is_error)
        if follow_up.decision == "accepted" and not follow_up.is_withdrawn and is_before:
            found.append(follow_up)
    return tuple(found)


def tolerated_ml_per_h(effect: SideEffect, infusion: Infusion | None, pump_step_ml_per_h: Decimal) -> Decimal | None:
    """Return the rate one step below the one at onset, as the pump was really set; None where it never ran.

    After the end, or where the time of onset is not known, the fastest rate counts as the one at onset. Where no
    slower rate was tolerated before, it is half of the rate at onset.

    Source: FACTS 6 (SLOW: cap at last tolerated), 5.5 (half rate: GK-M).
    """
    if infusion is None:
        return None
    is_during = effect.onset_time_known and (infusion.end is None or effect.onset_at <= infusion.end.ended_at)
    changes = infusion.settings_before(effect.onset_at) if is_during else infusion.rate_changes
    rates = [change.ml_per_h for change in changes if change.ml_per_h > 0]
    if not rates:
        return None
    at_onset = rates[-1] if is_during else max(rates)
    slower = [rate for rate in rates if rate < at_onset]
    if slower:
        return max(slower)
    return max(rounded_down(Fraction(at_onset) * _HALF, pump_step_ml_per_h), pump_step_ml_per_h)


def slowest_cap(
    dose: Dose, course: Course, in_force: Iterable[FollowUpInForce]
) -> tuple[Decimal, FollowUpInForce] | None:
    """Return the fastest rate that the decisions leave this dose, with the decision that sets it; None without one.

    SAFETY: what was tolerated in mL/h of a thin product is twice the immunoglobulin in mL/h of a concentrated one.
    The cap counts in both: never more millilitres, never more grams per hour.
    """
    doses = {one.id: one for one in course.doses}
    own = Fraction(course.product_of(dose).g_per_l)
    caps = []
    for one in in_force:
        rate = one.follow_up.ml_per_h
        if one.follow_up.consequence != "SLOW" or rate is None:
            continue
        source = doses.get(one.follow_up.dose_id)
        product = course.product if source is None else course.product_of(source)
        thicker = min(Fraction(1), Fraction(product.g_per_l) / own)
        caps.append((_as_decimal(Fraction(rate) * thicker), one))
    return min(caps, key=lambda cap: cap[0], default=None)


def awaited_test(follow_up: FollowUp) -> LabTest | None:
    """Return the laboratory test whose value a decision waits for; None for another decision or another value."""
    if follow_up.consequence != "LAB":
        return None
    return next((test for test in LAB_TESTS if test == follow_up.detail), None)


def is_awaited(one: FollowUpInForce, labs: Sequence[LabValue], day: date) -> bool:
    """Whether a decision still waits for its laboratory value on `day`.

    SAFETY: a sample carries a date and no clock time. One of the day of onset may be from before it, and does not
    count.
    """
    test = awaited_test(one.follow_up)
    return test is not None and not any(
        value.test == test and one.effect.onset_at.date() < value.taken_on <= day and not value.is_withdrawn
        for value in labs
    )


def checklist_lines(
    in_force: Iterable[FollowUpInForce],
    catalogue: SideEffectCatalogue,
    test_titles: dict[LabTest, Text],
    *,
    awaited: Iterable[FollowUpInForce] = (),
    same_product: Iterable[FollowUpInForce] = (),
) -> tuple[ChecklistItem, ...]:
    """Return the lines that the decisions add to the checklist of a dose.

    Args:
        in_force: decisions that hold for it.
        catalogue: with the words of each line.
        test_titles: names of the laboratory tests.
        awaited: those that still wait for a value that is recorded here; once it is there, the line goes.
        same_product: those of a switch that the dose has not seen: it is still given from the product of the reaction.
    """
    waiting, unswitched = tuple(awaited), tuple(same_product)
    lines = []
    for one in in_force:
        follow_up = one.follow_up
        words = catalogue.consequence(follow_up.consequence)
        test = awaited_test(follow_up)
        is_settled = (test is not None and one not in waiting) or (
            follow_up.consequence == "SWITCH" and one not in unswitched
        )
        if words.line is None or is_settled:
            continue
        detail = Text(en=follow_up.detail, zh_CN=follow_up.detail) if test is None else test_titles[test]
        lines.append(_line(one, words, words.line, detail))
    return tuple(lines)


def _line(one: FollowUpInForce, words: ConsequenceWords, line: Text, detail: Text) -> ChecklistItem:
    reaction = one.reaction
    return ChecklistItem(
        code=f"{LINE}{one.follow_up.id}",
        text=Text(
            en=line.en.format(detail=detail.en or words.name.en, reaction=reaction.en),
            zh_CN=line.zh_CN.format(detail=detail.zh_CN or words.name.zh_CN, reaction=reaction.zh_CN),
        ),
        source=words.source,
        is_critical=words.is_critical,
    )


def _as_decimal(rate: Fraction) -> Decimal:
    """Return a rate that has no exact decimal form, rounded down; a pump is set more coarsely anyway."""
    return rounded_down(rate, Decimal("0.001"))
