"""Bad input at every door of the command line: one sentence in the reader's language, and the rest works."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ivigdesk import resources
from tests.cli.conftest import Ran, Run

CMV = "cmv-pneumonia-fred-hutch"
SCHEDULE = ("schedule", CMV, "--start", "2026-03-02", "--weight", "70")
LANGUAGES = ("en", "zh_CN")

_NOT_FILLED = re.compile(r"\{[a-z_]+\}")
_HAN = re.compile("[\u4e00-\u9fff]")


def refused(ran: Ran, language: str = "en") -> str:
    """Return the one sentence that a command ended with."""
    assert ran.code == 1, (ran.code, ran.out, ran.err)
    assert ran.out == ""
    assert "Traceback" not in ran.err
    (line,) = ran.err.strip().splitlines()
    assert not _NOT_FILLED.search(re.sub("“.*?”", "", line)), line
    assert bool(_HAN.search(line)) == (language == "zh_CN"), line
    return line


# Wrong usage


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "value"),
    [
        (("course", "change"), "ID"),
        (("course", "change", "C", "--dose", "a\nb"), "a\ufffdb"),
        (("course", "change", "C", "--dose", "1.5"), "“1.5”"),
        (("course", "change", "C", "--dose", "it's"), "“it's”"),
        (("course", "change", "C", "--verb", "\u202emove"), "postpone, bring-forward"),
        (("course", "change", "C", "--reach", "x" * 10_000), "this, phase, rest, keep-end"),
        (("course", "change", "C", "--revision", ""), "“”"),
        (("course", "change", "C", "--to"), "--to"),
        (("course", "change", "C"), "--reason"),
        (("course", "show", "C", "<b>x</b>"), "“<b>x</b>”"),
        (("print", "plan", "C", "--revision", "1e9", "--out", "x"), "“1e9”"),
        (("export", "ics", "--course", "C"), "--out"),
        (("export", "ics", "--no-such", "C"), "--no-such"),
        (("no-such-command",), "no-such-command"),
        (("schedule", CMV, "--json=yes"), "--json"),
    ],
)
def test_wrong_usage_is_told_in_one_line_of_the_readers_language(
    run: Run, words: tuple[str, ...], value: str, language: str
) -> None:
    ran = run("--lang", language, *words)
    assert ran.code == 2
    assert ran.out == ""
    (line,) = ran.err.strip().splitlines()
    assert value in line
    assert "--help" in line
    assert len(line) < 1500
    assert bool(_HAN.search(line)) == (language == "zh_CN")


# Options of a schedule


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "value"),
    [
        (("--policy", "ideal"), "ideal"),
        (("--policy", "ACTUAL "), "ACTUAL"),
        (("--profile", "medicare"), "medicare"),
        (("--stated", "antibody_failure"), "yes"),
        (("--stated", "=yes"), "antibody_failure"),
        (("--stated", "antibody_failure=yes", "--stated", "antibody_failure=no"), "antibody_failure"),
        (("--igg", "400"), "400"),
        (("--igg", "abc"), "abc"),
        (("--igg", "1e5"), "1e5"),
        (("--igg", "-3"), "-3"),
        (("--igg", "310 mg/dL"), "310 mg/dL"),
        (("--igg", "x" * 10_000), "xxx"),
        (("--height", "1.75"), "175"),
        (("--height", "nan"), "nan"),
        (("--weight", "70kg"), "70kg"),
        (("--mg-per-kg", "inf"), ""),
        (("--doses", "3"), ""),
        (("--weekly-from", "16"), "16"),
        (("--rounding", "bankers"), "bankers"),
        (("--transplant-kind", "bone marrow"), "bone marrow"),
        (("--blood-group", "AB0"), "AB0"),
        (("--risk", "renal,cardiac"), "renal,cardiac"),
        (("--condition", "unwell"), "unwell"),
        (("--antiviral", "a\u202eb"), "U+202E"),
        (("--medicines", "x" * 10_000), "10000"),
        (("--birth", "2026-03-03"), ""),
        (("--birth", "31.12.1980"), "31.12.1980"),
        (("--birth", "2000-01-01", "--transplant", "1999-12-31"), ""),
        (("--birth", "2000-01-01", "--weighed-on", "1999-12-31"), ""),
        (("--weighed-on", "2026-03-03"), ""),
        (("--product", "../cn-ph4-5"), "../cn-ph4-5"),
    ],
)
def test_an_option_that_cannot_be_taken_is_refused_with_its_value(
    run: Run, words: tuple[str, ...], value: str, language: str
) -> None:
    assert value in refused(run("--lang", language, *SCHEDULE, *words), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_dose_than_the_regimens_own_is_never_passed_over(run: Run, language: str) -> None:
    """A prescriber who types 500 mg/kg must not be given the source's 150 without a word."""
    refused(run("--lang", language, *SCHEDULE, "--mg-per-kg", "500"), language)
    assert run("schedule", "replacement-maintenance", *SCHEDULE[2:], "--mg-per-kg", "450").code == 0
    refused(
        run("--lang", language, "schedule", "replacement-maintenance", *SCHEDULE[2:], "--mg-per-kg", "501"), language
    )
    without = ("schedule", "cmv-ig-jacobsen-1985", "--transplant", "2026-03-02", "--weight", "70")
    refused(run("--lang", language, *without), language)
    assert run(*without, "--mg-per-kg", "100").code == 0


