"""Every number of the safety rules and of the tasks stands with its source."""

from __future__ import annotations

import pytest

from ivigdesk import resources
from ivigdesk.clinical.evidence import parse_evidence, source_ids
from ivigdesk.clinical.library_file import read_tables
from ivigdesk.clinical.safety.task_rules import parse_task_rules
from ivigdesk.clinical.safety.thresholds import parse_thresholds, split_tables
from ivigdesk.errors import KnownError

FILES = (("safety", "thresholds.toml"), ("procedure", "tasks.toml"), ("procedure", "infusion-day.toml"))


@pytest.mark.parametrize("parts", FILES)
def test_every_number_has_a_source_that_the_evidence_has(parts: tuple[str, str]) -> None:
    evidence = parse_evidence(resources.folder("evidence.toml").read_bytes(), "evidence.toml")
    _, sources = split_tables(read_tables(resources.folder(*parts).read_bytes(), parts[1]), parts[1])
    assert sources
    for table, keys in sources.items():
        for key, rests_on in keys.items():
            assert source_ids(rests_on.source), (table, key)
            assert all(one in evidence for one in source_ids(rests_on.source)), (table, key)


def test_a_number_without_its_source_is_refused_with_table_and_key() -> None:
    file = resources.folder("safety", "thresholds.toml").read_bytes()
    bare = file.replace(b'{ value = 80, source = "s41", facts = "7 SR18" }', b"80")
    assert bare != file
    with pytest.raises(KnownError, match="total_protein_g_per_l"):
        parse_thresholds(bare, "mine.toml")


def test_a_task_file_with_a_typing_mistake_is_refused() -> None:
    file = resources.folder("procedure", "tasks.toml").read_bytes()
    with pytest.raises(KnownError, match="late_to_day"):
        parse_task_rules(file.replace(b"late_to_days", b"late_to_day"), "mine.toml")
