"""A second nurse can check every number of a dose from what “why this dose” says, without the program."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import msgspec
import pytest

from ivigdesk.clinical.courses.course import Course, DoseWeight, Revision
from ivigdesk.clinical.courses.plan import plan_course
from ivigdesk.clinical.courses.status import view_course
from ivigdesk.clinical.courses.why import WhyPart, why_dose, why_planned
from ivigdesk.clinical.courses.why_date import rule_days
from ivigdesk.clinical.doses.dosing import DosingWeight
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.messages import Message
from ivigdesk.scheduling.choices import Choice
from ivigdesk.scheduling.closures import WardDays
from ivigdesk.wording import LANGUAGES, NO_BREAK, Wording
from tests.clinical.samples import CMV, MONDAY, listed, product, request
from tests.clinical.stored import a_course

PATIENT = Patient(
    id=UUID(int=1), record_number="1", family_name="Li", given_name="Na", birth_on=date(1979, 8, 14), weight_g=70_000
)


def why(course: Course, number: int, *later: Revision) -> dict[str, list[str]]:
    newest = later[-1] if later else course.revision
    shown = msgspec.structs.replace(course, revision=newest)
    view = view_course(PATIENT, shown, (), (), newest_revision=newest.number, day=MONDAY)
    return said(why_dose(view, number, (course.revision, *later)))


def said(parts: tuple[WhyPart, ...]) -> dict[str, list[str]]:
    words = Wording("en")
    return {
        words.say(part.title): [words.say(step.rule).replace(NO_BREAK, " ") for step in part.steps] for part in parts
    }


def has(steps: list[str], *fragments: str) -> bool:
    return all(any(fragment in step for step in steps) for fragment in fragments)


def test_each_question_has_its_answer_in_the_order_in_which_it_is_checked() -> None:
    assert list(why(a_course(override_reason="Bleeding", override_by="Dr Q"), 9)) == [
        "Why this date",
        "Why this weight",
        "Why this amount",
        "Why these rates",
        "What the rules noticed",
        "Who and when",
    ]


def test_the_date_follows_from_phase_interval_and_course_day() -> None:
    steps = why(a_course(), 9)["Why this date"]
    assert has(
        steps,
        "phase “Weekly”: from day 15, every 7 days, 4 doses",
        "the source leaves the first day open (15, 20, 21); picked: 15",
        "dose 9 is on course day 22: Mon 02 Mar 2026 + 21 days = Mon 23 Mar 2026",
        "course day: Mon 23 Mar 2026 − Mon 02 Mar 2026, counted from 1 = 22",
    )


def test_the_prescribers_pick_is_named() -> None:
    picked = request(choices=(Choice(phase=1, what="first_day", value=Decimal(21)),))
    steps = why(a_course(picked), 8)["Why this date"]
    assert has(steps, "picked: 21", "dose 8 is on course day 21: Mon 02 Mar 2026 + 20 days = Sun 22 Mar 2026")


def test_a_closed_day_is_named_for_the_dose_that_it_moved_and_for_no_other() -> None:
    closed = WardDays(closed_on=(date(2026, 3, 23),), policy="later")
    course = a_course(ward_days=closed)
    moved = why(course, 9)["Why this date"]
    assert has(moved, "= Mon 23 Mar 2026", "the ward is closed on that day: planned on Tue 24 Mar 2026")
    assert not has(why(course, 10)["Why this date"], "closed")


def test_a_first_dose_on_a_closed_day_does_not_make_the_others_look_moved() -> None:
    closed = WardDays(closed_on=(MONDAY,), policy="later")
    course = a_course(request(regimen=listed((1, 400), (8, 400), (15, 400))), ward_days=closed)
    assert has(why(course, 1)["Why this date"], "closed")
    assert not has(why(course, 2)["Why this date"], "closed")


def test_a_transplant_anchored_dose_counts_from_day_0() -> None:
    regimen = listed((-1, 400), (7, 400), (14, 400), anchor="transplant")
    course = a_course(request(regimen=regimen, first_on=MONDAY, transplant_on=MONDAY - timedelta(days=2)))
    assert [dose.number for dose in course.doses] == [1, 2], "the dose before the first day is left out"
    steps = why(course, 1)["Why this date"]
    assert has(steps, "dose 1 is on transplant day 7: Sat 28 Feb 2026 + 7 days = Sat 07 Mar 2026", "counted from 0 = 7")


def test_every_move_is_told_with_reason_nurse_and_time() -> None:
    course = a_course()
    at = datetime(2026, 3, 8, 10, 15, tzinfo=UTC)
    doses = tuple(
        msgspec.structs.replace(dose, due_on=date(2026, 3, 9), course_day=8, reason="Fever")
        if dose.number == 4
        else dose
        for dose in course.doses
    )
    later = Revision(id=UUID(int=9), course_id=course.id, number=2, doses=doses, reason="Fever", nurse="S. Kaur", at=at)
    steps = why(course, 4, later)
    told = "revision 2: moved from Sun 08 Mar 2026 to Mon 09 Mar 2026. Reason: Fever (S. Kaur, Sun 08 Mar 2026 10:15)"
    assert told in steps["Why this date"]
    assert has(steps["Who and when"], "revision 2: S. Kaur")
    assert not has(why(course, 5, later)["Why this date"], "revision 2")


def test_a_later_revision_is_not_told_on_an_older_plan() -> None:
    course = a_course()
    moved = tuple(msgspec.structs.replace(dose, due_on=dose.due_on + timedelta(days=1)) for dose in course.doses)
    later = msgspec.structs.replace(course.revision, id=UUID(int=9), number=2, doses=moved, reason="Fever")
    view = view_course(PATIENT, course, (), (), newest_revision=2, day=MONDAY)
    assert why_dose(view, 4, (course.revision, later)) == why_dose(view, 4, (course.revision,))


def test_the_amount_can_be_multiplied_by_hand() -> None:
    steps = why(a_course(), 1)["Why this amount"]
    assert steps == [
        "150 mg/kg × 70 kg = 10500 mg",
        "rounded to the nearest vials: 4 × 2.5 g = 10 g",
        "(10000 mg − 10500 mg) ÷ 10500 mg × 100 = −4.76 %",
        f"10 g of {product('cn-ph4-5').title.en} (50 g/L) = 200 mL",
    ]


def test_a_part_of_a_vial_says_what_is_discarded() -> None:
    steps = why(a_course(request(weight_g=6_000)), 1)["Why this amount"]
    assert has(steps, "150 mg/kg × 6 kg = 900 mg", "1 × 2.5 g = 2.5 g", "2.5 g opened − 0.9 g given = 1.6 g discarded")


def test_the_weight_says_policy_reason_and_day() -> None:
    heavy = request(
        policy="nba-2026", weight_g=100_000, height_mm=1750, sex="male", birth_on=date(1980, 1, 1), weighed_on=MONDAY
    )
    steps = why(a_course(heavy, policy_reason="Fluid overload"), 1)["Why this weight"]
    assert has(steps, "weighed: 100 kg on Mon 02 Mar 2026", "82.279 kg", "why this policy: Fluid overload")
    assert has(why(a_course(), 1)["Why this weight"], "weighed: 70 kg, the day is not recorded")


def test_a_dose_that_was_computed_anew_says_from_which_weight_and_by_whom() -> None:
    course = a_course()
    weight = DoseWeight(
        weight_g=60_000, weighed_on=MONDAY, dosing_weight=DosingWeight(exact_kg=(60, 1), policy="actual", kind="actual")
    )
    doses = tuple(
        msgspec.structs.replace(dose, weight=weight, exact_mg=Decimal(9000)) if dose.number > 1 else dose
        for dose in course.doses
    )
    later = msgspec.structs.replace(
        course.revision, id=UUID(int=9), number=2, doses=doses, reason="Lost weight (Dr K)", nurse="S. Kaur"
    )
    steps = why(course, 2, later)
    assert has(steps["Why this weight"], "weighed: 60 kg", "revision 2: computed anew with this weight. Reason: Lost")
    assert has(steps["Why this amount"], "150 mg/kg × 60 kg = 9000 mg")
    assert has(why(course, 1, later)["Why this weight"], "weighed: 70 kg")


def test_the_rates_add_up_to_the_volume() -> None:
    steps = why(a_course(), 1)["Why these rates"]
    assert has(
        steps,
        "from minute 0: 60 mL/h; in 15 min that is 15 mL, 15 mL in all",
        "185 mL, 200 mL in all",
        "200 mL are in after 76.7 min",
    )


def test_who_planned_prescribed_and_accepted_is_named() -> None:
    steps = why(a_course(override_reason="Bleeding", override_by="Dr Q"), 1)["Who and when"]
    assert has(steps, "planned by A. Wong, Sun 01 Mar 2026 15:30", "prescribed by Dr S. Kim", "by Dr Q: Bleeding")


@pytest.mark.parametrize("index", [0, 7, 10])
def test_a_plan_that_nobody_has_confirmed_is_explained_like_the_course_that_it_becomes(index: int) -> None:
    asked = request(transplant_on=date(2026, 2, 1), birth_on=date(1979, 8, 14))
    planned = said(why_planned(plan_course(asked), index))
    stored = why(a_course(asked), index + 1)
    for part in ("Why this date", "Why this weight", "Why these rates", "What the rules noticed"):
        assert planned[part] == stored[part]
    assert planned["Why this amount"][0] == stored["Why this amount"][0] == "150 mg/kg × 70 kg = 10500 mg"
    assert "Who and when" not in planned


def test_every_step_can_be_read_in_both_languages_and_numbers_have_a_source() -> None:
    asked = request(transplant_on=date(2026, 2, 1), birth_on=date(1979, 8, 14), risks=("renal",))
    course = a_course(asked, override_reason="Bleeding", override_by="Dr Q")
    view = view_course(PATIENT, course, (), (), newest_revision=1, day=MONDAY)
    for number in range(1, 12):
        parts = why_dose(view, number, (course.revision,))
        for part in parts:
            for step in part.steps:
                assert isinstance(step.rule, Message)
                assert all(Wording(language).say(step.rule) for language in LANGUAGES)
        assert all(step.source for step in parts[2].steps), "each step of the amount names its source"


def test_a_course_that_left_out_the_first_doses_has_the_last_days_of_the_rule() -> None:
    assert rule_days(CMV, 11) == (1, 3, 5, 7, 9, 11, 13, 15, 22, 29, 36)
    assert rule_days(CMV, 3) == (22, 29, 36)
    assert rule_days(CMV, 12) is None
