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
from ivigdesk.wording import Wording

HEAD = """\
id = "ward-own"
version = "2026-11"
anchor = "first-dose"
standing = "treatment"
sources = ["ward protocol"]
title = { en = "Own", zh_CN = "自定" }
"""
PHASE = """
[[phases]]
name = { en = "Weekly", zh_CN = "每周一次" }
mg_per_kg = 400
first_day = 1
every_days = 7
doses = 4
"""
SECOND = PHASE.replace("first_day = 1\n", "first_day = 29\n")
LIST = """
[[doses]]
day = 1
mg_per_kg = 400
[[doses]]
day = 3
"""
TRANSPLANT = HEAD.replace("first-dose", "transplant")


def parse(text: str) -> Regimen:
    return parse_regimen(text.encode(), "own.toml")


def refusal(text: str | bytes) -> str:
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(KnownError) as refused:
        parse_regimen(content, "own.toml")
    said = Wording("en").say_error(refused.value)
    assert said.startswith("own.toml")
    assert said.endswith(". The regimen was not loaded.")
    return said


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
        "own.toml, phases[0].evry_days: This key is not known here. Allowed: name, mg_per_kg, ",
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
        "own.toml, version: This key is missing. Allowed: it must be there.",
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
        TRANSPLANT + "first_dose_window = [1]\n" + PHASE,
        "own.toml, first_dose_window: The list has the wrong length. Allowed: a list of 2.",
    ),
]


@pytest.mark.parametrize(("text", "sentence"), SYNTAX, ids=lambda value: str(value)[-40:])
def test_a_slip_of_writing_is_refused_with_its_place_and_what_is_allowed(text: str | bytes, sentence: str) -> None:
    assert sentence in refusal(text)