# Laboratory values and events


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "words",
    [
        ("lab", "--", "BM-001", "igg", "400"),
        ("lab", "--", "BM-001", "igg", "abc"),
        ("lab", "--", "BM-001", "igg", "1e5"),
        ("lab", "--", "BM-001", "igg", "-3"),
        ("lab", "--", "BM-001", "igg", ""),
        ("lab", "--", "BM-001", "igg", "<4"),
        ("lab", "--", "BM-001", "igg", "x" * 10_000),
        ("lab", "--", "BM-001", "igg", "4", "mmol/L"),
        ("lab", "--", "BM-001", "haemoglobin", "400"),
        ("lab", "--", "BM-001", "weight", "0"),
        ("lab", "--", "BM-001", "iron", "4"),
        ("lab", "--", "BM-404", "igg", "4"),
        ("lab", "--on", "2999-01-01", "--", "BM-001", "igg", "4"),
        ("lab", "--on", "2199-12-31", "--", "BM-001", "igg", "4"),
        ("lab", "--on", "1950-01-01", "--", "BM-001", "igg", "4"),
        ("event", "--on", "2026-03-05", "--until", "2026-03-01", "--", "BM-001", "infection"),
        ("event", "--grade", "9", "--", "BM-001", "acute-gvhd"),
        ("event", "--grade", "", "--", "BM-001", "acute-gvhd"),
        ("event", "--severity", "bad", "--", "BM-001", "infection"),
        ("event", "--site", "nose", "--", "BM-001", "infection"),
        ("event", "--bacterial", "perhaps", "--", "BM-001", "infection"),
        ("event", "--cmv-disease", "flu", "--", "BM-001", "cmv"),
        ("event", "--on", "2199-12-31", "--", "BM-001", "infection"),
        ("event", "--on", "1950-01-01", "--", "BM-001", "infection"),
        ("event", "--note", "x" * 10_000, "--", "BM-001", "infection"),
        ("event", "--", "BM-001", "cold"),
        ("event", "--", "BM-404", "infection"),
    ],
)
def test_a_value_or_an_event_that_cannot_be_is_refused_and_nothing_is_stored(
    ward_with_patient: Run, words: tuple[str, ...], language: str
) -> None:
    before = ward_with_patient("check").out
    refused(ward_with_patient("--lang", language, "patients", *words), language)
    assert ward_with_patient("check").out == before


def test_nobody_dies_twice_and_nothing_happens_afterwards(ward_with_patient: Run) -> None:
    assert ward_with_patient("patients", "event", "--on", "2026-03-05", "BM-001", "death").code == 0
    assert "recorded already" in refused(
        ward_with_patient("patients", "event", "--on", "2026-03-05", "BM-001", "death")
    )
    later = ward_with_patient("patients", "event", "--on", "2026-03-06", "BM-001", "relapse")
    assert "after the patient's death" in refused(later)


