"""What doses bring with them, and when."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import msgspec
import pytest

from ivigdesk import resources
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.patients.known import KnownFacts
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.tasks.task import Task, course_tasks, plan_tasks
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.scheduling.regimen_file import parse_regimen
from ivigdesk.wording import Wording
from tests.clinical.safety.facts import days, earlier, event, known, lab, planned
from tests.clinical.samples import CMV, MONDAY, listed, product
from tests.sheets.conftest import a_course

TWO_GRAMS = listed((1, 1000), (2, 1000))
SOMEBODY = Patient(id=UUID(int=1), record_number="1", family_name="Wang", given_name="An", birth_on=date(1990, 1, 1))


def shipped(file: str) -> Regimen:
    return parse_regimen(resources.folder("regimens", file).read_bytes(), file)


def tasks(**changes: object) -> tuple[Task, ...]:
    return plan_tasks(planned(**changes))


def spans(of: tuple[Task, ...], code: str, words: str = "") -> list[tuple[int, int | None, int | None]]:
    """First and last day after the first dose, and the dose, of every task with this code that says these words."""
    return [
        (
            (task.due_from - MONDAY).days,
            None if task.due_to is None else (task.due_to - MONDAY).days,
            task.dose_number,
        )
        for task in of
        if task.code == code and words in Wording("en").say(task.what)
    ]


def test_t30_haemoglobin_is_followed_in_both_windows_after_the_last_dose() -> None:
    of = tasks(regimen=TWO_GRAMS, blood_group="A", donor_blood_group="O")
    assert spans(of, "SR10") == [(0, 1, 2), (3, 5, 2), (6, 11, 2)]
    assert spans(of, "SR10", "antiglobulin") == [(0, 1, 2)]
    assert spans(of, "SR10", "36 to 96 hours") == [(3, 5, 2)]
    assert spans(of, "SR10", "5 to 10 days") == [(6, 11, 2)]


def test_a_long_course_is_followed_after_the_dose_that_reaches_the_limit_and_after_its_last() -> None:
    weekly = listed(*((1 + 7 * week, 500) for week in range(8)))
    of = tasks(regimen=weekly, blood_group="A")
    assert [dose for _, _, dose in spans(of, "SR10")] == [4, 4, 4, 8, 8]


@pytest.mark.parametrize(
    ("groups", "is_followed"),
    [
        (("A", "O"), True),
        (("O", "B"), True),
        (("O", "unknown"), True),
        (("unknown", "unknown"), True),
        (("O", "O"), False),
    ],
)
def test_a_blood_group_that_nobody_knows_is_never_taken_as_o(groups: tuple[str, str], is_followed: bool) -> None:
    of = tasks(regimen=TWO_GRAMS, blood_group=groups[0], donor_blood_group=groups[1])
    assert bool(spans(of, "SR10")) is is_followed
    assert bool(spans(of, "LAB-ABO")) is ("unknown" in groups)


def with_doses(course: Course, *doses: Dose) -> Course:
    """Return the course with these doses in the place of its own, by number."""
    of = {dose.number: dose for dose in (*course.doses, *doses)}
    whole = tuple(of[number] for number in sorted(of))
    return msgspec.structs.replace(course, revision=msgspec.structs.replace(course.revision, doses=whole))


def test_a_dose_entered_in_error_brings_no_tests_and_the_one_in_its_place_does() -> None:
    course = a_course()
    wrong = msgspec.structs.replace(course.doses[-1], is_error=True)
    again = msgspec.structs.replace(wrong, id=UUID(int=78), number=99, is_error=False, replaces=wrong.id)
    of = course_tasks(with_doses(course, wrong, again), SOMEBODY, KnownFacts())
    numbers = {task.dose_number for task in of}
    assert wrong.number not in numbers
    assert 99 in numbers


def test_a_dose_that_was_added_brings_its_tests_at_its_date() -> None:
    course = a_course()
    on = course.doses[0].due_on + timedelta(days=1)
    extra = msgspec.structs.replace(course.doses[0], id=UUID(int=77), number=99, due_on=on, is_extra=True)
    of = course_tasks(with_doses(course, extra), SOMEBODY, KnownFacts())
    first = next(task for task in of if task.code == "LAB-CREATININE")
    assert first.dose_number == course.doses[0].number
    assert first.due_to == course.doses[0].due_on, "the first dose by date stays the first"
    late = next(task for task in of if task.code == "LATE" and task.dose_number == 99)
    assert late.due_from == on + timedelta(days=1)


def test_the_meter_follows_the_product_that_each_dose_is_given_from() -> None:
    course = msgspec.structs.replace(a_course(), product=product("cn-ph4-5"))
    free = product("privigen-10")
    assert (course.product.sugar, free.sugar) == ("maltose", "none")
    switched = tuple(msgspec.structs.replace(dose, product=free) if dose.number > 2 else dose for dose in course.doses)
    of = course_tasks(with_doses(course, *switched), SOMEBODY, KnownFacts())
    assert [task.dose_number for task in of if task.code == "SR16"] == [1, 2]


@pytest.mark.parametrize("kind", ["autologous", "syngeneic"])
def test_own_cells_and_those_of_a_twin_bring_no_other_blood_group(kind: str) -> None:
    of = tasks(regimen=TWO_GRAMS, blood_group="O", **known(transplant_kind=kind))
    assert spans(of, "SR10") + spans(of, "LAB-ABO") == []
    of = tasks(regimen=TWO_GRAMS, **known(transplant_kind=kind))
    assert [bool(spans(of, "SR10")), len(spans(of, "LAB-ABO", "of the patient:"))] == [True, 1]


def test_under_two_grams_nothing_is_followed_but_the_baseline() -> None:
    of = tasks(blood_group="A", donor_blood_group="A")
    assert spans(of, "SR10") == []
    assert spans(of, "LAB-HB") == [(-7, 0, 1)]
    assert spans(of, "LAB-CREATININE") == [(-7, 0, 1)]


def test_t32_doses_of_another_course_count_for_the_follow_up() -> None:
    r01 = shipped("cmv-pneumonia-fred-hutch.toml")
    assert spans(tasks(regimen=r01, blood_group="A"), "SR10") == []
    of = tasks(regimen=r01, blood_group="A", **known(earlier=(earlier(20, 500, given=False),)))
    assert [dose for _, _, dose in spans(of, "SR10")] == [10, 11, 11]


def test_creatinine_is_looked_at_before_and_after_each_dose_where_kidneys_are_at_risk() -> None:
    of = tasks(regimen=listed((1, 400), (5, 400)), risks=("renal",))
    assert spans(of, "SR05", "before dose") == [(3, 4, 2)]
    assert spans(of, "SR05", "48 to 72 hours") == [(2, 3, 1), (6, 7, 2)]
    assert spans(tasks(regimen=listed((1, 400), (5, 400))), "SR05") == []


def test_r01_wants_creatinine_before_each_dose() -> None:
    of = tasks(regimen=shipped("cmv-pneumonia-fred-hutch.toml"))
    assert [dose for _, _, dose in spans(of, "LAB-CREATININE")] == list(range(1, 12))
    assert spans(of, "SR05") == []


def test_a_trough_is_drawn_before_each_dose_of_a_monthly_course() -> None:
    of = tasks(regimen=shipped("replacement-maintenance.toml"))
    assert spans(of, "LAB-IGG")[:3] == [(-14, 0, 1), (27, 28, 2), (55, 56, 3)]
    assert len(spans(of, "LAB-IGG")) == 6


def test_soon_after_transplant_a_trough_is_drawn_about_every_two_weeks_and_later_every_three() -> None:
    weekly = listed(*((1 + 7 * week, 500) for week in range(10)), standing="replacement")
    early = tasks(regimen=weekly, transplant_on=days(-10))
    assert [dose for _, _, dose in spans(early, "LAB-IGG")] == [1, 3, 5, 7, 9]
    late = tasks(regimen=weekly, transplant_on=days(-200))
    assert [dose for _, _, dose in spans(late, "LAB-IGG")] == [1, 4, 7, 10]
    assert spans(tasks(regimen=TWO_GRAMS), "LAB-IGG") == []


def test_cmv_pcr_is_weekly_through_the_course_and_to_day_one_hundred() -> None:
    alone = spans(tasks(), "LAB-CMV")
    assert (alone[0], alone[-1]) == ((0, 6, None), (35, 41, None))
    assert spans(tasks(transplant_on=days(-30)), "LAB-CMV")[-1] == (70, 76, None)
    suppressed = tasks(transplant_on=days(-30), **known(conditions=("immunosuppression",)))
    assert spans(suppressed, "LAB-CMV")[-1] == (147, 153, None)
    gvhd = tasks(transplant_on=days(-30), **known(events=(event("chronic-gvhd", -5),)))
    assert spans(gvhd, "LAB-CMV")[-1] == (147, 153, None)
    assert spans(tasks(regimen=TWO_GRAMS), "LAB-CMV") == []


def test_platelets_show_the_response_in_a_course_for_low_platelets() -> None:
    assert spans(tasks(regimen=listed((1, 1000), (2, 1000), indication="itp")), "LAB-PLATELETS") == [
        (-7, 0, 1),
        (2, 4, 2),
    ]


def test_t38_samples_are_drawn_before_the_infusion() -> None:
    of = tasks(regimen=listed((1, 400), (8, 400)))
    assert spans(of, "SR15", "CMV IgG") == [(0, 0, 1)]
    assert spans(of, "SR15", "galactomannan") == [(0, 0, 1), (7, 7, 2)]


def test_t22_a_maltose_product_asks_for_its_meter_on_the_day_and_the_day_after() -> None:
    assert spans(tasks(regimen=listed((1, 400))), "SR16") == [(0, 1, 1)]
    assert spans(tasks(regimen=listed((1, 400)), product=product("privigen-10")), "SR16") == []


def test_a_patient_is_weighed_again_before_each_dose_with_an_old_weight() -> None:
    of = tasks(regimen=listed((1, 400), (8, 400), (9, 400)), weighed_on=MONDAY)
    assert spans(of, "SR24") == [(1, 8, 3)]


def test_t34_somebody_asks_about_late_effects_for_three_days() -> None:
    assert spans(tasks(regimen=listed((1, 400))), "LATE") == [(1, 3, 1)]


def test_t37_no_live_vaccine_before_the_later_of_both_waits() -> None:
    after_dose = next(task for task in tasks() if task.code == "SR13")
    assert (after_dose.due_from, after_dose.due_to) == (date(2027, 3, 6), None)
    assert "11 months" in Wording("en").say(after_dose.what)
    after_transplant = next(task for task in tasks(transplant_on=days(-10)) if task.code == "SR13")
    assert after_transplant.due_from == date(2028, 2, 20)
    assert "24 months of the transplant" in Wording("en").say(after_transplant.what)
    longer = tasks(regimen=listed((1, 400)), **known(earlier=(earlier(100, given=False),)))
    assert next(task for task in longer if task.code == "SR13").due_from == date(2027, 2, 10)


def test_a_value_inside_the_days_settles_its_task_and_no_other() -> None:
    labs = (lab("haemoglobin", "90", 4), lab("creatinine", "70", -8), lab("weight", "70", 3))
    of = tasks(regimen=TWO_GRAMS, blood_group="A", **known(labs=labs))
    done = [(task.code, task.test, (task.due_from - MONDAY).days) for task in of if task.is_done]
    assert done == [("SR10", "haemoglobin", 3)]


def test_tasks_come_by_their_first_day() -> None:
    of = tasks(risks=("renal",), weighed_on=MONDAY, blood_group="A")
    assert [task.due_from for task in of] == sorted(task.due_from for task in of)


def course_with(**changes: object) -> Course:
    course = a_course()
    doses = tuple(msgspec.structs.replace(dose, **changes) if dose.number > 2 else dose for dose in course.doses)
    return msgspec.structs.replace(course, revision=msgspec.structs.replace(course.revision, doses=doses))


def test_a_ceased_rest_brings_no_tasks_and_what_was_given_keeps_its_own() -> None:
    of = course_tasks(course_with(state="ceased"), SOMEBODY, KnownFacts())
    assert {task.dose_number for task in of} == {1, 2, None}
    last = course_with(state="ceased").doses[1].due_on
    assert any(task.code == "LATE" and task.due_from > last for task in of)
    assert course_tasks(course_with(state="omitted"), SOMEBODY, KnownFacts()) == of


def test_a_held_dose_keeps_its_tasks_because_it_may_be_released() -> None:
    numbers = {task.dose_number for task in course_tasks(course_with(state="held"), SOMEBODY, KnownFacts())}
    assert numbers == {None, *(dose.number for dose in a_course().doses)}


def test_a_course_without_a_dose_left_brings_nothing() -> None:
    course = a_course()
    doses = tuple(msgspec.structs.replace(dose, state="ceased") for dose in course.doses)
    gone = msgspec.structs.replace(course, revision=msgspec.structs.replace(course.revision, doses=doses))
    assert course_tasks(gone, SOMEBODY, KnownFacts()) == ()


def test_every_task_can_be_said_and_names_a_source() -> None:
    of = tasks(regimen=CMV, risks=("renal",), weighed_on=MONDAY, transplant_on=days(-20), blood_group="A")
    assert all("{" not in Wording("en").say(task.what) and task.source.startswith("FACTS") for task in of)


def maintenance(*values: str) -> tuple[Task, ...]:
    """Tasks of six doses, every 4 weeks, with a trough on the day of each dose from the second on."""
    labs = tuple(lab("igg", value, 28 * (index + 1)) for index, value in enumerate(values))
    return tasks(regimen=shipped("replacement-maintenance.toml"), **known(labs=labs))


def test_troughs_that_reach_the_stop_rule_ask_for_a_review_up_to_the_next_dose() -> None:
    asked = [task for task in maintenance("3.5", "4.2", "4.4") if task.code == "REVIEW"]
    first = asked[0]
    assert ((first.due_from - MONDAY).days, first.dose_number) == (84, 4)
    said = Wording("en").say(first.what).replace("\u00a0", " ")
    assert "(4.2 g/L, 4.4 g/L) have reached 4 g/L" in said
    assert "partly infused IgG" in said


@pytest.mark.parametrize("values", [(), ("4.2",), ("4.2", "3.9"), ("3.9", "4.2")])
def test_troughs_that_do_not_reach_it_in_a_row_ask_for_nothing_before_the_last_planned_dose(
    values: tuple[str, ...],
) -> None:
    assert spans(maintenance(*values), "REVIEW") == [(140, 168, 6)]


def test_a_course_with_an_end_of_its_own_is_not_reviewed() -> None:
    assert spans(tasks(), "REVIEW") == []
