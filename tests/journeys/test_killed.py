"""The computer goes off in the middle of an infusion; the next start shows it running with all that was entered."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from ivigdesk.actions.desk import Desk, open_desk, sign_in
from ivigdesk.actions.look_up import course_of_dose
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clock import SetClock
from tests.journeys.conftest import AtWindow

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")

_ROOT = str(Path(__file__).parents[2])

_GIVE = """
import os, signal, sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID
sys.path.insert(0, sys.argv[3])
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.desk import open_desk, sign_in
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.clock import SetClock
from tests.conftest import FIRST_MORNING

clock = SetClock(FIRST_MORNING)
desk = open_desk(Path(sys.argv[1]), clock)
sign_in(desk, "S. Kaur")
dose = UUID(sys.argv[2])
infusion = giving.start_infusion(desk, dose, recorded_later=True)
giving.tick_check(desk, infusion.id, "two-identifiers")
for _ in range(4):
    vial = giving.VialForm(product_id="cn-ph4-5", mg=2500, lot="P100471881", expires_on="2027-09")
    giving.hang_vial(desk, infusion.id, vial)
clock.advance(timedelta(minutes=15))
giving.observe(desk, infusion.id, giving.ObservationForm(temperature_c="36,8", symptoms="none"))
giving.set_rate(desk, infusion.id, "increase", Decimal(180))
clock.advance(timedelta(minutes=5))
record_side_effect(desk, dose, SideEffectForm(code="AE14", grade="1", action="Slowed"))
with desk.ward.changing(nurse="S. Kaur", at=clock.now(), action="pump set") as change:
    os.kill(os.getpid(), signal.SIGKILL)  # in the middle of the next entry
"""


def test_what_was_entered_before_the_power_went_is_there_and_the_infusion_runs_on(
    desk: Desk, course: Course, folder: Path, clock: SetClock, at_window: AtWindow
) -> None:
    desk.close()
    dose = course.doses[0]
    killed = subprocess.run(
        [sys.executable, "-c", _GIVE, str(folder), str(dose.id), _ROOT], capture_output=True, text=True, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    clock.advance(timedelta(minutes=25))
    again = open_desk(folder, clock)
    try:
        assert again.ward.check().is_sound
        sign_in(again, "A. Wong")
        view, number = course_of_dose(again, dose.id)
        running = view.view(number)
        assert running.status == "running"
        infusion = running.infusion
        assert infusion is not None
        assert [check.item for check in infusion.checks] == ["two-identifiers"]
        assert [vial.lot for vial in infusion.vials] == ["P100471881"] * 4
        assert infusion.observations[0].temperature_c == Decimal("36.8")
        assert [change.action for change in infusion.rate_changes] == ["start", "increase"]
        assert [effect.code for effect in running.side_effects] == ["AE14"]
        assert {entry.nurse for entry in list(again.ward.journal())[-9:]} == {"S. Kaur"}

        nurse = at_window(again, "en")
        assert "180 mL/h" in nurse.read_row("Doses of the day", "LI, Na")
        nurse.open_row("Doses of the day", "LI, Na")
        nurse.wait_to_see("Running since 09:05")
        assert nurse.sees("Headache, grade 1")
        assert nurse.sees("45 of 200 mL"), "15 minutes at 60 and 10 at 180 mL/h: the pump ran on without us"
    finally:
        again.close()
