"""What an IgG value says, given the doses around it (FACTS 1.4, 2.1 LAB-2, 8, Traps T13)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical import library
from ivigdesk.clinical.laboratory.troughs import label_of, stop_rule_reached, troughs
from ivigdesk.messages import Text
from ivigdesk.scheduling.regimen import StopRule
from ivigdesk.wording import Wording
from tests.store.samples import a_lab_value

DAY = date(2026, 3, 2)


def days(*numbers: int) -> list[date]:
    return [DAY + timedelta(days=number) for number in numbers]


@pytest.mark.parametrize(
    ("doses", "kind", "after"),
    [
        ((), "before-treatment", None),
        ((0,), "before-treatment", None),  # on the day of the first dose: drawn before it
        ((5, 12), "before-treatment", None),
        ((-7, 0), "trough", 7),  # on the day of a later dose
        ((-7, 1), "trough", 7),  # the day before it
        ((-5, 2), "too-soon", 5),
        ((-2, 0), "trough", 2),  # every other day
        ((-1,), "too-soon", 1),
        ((-13,), "too-soon", 13),
        ((-14,), "trough", 14),
        ((-20,), "trough", 20),
        ((-21,), "after-treatment", 21),
        ((-21, 7), "trough", 21),  # every 28 days: treatment goes on
        ((-400, -90), "after-treatment", 90),
        ((-13, -40, 15), "too-soon", 13),  # in any order
    ],
)
def test_a_sample_is_labelled_by_the_doses_around_it(doses: tuple[int, ...], kind: str, after: int | None) -> None:
    label = label_of(DAY, days(*doses))
    assert (label.kind, label.days_after) == (kind, after)
    assert label.is_own == (kind in ("before-treatment", "after-treatment"))


def test_a_label_never_calls_infused_immunoglobulin_the_patients_own() -> None:
    english = Wording("en")
    assert english.say(label_of(DAY, days(-7, 0)).words) == (
        "trough on treatment: partly infused IgG, not the patient's own alone"
    )
    assert english.say(label_of(DAY, days(-1)).words) == "within 1 day after a dose: not a trough"
    assert english.say(label_of(DAY, days(-9)).words) == "within 9 days after a dose: not a trough"
    assert english.say(label_of(DAY, ()).words) == "before treatment"
    assert english.say(label_of(DAY, days(-30)).words) == "30 days after the last dose"


@given(st.lists(st.integers(-60, 60), max_size=6))
def test_a_value_within_two_weeks_of_a_dose_is_never_the_patients_own(doses: list[int]) -> None:
    label = label_of(DAY, days(*doses))
    recent = [number for number in doses if -library.lab_rules().troughs.not_within_days < number < 0]
    assert not (recent and label.is_own)


def test_only_troughs_on_treatment_are_taken_by_date() -> None:
    drawn = [
        a_lab_value(str(number), taken_on=DAY + timedelta(days=number), value=Decimal(value))
        for number, value in ((14, 6), (0, 3), (7, 5), (2, 12))
    ]
    creatinine = a_lab_value("other", test="creatinine", taken_on=DAY + timedelta(days=7))
    found = troughs([*drawn, creatinine], days(0, 7, 14))
    assert [value.value for value in found] == [5, 6]


def rule(level: str | None, in_a_row: int = 1) -> StopRule:
    number = None if level is None else Decimal(level)
    return StopRule(text=Text(en="stop", zh_CN="停"), source="s27", igg_trough_g_per_l=number, troughs=in_a_row)


@pytest.mark.parametrize(
    ("stop", "values", "is_reached"),
    [
        (rule("6"), ["6"], True),
        (rule("6"), ["5.99"], False),
        (rule("6"), [], False),
        (rule("4", 2), ["4", "4"], True),
        (rule("4", 2), ["4"], False),
        (rule("4", 2), ["3.9", "4", "4.1"], True),
        (rule("4", 2), ["9", "9", "3.9"], False),
        (rule("4", 2), ["9", "3.9", "9"], False),
        (rule(None), ["40"], False),
        (None, ["40"], False),
    ],
)
def test_a_stop_rule_wants_so_many_troughs_in_a_row(stop: StopRule | None, values: list[str], is_reached: bool) -> None:
    assert stop_rule_reached(stop, [Decimal(value) for value in values]) is is_reached


def test_a_stop_rule_reads_laboratory_values() -> None:
    assert stop_rule_reached(rule("4.6"), [a_lab_value(value=Decimal("4.60"))])