def test_what_was_stored_is_said_by_its_name_and_with_its_sign(ward_with_patient: Run) -> None:
    pcr = ward_with_patient("patients", "lab", "--on", "2026-03-01", "BM-001", "cmv-pcr", "<50")
    assert "CMV PCR < 50 IU/mL" in pcr.out
    assert (
        "IgG 3.1 g/L" in ward_with_patient("patients", "lab", "--on", "2026-03-01", "BM-001", "igg", "310", "mg/dL").out
    )


def test_a_course_with_an_unknown_word_is_not_stored(ward_with_patient: Run) -> None:
    fixed = ("course", "plan", "--patient", "BM-001", "--product", "cn-ph4-5", "--start", "2026-03-02")
    given = (*fixed, "--regimen", CMV, "--antiviral", "ganciclovir", "--confirm", "--reason", "r", "--by", "Dr S. Kim")
    for more in (
        ("--policy", "guess"), ("--profile", "medicare"), ("--stated", "rich=yes"), ("--approved-g", "1e9"),
        ("--policy", "ontario"), ("--mg-per-kg", "500"), ("--weekly-from", "x"), ("--regimen", "no-such"),
    ):  # fmt: skip
        for language in LANGUAGES:
            refused(ward_with_patient("--lang", language, *given, *more), language)
    assert ward_with_patient(*given).code == 0


# Files of the library

_SHIPPED = {
    "regimens": CMV,
    "products": "cn-ph4-5",
    "criteria": "cms",
}


def shipped(kind: str) -> str:
    return resources.folder(kind, f"{_SHIPPED[kind]}.toml").read_text(encoding="utf-8")


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return where a ward's own file lies; its folder is made."""

    def place(kind: str, name: str) -> Path:
        folder = tmp_path / "ward" / "library" / kind
        folder.mkdir(parents=True, exist_ok=True)
        return folder / name

    return place


def listed(run: Run, kind: str, language: str = "en") -> tuple[int, str]:
    """Return how many are listed, and what was said beside the list."""
    ran = run("--lang", language, kind, "--json")
    assert ran.code == 0, ran.err
    return len(ran.data), ran.err.strip()


_Own = Callable[[str, str], Path]

_SLIPS = [
    ("regimens", "every_days = 2", "every_days = -2", "phases[0].every_days"),
    ("regimens", "every_days = 2", "every_day = 2", "phases[0].every_day"),
    ("regimens", "for_days = 14", "", "phases[0].doses"),
    ("regimens", "mg_per_kg = 150", "mg_per_kg = nan", "phases[0].mg_per_kg"),
    ("regimens", "mg_per_kg = 150", "mg_per_kg = inf", "phases[0].mg_per_kg"),
    ("regimens", "mg_per_kg = 150", "mg_per_kg = 1e999999999", "phases[0].mg_per_kg"),
    ("regimens", "mg_per_kg = 150", 'mg_per_kg = "150"', "phases[0].mg_per_kg"),
    ("regimens", '["article-ref-4"]', '["s999"]', "s999"),
    ("regimens", 'id = "', 'id = "x"\nid = "', ""),
    ("regimens", 'id = "', "id = ", ""),
    ("products", "g_per_l = 50", "g_per_l = -50", "g_per_l"),
    ("products", "g_per_l = 50", "g_per_l = nan", "g_per_l"),
    ("products", "g_per_l = 50", "g_per_l = inf", "g_per_l"),
    ("products", "g_per_l = 50", "g_per_l = 1e999999999", "g_per_l"),
    ("products", "g_per_l = 50", "g_per_l = 1e-300", "g_per_l"),
    ("products", "g_per_l = 50", "g_per_l = " + "9" * 12, "g_per_l"),
    ("products", "g_per_l = 50", "g_per_l = " + "9" * 5000, ""),
    ("products", "g_per_l = 50", "g_per_L = 50", "g_per_L"),
    ("products", 'source = "S38"', 'source = "S999"', "S999"),
    ("criteria", "at_least", "at_last", "at_last"),
    ("criteria", 'fact = "age"', 'fact = "agee"', "agee"),
    ("criteria", 'source = "s14', 'source = "s999', "s999"),
]


