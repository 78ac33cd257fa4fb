"""An anaphylaxis of grade 4: one touch stops the pump, every remaining dose waits, and only a prescriber ends that."""

from __future__ import annotations

from datetime import timedelta

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.journeys.bedside import open_the_course, open_todays_dose, start_the_dose
from tests.journeys.nurse import Nurse


def test_one_touch_stops_it_and_nothing_starts_again_without_a_prescriber(
    nurse_with_course: Nurse, desk: Desk, course: Course, clock: SetClock
) -> None:
    nurse = nurse_with_course
    start_the_dose(nurse)
    clock.advance(timedelta(minutes=6))
    nurse.in_dialog(
        lambda: nurse.press("Anaphylaxis"), lambda: stop_before_anything_is_graded(nurse, desk, course, clock)
    )
    nurse.wait_to_see("The remaining doses of the course are on hold.")
    assert nurse.sees("Stopped at 09:11")
    clock.advance(timedelta(minutes=20))
    nurse.in_dialog(lambda: nurse.press("Finish and sign"), lambda: sign_six_millilitres(nurse))
    nurse.wait_to_see("Partly given")
    every_remaining_dose_is_held(desk, course)
    today_refuses_to_start(nurse, clock)
    only_a_prescriber_releases(nurse, desk, course)


def stop_before_anything_is_graded(nurse: Nurse, desk: Desk, course: Course, clock: SetClock) -> None:
    assert nurse.sees("Stop at once. Emergency call"), "what to do stands first, before the grade"
    nurse.press("Stop the pump now")
    assert nurse.sees("✓ The pump stands still since 09:11.")
    infusion = look_up_course(desk, course.id).view(1).infusion
    assert infusion is not None
    assert infusion.rate_ml_per_h == 0, "stored at the first touch"
    clock.advance(timedelta(minutes=8))
    nurse.press("Grade 4")
    assert nurse.sees("The remaining 10 doses are put on hold"), "the nurse is told before she saves"
    nurse.type("What was done", "Adrenaline 0.5 mg into the muscle, oxygen, team called")
    nurse.press("Save side effect")


def sign_six_millilitres(nurse: Nurse) -> None:
    assert nurse.sees("6 mL of 200 mL went in"), "six minutes at 60 mL/h, and none after the stop"
    nurse.type("Why not the whole dose", "Anaphylaxis")
    nurse.press("Sign as A. Wong")


def every_remaining_dose_is_held(desk: Desk, course: Course) -> None:
    view = look_up_course(desk, course.id)
    assert [one.status for one in view.doses] == ["partly given"] + ["held"] * 10
    assert all(one.dose.needs_release for one in view.doses[1:])
    (effect,) = view.view(1).side_effects
    assert (effect.code, effect.grade, effect.minutes_from_start, effect.ml_per_h) == ("AE05", 4, 6, 60)


def today_refuses_to_start(nurse: Nurse, clock: SetClock) -> None:
    clock.advance(timedelta(days=2))
    nurse.press("Today")
    row = nurse.read_row("Doses of the day", "LI, Na")
    assert "on hold" in row.lower()
    assert "Anaphylaxis" in row
    open_todays_dose(nurse)
    assert not nurse.can_press("Start the infusion")
    nurse.wait_to_see("Release hold")


def only_a_prescriber_releases(nurse: Nurse, desk: Desk, course: Course) -> None:
    def release() -> None:
        nurse.type("Reason", "Tryptase normal")
        nurse.press("Release with this reason")
        assert nurse.sees("nothing was entered"), "a reason alone is not enough"
        nurse.type("Prescriber who decided", "Dr S. Kim")
        nurse.press("Release with this reason")

    open_the_course(nurse)
    assert not nurse.can_press("Resume")
    nurse.in_dialog(lambda: nurse.press("Release hold"), release)
    view = look_up_course(desk, course.id)
    assert [one.status for one in view.doses[:3]] == ["partly given", "due", "planned"]
    assert view.course.revision.approved_by == "Dr S. Kim"
