"""The planning page's fields: what a source leaves open is asked, and what is chosen is stored with its reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from ivigdesk.actions.desk import Desk, set_ward
from ivigdesk.actions.look_up import patient as look_up_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.scheduling.choices import Open, open_choices
from ivigdesk.scheduling.regimen_write import write_regimen
from ivigdesk.ui.course import PlanCoursePage
from ivigdesk.ui.widgets import dialogs
from ivigdesk.wording import Wording
from tests.ui.audit import labels_that_guess_markup, unnamed_controls
from tests.ui.planning import Show, choose, offered, planning, write


@pytest.fixture(autouse=True)
def _discard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test leaves half typed is discarded without asking."""
    monkeypatch.setattr(dialogs, "ask_to_discard", lambda *_: True)


@pytest.fixture
def page(desk: Desk, patient: Patient, english: Wording, shown: Show) -> PlanCoursePage:
    """The planning page of LI, Na on the article's CMV regimen."""
    return planning(desk, patient, english, shown, "cmv-pneumonia-fred-hutch")


def _store(page: PlanCoursePage, desk: Desk, patient: Patient) -> Course:
    page.compute()
    assert page.proposal is not None, page.preview.stale.sentence
    page.store(page.proposal, "As discussed", "Dr S. Kim")
    return look_up_patient(desk, patient.id).courses[-1].course


@pytest.mark.parametrize(
    ("regimen", "what", "values"),
    [
        ("cmv-pneumonia-fred-hutch", "first_day", ["day 15", "day 20", "day 21"]),
        ("cmv-reactivation-first-3-months", "last_day", ["day +90", "day +100"]),
        ("replacement-maintenance", "every_days", ["every 3 weeks", "every 4 weeks"]),
        ("itp-400-5-days", "doses", ["2 doses", "3 doses", "4 doses", "5 doses"]),
    ],
)
def test_what_the_source_leaves_open_is_a_field_with_the_proposed_value_in_it(
    page: PlanCoursePage, regimen: str, what: Open, values: list[str]
) -> None:
    choose(page.fields.regimen, regimen)
    field = page.fields.open.listed[what]
    assert field.isVisible()
    assert offered(field) == values
    found = open_choices(page.desk.library.regimen(regimen))
    assert field.value() == str(next(one.default for one in found if one.what == what))
    assert "The source leaves it open" in field.below.text()
    others = [one for key, one in page.fields.open.listed.items() if key != what]
    assert not any(one.isVisible() for one in others)


def test_every_open_choice_of_the_library_has_its_field(page: PlanCoursePage) -> None:
    for regimen in page.desk.library.regimens():
        choose(page.fields.regimen, regimen.id)
        shown = {key for key, one in page.fields.open.listed.items() if one.isVisible()}
        if page.fields.open.per_kg.isVisible():
            shown.add("mg_per_kg")
        assert {one.what for one in open_choices(regimen)} <= shown, regimen.id
        assert unnamed_controls(page.fields) == []


def test_a_picked_interval_moves_the_doses_and_is_stored(page: PlanCoursePage, desk: Desk, patient: Patient) -> None:
    choose(page.fields.regimen, "replacement-maintenance")
    choose(page.fields.open.listed["every_days"], "21")
    course = _store(page, desk, patient)
    assert course.regimen.phases[0].every_days == 21
    assert (course.doses[1].due_on - course.doses[0].due_on).days == 21


def test_a_picked_first_day_is_stored(page: PlanCoursePage, desk: Desk, patient: Patient) -> None:
    choose(page.fields.open.listed["first_day"], "20")
    assert _store(page, desk, patient).first_days == ((1, 20),)


def test_a_dose_inside_the_range_is_taken_and_outside_both_ends_are_named(
    page: PlanCoursePage, desk: Desk, patient: Patient
) -> None:
    choose(page.fields.regimen, "replacement-maintenance")
    field = page.fields.open.per_kg
    assert field.text() == "400"
    assert "400 to 500" in field.below.text().replace("\u00a0", " ")
    write(field, "501")
    field.left.emit()
    assert "400" in field.error
    assert "500" in field.error
    page.compute()
    assert "501" in field.error
    assert page.proposal is None
    write(field, "450")
    assert _store(page, desk, patient).doses[0].mg_per_kg == Decimal(450)


def test_a_field_of_one_regimen_is_not_carried_to_the_next(page: PlanCoursePage) -> None:
    choose(page.fields.regimen, "replacement-maintenance")
    write(page.fields.open.per_kg, "450")
    choose(page.fields.regimen, "cmv-pneumonia-fred-hutch")
    page.compute()
    assert page.proposal is not None
    assert page.proposal.plan.infusions[0].mg_per_kg == 150


def test_another_policy_than_the_proposed_one_asks_why_and_keeps_the_answer(
    page: PlanCoursePage, desk: Desk, patient: Patient
) -> None:
    sized = page.fields.sized
    assert offered(sized.policy)[0] == "Actual weight (proposed)"
    assert sized.policy_reason.isHidden()
    choose(sized.policy, "ontario")
    assert sized.policy_reason.isVisible()
    page.compute()
    assert sized.policy_reason.error
    assert page.proposal is None
    write(sized.policy_reason, "Fluid overload")
    assert _store(page, desk, patient).policy_reason == "Fluid overload"


