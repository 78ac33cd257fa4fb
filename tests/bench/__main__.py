"""Measure what the ward would notice, each against a yardstick in the same run: `make bench`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import calendar_speed, planning_speed, recall_speed, sheets_speed, window_speed
from tests.bench.engine_speed import expand_the_cmv_regimen, the_same_dates_by_rrule

RUNS = 11

SCHEDULE = (
    "schedule", "cmv-pneumonia-fred-hutch", "--start", "2026-03-02", "--weight", "70",
    "--product", "cn-ph4-5", "--json",
)  # fmt: skip


def main() -> None:
    """Print one line per figure: what, ratio, and what it should be."""
    print(f"{'what':<58} {'ratio':>6}  {'at most':>7}")
    with tempfile.TemporaryDirectory() as folder:
        # A program that is installed lies compiled on the disk; so do both that are measured here.
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        ward = window_speed.make_ward(Path(folder))
        line("window with Today filled / bare window with a table", processes(window(ward), BARE_WINDOW), 2.5)
        with_tests = processes([*window(ward), "tests"], BARE_WINDOW)
        to_know("the same, and the tests of the day a moment later", with_tests)
        program = str(Path(sys.executable).with_name("ivigdesk"))
        line("schedule --json / import click, msgspec, babel", processes([program, *SCHEDULE], IMPORTS), 1.6)
        page, engine, close = planning_speed.plan_with_much_known(Path(folder, "known"))
        what = f"plan with {planning_speed.COURSES} courses, {planning_speed.LAB_VALUES} values known / engine alone"
        line(what, calls(page, engine, number=5), 5)
        close()
        month, bare_month, close = calendar_speed.month_of_200_courses(Path(folder, "full"))
        what = f"month of {calendar_speed.COURSES} courses / bare query plus empty grid"
        line(what, calls(month, bare_month, number=3), 1.5)
        close()
        lot, bare_lot, year, close = recall_speed.ward_of_many_years(Path(folder, "years"))
        line(
            f"recall in {recall_speed.INFUSIONS} infusions / bare query of the vials",
            calls(lot, bare_lot, number=1),
            90,
        )
        to_know("the same recall, in seconds", seconds(lot))
        to_know("side effects of a year among them, in seconds", seconds(year))
        close()
    line("expand the CMV regimen / the same dates by rrule", calls(expand_the_cmv_regimen, the_same_dates_by_rrule), 1)
    plan, bare, dates_alone = sheets_speed.plan_in_chinese()
    line("plan sheet in Chinese / bare table of the same texts", calls(plan, bare, number=1), 3)
    told = calls(plan, dates_alone, number=1)
    to_know("plan sheet in Chinese / bare table of its dates alone", told)
    subprocess.run([sys.executable, "-m", "tests.bench.bedside_keys"], check=True)


IMPORTS = [sys.executable, "-c", "import click, msgspec, babel"]
BARE_WINDOW = [sys.executable, "-m", "tests.bench.window_speed", "bare"]


def window(ward: Path) -> list[str]:
    """Return the command that opens the window on `ward`, shows Today and ends."""
    return [sys.executable, "-m", "tests.bench.window_speed", str(ward)]


def processes(ours: list[str], yardstick: list[str]) -> float:
    """Return the median of the pairwise ratios of two whole processes, run in turn."""
    ratios = []
    for run in range(RUNS + 1):
        pair = [_process_seconds(ours), _process_seconds(yardstick)]
        if run:  # the first pair warms the disk's cache
            ratios.append(pair[0] / pair[1])
    return statistics.median(ratios)


def calls(ours: Callable[[], object], yardstick: Callable[[], object], number: int = 200) -> float:
    """Return the median of the pairwise ratios of two calls, run in turn, `number` times each."""
    ratios = []
    for run in range(RUNS + 1):
        pair = [_call_seconds(ours, number), _call_seconds(yardstick, number)]
        if run:
            ratios.append(pair[0] / pair[1])
    return statistics.median(ratios)


def seconds(call: Callable[[], object]) -> float:
    """Return the median of how long a call takes."""
    return statistics.median(_call_seconds(call, 1) for _ in range(5))


def line(what: str, ratio: float, at_most: float) -> None:
    """Print one figure."""
    print(f"{what:<58} {ratio:>6.2f}  {at_most:>7}{'' if ratio <= at_most else '  too slow'}", flush=True)


def to_know(what: str, ratio: float) -> None:
    """Print one figure that has no limit."""
    print(f"{what:<58} {ratio:>6.2f}  (to know)", flush=True)


def _process_seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def _call_seconds(call: Callable[[], object], number: int) -> float:
    began = time.perf_counter()
    for _ in range(number):
        call()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
