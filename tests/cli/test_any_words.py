"""Whatever is typed on the command line: done, refused in one sentence, or wrong usage; never a traceback."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given
from hypothesis import settings as how
from hypothesis import strategies as st

from ivigdesk.actions.desk import Desk
from ivigdesk.cli import main
from ivigdesk.clinical.courses.course import Course
from tests.cli.conftest import TWO_PATIENTS, Ran

_DAYS = ("2026-03-02", "2026-02-30", "0001-01-01", "9999-12-31", "9999-12-01", "t", "+1", "+9999", "-9999d", "03/04/26")
_NUMBERS = ("70", "0", "700", "1,5", "1.5", "1,500", "-1", "1e3", ".5", "٧٠", "7" * 4000, "NaN", "inf")
_IDS = (
    "cmv-pneumonia-fred-hutch", "prophylaxis-weekly-kaya-2024", "cn-ph4-5", "../cn-ph4-5", "/etc/passwd", "no-such",
    "C-ABCDEF", "ffff", "%", "_" * 6, "0" * 32,
)  # fmt: skip
_NASTY = (
    "", " ", "{value}", "{", "%s", "a\nb", "\x1b[2J", "\u202eanna", "\ufeff", "\udcff", "<b>x</b>", "李娜", "🩸",
    "--help", "-1", "'; DROP TABLE patients; --", "x" * 100_000, "\u2028", "99999999999999999999", str(-(2**63)),
)  # fmt: skip

# A program is never handed a zero byte, which ends an argument; a byte that is no UTF-8 comes as half a character.
_ANY = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]) | st.just("\udcff"), max_size=30)
_WORD = st.one_of(
    _ANY, st.sampled_from(_DAYS), st.sampled_from(_NUMBERS), st.sampled_from(_IDS), st.sampled_from(_NASTY)
)
_WHOLE = st.one_of(st.integers(), st.integers(-3, 15)).map(str)


def _ran(folder: Path, *words: str) -> Ran:
    """Run the command line with streams that encode as a terminal's do."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="surrogateescape")
    err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace")
    code: Any = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(["--data", str(folder), *words])
        except SystemExit as ended:
            code = ended.code
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8", "surrogateescape"))  # type: ignore[attr-defined]
    return Ran(code if isinstance(code, int) else 0, *texts)


def _must_end_well(ran: Ran, mistakes: int = 1) -> None:
    assert ran.code in (0, 1, 2), ran.err
    assert "Traceback" not in ran.err
    if ran.code == 1:
        lines = ran.err.splitlines()
        assert 1 <= len(lines) <= mistakes, ran.err
        assert ran.out == ""
        for line in lines:
            assert 3 < len(line) < 5_000, "a sentence, and not a whole book"
            # Places that were not filled; what was typed comes back in quotation marks.
            assert not re.search(r"\{[a-z_]+\}", re.sub("“.*”", "", line)), line


