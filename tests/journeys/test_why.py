"""F1 on a dose says why it is on that day, why it is that much, and where each rule is from."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course
from tests.journeys.bedside import open_the_course
from tests.journeys.conftest import AtWindow
from tests.journeys.nurse import Nurse


def test_f1_on_dose_8_says_why_that_date_and_that_amount_with_sources_by_title(nurse_with_course: Nurse) -> None:
    nurse = nurse_with_course
    open_the_course(nurse)
    nurse.select_row("Doses", "Mon 16 Mar")
    nurse.in_dialog(lambda: nurse.press_key(Qt.Key.Key_F1), lambda: read_why_in_english(nurse))
    assert nurse.sees("Dose 8 · Mon 16 Mar 2026"), "the course is as it was"


def read_why_in_english(nurse: Nurse) -> None:
    for said in (
        "Why dose 8 on Mon 16 Mar 2026 is as it is",
        "phase “Weekly”: from day 15, every 7 days, 4 doses",
        "the source leaves the first day open (15, 20, 21); picked: 15",
        "Mon 02 Mar 2026 + 14 days = Mon 16 Mar 2026",
        "150 mg/kg × 70 kg = 10500 mg",
        "rounded to the nearest vials: 4 × 2.5 g = 10 g",
        "Long-Term Follow-Up After Hematopoietic Stem Cell Transplant",
        "Chinese 静注人免疫球蛋白(pH4) labels",
        "planned by A. Wong, Mon 02 Mar 2026 09:05",
    ):
        assert nurse.sees(said), said
    assert not nurse.sees("article-ref-4"), "a source is named by its title, not by its id"
    nurse.press("Close")


def test_why_is_said_in_chinese_too(desk: Desk, course: Course, at_window: AtWindow) -> None:
    nurse = at_window(desk, "zh_CN")
    _ = nurse.window.wording.gettext
    nurse.press(_("Patients"))
    nurse.open_row(_("Patients"), "LI, Na")
    nurse.press(_("Open course"))
    nurse.select_row(_("Doses"), "3月16日")
    nurse.in_dialog(lambda: nurse.press_key(Qt.Key.Key_F1), lambda: read_why_in_chinese(nurse))


def read_why_in_chinese(nurse: Nurse) -> None:
    assert nurse.sees("2026年3月16日 周一")
    assert nurse.sees("150 mg/kg × 70 kg = 10500 mg")
    assert nurse.sees("每周一次"), "the phase has its Chinese name"
    nurse.press(nurse.window.wording.gettext("Close"))
