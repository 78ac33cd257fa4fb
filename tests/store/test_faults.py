"""What was acknowledged survives kills and full disks."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ivigdesk.store import open_store
from tests.store import samples

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits work in another way there")

_ROOT = str(Path(__file__).parents[2])

_WRITE = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from ivigdesk.store import open_store
from tests.store import samples
ward = open_store(Path(sys.argv[1]))
known = len(ward.patients())
for number in range(known, known + 100_000):
    with ward.changing(nurse="Li Na", at=samples.MORNING, action="test") as change:
        change.add(samples.a_patient(str(number)))
        if number % 3 == 0:
            change.add(samples.a_course(str(number), str(number), doses=2))
    os.write(1, f"{number}\\n".encode())
"""


def _acknowledged_before_kill(path: Path, after_s: float) -> int:
    """Return how many changes a program acknowledged before it was killed in the middle of its work."""
    with subprocess.Popen([sys.executable, "-c", _WRITE, str(path), _ROOT], stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        said = os.read(program.stdout.fileno(), 65536)  # it has begun to save
        time.sleep(after_s)
        program.send_signal(signal.SIGKILL)
        said += program.stdout.read()
    return int(said.split(b"\n")[-2]) + 1


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_program_has_lost_nothing_that_it_acknowledged(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "ward.ivigdesk"
    chance = random.Random(seed)  # noqa: S311
    for _ in range(2):
        acknowledged = _acknowledged_before_kill(path, chance.uniform(0, 0.15))
        with open_store(path) as ward:
            numbers = {patient.record_number for patient in ward.patients()}
            assert len(numbers) in (acknowledged, acknowledged + 1)  # saved, and killed before it could say so
            assert {f"N-{number}" for number in range(acknowledged)} <= numbers
            assert len(list(ward.journal())) == len(numbers)
            assert len(ward.courses()) == (len(numbers) + 2) // 3
    with open_store(path) as ward:
        assert ward.check().is_sound


_FILL = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from ivigdesk.errors import KnownError
from ivigdesk.store import open_store
from tests.store import samples
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[1])
limits = resource.getrlimit(resource.RLIMIT_FSIZE)
ward = open_store(path)

def save(number):
    with ward.changing(nurse="Li Na", at=samples.MORNING, action="test") as change:
        change.add(samples.a_patient(str(number), donor="x" * 3000))

for round in range(3):
    full = path.stat().st_size + int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_FSIZE, (full, limits[1]))
    saved = len(ward.patients())
    refused = 0
    for number in range(saved, saved + 100):
        try:
            save(number)
        except KnownError as error:
            assert "NOT saved" in str(error) and "Make room" in str(error), error
            refused += 1
            assert len(ward.patients()) == number, "a refused patient is there"
            if refused == 1:
                assert number < saved + 99
            break
    assert refused == 1
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    save(len(ward.patients()))
assert ward.check().is_sound
print(len(ward.patients()))
"""


@pytest.mark.parametrize("room", [0, 5_000, 30_000])
def test_a_full_disk_is_said_and_the_ward_goes_on_when_there_is_room(tmp_path: Path, room: int) -> None:
    path = tmp_path / "ward.ivigdesk"
    done = subprocess.run(
        [sys.executable, "-c", _FILL, str(path), _ROOT, str(room)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    with open_store(path) as ward:
        assert len(ward.patients()) == int(done.stdout)
        assert ward.check().is_sound


_OPEN_FULL = """
import resource, signal, sys
from pathlib import Path
from ivigdesk.errors import KnownError
from ivigdesk.store import open_store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    open_store(Path(sys.argv[1]))
except KnownError as error:
    print(error)
"""


@pytest.mark.parametrize("room", [0, 4096, 40_000])
def test_a_ward_that_finds_no_room_is_not_half_made(tmp_path: Path, room: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OPEN_FULL, str(tmp_path / "ward.ivigdesk"), str(room)],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert "is full or does not answer" in done.stdout, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_log_left_by_a_kill_is_taken_in_once(tmp_path: Path) -> None:
    path = tmp_path / "ward.ivigdesk"
    script = (
        "import os, sys\nfrom pathlib import Path\nsys.path.insert(0, sys.argv[2])\n"
        "from ivigdesk.store import open_store\nfrom tests.store import samples\n"
        "ward = open_store(Path(sys.argv[1]))\n"
        "with ward.changing(nurse='Li Na', at=samples.MORNING, action='test') as change:\n"
        "    change.add(samples.a_patient())\n"
        "ward.ask(lambda db: db.conn.execute('INSERT INTO patient_search SELECT id, 2 FROM patients WHERE 0'))\n"
        "ward.ask(lambda db: db.conn.execute(\"UPDATE patient_search SET words = 'left in the log'\"))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path), _ROOT], timeout=30, check=False)
    assert path.with_name(path.name + "-wal").stat().st_size > 0
    with open_store(path) as ward:
        assert ward.patients() == (samples.a_patient(),)
        assert len(ward.find_patients("left in the log")) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["ward.ivigdesk"]