@pytest.mark.parametrize(
    ("kind", "old", "new", "key"), _SLIPS, ids=[f"{kind}: {new[:30]}" for kind, _, new, _ in _SLIPS]
)
def test_a_slip_in_a_file_is_refused_with_file_and_key_and_the_rest_is_listed(
    run: Run, own: _Own, kind: str, old: str, new: str, key: str
) -> None:
    whole, _ = listed(run, kind)
    assert old in shipped(kind)
    own(kind, f"{_SHIPPED[kind]}.toml").write_text(shipped(kind).replace(old, new, 1), encoding="utf-8")
    for language in LANGUAGES:
        count, told = listed(run, kind, language)
        assert count == whole - 1
        assert len(told.splitlines()) == 1, told
        assert f"{_SHIPPED[kind]}.toml" in told
        assert key in told
        assert len(told) < 1500


_CONTENTS: dict[str, bytes] = {
    "empty": b"",
    "binary": bytes(range(256)) * 40,
    "UTF-16": "id = 'x'".encode("utf-16"),
    "a zero byte": b"id = 'x\0'",
    "too many brackets": b"x = " + b"[" * 3000 + b"]" * 3000,
    "cut short": b"id = [",
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "huge": b"#" * 1_000_000,
}


@pytest.mark.parametrize("kind", _SHIPPED)
@pytest.mark.parametrize("content", _CONTENTS)
def test_a_file_of_another_kind_is_refused_and_the_rest_is_listed(run: Run, own: _Own, kind: str, content: str) -> None:
    whole, _ = listed(run, kind)
    file = own(kind, "ours.toml")
    file.write_bytes(_CONTENTS[content])
    for language in LANGUAGES:
        count, told = listed(run, kind, language)
        assert count == whole
        assert len(told.splitlines()) == 1, told
        assert "ours.toml" in told
    refused(run(kind, "check", str(file)))


@pytest.mark.parametrize("kind", _SHIPPED)
def test_a_byte_order_mark_of_a_windows_editor_is_no_fault(run: Run, own: _Own, kind: str) -> None:
    whole, _ = listed(run, kind)
    own(kind, f"{_SHIPPED[kind]}.toml").write_text("\ufeff" + shipped(kind), encoding="utf-8")
    assert listed(run, kind) == (whole, "")


def _folder(place: Path) -> None:
    place.mkdir()


def _link_to_nowhere(place: Path) -> None:
    place.symlink_to("/nowhere/at/all.toml")


def _link_to_itself(place: Path) -> None:
    place.symlink_to(place)


def _pipe(place: Path) -> None:
    os.mkfifo(place)


@pytest.mark.parametrize("kind", _SHIPPED)
@pytest.mark.parametrize("make", [_folder, _link_to_nowhere, _link_to_itself, _pipe])
def test_what_is_no_file_is_named_and_never_passed_over_for_the_shipped_one(
    run: Run, own: _Own, kind: str, make: Callable[[Path], None]
) -> None:
    whole, _ = listed(run, kind)
    make(own(kind, "ours.toml"))
    count, told = listed(run, kind)
    assert count == whole
    assert "“ours.toml” cannot be read" in told
    make(own(kind, f"{_SHIPPED[kind]}.toml"))
    count, told = listed(run, kind)
    assert count == whole - 1
    assert len(told.splitlines()) == 2


def test_a_second_file_with_one_id_is_refused_by_both_names(run: Run, own: _Own) -> None:
    own("regimens", f"{CMV}.toml").write_text(shipped("regimens"), encoding="utf-8")
    own("regimens", "copy.toml").write_text(shipped("regimens"), encoding="utf-8")
    _, told = listed(run, "regimens")
    assert "copy.toml" in told
    assert f"{CMV}.toml" in told


def test_a_refused_file_keeps_no_other_regimen_from_being_computed(run: Run, own: _Own) -> None:
    own("regimens", f"{CMV}.toml").write_text("id = ", encoding="utf-8")
    own("products", "privigen-10.toml").write_text("id = ", encoding="utf-8")
    assert f"{CMV}.toml" in refused(run(*SCHEDULE))
    rest = ("schedule", "itp-1g-2-days", "--start", "2026-03-02", "--weight", "70")
    assert run(*rest).code == 0
    assert "privigen-10.toml" in refused(run(*rest, "--product", "privigen-10"))
