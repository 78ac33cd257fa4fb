"""`schedule` computes for nobody in particular, with stable keys, and refuses in one sentence."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest

from tests.cli.conftest import Ran, Run

CMV = ("schedule", "cmv-pneumonia-fred-hutch", "--start", "2026-03-02", "--product", "cn-ph4-5", "--json")


def schedule(run: Run, *more: str, weight: str = "70") -> Any:
    ran = run(*CMV, "--weight", weight, *more)
    assert ran.code == 0, ran.err
    return ran.data


def dates(data: Any) -> list[str]:
    return [dose["date"][5:] for dose in data["doses"]]


def test_the_default_reading_gives_the_2a_dates_of_the_fact_base(run: Run) -> None:
    data = schedule(run)
    assert " ".join(dates(data)) == "03-02 03-04 03-06 03-08 03-10 03-12 03-14 03-16 03-23 03-30 04-06"
    assert data["sentence"] == (
        "150 mg/kg on days 1, 3, 5, 7, 9, 11, 13 (7 doses), then weekly on days 15, 22, 29, 36 (4 doses): "
        "11 doses, last on Mon 06 Apr 2026."
    )
    assert data["regimen"] == {"id": "cmv-pneumonia-fred-hutch", "version": "2026-11"}


@pytest.mark.parametrize(("day", "last"), [("20", "03-21 03-28 04-04 04-11"), ("21", "03-22 03-29 04-05 04-12")])
def test_the_weekly_day_can_be_chosen(run: Run, day: str, last: str) -> None:
    assert " ".join(dates(schedule(run, "--weekly-from", day))[-4:]) == last


def test_every_dose_has_its_amount_vials_and_rate_card(run: Run) -> None:
    dose = schedule(run)["doses"][0]
    assert dose["exact_mg"] == "10500"
    assert dose["rounded_mg"] == "10000"
    assert dose["deviation_percent"] == "-4.76"
    assert dose["volume_ml"] == "200"
    assert dose["vials"] == [{"g": "2.5", "count": 4}]
    assert dose["duration_min"] == "76.7"
    assert dose["rate_card"] == [
        {"from_min": "0", "ml_per_h": "60", "ml_total": "0"},
        {"from_min": "15", "ml_per_h": "180", "ml_total": "15"},
        {"from_min": "76.7", "ml_per_h": "0", "ml_total": "200"},
    ]


def test_the_total_is_the_sum_of_the_rounded_doses(run: Run) -> None:
    data = schedule(run, weight="84.6")
    assert Decimal(data["total_mg"]) == sum(Decimal(dose["rounded_mg"]) for dose in data["doses"])
    assert data["total_mg"] == "137500"


def test_no_number_is_a_binary_fraction(run: Run) -> None:
    def fractions(value: Any) -> bool:
        if isinstance(value, dict):
            return any(fractions(one) for one in value.values())
        if isinstance(value, list):
            return any(fractions(one) for one in value)
        return isinstance(value, float)

    assert not fractions(schedule(run, weight="84.6"))


def test_a_comma_and_a_point_mean_the_same(run: Run) -> None:
    assert schedule(run, weight="71,5") == schedule(run, weight="71.5")


def test_a_transplant_anchored_regimen_starts_where_it_is_told(run: Run) -> None:
    words = ("schedule", "prophylaxis-weekly-kaya-2024", "--transplant", "2026-01-01", "--weight", "70", "--json")
    whole = run(*words).data
    rest = run(*words, "--start", "2026-02-01").data
    assert [dose["transplant_day"] for dose in whole["doses"]] == list(range(7, 99, 7))
    assert rest["doses"][0]["transplant_day"] == 35
    assert rest["doses"][0]["course_day"] == 1


def test_without_json_it_is_a_page_for_a_person(run: Run) -> None:
    ran = run("schedule", "cmv-pneumonia-fred-hutch", "--start", "2026-03-02", "--weight", "70")
    assert ran.code == 0
    assert "“Weekly” starts on course day 15; the source leaves 15, 20, 21 open." in ran.out
    assert "Mon 06 Apr 2026" in ran.out


def test_it_speaks_chinese(run: Run) -> None:
    data = run("--lang", "zh_CN", *CMV, "--weight", "70").data
    assert "隔日一次" in data["sentence"] or "每公斤" in data["sentence"] or "mg/kg" in data["sentence"]
    assert "2026年4月6日 周一" in data["sentence"]
    assert not any(finding["text"].isascii() for finding in data["findings"])


def refused(ran: Ran) -> str:
    assert ran.code == 1
    assert ran.out == ""
    lines = ran.err.strip().splitlines()
    assert len(lines) == 1, ran.err
    return lines[0]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("schedule", "no-such", "--start", "2026-03-02", "--weight", "70"), ("no-such", "cmv-pneumonia-fred-hutch")),
        ((*CMV, "--weight", "70", "--product", "no-such"), ("no-such", "cn-ph4-5")),
        ((*CMV, "--weight", "0"), ("Weight", "“0”", "300")),
        ((*CMV, "--weight", "700"), ("Weight", "“700”", "300")),
        ((*CMV, "--weight", "1,500"), ("Weight", "“1,500”")),
        ((*CMV, "--weight", "70", "--height", "1.75"), ("Height", "1.75", "175 cm")),
        ((*CMV, "--weight", "70", "--igg", "400"), ("IgG", "“400”", "mg/dL", "4 g/L")),
        ((*CMV, "--weight", "70", "--start", "2026-02-30"), ("First dose", "2026-02-30", "exist")),
        ((*CMV, "--weight", "70", "--start", "03/04/2026"), ("First dose", "03/04/2026", "year-month-day")),
        ((*CMV, "--weight", "70", "--birth", "2026-03-03"), ("First dose", "birth")),
        ((*CMV, "--weight", "70", "--weekly-from", "16"), ("First day of the phase", "“16”", "15, 20, 21")),
        ((*CMV, "--weight", "70", "--policy", "guess"), ("Dosing weight", "guess", "ontario")),
        ((*CMV, "--weight", "70", "--sex", "x"), ("Sex", "“x”", "f, m")),
        ((*CMV, "--weight", "70", "--profile", "medicare"), ("Criteria", "“medicare”", "cn-label")),
        ((*CMV, "--weight", "70", "--transplant-kind", "allo"), ("Kind of transplant", "“allo”", "syngeneic")),
        ((*CMV, "--weight", "70", "--donor-kind", "mother"), ("Kind of donor", "“mother”", "haploidentical")),
        ((*CMV, "--weight", "70", "--blood-group", "C"), ("Blood group", "“C”", "AB")),
        ((*CMV, "--weight", "70", "--risk", "age"), ("Risk", "“age”", "renal, thrombosis, cardiac, diabetes")),
        ((*CMV, "--weight", "70", "--condition", "tired"), ("Condition", "“tired”", "iga-deficiency")),
        ((*CMV, "--weight", "70", "--cmv-disease", "flu"), ("CMV disease", "“flu”", "none, viraemia")),
        ((*CMV, "--weight", "70", "--donor-cmv", "maybe"), ("Donor's CMV serostatus", "“maybe”", "negative")),
        ((*CMV, "--weight", "70", "--stated", "rich=yes"), ("Stated", "“rich”", "antibody_failure")),
        ((*CMV, "--weight", "70", "--stated", "antibody_failure=2"), ("Stated", "“2”", "yes, no")),
        ((*CMV, "--weight", "70", "--weighed-on", "then"), ("Weighed on", "“then”", "year-month-day")),
        ((*CMV, "--weight", "70", "--last-day", "90"), ("Last day", "leaves nothing open")),
        ((*CMV, "--weight", "70", "--transplant", "soon"), ("Transplant date", "“soon”", "year-month-day")),
    ],
)
def test_a_wrong_word_gets_one_sentence_with_value_and_what_is_allowed(
    run: Run, words: tuple[str, ...], says: tuple[str, ...]
) -> None:
    sentence = refused(run(*words))
    for part in says:
        assert part in sentence


def test_wrong_usage_is_another_exit(run: Run) -> None:
    assert run("schedule").code == 2
    assert run("no-such-command").code == 2
    assert run("schedule", "x", "--no-such-option").code == 2


def test_a_calculation_loads_no_window_no_paper_and_no_database() -> None:
    program = (
        "import sys\n"
        "from ivigdesk.cli import main\n"
        "try:\n"
        "    main(['schedule', 'cmv-pneumonia-fred-hutch', '--start', '2026-03-02', '--weight', '70', '--json'])\n"
        "except SystemExit as ended:\n"
        "    assert not ended.code\n"
        "heavy = {'PySide6', 'reportlab', 'sqlite3', 'sqlcipher3', 'sqlite_utils', 'pypdfium2', 'zxingcpp'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stderr.strip() == "[]"
