"""What the prescriber states for the criteria decides them, stays with the course, and is used at every later look."""

from __future__ import annotations

import msgspec
import pytest

from ivigdesk.actions.courses import reweigh_course as reweighing
from ivigdesk.actions.courses.changing import accept
from ivigdesk.actions.courses.plan_course import PlanForm, confirm, propose
from ivigdesk.actions.courses.plan_form import read_stated
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import why
from ivigdesk.actions.patients.register_patient import register_patient, weigh_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.why import WhyPart, why_planned
from ivigdesk.clinical.eligibility.criteria import Outcome
from ivigdesk.clinical.eligibility.questions import missing_in
from ivigdesk.clinical.patients.known import Stated
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.errors import UserMistake
from ivigdesk.wording import NO_BREAK, Wording
from tests.actions.changing import shown
from tests.conftest import cmv_plan, li_na

INEFFECTIVE = ("antimicrobials_ineffective", "yes")
NO_ANTIBODIES = ("antibody_failure", "yes")


@pytest.fixture
def septic(desk: Desk) -> Patient:
    """LI, Na with a severe infection: the EU labels then ask what no record says."""
    return register_patient(
        desk, msgspec.structs.replace(li_na(), transplant_kind="autologous", conditions=("sepsis",))
    )


def form(patient: Patient, *stated: tuple[str, str]) -> PlanForm:
    return msgspec.structs.replace(cmv_plan(patient, profile="eu-label"), stated=stated)


def outcomes(course: Course) -> set[Outcome | None]:
    return {dose.criteria.outcome if dose.criteria else None for dose in course.doses}


def planned(desk: Desk, patient: Patient, *stated: tuple[str, str]) -> Course:
    return confirm(desk, propose(desk, form(patient, *stated)), "Septic", "Dr S. Kim")


def test_what_nobody_stated_cannot_be_checked(desk: Desk, septic: Patient) -> None:
    course = planned(desk, septic)
    assert outcomes(course) == {"cannot_be_checked"}
    assert missing_in(dose.criteria for dose in course.doses) == ("antimicrobials_ineffective", "antibody_failure")
    assert course.stated == ()


def test_a_criterion_is_met_only_by_what_was_stated(desk: Desk, septic: Patient) -> None:
    assert outcomes(planned(desk, septic, INEFFECTIVE)) == {"cannot_be_checked"}
    assert outcomes(planned(desk, septic, INEFFECTIVE, NO_ANTIBODIES)) == {"met"}
    assert outcomes(planned(desk, septic, ("antimicrobials_ineffective", "no"), NO_ANTIBODIES)) == {"not_met"}


def test_a_course_keeps_what_was_stated(desk: Desk, septic: Patient) -> None:
    course = planned(desk, septic, INEFFECTIVE, NO_ANTIBODIES)
    assert course.stated == (
        Stated(fact="antimicrobials_ineffective", is_so=True),
        Stated(fact="antibody_failure", is_so=True),
    )
    assert look_up_course(desk, course.id).course == course


def test_a_moved_dose_is_looked_at_with_what_was_stated(desk: Desk, septic: Patient) -> None:
    course = planned(desk, septic, INEFFECTIVE, NO_ANTIBODIES)
    made = shown(desk, course, "postpone", 10, "2026-03-31")
    row = made.rows[9]
    assert row.is_moved
    assert row.dose.criteria is not None
    assert row.dose.criteria.outcome == "met"
    moved = accept(desk, made, "Fever")
    assert outcomes(moved) == {"met"}
    assert look_up_course(desk, course.id).course.stated == course.stated


def test_doses_computed_anew_are_looked_at_with_what_was_stated(desk: Desk, septic: Patient) -> None:
    course = planned(desk, septic, INEFFECTIVE, NO_ANTIBODIES)
    weigh_patient(desk, septic.id, "50")
    anew = reweighing.confirm(desk, reweighing.proposal(desk, course.id), "Weighed without oedema", "Dr S. Kim")
    assert {dose.planned_dose_mg for dose in anew.doses} != {dose.planned_dose_mg for dose in course.doses}
    assert outcomes(anew) == {"met"}


def test_why_a_dose_is_as_it_is_says_what_was_stated(desk: Desk, septic: Patient) -> None:
    stated = (INEFFECTIVE, ("antibody_failure", "no"))
    course = planned(desk, septic, *stated)
    expected = [
        "stated by the prescriber: Was antimicrobial treatment ineffective? Yes",
        "stated by the prescriber: Did IgG against pneumococcal vaccines rise less than twofold? No",
    ]
    assert said_of_criteria(why(desk, look_up_course(desk, course.id), 1)) == expected
    assert said_of_criteria(why_planned(propose(desk, form(septic, *stated)).plan, 0)) == expected


def said_of_criteria(parts: tuple[WhyPart, ...]) -> list[str]:
    words = Wording("en")
    part = next(one for one in parts if words.say(one.title) == "Criteria on this date")
    steps = [words.say(step.rule).replace(NO_BREAK, " ") for step in part.steps]
    return [step for step in steps if step.startswith("stated by the prescriber")]


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ((("rich", "yes"),), "Stated: “rich” is not known."),
        ((("", "yes"),), "Stated: “” is not known."),
        ((("had_infection", "yes"),), "Stated: “had_infection” is not known."),
        ((("antibody_failure", "perhaps"),), "Stated: “perhaps” is not known. Allowed: yes, no."),
        ((("antibody_failure", ""),), "Stated: “” is not known. Allowed: yes, no."),
        (
            (("antibody_failure", "yes"), ("antibody_failure", "no")),
            "Stated: “antibody_failure” is answered both yes and no. State it once.",
        ),
    ],
)
def test_what_cannot_be_taken_is_refused_by_name(
    desk: Desk, septic: Patient, pairs: tuple[tuple[str, str], ...], said: str
) -> None:
    with pytest.raises(UserMistake) as refused:
        propose(desk, form(septic, *pairs))
    assert refused.value.field == "stated"
    assert Wording("en").say(refused.value.message).replace(NO_BREAK, " ").startswith(said)


def test_the_same_answer_twice_is_one_answer() -> None:
    assert read_stated((INEFFECTIVE, ("Antimicrobials_Ineffective ", " YES"))) == (
        Stated(fact="antimicrobials_ineffective", is_so=True),
    )