MEANING = [
    (
        HEAD + PHASE + SECOND + "first_day_choices = [29, 31, 31]\n",
        "phases[1].first_day_choices[2]: “31” cannot be used. Allowed: each day once, ascending.",
    ),
    (
        HEAD.replace("ward-own", "Ward own") + PHASE,
        "id: “Ward own” cannot be used. Allowed: small letters a to z, digits and hyphens.",
    ),
    (HEAD.replace("ward-own", "") + PHASE, "id: “” cannot be used."),
    (HEAD + 'indication = "ITP"\n' + PHASE, "indication: “ITP” cannot be used."),
    (HEAD.replace("2026-11", " ") + PHASE, "version: The text is empty."),
    (
        HEAD + 'weight_policy = "actaul"\n' + PHASE,
        "weight_policy: “actaul” cannot be used. Allowed: actual, ontario, nba-2026, nhs-england.",
    ),
    (HEAD.replace('["ward protocol"]', "[]") + PHASE, "sources: No source is named."),
    (HEAD.replace("ward protocol", "") + PHASE, "sources[0]: The text is empty."),
    (HEAD.replace('en = "Own"', 'en = " "') + PHASE, "title.en: The text is empty."),
    (HEAD.replace("自定", "") + PHASE, "title.zh_CN: The text is empty."),
    (HEAD + PHASE.replace("每周一次", ""), "phases[0].name.zh_CN: The text is empty."),
    (HEAD + 'note = { en = "", zh_CN = "注" }\n' + PHASE, "note.en: The text is empty."),
    (HEAD, "phases: The regimen has no dose. Allowed: either [[phases]] or [[doses]]."),
    (HEAD + PHASE + LIST, "doses: The regimen has phases and a list of doses."),
    (
        HEAD + PHASE.replace("= 7", "= 0"),
        "phases[0].every_days: “0” cannot be used. Allowed: a whole number from 1 to 366.",
    ),
    (HEAD + PHASE.replace("= 7", "= -1"), "phases[0].every_days: “-1” cannot be used."),
    (
        HEAD + PHASE.replace("= 7", "= 99999999999999999999"),
        "phases[0].every_days: “99999999999999999999” cannot be used.",
    ),
    (
        HEAD + PHASE.replace("= 400", "= 0"),
        "phases[0].mg_per_kg: “0” cannot be used. Allowed: a number from 0.001 to 3000; 150 stands for 150 mg/kg.",
    ),
    (HEAD + PHASE.replace("= 400", "= 3000.1"), "phases[0].mg_per_kg: “3000.1” cannot be used."),
    (HEAD + PHASE.replace("= 400", "= -150"), "phases[0].mg_per_kg: “-150” cannot be used."),
    (HEAD + PHASE.replace("= 400", "= nan"), "phases[0].mg_per_kg: “NaN” cannot be used."),
    (HEAD + PHASE.replace("= 400", "= inf"), "phases[0].mg_per_kg: “Infinity” cannot be used."),
    (
        HEAD + "max_mg_per_kg = 150\n" + PHASE,
        "phases[0].mg_per_kg: “400” cannot be used. Allowed: a number from 0.001 to 150;",
    ),
    (HEAD + "max_mg_per_kg = 0\n" + PHASE, "max_mg_per_kg: “0” cannot be used."),
    (HEAD + "max_mg_per_kg = 150\n" + LIST, "doses[0].mg_per_kg: “400” cannot be used."),
    (
        HEAD + PHASE + "tolerance_days = 7\n",
        "phases[0].tolerance_days: “7” cannot be used. Allowed: a whole number from 0 to 6.",
    ),
    (
        HEAD + PHASE.replace("first_day = 1", "first_day = 0"),
        "phases[0].first_day: “0” cannot be used. Allowed: a whole number from 1 to 3650.",
    ),
    (
        HEAD + PHASE.replace("first_day = 1", "first_day = 2"),
        "phases[0].first_day: “2” cannot be used. Allowed: day 1: course days count from the first dose.",
    ),
    (HEAD + PHASE + "first_day_choices = [1, 2]\n", "phases[0].first_day: “2” cannot be used. Allowed: day 1"),
    (
        HEAD + PHASE + SECOND + "first_day_choices = [30, 31]\n",
        "phases[1].first_day: “29” cannot be used. Allowed: 30, 31.",
    ),
    (HEAD + PHASE + SECOND + "first_day_choices = [0, 29]\n", "phases[1].first_day_choices[0]: “0” cannot be used."),
    (
        TRANSPLANT + PHASE.replace("first_day = 1", "first_day = -366"),
        "phases[0].first_day: “-366” cannot be used. Allowed: a whole number from −365",
    ),
    (
        HEAD + PHASE + "for_days = 14\n",
        "phases[0].doses: The phase has more than one end. Allowed: exactly one of for_days, doses and last_day.",
    ),
    (HEAD + PHASE.replace("doses = 4\n", ""), "phases[0].doses: The phase has no end."),
    (
        HEAD + "review_after_doses = 6\n" + PHASE.replace("doses = 4\n", "") + SECOND,
        "phases[0].doses: The phase has no end.",
    ),
    (
        HEAD + PHASE.replace("doses = 4", "doses = 0"),
        "phases[0].doses: “0” cannot be used. Allowed: a whole number from 1 to 400.",
    ),
    (HEAD + PHASE.replace("doses = 4", "for_days = 0"), "phases[0].for_days: “0” cannot be used."),
    (
        HEAD + PHASE.replace("doses = 4", "last_day = 0"),
        "phases[0].last_day: “0” cannot be used. Allowed: a whole number from 1 to 3650.",
    ),
    (
        HEAD + PHASE + SECOND.replace("doses = 4", "last_day = 30\nfirst_day_choices = [29, 31]"),
        "phases[1].last_day: “30” cannot be used. Allowed: a whole number from 31 to 3650.",
    ),
    (
        HEAD + PHASE + SECOND.replace("first_day = 29", "first_day = 22"),
        "phases[1].first_day: Day 22 is not after the dose before it. Allowed: a day after 22.",
    ),
    (
        HEAD + PHASE + SECOND.replace("= 29", "= 29\nfirst_day_choices = [20, 29]"),
        "phases[1].first_day: Day 20 is not after the dose before it.",
    ),
    (
        HEAD + PHASE.replace("= 7", "= 366").replace("doses = 4", "doses = 400"),
        "phases[0]: The regimen is too long. Allowed: up to 400 doses, and no day after 3650.",
    ),
    (HEAD + PHASE.replace("= 7", "= 1").replace("doses = 4", "for_days = 401"), "phases[0]: The regimen is too long."),
    (HEAD + "review_after_doses = 4\n" + PHASE, "review_after_doses: The regimen has an end and a review."),
    (HEAD + "review_after_doses = 4\n" + LIST, "review_after_doses: The regimen has an end and a review."),
    (
        HEAD + "review_after_doses = 0\n" + PHASE.replace("doses = 4\n", ""),
        "review_after_doses: “0” cannot be used. Allowed: a whole number from 1 to 400.",
    ),
    (
        HEAD + "review_after_doses = 4\n" + PHASE + SECOND.replace("doses = 4\n", ""),
        "review_after_doses: “4” cannot be used. Allowed: a whole number from 5 to 400.",
    ),
    (
        HEAD + LIST.replace("day = 3", "day = 1"),
        "doses[1].day: Day 1 is not after the dose before it. Allowed: a day after 1.",
    ),
    (HEAD + LIST.replace("day = 1", "day = 2"), "doses[0].day: “2” cannot be used. Allowed: day 1"),
    (HEAD + LIST.replace("day = 1", "day = 0"), "doses[0].day: “0” cannot be used. Allowed: a whole number from 1"),
    (HEAD + LIST.replace("day = 1\n", "day = 1\noptional = true\n"), "doses[0].optional: The first dose is optional."),
    (HEAD + "".join(f"[[doses]]\nday = {day}\n" for day in range(1, 402)), "doses: “401” cannot be used."),
    (
        HEAD + "first_dose_window = [1, 3]\n" + PHASE,
        "first_dose_window: The first dose has a window, but the regimen counts from it.",
    ),
    (
        TRANSPLANT + "first_dose_window = [0, 3]\n" + PHASE,
        "first_dose_window[0]: “0” cannot be used. Allowed: the day of the first dose, 1.",
    ),
    (
        TRANSPLANT + "first_dose_window = [1, 8]\n" + PHASE,
        "first_dose_window[1]: “8” cannot be used. Allowed: a whole number from 1 to 7.",
    ),
    (TRANSPLANT + "first_dose_window = [1, 0]\n" + PHASE, "first_dose_window[1]: “0” cannot be used."),
]


@pytest.mark.parametrize(("text", "sentence"), MEANING, ids=[sentence[:50] for _, sentence in MEANING])
def test_a_regimen_that_makes_no_calendar_is_refused_with_key_and_reason(text: str, sentence: str) -> None:
    assert f"own.toml, {sentence}" in refusal(text)


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_whatever_a_file_holds_is_refused_in_words(content: str | bytes) -> None:
    refusal(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)


@given(
    st.sampled_from((HEAD + PHASE + SECOND + "first_day_choices = [29, 31]\n").splitlines()),
    st.sampled_from(["", "0", "-1", "true", '"x"', "[]", "{}", "2026-01-01", "1e400", "[1]", "nan", "[[[1]]]"]),
)
def test_any_value_at_any_key_is_read_or_refused_in_words(line: str, value: str) -> None:
    whole = HEAD + PHASE + SECOND + "first_day_choices = [29, 31]\n"
    key = line.split(" =")[0]
    changed = whole.replace(line, f"{key} = {value}" if "=" in line else value)
    try:
        regimen = parse(changed)
    except KnownError:
        refusal(changed)
    else:
        assert course_days(regimen)
