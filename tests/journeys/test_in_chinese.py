"""Registering and planning from the first start on, in Chinese."""

from __future__ import annotations

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import find_patients
from tests.journeys.nurse import Nurse


def test_a_nurse_registers_and_plans_in_chinese(nurse_at_new_ward_in_chinese: Nurse, empty_desk: Desk) -> None:
    nurse = nurse_at_new_ward_in_chinese
    _ = nurse.window.wording.gettext
    nurse.type(_("Name of the ward"), "移植三病区")
    nurse.type(_("Your name"), "王敏")
    nurse.press(_("Begin"))
    nurse.wait_to_see("今日")
    register_zhang_xiaoming(nurse)
    plan_the_cmv_course(nurse)
    nurse.press(_("Today"))
    row_today = nurse.read_row(_("Doses of the day"), "张小明")
    assert "10 g" in row_today
    assert "移植后第7天" in row_today
    (row,) = find_patients(empty_desk, "zxm")
    assert row.patient.name == find_patients(empty_desk, "小明")[0].patient.name
    assert row.courses[0].course.nurse == "王敏"
    assert [entry.nurse for entry in empty_desk.ward.journal()] == ["王敏"] * len(list(empty_desk.ward.journal()))


def register_zhang_xiaoming(nurse: Nurse) -> None:
    _ = nurse.window.wording.gettext
    nurse.press(_("Patients"))
    nurse.press(_("Register a patient"))
    for field, text in {
        "Family name": "张",
        "Given name": "小明",
        "Record number": "住-004217",
        "Birth date": "2001-05-21",
        "Weight": "71,50,",
        "Weighed on": "t",
        "Transplant date": "2026-02-23",
    }.items():
        nurse.type(_(field), text)
    nurse.choose(_("Sex"), _("Male"))
    nurse.press(_("Save patient"))
    assert nurse.sees("“71,50,”"), "a slip is said under its field"
    nurse.type(_("Weight"), "71,5")
    nurse.press(_("Save patient"))
    nurse.wait_to_see("张")


def plan_the_cmv_course(nurse: Nurse) -> None:
    _ = nurse.window.wording.gettext
    nurse.press(_("Plan a course"))
    nurse.choose(_("Regimen"), "CMV肺炎")
    nurse.choose(_("Product"), "静注人免疫球蛋白（pH4）")
    nurse.type(_("First dose"), "t")
    nurse.type(_("Antiviral with it"), "更昔洛韦")
    nurse.wait_to_see("共11次")
    assert nurse.sees("2026年4月6日 周一")
    nurse.press(_("Confirm course"))
    nurse.wait_to_see("11")


def test_nothing_that_is_seen_on_the_first_pages_is_english(nurse_at_new_ward_in_chinese: Nurse) -> None:
    nurse = nurse_at_new_ward_in_chinese
    _ = nurse.window.wording.gettext
    nurse.type(_("Name of the ward"), "移植三病区")
    nurse.type(_("Your name"), "王敏")
    nurse.press(_("Begin"))
    # The library names each file in both languages, for the prescriber who reads the other one.
    titles = {regimen.title.in_language("en") for regimen in nurse.window.desk.library.regimens()}
    for page in ("Today", "Patients", "Library", "Settings"):
        nurse.press(_(page))
        english = [text for text in nurse.texts() if _is_english_sentence(text) and text not in titles]
        assert english == [], page


def _is_english_sentence(text: str) -> bool:
    words = [word for word in text.split() if word.isascii() and word.isalpha() and word.islower() and len(word) > 2]
    return len(words) >= 3
