"""The commands that read and change a ward: patients, courses, sheets, checks, the library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.cli.conftest import Ran, Run

PLAN = ("course", "plan", "--regimen", "cmv-pneumonia-fred-hutch", "--start", "2026-03-02", "--product", "cn-ph4-5")


def plan(run: Run, *more: str, patient: str = "BM-001") -> Ran:
    return run(*PLAN, "--patient", patient, *more)


@pytest.fixture
def course(ward_with_patient: Run) -> Any:
    """A confirmed CMV course, as printed."""
    ran = plan(
        ward_with_patient, "--antiviral", "ganciclovir", "--confirm", "--reason", "Weight of last week", "--json"
    )
    assert ran.code == 0, ran.err
    return ran.data


def test_what_the_prescriber_states_is_kept_with_the_course(ward_with_patient: Run) -> None:
    words = ("--antiviral", "ganciclovir", "--profile", "eu-label", "--reason", "Weight of last week", "--json")
    stated = ("--stated", "antimicrobials_ineffective=yes", "--stated", "antibody_failure=no")
    ran = plan(ward_with_patient, *words, *stated, "--prescriber", "Dr S. Kim", "--confirm")
    assert ran.code == 0, ran.err
    assert ran.data["stated"] == {"antimicrobials_ineffective": True, "antibody_failure": False}
    shown = ward_with_patient("course", "show", ran.data["id"], "--json").data
    assert shown["stated"] == ran.data["stated"]
    refused = plan(ward_with_patient, *words, "--stated", "antibody_failure")
    assert refused.code == 1
    assert "yes, no" in refused.err


def test_an_import_says_what_it_took_and_what_is_missing(run: Run, tmp_path: Path, ward_with_patient: Run) -> None:
    listed = ward_with_patient("patients", "list", "--json").data
    assert [one["record_number"] for one in listed] == ["BM-001", "BM-002"]
    assert [one["weight_g"] for one in listed] == [70_000, None]
    assert listed[1]["donor_cmv"] == "unknown"
    again = run("patients", "import", str(tmp_path / "two.arff"), "--as-of", "2026-03-01", "--json").data
    assert again["taken"] == []
    assert [skip["row"] for skip in again["skipped"]] == [1, 2]


def test_a_dry_run_stores_nobody(run: Run, tmp_path: Path) -> None:
    from tests.cli.conftest import TWO_PATIENTS

    file = tmp_path / "two.arff"
    file.write_text(TWO_PATIENTS, encoding="utf-8")
    assert run("patients", "import", str(file), "--dry-run", "--as-of", "2026-03-01").code == 0
    assert run("patients", "list", "--json").data == []


def test_a_proposal_is_not_stored_until_it_is_confirmed(ward_with_patient: Run, tmp_path: Path) -> None:
    proposed = plan(ward_with_patient, "--antiviral", "ganciclovir", "--json").data
    assert proposed["confirmed"] is False
    assert proposed["id"] is None
    assert len(proposed["doses"]) == 11


def test_a_course_without_antiviral_is_held_and_a_child_without_weight_refused(ward_with_patient: Run) -> None:
    held = plan(ward_with_patient, "--confirm")
    assert held.code == 1
    assert "CMV" in held.err
    unweighed = plan(ward_with_patient, "--antiviral", "x", "--confirm", "--reason", "r", patient="BM-002")
    assert unweighed.code == 1
    assert "weight" in unweighed.err
    nobody = plan(ward_with_patient, patient="BM-999")
    assert nobody.code == 1
    assert "BM-999" in nobody.err


def test_a_course_is_shown_and_changed_by_its_id_or_short_code(course: Any, run: Run) -> None:
    shown = run("course", "show", course["code"], "--json").data
    assert shown["id"] == course["id"]
    assert shown["revision"] == 1
    assert [dose["number"] for dose in shown["doses"]] == list(range(1, 12))
    words = ("--dose", "11", "--to", "2026-04-08", "--reach", "this", "--reason", "x", "--json")
    changed = run("course", "change", course["id"], *words)
    assert changed.code == 0, changed.err
    assert changed.data["revision"] == 2
    after = run("course", "show", course["id"], "--json").data
    assert after["revision"] == 2
    assert after["doses"][10]["date"] == "2026-04-08"
    assert [dose["id"] for dose in after["doses"]] == [dose["id"] for dose in shown["doses"]]
    assert run("course", "show", course["id"], "--revision", "1", "--json").data["doses"][10]["date"] == "2026-04-06"


def test_a_dry_run_of_a_change_shows_the_difference_and_stores_nothing(course: Any, run: Run) -> None:
    words = ("course", "change", course["id"], "--dose", "11", "--to", "2026-04-08", "--reach", "this", "--reason", "x")
    difference = run(*words, "--dry-run", "--json").data
    assert [dose["number"] for dose in difference["doses"] if dose["moved"]] == [11]
    assert run("course", "show", course["id"], "--json").data["revision"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ("--dose", "99", "--to", "2026-04-08"),
        ("--dose", "2", "--to", "2026-02-30"),
        ("--dose", "11", "--to", "2026-04-06"),
        ("--dose", "11", "--to", "2099-04-06"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_nothing_changes(course: Any, run: Run, wrong: tuple[str, ...]) -> None:
    ran = run("course", "change", course["id"], *wrong, "--reach", "this", "--reason", "x")
    assert ran.code == 1
    assert len(ran.err.strip().splitlines()) == 1
    assert run("course", "show", course["id"], "--json").data["revision"] == 1


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_sheets_are_written_in_both_languages(course: Any, run: Run, tmp_path: Path, language: str) -> None:
    for words in (("plan", course["id"]), ("dose", course["id"], "1")):
        file = tmp_path / f"{words[0]}-{language}.pdf"
        ran = run("print", *words, "--lang", language, "--out", str(file))
        assert ran.code == 0, ran.err
        pages = pypdf.PdfReader(file).pages
        assert pages
        assert all("BM-001" in page.extract_text() for page in pages)
    assert not list(tmp_path.glob("*.part"))


def test_a_sheet_that_cannot_be_written_leaves_the_earlier_one(course: Any, run: Run, tmp_path: Path) -> None:
    ran = run("print", "plan", course["id"], "--out", str(tmp_path / "no-such-folder" / "plan.pdf"))
    assert ran.code == 1
    assert "plan.pdf" in ran.err
    ran = run("print", "plan", course["id"], "--out", str(tmp_path))
    assert ran.code == 1


def test_a_dose_that_is_not_there_is_refused(course: Any, run: Run, tmp_path: Path) -> None:
    ran = run("print", "dose", course["id"], "12", "--out", str(tmp_path / "x.pdf"))
    assert ran.code == 1
    assert "1 to 11" in ran.err


def test_check_finds_a_sound_ward_sound(course: Any, run: Run) -> None:
    ran = run("check")
    assert ran.code == 0
    assert ran.err == ""


def test_a_backup_can_be_put_back_in_force(course: Any, run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.ivigdesk"
    assert run("backup", str(copy)).code == 0
    again = run("backup", str(copy))
    assert again.code == 1, "a backup never overwrites a file"
    words = ("--dose", "11", "--to", "2026-04-08", "--reach", "this", "--reason", "x")
    assert run("course", "change", course["id"], *words).code == 0
    restored = run("restore", str(copy))
    assert restored.code == 0, restored.err
    assert "newer than the backup" in restored.out
    assert run("course", "show", course["id"], "--json").data["revision"] == 1
    assert run("check").code == 0


@pytest.mark.parametrize("damage", ["truncated", "foreign", "plain"])
def test_a_file_that_is_no_ward_is_refused_and_left_as_it_was(
    course: Any, run: Run, tmp_path: Path, damage: str
) -> None:
    file = tmp_path / "ward" / "ward.ivigdesk"
    whole = file.read_bytes()
    content = {
        "truncated": whole[:5000],
        "foreign": b"not a ward\n" * 900,
        "plain": b"SQLite format 3\x00" + bytes(4080),
    }
    file.write_bytes(content[damage])
    ran = run("patients", "list")
    assert ran.code == 1
    assert len(ran.err.strip().splitlines()) == 1
    assert file.read_bytes() == content[damage]


def test_the_library_is_listed_with_stable_keys(run: Run) -> None:
    regimens = run("regimens", "--json").data
    assert {"id", "version", "standing", "title", "facts"} == set(regimens[0])
    assert "cmv-pneumonia-fred-hutch" in {one["id"] for one in regimens}
    products = run("products", "--json").data
    assert {"cn-ph4-5", "privigen-10", "octagam-10", "gammagard-10", "octagam-5", "cytogam"} <= {
        one["id"] for one in products
    }
    assert {one["g_per_l"] for one in products} >= {"50", "100"}


def test_a_regimen_file_with_a_slip_is_refused_with_file_and_key(run: Run, tmp_path: Path) -> None:
    from ivigdesk import resources

    good = resources.folder("regimens", "cmv-pneumonia-fred-hutch.toml").read_text(encoding="utf-8")
    file = tmp_path / "cmv-pneumonia-fred-hutch.toml"
    file.write_text(good.replace("every_days", "evry_days", 1), encoding="utf-8")
    ran = run("regimens", "check", str(file))
    assert ran.code == 1
    assert "cmv-pneumonia-fred-hutch.toml" in ran.err
    assert "evry_days" in ran.err
    file.write_text(good, encoding="utf-8")
    assert run("regimens", "check", str(file)).code == 0


def test_a_wards_own_bad_file_is_named_and_the_others_still_load(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "ward" / "library" / "regimens"
    own.mkdir(parents=True)
    (own / "broken.toml").write_text("id = ", encoding="utf-8")
    ran = run("regimens", "--json")
    assert ran.code == 0
    assert "broken.toml" in ran.err
    assert len(ran.data) >= 13


def test_help_is_worded_in_the_readers_language(run: Run) -> None:
    assert "Nothing is stored" in run("schedule", "--help").out
    assert "Nothing is stored" not in run("--lang", "zh_CN", "schedule", "--help").out


@pytest.mark.parametrize("typed", ["70\n80", "\x1b[31m70", "7" * 50_000, "70\u202e", "７０\u3000kg"])
def test_what_was_typed_comes_back_in_one_line_that_steers_no_terminal(run: Run, typed: str) -> None:
    ran = run("schedule", "cmv-pneumonia-fred-hutch", "--start", "2026-03-02", f"--weight={typed}")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert len(ran.err) < 2_000
    assert not any(mark in ran.err for mark in ("\x1b", "\u202e"))
    assert "Weight: “7" in ran.err or "Weight: “�" in ran.err or "Weight: “７" in ran.err


def test_why_a_file_cannot_be_read_is_said_in_the_readers_words(run: Run, tmp_path: Path) -> None:
    for words in (("regimens", "check", str(tmp_path)), ("patients", "import", str(tmp_path))):
        ran = run(*words)
        assert ran.code == 1
        assert "cannot be read: this is a folder." in ran.err


def test_a_course_shows_its_criteria_its_grams_and_its_tasks(ward_with_patient: Run) -> None:
    words = ("--antiviral", "ganciclovir", "--profile", "cms", "--approved-g", "200", "--prescriber", "Dr S. Kim")
    stored = plan(ward_with_patient, *words, "--confirm", "--reason", "Child", "--json")
    assert stored.code == 0, stored.err
    shown = ward_with_patient("course", "show", stored.data["id"], "--json").data
    assert shown["profile"] == "cms"
    assert shown["override"] == {"reason": "Child", "by": "Dr S. Kim"}
    assert {dose["criteria"]["outcome"] for dose in shown["doses"]} == {"not_met"}
    assert shown["ledger"]["rounded_mg"] == shown["total_mg"]
    assert shown["ledger"]["approved_mg"] == "200000"
    assert shown["tasks"]
    assert "criteria not met for every dose" in ward_with_patient("course", "show", stored.data["id"]).out


def test_the_last_day_of_an_approval_is_kept_with_the_course(ward_with_patient: Run) -> None:
    words = ("--antiviral", "ganciclovir", "--approved-until", "2026-03-20", "--prescriber", "Dr S. Kim")
    stored = plan(ward_with_patient, *words, "--confirm", "--reason", "Child", "--json")
    assert stored.code == 0, stored.err
    shown = ward_with_patient("course", "show", stored.data["id"], "--json").data
    assert shown["approved_until"] == "2026-03-20"
    refused = plan(ward_with_patient, "--antiviral", "ganciclovir", "--approved-until", "2020-01-01")
    assert refused.code == 1
    assert "before the first dose" in refused.err


def test_an_override_names_who_accepts_it(ward_with_patient: Run) -> None:
    words = ("--antiviral", "ganciclovir", "--profile", "cms", "--confirm", "--reason", "Child")
    nameless = plan(ward_with_patient, *words)
    assert nameless.code == 1
    assert "prescriber" in nameless.err
    named = plan(ward_with_patient, *words, "--by", "Dr S. Kim", "--json")
    assert named.code == 0, named.err
    shown = ward_with_patient("course", "show", named.data["id"], "--json").data
    assert shown["override"]["by"] == "Dr S. Kim"


def test_a_laboratory_value_and_an_event_are_recorded_and_used(ward_with_patient: Run) -> None:
    value = ward_with_patient("patients", "lab", "BM-001", "igg", "310", "mg/dL", "--on", "2026-03-01", "--json")
    assert value.code == 0, value.err
    assert (value.data["value"], value.data["unit"]) == ("3.1", "g/L")
    event = ward_with_patient(
        "patients", "event", "BM-001", "cmv", "--cmv-disease", "pneumonia-proven", "--on", "2026-03-01"
    )
    assert event.code == 0, event.err
    assert "proven CMV pneumonia" in event.out
    proposed = plan(ward_with_patient, "--antiviral", "ganciclovir", "--profile", "cn-label", "--json").data
    assert proposed["doses"][0]["criteria"]["outcome"] == "met"


@pytest.mark.parametrize(
    "words",
    [
        ("lab", "BM-001", "igg", "400"),
        ("lab", "BM-001", "iron", "4"),
        ("lab", "BM-999", "igg", "4"),
        ("lab", "BM-001", "igg", "4", "--on", "2999-01-01"),
        ("event", "BM-001", "cold"),
        ("event", "BM-001", "infection", "--site", "nose"),
        ("event", "BM-001", "infection", "--on", "yesterday"),
    ],
)
def test_a_value_or_event_that_cannot_be_is_refused_in_one_sentence(
    ward_with_patient: Run, words: tuple[str, ...]
) -> None:
    ran = ward_with_patient("patients", *words)
    assert ran.code == 1
    assert len(ran.err.strip().splitlines()) == 1


def test_an_id_that_is_none_is_wrong_usage(ward_with_patient: Run) -> None:
    assert ward_with_patient("patients", "lab", "BM-001", "igg", "4", "--replaces", "x").code == 2
