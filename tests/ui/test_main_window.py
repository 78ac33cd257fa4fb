"""The window as a whole: the way from place to place, by keyboard, in both languages, with names on everything."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk, set_ward
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.ui import places
from ivigdesk.ui.infusion import InfusionPage
from ivigdesk.ui.main_window import SMALLEST, MainWindow
from ivigdesk.ui.patients import PatientFormPage, PatientPage, PatientsPage
from ivigdesk.ui.places import Place
from ivigdesk.ui.shell import Shell
from ivigdesk.ui.shell import shell as shell_module
from ivigdesk.ui.today import TodayPage
from ivigdesk.wording import Wording
from tests.conftest import li_na
from tests.ui.audit import labels_that_guess_markup, small_targets, unnamed_controls
from tests.ui.tour import settle

CONTROL = Qt.KeyboardModifier.ControlModifier


def _shell(window: MainWindow) -> Shell:
    assert window.shell is not None
    return window.shell


def _all_places(patient: Patient) -> tuple[Place, ...]:
    return (
        places.TodayPlace(),
        places.CalendarPlace(),
        places.PatientsPlace(),
        places.PatientPlace(patient.id),
        places.PatientFormPlace(),
        places.PatientFormPlace(patient.id),
        places.LibraryPlace(),
        places.SettingsPlace(),
    )


def test_the_window_starts_at_today_and_builds_no_other_page(window: MainWindow) -> None:
    assert isinstance(_shell(window).page, TodayPage)
    assert _shell(window).stack.count() == 1


def test_ctrl_and_a_number_go_to_the_places_of_the_rail(window: MainWindow, qtbot: QtBot) -> None:
    shell = _shell(window)
    for key, kind in (
        (Qt.Key.Key_2, places.CalendarPlace),
        (Qt.Key.Key_3, places.PatientsPlace),
        (Qt.Key.Key_4, places.SideEffectsPlace),
        (Qt.Key.Key_5, places.LibraryPlace),
        (Qt.Key.Key_6, places.SettingsPlace),
        (Qt.Key.Key_1, places.TodayPlace),
    ):
        qtbot.keyClick(window, key, CONTROL)
        assert isinstance(shell.place, kind)


def test_esc_goes_back_and_stops_at_the_first_place(window: MainWindow, qtbot: QtBot, patient: Patient) -> None:
    shell = _shell(window)
    shell.go(places.PatientsPlace())
    shell.go(places.PatientPlace(patient.id))
    for place in (places.PatientsPlace(), places.TodayPlace(), places.TodayPlace()):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
        assert shell.place == place


def test_the_banner_stands_above_every_page_of_one_patient_and_on_no_list(window: MainWindow, patient: Patient) -> None:
    shell = _shell(window)
    for place in _all_places(patient):
        shell.go(place)
        about_one = getattr(place, "patient_id", None) is not None
        assert shell.banner.isVisible() is about_one, place


def test_the_title_of_the_window_never_names_a_patient(window: MainWindow, patient: Patient) -> None:
    _shell(window).go(places.PatientPlace(patient.id))
    assert window.windowTitle() == "ivigdesk"


def test_every_input_button_and_view_of_every_page_has_a_name(
    window: MainWindow, patient: Patient, course: Course
) -> None:
    for place in _all_places(patient):
        _shell(window).go(place)
        assert unnamed_controls(window) == [], place
        assert labels_that_guess_markup(window) == [], place


def test_every_button_is_large_enough_to_hit(window: MainWindow, patient: Patient, course: Course) -> None:
    for place in _all_places(patient):
        _shell(window).go(place)
        assert small_targets(window, 24) == [], place


def test_no_shortcut_means_two_things(window: MainWindow, patient: Patient) -> None:
    for place in _all_places(patient):
        _shell(window).go(place)
        buttons = [button for button in window.findChildren(QAbstractButton) if button.isVisible()]
        keys = [button.shortcut().toString() for button in buttons if not button.shortcut().isEmpty()]
        for one in window.findChildren(QShortcut):
            owner = one.parent()
            if isinstance(owner, QWidget) and owner.isVisible():
                keys.append(one.key().toString())
        assert len(keys) == len(set(keys)), place
        assert all(len(key) > 1 for key in keys), place


def test_tab_reaches_every_control_of_the_patients_page(window: MainWindow, patient: Patient) -> None:
    shell = _shell(window)
    shell.go(places.PatientPlace(patient.id))
    window.activateWindow()
    seen: list[QWidget] = []
    focused = QApplication.focusWidget() or shell
    for _ in range(400):
        focused = focused.nextInFocusChain()
        if focused.isVisible() and focused.focusPolicy() & Qt.FocusPolicy.TabFocus and focused not in seen:
            seen.append(focused)
    page = shell.page
    assert isinstance(page, PatientPage)
    for control in (page.weigh.weight.line, page.weigh.weighed_on.line, page.weigh.save, shell.top_bar.search):
        assert control in seen


def test_the_language_changes_at_run_time_and_the_place_stays(
    window: MainWindow, patient: Patient, qtbot: QtBot
) -> None:
    _shell(window).go(places.PatientPlace(patient.id))
    window._change_language("zh_CN")
    shell = _shell(window)
    assert shell.place == places.PatientPlace(patient.id)
    assert isinstance(shell.page, PatientPage)
    assert shell.page.wording.language == "zh_CN"
    qtbot.waitUntil(shell.banner.isVisible)


def test_handing_over_asks_for_the_next_nurse(window: MainWindow) -> None:
    window._hand_over()
    assert window.desk.nurse == ""
    assert window.shell is None


def test_typing_into_the_search_box_narrows_the_patients_and_enter_opens(
    window: MainWindow, desk: Desk, patient: Patient, qtbot: QtBot
) -> None:

    register_patient(
        desk,
        replace(
            li_na(),
            id=patient.id.__class__(int=7),
            record_number="2",
            family_name="Chen",
            given_name="Wei",
            local_name="",
        ),
    )
    shell = _shell(window)
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(shell.top_bar.search, "chen")
    page = shell.page
    assert isinstance(page, PatientsPage)
    assert [row.patient.family_name for row in page.table.records.rows] == ["Chen"]
    qtbot.keyClick(shell.top_bar.search, Qt.Key.Key_Return)
    assert isinstance(shell.page, PatientPage)
    assert shell.banner.isVisible()


def test_esc_in_the_search_box_takes_the_search_away(window: MainWindow, patient: Patient, qtbot: QtBot) -> None:
    shell = _shell(window)
    shell.top_bar.search.start()
    qtbot.keyClicks(shell.top_bar.search, "xyz")
    assert shell.place == places.PatientsPlace("xyz")
    qtbot.keyClick(shell.top_bar.search, Qt.Key.Key_Escape)
    assert shell.top_bar.search.text() == ""
    assert shell.place == places.PatientsPlace()
    assert not shell.top_bar.search.hasFocus()


def test_f1_says_what_the_page_is_for(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, patient: Patient
) -> None:
    told: list[str] = []
    monkeypatch.setattr(shell_module, "tell", lambda _title, sentence, *_: told.append(sentence))
    for place in _all_places(patient):
        _shell(window).go(place)
        qtbot.keyClick(window, Qt.Key.Key_F1)
        page = _shell(window).page
        assert page is not None
        assert page.help_text()
        assert page.help_text() in told[-1]


def test_a_patient_who_does_not_exist_is_said_and_the_page_stays(window: MainWindow, patient: Patient) -> None:
    shell = _shell(window)
    shell.go(places.PatientPlace(UUID(int=99)))
    assert shell.place == places.TodayPlace()
    assert shell.notices.sentence


@pytest.mark.parametrize("leave", [True, False])
def test_leaving_a_half_typed_form_asks_first(window: MainWindow, monkeypatch: pytest.MonkeyPatch, leave: bool) -> None:
    shell = _shell(window)
    shell.go(places.PatientFormPlace())
    page = shell.page
    assert isinstance(page, PatientFormPage)
    page.fields.fields["family_name"].set_text("Li")  # type: ignore[attr-defined]
    monkeypatch.setattr(shell_module, "ask_to_discard", lambda *_: leave)
    shell.go(places.TodayPlace())
    assert isinstance(shell.page, TodayPage) is leave
    monkeypatch.setattr(shell_module, "ask_to_discard", lambda *_: True)


def test_a_practice_ward_says_so_on_every_page(desk: Desk, english: Wording, qtbot: QtBot) -> None:
    set_ward(desk, WardSettings(name="BMT 3", is_practice=True))
    window = MainWindow(desk, english)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    strip = window.findChild(QWidget, "practice")
    assert strip is not None
    assert strip.isVisible()
    _shell(window).stop()


def test_a_ward_for_treatment_shows_no_practice_strip(window: MainWindow) -> None:
    strip = window.findChild(QWidget, "practice")
    assert strip is not None
    assert not strip.isVisible()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_page_fits_a_small_screen(window: MainWindow, patient: Patient, course: Course, language: str) -> None:
    window._change_language(language)
    window.resize(1280, 720)
    for place in _all_places(patient):
        _shell(window).go(place)
        QApplication.processEvents()
        assert window.width() <= 1280, place
        assert window.height() <= 720, place
        assert _shell(window).minimumSizeHint().width() <= 1280, place
    assert SMALLEST.width() <= 1280


def test_an_endless_name_and_many_allergies_do_not_make_the_window_wider(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    form = replace(li_na(), family_name="W" * 480, local_name="", diagnosis="D" * 190, allergies="penicillin " * 27)
    endless = register_patient(desk, form)
    shell = _shell(window)
    window.resize(1280, 720)
    for place in _all_places(endless):
        shell.go(place)
        QApplication.processEvents()
        assert shell.minimumSizeHint().width() <= 1280, place
        assert window.width() == 1280, place
    shell.go(places.PatientPlace(endless.id))
    QApplication.processEvents()
    alert = shell.banner._allergies
    assert alert.height() >= alert.heightForWidth(alert.width())


def test_a_day_that_begins_while_the_window_is_open_is_shown(
    window: MainWindow, course: Course, retime: Callable[[], None]
) -> None:
    shell = _shell(window)
    shell.go(places.TodayPlace())
    page = shell.page
    assert isinstance(page, TodayPage)
    assert any(getattr(row, "group", "") == "due" for row in page.table.records.rows)
    retime()
    shell._tick()
    assert any(getattr(row, "group", "") == "overdue" for row in page.table.records.rows)


def test_the_rail_shows_the_way_that_led_to_a_dose(window: MainWindow, patient: Patient, course: Course) -> None:
    shell = _shell(window)
    dose = places.InfusionPlace(course.id, course.dose(1).id)
    for way, number in ((places.TodayPlace(), 0), (places.CalendarPlace(), 1), (places.PatientsPlace(), 2)):
        shell.go(way)
        shell.go(dose)
        lit = [button.isChecked() for button in shell.rail._buttons]
        assert lit.index(True) == number
        assert lit.count(True) == 1
    shell.go(places.PatientPlace(patient.id))
    assert shell.rail._buttons[2].isChecked()


def test_leaving_a_dose_that_is_prepared_asks_nothing_and_loses_nothing(window: MainWindow, course: Course) -> None:
    shell = _shell(window)
    here = places.InfusionPlace(course.id, course.dose(1).id)
    shell.go(here)
    page = shell.page
    assert isinstance(page, InfusionPage)
    page.cards.checklist.boxes["consent"].click()
    shell.go(places.TodayPlace())
    assert shell.page is not page, "a tick is stored when it is made: there is nothing to ask about"
    shell.go(here)
    assert page.cards.checklist.boxes["consent"].isChecked()


def test_on_a_small_screen_a_page_is_scrolled_to_and_not_squeezed(
    window: MainWindow, patient: Patient, course: Course
) -> None:
    shell = _shell(window)
    window.resize(800, 480)
    for place in (places.PlanCoursePlace(patient.id), places.CoursePlace(course.id), places.TodayPlace()):
        shell.go(place)
        settle()
        page = shell.page
        assert page is not None
        assert page.width() >= page.minimumSizeHint().width(), place
        assert page.height() >= page.minimumSizeHint().height(), place
