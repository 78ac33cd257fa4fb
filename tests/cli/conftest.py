"""Runs the command line as a person would, in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ivigdesk.cli import main
from ivigdesk.clock import SetClock
from tests.conftest import FIRST_MORNING

if TYPE_CHECKING:
    from tests.cli.course_ward import Ward


class Ran:
    """What a command printed, and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    @property
    def data(self) -> Any:
        """What it printed, as data."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `ivigdesk --data <an empty folder> …`."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    def run_words(*words: str) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["--data", str(tmp_path / "ward"), *words])
        printed = capsys.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, printed.out, printed.err)

    return run_words


@pytest.fixture
def ward_with_patient(run: Run, tmp_path: Path) -> Run:
    """A ward into which one patient of 35 kg, and one without a mass, were imported."""
    file = tmp_path / "two.arff"
    file.write_text(TWO_PATIENTS, encoding="utf-8")
    assert run("patients", "import", str(file), "--as-of", "2026-03-01").code == 0
    return run


@pytest.fixture
def command_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """The ward's clock at every command: 09:05 on Monday 2 March 2026."""
    clock = SetClock(FIRST_MORNING)
    monkeypatch.setattr("ivigdesk.cli.context.SystemClock", lambda: clock)
    return clock


@pytest.fixture
def empty_ward(run: Run, tmp_path: Path, command_clock: SetClock) -> Ward:
    """A ward with LI, Na, driven by commands; no course."""
    from tests.cli.course_ward import Ward

    return Ward(run, tmp_path / "ward", command_clock)


@pytest.fixture
def ward(empty_ward: Ward) -> Ward:
    """A ward with the CMV course of LI, Na from today: 11 doses of 10 g."""
    empty_ward.plan("cmv-pneumonia-fred-hutch", "--start", "2026-03-02", "--antiviral", "ganciclovir")
    return empty_ward


TWO_PATIENTS = """\
@relation two
@attribute recipient_age numeric
@attribute recipient_gender {female, male}
@attribute recipient_body_mass numeric
@attribute recipient_ABO {0, A, AB, B}
@attribute recipient_rh {minus, plus}
@attribute recipient_CMV {absent, present}
@attribute donor_ABO {0, A, AB, B}
@attribute donor_CMV {absent, present}
@attribute disease {ALL, AML}
@attribute stem_cell_source {bone_marrow, peripheral_blood}
@data
9.6,male,70.0,A,plus,present,A,present,ALL,peripheral_blood
5.0,female,?,0,plus,absent,B,?,AML,bone_marrow
"""
