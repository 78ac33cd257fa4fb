"""The main tasks at the bedside take no more keys and clicks than they have to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.infusion.actions_counted import OBSERVATION, count_all

CHECKS = 15


@pytest.mark.usefixtures("qapp")
def test_the_main_tasks_take_no_more_keys_and_clicks_than_they_have_to(tmp_path: Path) -> None:
    letters = sum(len(value) for value in OBSERVATION)
    most = {
        # One key for each check, one to start: never quicker by ticking without looking.
        "start a dose": (CHECKS + 1, 0, 4),
        # The values themselves, and Enter after each and after the words.
        "one set of observations": (letters + len(OBSERVATION) + 1, 0, 0),
        "record a headache": (2, 1, 0),
        "finish and sign": (2, 0, 0),
    }
    counted = {one.task: (one.keys, one.clicks, one.scans) for one in count_all(tmp_path / "ward")}
    assert counted.keys() == most.keys()
    for task, taken in counted.items():
        assert all(one <= allowed for one, allowed in zip(taken, most[task], strict=True)), (task, taken)
