"""Findings and what stands in the way."""

from __future__ import annotations

from ivigdesk.clinical.findings import SEVERITIES, noticed, standing_in_the_way, worst
from ivigdesk.messages import message

ALL = tuple(finding for severity in SEVERITIES for finding in noticed(severity, severity, message("x"), "test"))


def test_the_gravest_severity_is_found() -> None:
    assert [worst(ALL[: n + 1]) for n in range(4)] == ["info", "warn", "hold", "block"]
    assert worst(()) is None


def test_a_hold_and_a_block_stand_in_the_way_the_others_do_not() -> None:
    assert [finding.severity for finding in standing_in_the_way(ALL)] == ["hold", "block"]


def test_what_needs_a_reason_stands_in_the_way_whatever_its_weight() -> None:
    asked = noticed("warn", "GEN-1", message("x"), "test", needs_reason=True)
    told = noticed("info", "SR26", message("x"), "test", needs_reason=True)
    assert standing_in_the_way((*ALL[:2], *asked, *told)) == (*asked, *told)
