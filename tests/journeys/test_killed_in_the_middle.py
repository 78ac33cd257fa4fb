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
from ivigdesk.actions.infusions.preparing import prepared
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

_PREPARE = """
import os, signal, sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID
sys.path.insert(0, sys.argv[3])
from ivigdesk.actions.infusions import give_infusion as giving, preparing
from ivigdesk.actions.infusions.medicate import MedicationForm, record_medication
from ivigdesk.actions.infusions.prepare_infusion import checklist_of
from ivigdesk.actions.infusions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.desk import open_desk, sign_in
from ivigdesk.clock import SetClock
from tests.conftest import FIRST_MORNING

stage = sys.argv[4]
def dies_after(this):
    if stage == this:
        os.kill(os.getpid(), signal.SIGKILL)

clock = SetClock(FIRST_MORNING)
desk = open_desk(Path(sys.argv[1]), clock)
sign_in(desk, "S. Kaur")
dose = UUID(sys.argv[2])
for item in checklist_of(desk, giving.bedside(desk, dose)):
    preparing.tick(desk, dose, item.code)
vial = dict(product_id="cn-ph4-5", mg=2500, lot="P100471881", expires_on="2027-09")
preparing.add_vials(desk, dose, [giving.VialForm(serial=f"A{n}", **vial) for n in range(4)])
record_medication(desk, dose, MedicationForm(kind="premedication", what="paracetamol", amount="1 g"))
dies_after("prepared")
infusion = giving.start_infusion(desk, dose)
dies_after("started")
clock.advance(timedelta(minutes=10))
giving.observe(desk, infusion.id, giving.ObservationForm(temperature_c="36.8", pulse_per_min="80"))
dies_after("observed")
record_side_effect(desk, dose, SideEffectForm(code="AE14", grade="1", action="Watched"))
dies_after("side effect")
"""

_STAGES = ("prepared", "started", "observed", "side effect")


@pytest.mark.parametrize("stage", _STAGES)
def test_killed_after_any_entry_the_next_start_shows_every_one_of_them(
    desk: Desk, course: Course, folder: Path, clock: SetClock, at_window: AtWindow, stage: str
) -> None:
    desk.close()
    dose = course.doses[0]
    killed = subprocess.run(
        [sys.executable, "-c", _PREPARE, str(folder), str(dose.id), _ROOT, stage],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    entered = _STAGES.index(stage)

    clock.advance(timedelta(minutes=12))
    again = open_desk(folder, clock)
    try:
        assert again.ward.check().is_sound
        sign_in(again, "A. Wong")
        ready = prepared(again, dose.id)
        assert sorted(vial.serial for vial in ready.vials) == ["A0", "A1", "A2", "A3"]
        assert len(ready.checks) > 10
        assert [drug.what for drug in ready.medications] == ["paracetamol"]
        nurse = at_window(again, "en")
        nurse.open_row("Doses of the day", "LI, Na")
        if not entered:
            nurse.wait_to_see("Before the start")
            assert not nurse.sees("Still open"), "nothing has to be entered again"
            nurse.press("Start the infusion")
            nurse.wait_to_see("Running since 09:17")
            return
        nurse.wait_to_see("Running since 09:05")
        assert nurse.sees("12 of 200 mL"), "twelve minutes at 60 mL/h, whoever watched"
        assert nurse.sees("To 180 mL/h in 03:00"), "the countdown goes on from the start"
        assert nurse.sees("paracetamol 1 g")
        view, number = course_of_dose(again, dose.id)
        infusion = view.view(number).infusion
        assert infusion is not None
        assert [one.temperature_c for one in infusion.observations] == [Decimal("36.8")] * (entered >= 2)
        assert [effect.code for effect in infusion.side_effects] == ["AE14"] * (entered >= 3)
        assert nurse.sees("Headache, grade 1") == (entered >= 3)
    finally:
        again.close()


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