def test_the_reason_goes_when_the_proposed_policy_is_taken_again(
    page: PlanCoursePage, desk: Desk, patient: Patient
) -> None:
    choose(page.fields.sized.policy, "ontario")
    write(page.fields.sized.policy_reason, "Fluid overload")
    choose(page.fields.sized.policy, "actual")
    assert page.fields.sized.policy_reason.isHidden()
    assert _store(page, desk, patient).policy_reason == ""


def test_the_wards_policy_and_criteria_are_proposed(
    desk: Desk, patient: Patient, english: Wording, shown: Show
) -> None:
    set_ward(desk, msgspec.structs.replace(desk.settings, weight_policy="nhs-england", profile="cms"))
    page = planning(desk, patient, english, shown, "itp-400-5-days")
    assert page.fields.sized.chosen == "nhs-england"
    assert page.fields.sized.policy_reason.isHidden()
    assert page.fields.beside.profile.value() == "cms"
    assert "payment rule" in page.fields.beside.profile.box.currentText()
    assert "who pays" in page.fields.beside.profile.below.text()


def test_the_criteria_that_are_chosen_are_stored(page: PlanCoursePage, desk: Desk, patient: Patient) -> None:
    assert page.fields.beside.profile.value() == "unit"
    choose(page.fields.beside.profile, "cms")
    course = _store(page, desk, patient)
    assert course.profile == "cms"
    assert all(dose.criteria is not None and dose.criteria.profile == "cms" for dose in course.doses)


def test_a_needed_antiviral_is_marked_and_said_until_it_is_there(page: PlanCoursePage) -> None:
    antiviral = page.fields.beside.antiviral
    assert antiviral.label.text().endswith("*")
    write(antiviral, "")
    assert "held without one" in antiviral.below.text()
    write(antiviral, "foscarnet")
    assert not antiviral.below.isVisible()
    choose(page.fields.regimen, "itp-400-5-days")
    assert not antiviral.label.text().endswith("*")


def test_approved_grams_are_stored_and_said_against_the_course(
    page: PlanCoursePage, desk: Desk, patient: Patient
) -> None:
    write(page.fields.beside.approved, "100")
    page.compute()
    assert page.preview.head.approval.text().replace("\u00a0", " ") == "! Approval exceeded by 10 g"
    assert "approved 100 g" in page.preview.head.grams.text().replace("\u00a0", " ")
    write(page.fields.beside.approved, "120")
    page.compute()
    assert page.preview.head.approval.text().replace("\u00a0", " ") == "✓ Within the approval, 10 g left"
    assert _store(page, desk, patient).approved_mg == 120_000


def test_the_last_day_of_the_approval_is_stored_and_said_against_the_course(
    page: PlanCoursePage, desk: Desk, patient: Patient
) -> None:
    until, head = page.fields.beside.approved_until, page.preview.head
    write(until, "2026-03-20")
    page.compute()
    assert head.approval.text().replace("\u00a0", " ") == "! 3 doses after the approval ends"
    assert "approved until 20 Mar 2026" in head.grams.text().replace("\u00a0", " ")
    assert "no approval entered" not in head.grams.text()
    write(until, "2026-03-01")
    page.compute()
    assert "before the first dose" in until.error
    write(until, "2026-04-06")
    page.compute()
    assert not until.error
    assert head.approval.isHidden() or not head.approval.text()
    assert _store(page, desk, patient).approved_until == date(2026, 4, 6)


def test_a_regimen_that_the_ward_writes_meanwhile_is_offered_with_its_author(
    page: PlanCoursePage, desk: Desk, patient: Patient
) -> None:
    shipped = desk.library.regimen("itp-400-5-days")
    own = msgspec.structs.replace(shipped, id="ours", facts="", author="Dr B. Ward", written_on=date(2026, 2, 11))
    path = desk.library.own_folder("regimens") / "ours.toml"
    path.parent.mkdir(parents=True)
    path.write_bytes(write_regimen(own))
    desk.library.read_again()
    page.fields.show_patient(patient, page.today, "cn-ph4-5")
    assert any(text.endswith("(the ward's own)") for text in offered(page.fields.regimen))
    choose(page.fields.regimen, "ours")
    page.compute()
    said = page.preview.head.own.text().replace("\u00a0", " ")
    assert page.preview.head.own.isVisible()
    assert "Dr B. Ward" in said
    assert "11 Feb 2026" in said
    assert own.version in said
    assert page.proposal is not None
    page.store(page.proposal, "As discussed", "Dr S. Kim")
    assert page.fields.beside.prescriber.error, "a ward's own regimen needs its prescriber"


def test_no_label_of_the_fields_reads_markup(page: PlanCoursePage) -> None:
    assert labels_that_guess_markup(page.fields) == []
