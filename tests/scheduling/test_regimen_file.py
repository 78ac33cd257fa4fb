"""Regimen files: numbers exactly as written, and one sentence for each thing that is wrong."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk import resources
from ivigdesk.errors import KnownError
from ivigdesk.scheduling.calendar import course_days
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.scheduling.regimen_file import MOST_BYTES, parse_regimen

from .texts import DIVIDED, HEAD, LIST, NO_AMOUNT, OPEN, PHASE, RANGE, RULE, SECOND, TRANSPLANT, parse, refusal


def test_a_whole_regimen_is_read() -> None:
    regimen = parse(HEAD + PHASE)
    assert (regimen.id, regimen.anchor, len(regimen.phases)) == ("ward-own", "first-dose", 1)
    assert course_days(regimen) == (1, 8, 15, 22)


@pytest.mark.parametrize("amount", ["0.5", "0.1", "150", "0.1000000000000000000000001", "2.675"])
def test_an_amount_is_exactly_what_is_written(amount: str) -> None:
    read = parse(HEAD + PHASE.replace("400", amount)).phases[0].mg_per_kg
    assert isinstance(read, Decimal)
    assert str(read) == amount


def test_a_file_from_a_windows_editor_is_read() -> None:
    content = (HEAD + PHASE).replace("\n", "\r\n").encode("utf-8-sig")
    assert parse_regimen(content, "own.toml") == parse(HEAD + PHASE)


def test_a_regimen_survives_the_journal_unchanged() -> None:
    for path in resources.files("regimens", ".toml"):
        regimen = parse_regimen(path.read_bytes(), path.name)
        assert msgspec.json.decode(msgspec.json.encode(regimen), type=Regimen) == regimen


@pytest.mark.parametrize(
    "text",
    [
        HEAD + LIST,
        HEAD + "review_after_doses = 6\n" + PHASE.replace("doses = 4\n", ""),
        HEAD + "review_after_doses = 6\n" + PHASE + SECOND.replace("doses = 4\n", ""),
        TRANSPLANT + PHASE.replace("first_day = 1\n", "first_day = -7\n"),
        TRANSPLANT + "first_dose_window = [1, 3]\n" + PHASE,
        TRANSPLANT + "first_dose_window = [1, 30]\n" + LIST.partition("[[doses]]\nday = 3")[0],
        HEAD + "max_mg_per_kg = 400\n" + PHASE + "tolerance_days = 6\n",
        HEAD + PHASE + SECOND + "first_day_choices = [29, 30]\n",
        HEAD + 'note = { en = "n", zh_CN = "注" }\n' + PHASE,
        HEAD + PHASE + "also_after_days = [3, 6]\n",
        HEAD + PHASE + RANGE,
        HEAD + PHASE + RANGE.replace("400", "399.9"),
        HEAD + NO_AMOUNT + "ml_per_kg = 1.5\n",
        HEAD + DIVIDED,
        HEAD + DIVIDED + "doses_choices = [1, 2, 4, 5]\n",
        HEAD + PHASE + "every_days_choices = [3, 7]\ntolerance_days = 2\n",
        HEAD + PHASE.replace("doses = 4", "last_day = 30\nlast_day_choices = [1, 30]"),
        HEAD + "exposure_within_days = 6\n" + PHASE,
        HEAD + "review_after_doses = 6\n" + RULE + OPEN,
        HEAD + 'author = "Dr Lin"\nwritten_on = 2026-11-22\n' + PHASE,
        HEAD
        + "review_after_doses = 6\n"
        + PHASE.replace("doses = 4", "doses = 4\ndoses_choices = [2, 4, 5]")
        + OPEN.replace("first_day = 1\n", "first_day = 100\n"),
    ],
)
def test_every_allowed_shape_is_read(text: str) -> None:
    assert course_days(parse(text))


SYNTAX = [
    (b"\xff\xfe", "own.toml: The file is not readable as text. Allowed: TOML text in UTF-8."),
    (b"#" * (MOST_BYTES + 1), "own.toml: The file is too large for a regimen. Allowed: up to 200 kB."),
    (
        HEAD.replace('"2026-11"', '"2026-11'),
        "own.toml, line 2: This is not valid TOML. Allowed: lines such as every_days = 7, "
        "each key once, texts in closed quotes.",
    ),
    (HEAD + 'id = "twice"\n', "own.toml, line 7: This is not valid TOML."),
    ("a = 1\na = 2", "own.toml: This is not valid TOML."),
    ("a = " + "[" * 5000, "own.toml: This is not valid TOML."),
    ("a = " + "9" * 5000, "own.toml: This is not valid TOML."),
    ("a = 1e99999999999999999999", "own.toml: This is not valid TOML."),
    (
        HEAD + PHASE + "evry_days = 2\n",
        "own.toml, phases[0].evry_days: This key is not known here. Allowed: name, first_day, every_days, mg_per_kg, ",
    ),
    (HEAD + "anchr = 1\n" + PHASE, "own.toml, anchr: This key is not known here. Allowed: id, version, anchor, "),
    (
        HEAD + LIST + "dose = 1\n",
        "own.toml, doses[1].dose: This key is not known here. Allowed: day, mg_per_kg, optional.",
    ),
    (
        HEAD.replace("zh_CN", "zh") + PHASE,
        "own.toml, title.zh: This key is not known here. Allowed: en, zh_CN.",
    ),
    (
        HEAD.replace('version = "2026-11"\n', "") + PHASE,
        "own.toml, version: This key is missing. Allowed: a line with this key.",
    ),
    (HEAD + PHASE.replace("every_days = 7\n", ""), "own.toml, phases[0].every_days: This key is missing."),
    (
        HEAD.replace('"treatment"', '"tretment"') + PHASE,
        "own.toml, standing: “tretment” cannot be used. "
        "Allowed: treatment, replacement, not-routine, historical, label.",
    ),
    (
        HEAD.replace("first-dose", "first") + PHASE,
        "own.toml, anchor: “first” cannot be used. Allowed: first-dose, transplant.",
    ),
    (
        HEAD + 'requires = ["antivral"]\n' + PHASE,
        "own.toml, requires[0]: “antivral” cannot be used. Allowed: antiviral.",
    ),
    (
        HEAD + PHASE.replace("every_days = 7", 'every_days = "7"'),
        "own.toml, phases[0].every_days: The value is of the wrong kind. Allowed: a whole number.",
    ),
    (
        HEAD + PHASE.replace("every_days = 7", "every_days = 7.0"),
        "phases[0].every_days: The value is of the wrong kind.",
    ),
    (
        HEAD + PHASE.replace("every_days = 7", "every_days = true"),
        "phases[0].every_days: The value is of the wrong kind.",
    ),
    (
        HEAD + PHASE.replace("mg_per_kg = 400", 'mg_per_kg = "400"'),
        "own.toml, phases[0].mg_per_kg: The value is of the wrong kind. Allowed: a number without quotes.",
    ),
    (HEAD + 'max_mg_per_kg = "x"\n' + PHASE, "own.toml, max_mg_per_kg: The value is of the wrong kind."),
    (
        HEAD + PHASE.replace("mg_per_kg = 400", "mg_per_kg = true"),
        "phases[0].mg_per_kg: The value is of the wrong kind.",
    ),
    (HEAD + PHASE.replace("doses = 4", "doses = 4.5"), "Allowed: a whole number."),
    (HEAD + "phases = 3\n", "own.toml, phases: The value is of the wrong kind. Allowed: a list in square brackets."),
    (HEAD + "phases = [3]\n", "own.toml, phases[0]: The value is of the wrong kind. Allowed: a table with keys."),
    (
        HEAD + LIST + 'optional = "yes"\n',
        "own.toml, doses[1].optional: The value is of the wrong kind. Allowed: true or false.",
    ),
    (
        HEAD.replace('"ward-own"', "7") + PHASE,
        "own.toml, id: The value is of the wrong kind. Allowed: a text in quotes.",
    ),
    (
        HEAD + NO_AMOUNT + 'ml_per_kg = "1"\n',
        "own.toml, phases[0].ml_per_kg: The value is of the wrong kind. Allowed: a number without quotes.",
    ),
    (
        HEAD + NO_AMOUNT + 'divided_mg_per_kg = "1"\n',
        "own.toml, phases[0].divided_mg_per_kg: The value is of the wrong",
    ),
    (
        HEAD + PHASE + 'mg_per_kg_range = [400, "500"]\n',
        "own.toml, phases[0].mg_per_kg_range: The value is of the wrong",
    ),
    (HEAD + PHASE + "mg_per_kg_range = [400]\n", "own.toml, phases[0].mg_per_kg_range: The list has the wrong length."),
    (
        HEAD + PHASE + "also_after_days = 3\n",
        "also_after_days: The value is of the wrong kind. Allowed: a list in square",
    ),
    (
        HEAD + "review_after_doses = 6\n" + RULE.replace("4.5", '"4.5"') + OPEN,
        "own.toml, stop_rule.igg_trough_g_per_l: The value is of the wrong kind. Allowed: a number without quotes.",
    ),
    (
        HEAD + "review_after_doses = 6\n" + RULE + "trough = 2\n" + OPEN,
        "own.toml, stop_rule.trough: This key is not known here. Allowed: text, source, igg_trough_g_per_l, troughs, "
        "target_igg_g_per_l.",
    ),
    (
        HEAD + 'written_on = "2026-11-22"\n' + PHASE,
        "own.toml, written_on: The value is of the wrong kind. Allowed: a date such as 2026-11-30, without quotes.",
    ),
    (
        TRANSPLANT + "first_dose_window = [1]\n" + PHASE,
        "own.toml, first_dose_window: The list has the wrong length. Allowed: a list of 2.",
    ),
]


@pytest.mark.parametrize(("text", "sentence"), SYNTAX, ids=lambda value: str(value)[-40:])
def test_a_slip_of_writing_is_refused_with_its_place_and_what_is_allowed(text: str | bytes, sentence: str) -> None:
    assert sentence in refusal(text)


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_whatever_a_file_holds_is_refused_in_words(content: str | bytes) -> None:
    refusal(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)


EVERY_KEY = (
    HEAD
    + 'exposure_within_days = 6\nauthor = "Dr Lin"\nwritten_on = 2026-11-22\nreview_after_doses = 12\n'
    + PHASE
    + RANGE
    + "every_days_choices = [5, 7]\ndoses_choices = [2, 4]\nalso_after_days = [3]\n"
    + OPEN.replace("first_day = 1\n", "first_day = 100\nfirst_day_choices = [100, 101]\n")
    + RULE
    + "target_igg_g_per_l = 4\ntroughs = 2\n"
)


@given(
    st.sampled_from(EVERY_KEY.splitlines()),
    st.sampled_from(
        ["", "0", "-1", "true", '"x"', "[]", "{}", "2026-01-01", "1e400", "[1]", "nan", "[[[1]]]", "[1, 2]"]
    ),
)
def test_any_value_at_any_key_is_read_or_refused_in_words(line: str, value: str) -> None:
    key = line.split(" =")[0]
    changed = EVERY_KEY.replace(line, f"{key} = {value}" if "=" in line else value)
    try:
        regimen = parse(changed)
    except KnownError:
        refusal(changed)
    else:
        assert course_days(regimen)


def test_the_regimen_with_every_key_is_read() -> None:
    assert len(course_days(parse(EVERY_KEY))) == 12