def _options(**values: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    """Return some of these options, each with a value."""
    pairs = {name.replace("_", "-"): value for name, value in values.items()}
    return st.fixed_dictionaries({}, optional=pairs).map(
        lambda chosen: [f"--{name}={value}" for name, value in chosen.items()]
    )


_SCHEDULE = _options(
    start=_WORD, transplant=_WORD, weight=_WORD, height=_WORD, sex=_WORD, birth=_WORD, product=_WORD, policy=_WORD,
    weekly_from=_WORD, rounding=_WORD, mg_per_kg=_WORD, antiviral=_WORD, igg=_WORD, profile=_WORD, last_day=_WORD,
    every_days=_WORD, doses=_WORD, transplant_kind=_WORD, donor_kind=_WORD, blood_group=_WORD, cmv_disease=_WORD,
    risk=_WORD, condition=_WORD, medicines=_WORD, stated=_WORD, weighed_on=_WORD,
)  # fmt: skip


@given(regimen=_WORD, options=_SCHEDULE, as_json=st.booleans())
def test_a_schedule_of_anything(
    tmp_path_factory: pytest.TempPathFactory, regimen: str, options: list[str], as_json: bool
) -> None:
    words = [*options, *(["--json"] if as_json else []), "--", regimen]
    _must_end_well(_ran(tmp_path_factory.getbasetemp(), "schedule", *words))


@given(
    value=_WORD,
    option=st.sampled_from(("start", "transplant", "weight", "height", "birth", "igg", "mg-per-kg", "policy")),
)
@example(value="9999-12-31", option="start")
@example(value="9999-12-31", option="transplant")
@example(value="0001-01-01", option="start")
@example(value="0001-01-01", option="birth")
def test_a_schedule_with_one_field_that_is_anything(
    tmp_path_factory: pytest.TempPathFactory, value: str, option: str
) -> None:
    given_words = {"start": "2026-03-02", "weight": "70"} | {option: value}
    for regimen in ("cmv-pneumonia-fred-hutch", "prophylaxis-weekly-kaya-2024"):
        words = [f"--{name}={text}" for name, text in given_words.items()]
        _must_end_well(_ran(tmp_path_factory.getbasetemp(), "schedule", regimen, *words))


@pytest.fixture
def course_id(course: Course, desk: Desk) -> str:
    """A stored course; the ward is closed, so that the command line can open it."""
    desk.close()
    return str(course.id)


# One ward for all examples: what one of them stored, the next one meets.
_on_one_ward = how(
    max_examples=25,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@given(
    start=_WORD, patient=st.one_of(st.just("BMT-004217"), _WORD), reason=_WORD,
    options=_options(weight=_WORD, height=_WORD, antiviral=_WORD, prescriber=_WORD, mg_per_kg=_WORD, weekly_from=_WORD,
                     profile=_WORD, policy_reason=_WORD, approved_g=_WORD, by=_WORD),
)  # fmt: skip
@_on_one_ward
def test_a_course_of_anything(
    course_id: str, folder: Path, start: str, patient: str, reason: str, options: list[str]
) -> None:
    fixed = ["--regimen=cmv-pneumonia-fred-hutch", "--product=cn-ph4-5", "--confirm"]
    words = [*fixed, f"--start={start}", f"--patient={patient}", f"--reason={reason}", *options]
    _must_end_well(_ran(folder, "course", "plan", *words))


@given(dose=_WHOLE, to=_WORD, reach=st.sampled_from(("this", "phase", "rest", "all")), reason=_WORD)
@example(dose="11", to="9999-12-31", reach="rest", reason="x")
@example(dose="2", to="9999-12-31", reach="rest", reason="x")
@example(dose="2", to="2026-03-05", reach="this", reason="\x1b[2J")
@example(dose="2", to="2026-03-05", reach="this", reason="x" * 100_000)
@example(dose=str(2**80), to="2026-03-05", reach="this", reason="x")
@_on_one_ward
def test_a_change_to_anything(course_id: str, folder: Path, dose: str, to: str, reach: str, reason: str) -> None:
    words = [f"--dose={dose}", f"--to={to}", f"--reach={reach}", f"--reason={reason}"]
    _must_end_well(_ran(folder, "course", "change", course_id, *words))


@given(which=_WORD, revision=_WHOLE, number=_WHOLE)
@example(which="", revision=str(2**80), number=str(2**80))
@example(which="0001-01-01", revision="0", number="0")
@example(which="9999-12-31", revision="2", number="12")
@example(which="a " * 50_000, revision="1", number="1")
@example(which="a" * 100_000, revision="1", number="1")
@example(which="\udcff", revision="1", number="1")
@_on_one_ward
def test_a_course_called_anything(course_id: str, folder: Path, which: str, revision: str, number: str) -> None:
    out = str(folder / "sheet.pdf")
    for words in (
        ("course", "show", "--", which),
        ("course", "show", course_id, f"--revision={revision}"),
        ("print", "dose", "--out", out, "--", course_id, number),
        ("print", "day", "--out", out, "--", which),
        ("patients", "list", "--", which),
        ("patients", "lab", "--", "BMT-004217", which, which),
        ("patients", "lab", "--", "BMT-004217", "igg", which),
        ("patients", "event", f"--on={which}", "--", "BMT-004217", "infection"),
    ):
        _must_end_well(_ran(folder, *words))


@how(max_examples=20)
@given(nurse=_WORD, as_of=_WORD)
@example(nurse="\x1b", as_of="t")
@example(nurse="x" * 100_000, as_of="t")
@example(nurse="\udcff", as_of="t")
@example(nurse="A. Wong", as_of="1899-12-31")
@example(nurse="A. Wong", as_of="0001-01-01")
def test_an_import_by_anybody_of_any_day(tmp_path_factory: pytest.TempPathFactory, nurse: str, as_of: str) -> None:
    folder = tmp_path_factory.mktemp("ward")
    file = folder / "two.arff"
    file.write_text(TWO_PATIENTS, encoding="utf-8")
    _must_end_well(_ran(folder, f"--nurse={nurse}", "patients", "import", str(file), f"--as-of={as_of}"))


@given(name=_WORD)
@example(name=".")
@example(name="/")
@example(name="..")
@_on_one_ward
def test_a_file_called_anything(course_id: str, folder: Path, name: str) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    place = str(elsewhere / name.replace("/", "\u2215")) if name.strip("./") else name
    for words in (
        ("regimens", "check"),
        ("products", "check"),
        ("criteria", "check"),
        ("patients", "import"),
        ("backup",),
        ("restore",),
    ):
        _must_end_well(_ran(folder, *words, "--", place))
    _must_end_well(_ran(folder, "print", "plan", f"--out={place}", "--", course_id))


@given(words=st.lists(_WORD, max_size=4))
def test_any_words_at_all(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    # Without a command the window would open, which is no command line.
    _must_end_well(_ran(tmp_path_factory.getbasetemp(), "no-such-command", *words))
