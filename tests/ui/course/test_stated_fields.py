"""The planning page asks what the criteria need and no record says, and the answers travel with the course."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import patient as look_up_patient
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.clinical.eligibility.criteria import Outcome
from ivigdesk.clinical.patients.known import Stated
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui.course import PlanCoursePage
from ivigdesk.ui.places import PlanCoursePlace
from ivigdesk.ui.widgets import dialogs
from ivigdesk.wording import Wording
from tests.conftest import li_na
from tests.ui.audit import clipped_texts, labels_that_guess_markup, unnamed_controls, visible_words
from tests.ui.tour import settle

Show = Callable[[QWidget], QWidget]
INEFFECTIVE, NO_ANTIBODIES = "antimicrobials_ineffective", "antibody_failure"


@pytest.fixture(autouse=True)
def _discard(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test leaves half typed is discarded without asking."""
    monkeypatch.setattr(dialogs, "ask_to_discard", lambda *_: True)


@pytest.fixture
def septic(desk: Desk) -> Patient:
    """LI, Na with a severe infection: the EU labels then ask what no record says."""
    return register_patient(
        desk, msgspec.structs.replace(li_na(), transplant_kind="autologous", conditions=("sepsis",))
    )


@pytest.fixture
def page(desk: Desk, septic: Patient, english: Wording, shown: Show) -> PlanCoursePage:
    """The planning page with everything chosen but the answers, by the EU labels."""
    made = PlanCoursePage(desk, english)
    made.resize(1300, 780)
    shown(made)
    made.show_place(PlanCoursePlace(septic.id))
    made.fields.product.set_value("cn-ph4-5")
    made.fields.beside.antiviral.set_text("ganciclovir")
    made.fields.beside.prescriber.set_text("Dr S. Kim")
    choose(made, "eu-label")
    return made


def choose(page: PlanCoursePage, profile: str) -> None:
    page.fields.beside.profile.set_value(profile)
    page.compute()


def asked(page: PlanCoursePage) -> list[str]:
    return [fact for fact, field in page.fields.stated.questions.items() if field.isVisible()]


def outcome(page: PlanCoursePage) -> set[Outcome | None]:
    assert page.proposal is not None
    return {one.criteria.outcome if one.criteria else None for one in page.proposal.plan.infusions}


def answer(qtbot: QtBot, page: PlanCoursePage, fact: str, *keys: Qt.Key) -> None:
    """Answer with the keyboard alone, and wait for the preview."""
    box = page.fields.stated.questions[fact].box
    box.setFocus()
    for key in keys:
        qtbot.keyClick(box, key)
    assert page.proposal is None, "nothing can be confirmed before the preview has followed"
    qtbot.waitUntil(lambda: page.proposal is not None, timeout=2000)


def test_only_what_the_chosen_criteria_need_is_asked(page: PlanCoursePage) -> None:
    assert asked(page) == [INEFFECTIVE, NO_ANTIBODIES]
    assert outcome(page) == {"cannot_be_checked"}
    choose(page, "cms")
    assert asked(page) == []
    assert page.fields.stated.isHidden()


def test_nothing_is_taken_as_answered(page: PlanCoursePage, septic: Patient) -> None:
    assert page.fields.form(septic.id).stated == ()
    boxes = [field.box.currentText() for field in page.fields.stated.fields]
    assert set(boxes) == {"Not known"}


def test_answers_typed_with_the_arrow_keys_change_the_preview_at_once(page: PlanCoursePage, qtbot: QtBot) -> None:
    answer(qtbot, page, INEFFECTIVE, Qt.Key.Key_Down)
    assert outcome(page) == {"cannot_be_checked"}
    answer(qtbot, page, NO_ANTIBODIES, Qt.Key.Key_Down)
    assert outcome(page) == {"met"}
    assert asked(page) == [INEFFECTIVE, NO_ANTIBODIES], "what was answered stays in sight"
    answer(qtbot, page, INEFFECTIVE, Qt.Key.Key_Down)
    assert outcome(page) == {"not_met"}


def test_an_answer_can_be_taken_back_where_it_stands(page: PlanCoursePage, qtbot: QtBot) -> None:
    """With a no, the second question decides nothing more; it stays while the cursor is in it."""
    answer(qtbot, page, INEFFECTIVE, Qt.Key.Key_End)
    assert asked(page) == [INEFFECTIVE]
    answer(qtbot, page, INEFFECTIVE, Qt.Key.Key_Home)
    assert asked(page) == [INEFFECTIVE, NO_ANTIBODIES]
    answer(qtbot, page, NO_ANTIBODIES, Qt.Key.Key_End)
    answer(qtbot, page, INEFFECTIVE, Qt.Key.Key_End)
    answer(qtbot, page, NO_ANTIBODIES, Qt.Key.Key_Home)
    assert asked(page) == [INEFFECTIVE, NO_ANTIBODIES]
    assert page.fields.stated.questions[NO_ANTIBODIES].box.hasFocus()


def test_answers_to_other_criteria_are_not_stored(page: PlanCoursePage, septic: Patient, qtbot: QtBot) -> None:
    answer(qtbot, page, INEFFECTIVE, Qt.Key.Key_Down)
    page.fields.beside.profile.set_value("cms")
    assert page.fields.form(septic.id).stated == ()
    choose(page, "eu-label")
    assert page.fields.form(septic.id).stated == ((INEFFECTIVE, "yes"),), "coming back, the answer still stands"


def test_a_stored_course_keeps_the_answers(page: PlanCoursePage, desk: Desk, septic: Patient, qtbot: QtBot) -> None:
    answer(qtbot, page, INEFFECTIVE, Qt.Key.Key_Down)
    answer(qtbot, page, NO_ANTIBODIES, Qt.Key.Key_Down)
    assert page.proposal is not None
    page.store(page.proposal, "Kidneys are watched", "Dr S. Kim")
    (view,) = look_up_patient(desk, septic.id).courses
    assert view.course.stated == (Stated(fact=INEFFECTIVE, is_so=True), Stated(fact=NO_ANTIBODIES, is_so=True))


def test_answers_belong_to_one_course(page: PlanCoursePage, desk: Desk, septic: Patient, qtbot: QtBot) -> None:
    answer(qtbot, page, INEFFECTIVE, Qt.Key.Key_Down)
    assert page.proposal is not None
    page.store(page.proposal, "Kidneys are watched", "Dr S. Kim")
    page.show_place(PlanCoursePlace(septic.id))
    assert page.fields.form(septic.id).stated == ()
    assert {field.answer for field in page.fields.stated.questions.values()} == {""}


def test_without_a_product_nothing_is_asked(page: PlanCoursePage) -> None:
    page.fields.product.set_value("")
    page.compute()
    assert asked(page) == []


def test_every_question_is_named_for_screen_readers_and_nothing_says_eligible(page: PlanCoursePage) -> None:
    choose(page, "nhs")
    assert len(asked(page)) == 4
    assert unnamed_controls(page) == []
    assert labels_that_guess_markup(page) == []
    settle()
    assert clipped_texts(page.fields.stated) == []
    assert not [text for text in visible_words(page) if "eligib" in text.casefold()]
    for fact in asked(page):
        field = page.fields.stated.questions[fact]
        assert field.box.accessibleName() == field.label.text()
        assert field.label.text().endswith("?")
