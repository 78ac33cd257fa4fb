"""The fact base's test vectors as a stranger would try them: typed on the command line, read from its JSON."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.scheduling.build import FILES

_DATA = Path(__file__).parent.parent / "data" / "regimen-vectors.json"
VECTORS: list[dict[str, Any]] = json.loads(_DATA.read_text(encoding="utf-8"))["regimens"]
MONDAY = date(2026, 3, 2)


def schedule(run: Run, regimen: str, *more: str, weight: str = "70") -> Any:
    when = ("--start", MONDAY.isoformat()) if "--transplant" not in more else ()
    ran = run("schedule", regimen, *when, "--weight", weight, "--antiviral", "ganciclovir", "--json", *more)
    assert ran.code == 0, ran.err
    return ran.data


def said(data: Any) -> set[tuple[str, str]]:
    """Return severity and code of everything that was noticed."""
    found = [*data["findings"], *(one for dose in data["doses"] for one in dose["findings"])]
    return {(one["severity"], one["code"]) for one in found}


# Regimens (FACTS, Appendix A)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_a_regimen_has_the_dates_doses_and_amounts_of_its_vector(run: Run, vector: dict[str, Any]) -> None:
    after_transplant = vector["anchor"] == "TX"
    listed = dict(vector.get("doses") or ())
    more = ["--transplant", MONDAY.isoformat()] if after_transplant else []
    more += ["--mg-per-kg", "100"] if None in listed.values() else []
    data = schedule(run, FILES[vector["id"]], *more)

    days = vector.get("expect_days") or list(listed)
    shown = [dose["transplant_day" if after_transplant else "course_day"] for dose in data["doses"]]
    first = 0 if after_transplant else 1
    assert shown == days
    assert [dose["date"] for dose in data["doses"]] == [(MONDAY + timedelta(day - first)).isoformat() for day in days]
    assert len(shown) == vector["expect_n"]
    if "expect_cum_mg_per_kg" in vector:
        assert sum(Decimal(dose["mg_per_kg"]) for dose in data["doses"]) == vector["expect_cum_mg_per_kg"]
    if vector.get("optional"):
        optional = schedule(run, FILES[vector["id"]], "--optional", *more)
        assert [dose["course_day"] for dose in optional["doses"]] == days + [day for day, _ in vector["optional"]]
    assert (("hold", "SR22") in said(schedule(run, FILES[vector["id"]], *more, "--antiviral", ""))) == vector.get(
        "needs_antiviral", False
    )


def test_every_row_of_the_fact_base_is_listed_with_stable_keys(run: Run) -> None:
    listed = run("regimens", "--json").data
    assert {frozenset(one) for one in listed} == {frozenset(("id", "version", "standing", "title", "facts"))}
    assert {one["facts"] for one in listed} == {f"R{row:02}" for row in range(1, 29)} | {"R10b"}
    not_routine = {one["facts"] for one in listed if one["standing"] in ("not-routine", "historical")}
    assert not_routine == {"R06", "R07", "R08", "R09", "R10", "R10b", "R22", "R23"}
    assert len({one["id"] for one in listed}) == len(listed) == 32


def test_every_product_of_the_fact_base_is_listed_with_its_strength(run: Run) -> None:
    listed = run("products", "--json").data
    assert {frozenset(one) for one in listed} >= {frozenset(("id", "version", "title", "g_per_l", "facts"))}
    strength = {one["id"]: one["g_per_l"] for one in listed}
    assert len(strength) == 17
    assert strength["cn-ph4-5"] == strength["octagam-5"] == strength["cytogam"] == "50"
    assert strength["intragam-p-6"] == "60"
    assert strength["privigen-10"] == strength["gammagard-10"] == "100"


# Dosing weights (FACTS 3.3)

_ADULT = ("--birth", "1980-06-01")


@pytest.mark.parametrize(
    ("sex", "cm", "kg", "ontario", "nba", "nhs"),
    [
        ("m", "175", "100", "82.279", "82.279", "82.279"),
        ("m", "170", "70", "67.562", "67.562", "70"),
        ("f", "160", "90", "67.429", "67.429", "67.429"),
        ("m", "180", "120", "92.995", "92.995", "92.995"),
        ("f", "150", "60", "60", "60", "49.996"),
        ("m", "175", "55", "55", "55", "55"),
        ("f", "165", "45", "45", "45", "45"),
        ("m", "152.4", "60", "54", "54", "60"),
        ("f", "158", "78", "61.543", "61.543", "61.543"),
        ("m", "168", "82", "71.276", "71.276", "71.276"),
        ("m", "190", "95", "88.428", "88.428", "95"),
    ],
    ids=["W1", "W2", "W3", "W4", "W5", "W7", "W8", "W9", "W10", "W11", "W12"],
)
def test_each_policy_gives_the_weight_of_the_table(
    run: Run, sex: str, cm: str, kg: str, ontario: str, nba: str, nhs: str
) -> None:
    for policy, expected in (("ontario", ontario), ("nba-2026", nba), ("nhs-england", nhs), ("actual", kg)):
        words = ("--policy", policy, "--height", cm, "--sex", sex, *_ADULT)
        data = schedule(run, "itp-1g-2-days", *words, weight=kg)
        assert (data["dosing_weight"]["policy"], data["dosing_weight"]["kg"]) == (policy, expected)


def test_w6_is_asked_and_not_guessed(run: Run) -> None:
    words = ("--height", "152", "--sex", "f", *_ADULT)
    asked = schedule(run, "itp-1g-2-days", "--policy", "ontario", *words, weight="70")
    assert any(severity == "hold" and code.startswith("WEIGHT") for severity, code in said(asked))
    for policy in ("nba-2026", "nhs-england"):
        data = schedule(run, "itp-1g-2-days", "--policy", policy, *words, weight="70")
        assert data["dosing_weight"]["kg"] == "55.083"


def test_w13_a_child_of_17_is_dosed_by_the_actual_weight_under_nba(run: Run) -> None:
    words = ("--policy", "nba-2026", "--height", "175", "--sex", "m", "--birth", "2009-01-01")
    assert schedule(run, "itp-1g-2-days", *words, weight="100")["dosing_weight"]["kg"] == "100"


def test_the_published_example_is_matched_by_exact_arithmetic(run: Run) -> None:
    words = ("--policy", "nba-2026", "--height", "175", "--sex", "m", *_ADULT, "--product", "privigen-10")
    doses = schedule(run, "itp-1g-2-days", *words, weight="100")["doses"]
    assert sum(Decimal(dose["exact_mg"]) for dose in doses) == pytest.approx(Decimal(164_558), abs=2)


# Rounding (FACTS 3.4)

_WEEKLY_500 = "cmv-reactivation-first-3-months"
_WEEKLY_400 = "prophylaxis-weekly-kaya-2024"
_CMV = "cmv-pneumonia-fred-hutch"
_W1 = ("--policy", "nba-2026", "--height", "175", "--sex", "m", *_ADULT)


@pytest.mark.parametrize(
    ("regimen", "weight", "more", "rounded", "percent", "is_asked"),
    [
        (_CMV, "45", (), "7500", "11.11", True),
        (_CMV, "50", (), "7500", "0.00", False),
        (_CMV, "70", (), "10000", "-4.76", False),
        (_CMV, "100", _W1, "12500", "1.28", False),
        (_WEEKLY_400, "70", (), "27500", "-1.79", False),
        (_WEEKLY_400, "100", _W1, "32500", "-1.25", False),
        (_WEEKLY_500, "70", (), "35000", "0.00", False),
        (_WEEKLY_500, "75", (), "37500", "0.00", False),
        ("itp-1g-2-days", "100", _W1, "82500", "0.27", False),
    ],
)
def test_steps_of_2_5_g_round_as_in_the_table(
    run: Run, regimen: str, weight: str, more: tuple[str, ...], rounded: str, percent: str, is_asked: bool
) -> None:
    anchor = ("--transplant", MONDAY.isoformat()) if regimen in (_WEEKLY_400, _WEEKLY_500) else ()
    data = schedule(run, regimen, *anchor, *more, weight=weight)
    dose = data["doses"][0]
    assert (dose["rounded_mg"], dose["deviation_percent"]) == (rounded, percent)
    assert (("hold", "ROUND-10") in said(data)) == is_asked


@pytest.mark.parametrize(
    ("regimen", "weight", "rounding", "rounded", "percent", "asked"),
    [
        (_CMV, "45", "", "5000", "-25.93", {"ROUND-10"}),
        (_CMV, "50", "up", "10000", "33.33", set()),
        (_CMV, "50", "down", "5000", "-33.33", set()),
        (_CMV, "70", "", "10000", "-4.76", set()),
        (_WEEKLY_400, "70", "", "30000", "7.14", set()),
        (_WEEKLY_400, "70", "down", "25000", "-10.71", set()),
        (_WEEKLY_500, "70", "", "35000", "0.00", set()),
        (_WEEKLY_500, "75", "", "35000", "-6.67", set()),
        (_WEEKLY_500, "75", "up", "40000", "6.67", set()),
        (_WEEKLY_500, "65", "", "30000", "-7.69", set()),
    ],
)
def test_steps_of_5_g_round_as_in_the_table_and_never_to_the_even_number(
    run: Run, regimen: str, weight: str, rounding: str, rounded: str, percent: str, asked: set[str]
) -> None:
    anchor = ("--transplant", MONDAY.isoformat()) if regimen in (_WEEKLY_400, _WEEKLY_500) else ()
    words = ("--product", "bivigam-10", "--rounding", rounding)
    data = schedule(run, regimen, *anchor, *words, weight=weight)
    dose = data["doses"][0]
    assert (dose["rounded_mg"], dose["deviation_percent"]) == (rounded, percent)
    held = {code for severity, code in said(data) if severity == "hold"}
    assert held & {"ROUND-10", "ROUND-TIE"} == asked


def test_a_tie_in_a_treatment_is_asked(run: Run) -> None:
    assert ("hold", "ROUND-TIE") in said(schedule(run, _CMV, "--product", "bivigam-10", weight="50"))


# Rates (FACTS 4.2)


@pytest.mark.parametrize(
    ("regimen", "more", "minutes"),
    [
        ("itp-1g-2-days", ("--product", "octagam-10"), ["165.8"]),
        ("itp-1g-2-days", ("--product", "octagam-10", "--risk", "renal"), ["335.8"]),
        (_CMV, ("--product", "cn-ph4-5"), ["76.7"]),
        (_WEEKLY_500, ("--product", "cn-ph4-5", "--transplant", "2026-03-02"), ["243.3"]),
        (
            "cytogam-solid-organ",
            ("--product", "cytogam", "--transplant", "2026-03-02", "--rounding", "partial"),
            ["202.8", "185.4"],
        ),
    ],
    ids=["D1", "D2", "D3", "D4", "D5"],
)
def test_an_infusion_takes_as_long_as_the_table_says(
    run: Run, regimen: str, more: tuple[str, ...], minutes: list[str]
) -> None:
    doses = schedule(run, regimen, *more)["doses"]
    assert [dose["duration_min"] for dose in doses[: len(minutes)]] == minutes


def test_millilitres_a_minute_are_held_at_3_3_mg_per_kg_a_minute_for_a_small_child(run: Run) -> None:
    card = schedule(run, _CMV, "--product", "cn-ph4-5", weight="20")["doses"][0]["rate_card"]
    fastest = max(Decimal(row["ml_per_h"]) for row in card)
    assert fastest == Decimal("79.2")  # 3.3 mg/kg/min x 20 kg x 60 / 50 mg/mL; the label's 180 mL/h would be 7.5


# Safety rules: each fact that can be typed raises its code (FACTS 7)

_R02 = "cmv-pneumonitis-ontario"
_SEVERITIES = ("info", "warn", "hold", "block")


@pytest.mark.parametrize(
    ("regimen", "more", "code"),
    [
        (_CMV, ("--condition", "iga-deficiency", "--condition", "anti-iga"), ("block", "SR01")),
        (_CMV, ("--condition", "iga-deficiency"), ("warn", "SR02")),
        (_CMV, ("--condition", "immunoglobulin-anaphylaxis"), ("block", "SR03")),
        (_CMV, ("--condition", "dialysis"), ("hold", "SR04")),
        (_CMV, ("--risk", "renal"), ("warn", "SR05")),
        (_CMV, ("--risk", "diabetes"), ("warn", "SR05")),
        (_CMV, ("--condition", "sepsis"), ("warn", "SR05")),
        (_CMV, ("--condition", "volume-depletion"), ("warn", "SR05")),
        (_CMV, ("--medicines", "Foscarnet 90 mg/kg"), ("warn", "SR05")),
        (_CMV, ("--medicines", "两性霉素B"), ("warn", "SR05")),
        (_CMV, ("--birth", "1955-01-01"), ("warn", "SR05")),
        (_CMV, ("--product", "cytogam", "--risk", "renal"), ("block", "SR06")),
        (_CMV, ("--product", "flebogamma-dif-5", "--condition", "fructose-intolerance"), ("block", "SR07")),
        (_CMV, ("--product", "privigen-10", "--condition", "hyperprolinaemia"), ("block", "SR08")),
        (_CMV, ("--risk", "thrombosis"), ("warn", "SR09")),
        (_CMV, ("--condition", "central-line"), ("warn", "SR09")),
        (_CMV, ("--condition", "oestrogens"), ("warn", "SR09")),
        (_CMV, ("--birth", "1960-01-01"), ("warn", "SR09")),
        (_R02, ("--blood-group", "A"), ("warn", "SR10")),
        (_R02, ("--blood-group", "O", "--donor-blood-group", "B"), ("warn", "SR10")),
        (_CMV, ("--blood-group", "O", "--donor-blood-group", "B"), ("warn", "SR11")),
        (_R02, ("--transplant", "2026-02-20", "--start", "2026-03-02"), ("warn", "SR12")),
        (_CMV, (), ("warn", "SR15")),
        (_CMV, ("--risk", "diabetes", "--product", "octagam-5"), ("warn", "SR16")),
        (_CMV, ("--risk", "cardiac"), ("warn", "SR17")),
        (_CMV, ("--condition", "positive-fluid-balance"), ("warn", "SR17")),
        ("desensitisation-2g", ("--product", "cn-ph4-5", "--doses", "2"), ("warn", "SR17")),
        ("cmv-ig-jacobsen-1985", ("--mg-per-kg", "1100", "--transplant", "2026-03-09"), ("warn", "SR19")),
        (_CMV, ("--antiviral", ""), ("hold", "SR22")),
        (_CMV, ("--antiviral", "none"), ("hold", "SR22")),
        (_CMV, ("--pregnant",), ("info", "SR23")),
        (_CMV, ("--condition", "breast-feeding"), ("info", "SR23")),
        (_CMV, ("--weighed-on", "2026-02-01"), ("hold", "SR24")),
        (_CMV, ("--profile", "cms", "--birth", "2013-01-01"), ("warn", "SR26")),
        (_CMV, ("--medicines", "furosemide 20 mg"), ("warn", "SR27")),
        (_CMV, ("--medicines", "呋塞米"), ("warn", "SR27")),
        (_CMV, ("--product", "flebogamma-dif-5", "--birth", "2025-01-01"), ("block", "SR28")),
        (_CMV, ("--condition", "migraine"), ("warn", "SR30")),
        (_CMV, ("--condition", "seizure"), ("warn", "SR30")),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) and len(value) == 2 and value[0] in _SEVERITIES else None,
)
def test_what_is_typed_raises_its_rule(run: Run, regimen: str, more: tuple[str, ...], code: tuple[str, str]) -> None:
    found = said(schedule(run, regimen, *more))
    assert code in found, sorted(found)


@pytest.mark.parametrize(
    ("regimen", "more", "code"),
    [
        (_CMV, ("--condition", "iga-deficiency"), "SR01"),
        (_CMV, (), "SR02"),
        (_CMV, (), "SR04"),
        (_CMV, ("--product", "privigen-10"), "SR08"),
        (_CMV, ("--birth", "1980-01-01"), "SR09"),
        (_R02, ("--blood-group", "O", "--donor-blood-group", "O"), "SR10"),
        (_CMV, ("--blood-group", "A"), "SR10"),
        (_CMV, ("--blood-group", "B", "--donor-blood-group", "B"), "SR11"),
        (_CMV, ("--product", "privigen-10", "--risk", "diabetes"), "SR16"),
        (_CMV, (), "SR22"),
        (_CMV, ("--medicines", "valganciclovir"), "SR27"),
        (_CMV, ("--product", "flebogamma-dif-5", "--birth", "2020-01-01"), "SR28"),
    ],
)
def test_a_rule_keeps_silent_where_its_fact_is_not(run: Run, regimen: str, more: tuple[str, ...], code: str) -> None:
    assert code not in {found for _, found in said(schedule(run, regimen, *more))}
