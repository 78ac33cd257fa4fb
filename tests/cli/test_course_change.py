"""`course change`: every verb by the real command, and what data it prints."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cli.course_ward import CMV, Ward

# Dates of each verb


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("--dose 2 --to 2026-03-05 --reach this", CMV.replace("03-04", "03-05")),
        (
            "--dose 2 --to 2026-03-05 --reach phase",
            "03-02 03-05 03-07 03-09 03-11 03-13 03-15 03-16 03-23 03-30 04-06",
        ),
        (
            "--dose 2 --to 2026-03-05 --reach rest",
            "03-02 03-05 03-07 03-09 03-11 03-13 03-15 03-17 03-24 03-31 04-07",
        ),
        # The doses after it keep the days of their rhythm.
        ("--dose 2 --to 2026-03-05 --reach phase --grid keep", CMV.replace("03-04", "03-05")),
        ("--dose 9 --to 2026-03-21", CMV.replace("03-23", "03-21")),
        ("--verb bring-forward --dose 9 --to 2026-03-22 --reach rest", f"{CMV[:47]} 03-22 03-29 04-05"),
        ("--verb first-day --dose 8 --first-day 20", f"{CMV[:41]} 03-21 03-28 04-04 04-11"),
        ("--verb first-day --dose 8 --to 2026-03-18", f"{CMV[:41]} 03-18 03-25 04-01 04-08"),
    ],
)
def test_a_dose_moves_and_others_as_far_as_it_is_said(ward: Ward, words: str, dates: str) -> None:
    said = ward.changed(*words.split())
    assert ward.dates() == dates
    assert [dose["date"][5:] for dose in said["doses"]] == dates.split()
    assert [dose["from"][5:] for dose in said["doses"]] == CMV.split()
    moved = [dose["number"] for dose in said["doses"] if dose["moved"]]
    assert moved == [n for n, (old, new) in enumerate(zip(CMV.split(), dates.split(), strict=True), 1) if old != new]


def test_the_end_is_kept_by_leaving_out_what_passes_it(ward: Ward) -> None:
    said = ward.changed("--dose", "3", "--to", "2026-03-07", "--reach", "keep-end")
    assert said["kept_end"] == "2026-03-14"
    assert said["left_out"] == [7]
    assert said["reach"] == "keep-end"
    assert ward.states() == "ppppppopppp"
    assert ward.dates().split()[7:] == CMV.split()[7:]


def test_the_way_a_dose_moves_need_not_be_said(ward: Ward) -> None:
    assert ward.changed("--dose", "11", "--to", "2026-04-08")["verb"] == "postpone"
    assert ward.changed("--dose", "11", "--to", "2026-04-05")["verb"] == "bring-forward"
    refused = ward.change("--verb", "postpone", "--dose", "11", "--to", "2026-04-01")
    assert refused.code == 1
    assert "bring" in refused.err


# States


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("--verb omit --dose 3", "ppopppppppp"),
        ("--verb omit --dose 3 --reach phase", "ppooooopppp"),
        ("--verb hold --dose 10 --reach rest", "ppppppppphh"),
        ("--verb cease --dose 9", "ppppppppccc"),
        ("--verb cease", "ccccccccccc"),
        ("--verb cease --dose 9 --reach this", "ppppppppcpp"),
    ],
)
def test_what_is_decided_of_a_dose_is_its_state_with_reason_name_and_time(ward: Ward, words: str, states: str) -> None:
    said = ward.changed("--by", "Dr S. Kim", *words.split())
    assert ward.states() == states
    assert "".join(dose["state"][0] for dose in said["doses"]) == states
    assert ward.dates() == CMV
    for dose in ward.shown()["doses"]:
        touched = dose["state"] != "planned"
        assert dose["reason"] == ("Fever" if touched else "")
        assert bool(dose["changed_by"]) is touched
        assert dose["changed_at"] == (ward.clock.now().isoformat() if touched else None)


def test_held_doses_are_resumed_together_or_one_by_one(ward: Ward) -> None:
    ward.changed("--verb", "hold", "--dose", "9", "--reach", "rest")
    assert ward.shown()["state"] == "held"
    ward.changed("--verb", "resume", "--dose", "9")
    assert ward.states() == "ppppppppphh"
    ward.changed("--verb", "resume", "--to", "2026-04-01")
    assert ward.states() == "p" * 11
    assert ward.dates().split()[8:] == ["03-23", "04-01", "04-08"]
    assert ward.shown()["state"] == "active"


def test_the_state_of_a_course_is_one_word(ward: Ward) -> None:
    assert ward.shown()["state"] == "active"
    ward.changed("--verb", "omit", "--dose", "1", "--reach", "rest")
    assert ward.shown()["state"] == "finished"
    ward.changed("--verb", "undo")
    ward.changed("--verb", "cease")
    assert ward.shown()["state"] == "ceased"


# What needs a prescriber


def test_an_extra_dose_is_added_by_a_prescriber_only(ward: Ward) -> None:
    words = ("--verb", "add", "--to", "2026-04-13")
    before = ward.journal_head()
    nameless = ward.change(*words)
    assert nameless.code == 1
    assert "Prescriber who approves it" in nameless.err
    assert ward.journal_head() == before
    said = ward.changed(*words, "--by", "Dr S. Kim")
    (new,) = [dose for dose in said["doses"] if dose["from"] is None]
    assert (new["number"], new["date"], new["changed"], new["moved"]) == (12, "2026-04-13", True, False)
    shown = ward.shown()
    assert shown["approved_by"] == "Dr S. Kim"
    assert (shown["doses"][11]["is_extra"], shown["doses"][11]["mg"]) == (True, shown["doses"][10]["mg"])


def test_another_product_is_rounded_anew_for_what_remains(ward: Ward) -> None:
    words = ("--verb", "product", "--dose", "8", "--product", "privigen-10", "--by", "Dr S. Kim")
    said = ward.changed(*words)
    assert [dose["product"] for dose in said["doses"]] == ["cn-ph4-5"] * 7 + ["privigen-10"] * 4
    assert [dose["product"] for dose in ward.shown()["doses"]] == ["cn-ph4-5"] * 7 + ["privigen-10"] * 4


def test_the_newest_weight_is_used_for_what_remains(ward: Ward) -> None:
    weighed = ward.run("patients", "lab", "BMT-004217", "weight", "50", "kg", "--on", "2026-03-02")
    assert weighed.code == 0, weighed.err
    ward.changed("--verb", "weight", "--dose", "8", "--by", "Dr S. Kim")
    amounts = [int(dose["mg"]) for dose in ward.shown()["doses"]]
    assert amounts == [10_000] * 7 + [7_500] * 4


def test_a_wrong_entry_stays_and_another_dose_takes_its_place(ward: Ward) -> None:
    ward.give(1)
    words = ("--verb", "error", "--dose", "1", "--by", "Dr S. Kim")
    said = ward.changed(*words)
    assert len(said["doses"]) == 12
    shown = ward.shown()
    assert (shown["doses"][0]["state"], shown["doses"][0]["given_on"]) == ("entered in error", "2026-03-02")
    assert shown["doses"][11]["replaces"] == shown["doses"][0]["id"]
    assert shown["doses"][11]["state"] == "planned"


def test_later_doses_follow_one_that_was_given_late(ward: Ward) -> None:
    ward.clock.advance(timedelta(days=1))
    ward.give(1)
    assert ward.shown()["doses"][0]["given_on"] == "2026-03-03"
    ward.changed("--verb", "realign", "--dose", "1")
    assert ward.dates() == "03-02 03-05 03-07 03-09 03-11 03-13 03-15 03-16 03-23 03-30 04-06"


# Undo, revisions, dry runs


def test_undoing_everything_restores_the_first_calendar(ward: Ward) -> None:
    first = ward.shown()["doses"]
    ward.changed("--dose", "11", "--to", "2026-04-08")
    ward.changed("--verb", "omit", "--dose", "3")
    ward.changed("--verb", "add", "--to", "2026-04-20", "--by", "Dr S. Kim")
    undone = ward.changed("--verb", "undo")
    (gone,) = [dose for dose in undone["doses"] if dose["date"] is None]
    assert (gone["number"], gone["state"], gone["from"]) == (12, None, "2026-04-20")
    assert undone["restores"] == 3
    ward.changed("--verb", "undo")
    ward.changed("--verb", "undo")
    shown = ward.shown()
    same = ("id", "number", "date", "state", "mg", "reason")
    assert [{key: dose[key] for key in same} for dose in shown["doses"]] == [
        {key: dose[key] for key in same} for dose in first
    ]
    assert [one["verb"] for one in shown["revisions"]] == ["", "postpone", "omit", "add", "undo", "undo", "undo"]
    assert [one["restores"] for one in shown["revisions"]] == [None, None, None, None, 3, 2, 1]
    before = ward.journal_head()
    assert ward.change("--verb", "undo").code == 1
    assert ward.journal_head() == before


def test_every_revision_can_be_shown(ward: Ward) -> None:
    ward.changed("--dose", "11", "--to", "2026-04-08")
    first, second = ward.shown("--revision", "1"), ward.shown()
    assert (first["revision"], first["newest_revision"], first["doses"][10]["date"]) == (1, 2, "2026-04-06")
    assert (second["revision"], second["verb"], second["reason"]) == (2, "postpone", "Fever")
    assert [(one["number"], one["verb"], one["reason"]) for one in second["revisions"]] == [
        (1, "", first["reason"]),
        (2, "postpone", "Fever"),
    ]
    assert second["revisions"][1]["at"] == ward.clock.now().isoformat()
    assert second["doses"][10]["id"] == first["doses"][10]["id"]
    assert "Superseded" in ward.run("course", "show", ward.course, "--revision", "1").err
    assert ward.run("course", "show", ward.course, "--revision", "3").code == 1


def test_a_dry_run_needs_no_reason_and_stores_nothing(ward: Ward) -> None:
    before = ward.journal_head()
    words = ("course", "change", ward.course, "--dose", "11", "--to", "2026-04-08", "--dry-run")
    said = ward.run(*words, "--json").data
    assert (said["stored"], said["revision"]) == (False, 1)
    assert {"id", "code", "revision", "stored", "verb", "reach", "grid", "kept_end", "left_out", "doses"} <= set(said)
    row = said["doses"][10]
    assert {"id", "number", "from", "date", "state", "mg", "moved", "changed", "reason", "notes", "remarks"} <= set(row)
    assert (row["from"], row["date"], row["mg"]) == ("2026-04-06", "2026-04-08", "10000")
    assert row["notes"] == [remark["text"] for remark in row["remarks"]]
    assert {remark["kind"] for remark in row["remarks"]} == {"gap"}
    assert "Nothing is stored" in ward.run(*words).err
    assert ward.journal_head() == before


def test_without_a_reason_the_line_is_wrong_and_an_empty_one_is_refused(ward: Ward) -> None:
    words = ("course", "change", ward.course, "--dose", "11", "--to", "2026-04-08")
    assert ward.run(*words).code == 2
    assert ward.run(*words, "--reason", " ").code == 1
    assert ward.run(*words, "--reason", "x", "--verb", "move").code == 2
    assert ward.run(*words, "--reason", "x", "--reach", "all").code == 2
    assert ward.run(*words, "--reason", "x", "--grid", "on").code == 2
    assert ward.shown()["revision"] == 1
