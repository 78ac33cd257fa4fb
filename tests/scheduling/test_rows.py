"""Every row of the fact base is shipped, with the days, amounts and standing that the row gives."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest

from ivigdesk import resources
from ivigdesk.scheduling.calendar import course_days, dose_mg_per_kg
from ivigdesk.scheduling.choices import Choice, choose
from ivigdesk.scheduling.regimen import Regimen

from .build import FILES, pick, shipped

SHIPPED = {row: shipped(row) for row in FILES}
MONTHLY = [1, 29, 57, 85, 113, 141]

# Written by hand from the table of the fact base; rows R01 to R03, R06 to R08, R12 and R18 to R23 have vectors.
DAYS: list[tuple[str, list[Choice], list[int], int | str | None]] = [
    ("R04", [], [1, 4, 8, 11, 15, 18, 22, 25], 1200),
    ("R05", [], [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 22, 25, 29, 32, 36, 39, 43, 46], 9000),
    ("R05", [pick(1, "first_day", 21)], [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 24, 28, 31, 35, 38, 42, 45], 9000),
    ("R06", [pick(0, "last_day", 90)], [7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84], 6000),
    ("R09", [], [-7, -2, 5, 12, 19, 26, 33, 40, 47, 54, 61, 68, 75, 82, 89], 7500),
    ("R10", [], [7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84, 91, 98], 2800),
    ("R10b", [], [-1, 13, 27, 41, 55, 69, 83, 97, 111, 125, 139, 153, 167, 181], 2800),
    ("R11 adult", [], [1, 8, 15, 22, 29, 36], 3000),
    ("R11 child", [], [1, 29, 57, 85], 1600),
    ("R12", [pick(0, "every_days", 21), pick(0, "mg_per_kg", 500)], [1, 22, 43, 64, 85, 106], 3000),
    ("R13", [], MONTHLY, 2400),
    ("R13", [pick(0, "every_days", 21), pick(0, "mg_per_kg", 200)], [1, 22, 43, 64, 85, 106], 1200),
    ("R14", [], MONTHLY, 2400),
    ("R15", [], MONTHLY, 2400),
    ("R15", [pick(0, "mg_per_kg", 600)], MONTHLY, 3600),
    ("R15 loading", [], [1, 15, 43, 71, 99, 127], 2400),
    ("R15 loading", [pick(1, "first_day", 8)], [1, 8, 36, 64, 92, 120], 2400),
    ("R16", [], MONTHLY, 2400),
    ("R16", [pick(1, "mg_per_kg", 200)], MONTHLY, 1400),
    ("R17", [], [1, 2], 400),
    ("R17", [pick(0, "doses", 3), pick(0, "mg_per_kg", 300)], [1, 2, 3], 900),
    ("R19", [pick(0, "doses", 2)], [1, 2], 800),
    ("R24", [], [0, 14, 28, 42, 56, 70], None),
    ("R24", [pick(0, "first_day", -10), pick(0, "every_days", 21)], [-10, 11, 32, 53, 74, 95], None),
    ("R25", [], [1, 2, 3, 4, 5], 2000),
    ("R25 1 g", [], [1, 2], 2000),
    ("R26", [], [1], 400),
    ("R27", [], [1], 530),
    ("R28", [], [1, 2, 3, 4, 5], 2000),
    ("R28", [pick(0, "doses", 2)], [1, 2], 2000),
]


def total(made: Regimen) -> Decimal | None:
    """Milligrams per kilogram of the whole course; None where the source counts otherwise."""
    if made.doses:
        return sum((dose.mg_per_kg or Decimal(0) for dose in made.doses), Decimal(0))
    left = len(course_days(made))
    whole = Decimal(0)
    for phase in made.phases:
        each = dose_mg_per_kg(phase)
        if each is None:
            return None
        count = phase.doses if phase.doses is not None else left
        if phase.last_day is not None:
            count = (phase.last_day - phase.first_day) // phase.every_days + 1
        whole += each * count
        left -= count
    return whole


@pytest.mark.parametrize(("row", "picks", "days", "in_all"), DAYS)
def test_a_row_has_its_days_and_its_total(row: str, picks: list[Choice], days: list[int], in_all: int | None) -> None:
    made = choose(SHIPPED[row], picks)
    assert list(course_days(made)) == days
    assert total(made) == in_all


def test_every_row_of_the_fact_base_is_shipped_and_no_other() -> None:
    files = [path.stem for path in resources.files("regimens", ".toml")]
    assert sorted(files) == sorted(FILES.values())
    assert {made.facts for made in SHIPPED.values()} == {*(f"R{number:02}" for number in range(1, 29)), "R10b"}
    assert all(made.facts == row.split()[0] for row, made in SHIPPED.items())


def rows(**wanted: object) -> set[str]:
    return {
        made.facts for made in SHIPPED.values() if all(getattr(made, key) == value for key, value in wanted.items())
    }


def test_exactly_these_rows_are_against_routine_use() -> None:
    assert rows(standing="not-routine") == {"R06", "R07", "R08", "R09", "R10", "R10b"}
    assert rows(standing="historical") == {"R22", "R23"}


@pytest.mark.parametrize("row", ["R06", "R07", "R08", "R09", "R10", "R10b"])
def test_routine_prophylaxis_says_first_that_it_is_not_recommended(row: str) -> None:
    note = SHIPPED[row].note
    assert note is not None
    assert note.en.startswith("Not recommended for routine use.")
    assert note.zh_CN.startswith("不建议常规使用。")


def test_treatment_of_cmv_pneumonia_requires_an_antiviral_and_nothing_else_does() -> None:
    assert rows(requires=("antiviral",)) == {"R01", "R02", "R03", "R04", "R05"}


@pytest.mark.parametrize("row", ["R01", "R02", "R03", "R04", "R05"])
def test_treatment_of_cmv_pneumonia_says_that_its_benefit_is_not_shown(row: str) -> None:
    note = SHIPPED[row].note
    assert note is not None
    assert "No strong evidence supports adding immunoglobulin to antiviral treatment." in note.en
    assert "在抗病毒治疗基础上加用免疫球蛋白缺乏有力证据。" in note.zh_CN


@pytest.mark.parametrize(
    ("row", "en", "zh"),
    [
        ("R03", "got worse went on with the induction doses", "病情恶化者继续使用诱导剂量"),
        ("R18", "0.8 to 1 g/kg on day 1 and may repeat it once within 3 days", "3天内可重复一次"),
        ("R20", "With ganciclovir where the donor is CMV-positive and the recipient negative", "与更昔洛韦同用"),
    ],
)
def test_what_a_source_says_beside_the_days_is_in_the_note(row: str, en: str, zh: str) -> None:
    note = SHIPPED[row].note
    assert note is not None
    assert (en in note.en, zh in note.zh_CN) == (True, True)


def test_only_the_ontario_rows_propose_adjusted_weight() -> None:
    assert rows(weight_policy="ontario") == {"R02", "R15"}
    assert rows(weight_policy="actual") == {made.facts for made in SHIPPED.values()} - {"R02", "R15"}


def test_cmv_immunoglobulin_is_named_where_the_source_gave_it() -> None:
    assert rows(immunoglobulin="cmv") == {"R03", "R04", "R20", "R21", "R22", "R23", "R24"}


def test_exactly_the_replacement_rows_have_a_stop_rule_and_a_review() -> None:
    with_rule = {made.facts for made in SHIPPED.values() if made.stop_rule is not None}
    assert with_rule == {"R11", "R12", "R13", "R14", "R15", "R16"}
    assert {made.facts for made in SHIPPED.values() if made.review_after_doses} == with_rule | {"R04", "R24"}


@pytest.mark.parametrize(
    ("row", "trough", "troughs", "target"),
    [
        *[("R11 adult", 4, 2, 4), ("R11 child", 4, 2, 4), ("R12", 4, 2, 4), ("R13", 6, 1, 6), ("R14", 5, 1, 5)],
        *[("R15", None, 1, None), ("R15 loading", None, 1, None), ("R16", None, 1, None)],
    ],
)
def test_a_stop_rule_has_the_troughs_of_its_source(
    row: str, trough: int | None, troughs: int, target: int | None
) -> None:
    rule = SHIPPED[row].stop_rule
    assert rule is not None
    assert (rule.igg_trough_g_per_l, rule.troughs, rule.target_igg_g_per_l) == (trough, troughs, target)


def test_a_measles_dose_after_an_exposure_must_come_within_6_days() -> None:
    assert {made.facts: made.exposure_within_days for made in SHIPPED.values() if made.exposure_within_days} == {
        "R26": 6
    }


@pytest.mark.parametrize(("every_days", "tolerance"), [(7, 1), (21, 4), (28, 4)])
def test_weekly_and_monthly_doses_may_be_off_by_the_days_of_the_fact_base(every_days: int, tolerance: int) -> None:
    found = [
        phase.tolerance_days
        for made in SHIPPED.values()
        for phase in made.phases
        if every_days in (phase.every_days, *phase.every_days_choices) and phase.doses != 1 and not phase.ml_per_kg
    ]
    assert found
    assert set(found) == {tolerance}


def test_what_was_not_verified_says_so() -> None:
    unsure = [made for made in SHIPPED.values() if "general-knowledge" in made.sources]
    assert {made.facts for made in unsure} == {"R05", "R09", "R11", "R12", "R25", "R28"}
    for made in unsure:
        assert made.note is not None
        assert "confirm" in made.note.en
        assert "须经本院确认" in made.note.zh_CN


def test_every_source_of_a_regimen_and_of_its_stop_rule_is_in_the_evidence_list() -> None:
    evidence = tomllib.loads(resources.folder("evidence.toml").read_text(encoding="utf-8"))
    known = {entry["id"] for entry in evidence["entries"]}
    for made in SHIPPED.values():
        named = set(made.sources)
        if made.stop_rule is not None:
            named |= set(made.stop_rule.source.split(", "))
        assert named <= known, made.id


def test_every_file_opens_with_how_sure_the_fact_base_is() -> None:
    for row, stem in FILES.items():
        text = resources.folder("regimens", f"{stem}.toml").read_text(encoding="utf-8")
        head = text.partition("\nid = ")[0]
        assert head.startswith(f"# Fact base row {row.split()[0]}"), stem
        assert any(word in head for word in ("high confidence", "medium confidence", "high as", "low")), stem
