"""The boundary cases of the fact base through the command line: each dose is looked at on its own date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ivigdesk import resources
from tests.cli.conftest import Run

DAY_0 = "2026-01-05"
ADULT = ("--birth", "1980-06-01")
ALLOGENEIC = ("--transplant", DAY_0, "--transplant-kind", "allogeneic")


def schedule(run: Run, *more: str, regimen: str = "cmv-pneumonia-fred-hutch", start: str = "2026-01-05") -> Any:
    fixed = ("--start", start, "--weight", "70", "--antiviral", "ganciclovir", "--json")
    ran = run("schedule", regimen, *fixed, *more)
    assert ran.code == 0, ran.err
    return ran.data


def outcomes(data: Any) -> list[str]:
    return [dose["criteria"]["outcome"] for dose in data["doses"]]


def codes(dose: Any) -> list[str]:
    return [rule["code"] for rule in dose["criteria"]["rules"]]


def test_e4_from_day_80_the_first_eight_doses_are_met_and_the_last_three_need_justification(run: Run) -> None:
    data = schedule(run, "--profile", "cms", *ALLOGENEIC, *ADULT, start="2026-03-26")
    assert [dose["transplant_day"] for dose in data["doses"]] == [80, 82, 84, 86, 88, 90, 92, 94, 101, 108, 115]
    assert outcomes(data) == ["met"] * 8 + ["needs_justification"] * 3
    assert [codes(dose) for dose in data["doses"]] == [["CMS-1"]] * 8 + [["CMS-4"]] * 3
    assert [finding["code"] for finding in data["doses"][8]["findings"] if "CMS" in finding["code"]] == ["CMS-4"]
    assert data["profile"] == {"id": "cms", "version": "2026-11", "is_payment": True}


@pytest.mark.parametrize(
    ("start", "outcome"),
    [
        ("2026-01-04", "needs_justification"),
        ("2026-01-05", "met"),
        ("2026-04-14", "met"),
        ("2026-04-15", "met"),
        ("2026-04-16", "needs_justification"),
    ],
)
def test_e1_and_e2_days_before_0_and_after_100_need_justification(run: Run, start: str, outcome: str) -> None:
    assert outcomes(schedule(run, "--profile", "cms", *ALLOGENEIC, *ADULT, start=start))[0] == outcome


def test_e5_a_birthday_in_mid_course(run: Run) -> None:
    data = schedule(run, "--profile", "cms", *ALLOGENEIC, "--birth", "2006-01-11")
    assert outcomes(data) == ["not_met"] * 3 + ["met"] * 8
    assert data["doses"][3]["date"] == "2026-01-11"
    assert codes(data["doses"][0]) == ["CMS-3"]


def test_e6_a_birthday_on_29_february(run: Run) -> None:
    words = (
        "--profile",
        "cms",
        "--transplant",
        "2028-02-01",
        "--transplant-kind",
        "allogeneic",
        "--birth",
        "2008-02-29",
    )
    data = schedule(run, *words, start="2028-02-23")
    by_date = {dose["date"]: dose["criteria"]["outcome"] for dose in data["doses"]}
    assert by_date["2028-02-27"] == "not_met"
    assert by_date["2028-02-29"] == "met"


@pytest.mark.parametrize(("profile", "outcome"), [("cms", "not_met"), ("unit", "needs_justification")])
def test_e7_an_autologous_patient(run: Run, profile: str, outcome: str) -> None:
    words = ("--transplant-kind", "autologous", "--transplant", "2025-12-06", "--birth", "1965-06-01")
    data = schedule(run, "--profile", profile, *words, "--igg", "2.5", "--condition", "sepsis")
    assert outcomes(data)[0] == outcome


@pytest.mark.parametrize(("profile", "outcome"), [("cms", "not_met"), ("eu-label", "met"), ("cn-label", "met")])
def test_e8_a_child_with_low_igg(run: Run, profile: str, outcome: str) -> None:
    words = ("--profile", profile, *ALLOGENEIC, "--birth", "2013-06-01", "--igg", "3.0")
    assert outcomes(schedule(run, *words))[0] == outcome
    assert outcomes(schedule(run, *words, regimen="replacement-maintenance"))[0] == outcome


def test_e9_without_a_transplant_date(run: Run) -> None:
    data = schedule(run, "--profile", "cms", "--transplant-kind", "allogeneic", *ADULT)
    assert set(outcomes(data)) == {"cannot_be_checked"}
    assert {missing for rule in data["doses"][0]["criteria"]["rules"] for missing in rule["missing"]} == {
        "transplant date"
    }


def test_a_payment_rule_asks_for_a_reason_and_never_stops_a_dose(run: Run) -> None:
    data = schedule(run, "--profile", "cms", *ALLOGENEIC, "--birth", "2013-06-01")
    said = [*data["findings"], *(finding for dose in data["doses"] for finding in dose["findings"])]
    assert {finding["severity"] for finding in said if finding["code"] in ("SR26", "CMS-3")} == {"info", "warn"}
    assert data["doses"][0]["criteria"]["is_payment"] is True


def test_every_rule_carries_its_source_and_title(run: Run) -> None:
    rule = schedule(run, "--profile", "cms", *ALLOGENEIC, *ADULT)["doses"][0]["criteria"]["rules"][0]
    assert set(rule) == {"code", "outcome", "source", "title", "is_payment", "missing"}
    assert rule["source"] == "s14, s15, article-ref-7"
    assert rule["title"]


def test_what_nobody_stated_is_taken_from_the_regimen_and_said(run: Run) -> None:
    data = schedule(run, "--profile", "ontario", *ALLOGENEIC, *ADULT)
    assert set(outcomes(data)) == {"met"}
    assert data["assumed"] == ["CMV disease was not stated; taken as what the regimen is for: probable CMV pneumonia."]
    stated = schedule(run, "--profile", "unit", *ALLOGENEIC, *ADULT, "--cmv-disease", "viraemia")
    assert stated["assumed"] == []
    assert set(outcomes(stated)) == {"needs_justification"}
    assert "CMV-2" in codes(stated["doses"][0])


def test_ontario_wants_the_antiviral(run: Run) -> None:
    data = schedule(run, "--profile", "ontario", *ALLOGENEIC, *ADULT, "--antiviral", "")
    assert set(outcomes(data)) == {"not_met"}
    assert codes(data["doses"][0]) == ["ONT-2"]


def test_an_igg_without_a_date_is_of_the_first_day_and_grows_old(run: Run) -> None:
    words = ("--profile", "unit", *ALLOGENEIC, *ADULT, "--igg", "3.1")
    data = schedule(run, *words, regimen="replacement-maintenance", start="2026-02-02")
    assert outcomes(data)[:2] == ["met", "cannot_be_checked"]
    assert "LAB-1" in codes(data["doses"][1])


def test_what_the_prescriber_states_can_be_told(run: Run) -> None:
    words = ("--profile", "eu-label", "--transplant-kind", "autologous", "--condition", "sepsis", "--igg", "3.1")
    unknown = schedule(run, *words, regimen="replacement-maintenance")
    told = schedule(run, *words, "--stated", "antimicrobials_ineffective=yes", regimen="replacement-maintenance")
    assert outcomes(unknown)[0] == "cannot_be_checked"
    assert outcomes(told)[0] == "met"


def test_without_a_profile_the_units_criteria_are_taken(run: Run) -> None:
    data = schedule(run, *ALLOGENEIC, *ADULT)
    assert data["doses"][0]["criteria"]["profile"] == "unit"
    assert set(outcomes(data)) == {"met"}
    assert codes(data["doses"][0]) == ["CMV-1"]


def test_tasks_have_stable_keys(run: Run) -> None:
    tasks = schedule(run, *ALLOGENEIC, *ADULT)["tasks"]
    assert tasks
    assert {frozenset(task) for task in tasks} == {frozenset(("code", "from", "to", "dose", "what"))}


def test_what_is_open_is_told_with_the_value_taken(run: Run) -> None:
    assert schedule(run, "--weekly-from", "20")["choices"] == [
        {"phase": 2, "what": "first_day", "value": "20", "allowed": ["15", "20", "21"], "least": None, "most": None}
    ]


def test_a_person_reads_the_criteria_once_when_they_are_equal_and_by_dose_when_not(run: Run) -> None:
    words = ("schedule", "cmv-pneumonia-fred-hutch", "--weight", "70", "--antiviral", "ganciclovir", "--profile", "cms")
    same = run(*words, *ALLOGENEIC, *ADULT, "--start", DAY_0).out
    assert "Criteria (CMS (US Medicare coverage)): criteria met for every dose." in same
    assert "not about what is right for the patient" in same
    assert same.count("CMS-1") == 1
    differ = run(*words, *ALLOGENEIC, *ADULT, "--start", "2026-03-26").out
    assert differ.count("criteria met (CMS-1)") == 8
    assert differ.count("needs justification (CMS-4)") == 3


def test_criteria_are_said_in_chinese(run: Run) -> None:
    fixed = ("schedule", "cmv-pneumonia-fred-hutch", "--weight", "70", "--start", "2026-03-26", "--profile", "cms")
    plain = run("--lang", "zh_CN", *fixed, *ALLOGENEIC, *ADULT, "--antiviral", "更昔洛韦")
    assert "需说明理由（CMS-4）" in plain.out
    assert "不符合标准" not in plain.out
    data = run(
        "--lang", "zh_CN", *fixed, *ALLOGENEIC, "--birth", "2013-06-01", "--antiviral", "更昔洛韦", "--json"
    ).data
    assert data["doses"][0]["criteria"]["rules"][0]["title"] == "未满20岁不符合支付标准。"
    said = [finding["text"] for dose in data["doses"] for finding in (*data["findings"], *dose["findings"])]
    assert any("不符合标准" in text for text in said)
    assert not any(text.isascii() for text in said)


def test_every_profile_is_listed_with_its_rules(run: Run) -> None:
    listed = run("criteria", "--json").data
    assert [one["id"] for one in listed] == ["cms", "ontario", "nhs", "au", "eu-label", "cn-label", "unit"]
    assert [one["id"] for one in listed if one["is_payment"]] == ["cms"]
    assert "CMS-3" in {rule["code"] for rule in listed[0]["rules"]}
    assert "CMS" in run("criteria").out


@pytest.mark.parametrize(
    ("kind", "name", "other"),
    [
        ("criteria", "unit", "cms"),
        ("products", "cn-ph4-5", "other"),
        ("regimens", "cmv-pneumonia-fred-hutch", "other"),
    ],
)
def test_a_file_is_checked_as_the_library_would(run: Run, tmp_path: Path, kind: str, name: str, other: str) -> None:
    good = resources.folder(kind, f"{name}.toml").read_text(encoding="utf-8")
    file = tmp_path / f"{name}.toml"
    file.write_text(good, encoding="utf-8")
    checked = run(kind, "check", str(file))
    assert checked.code == 0, checked.err
    assert checked.out.startswith(name)

    for old, new, says in (
        (f'id = "{name}"', f'id = "{other}"', other),
        ('sources = ["', 'sources = ["s999", "', "s999"),
        ('version = "', 'vresion = "', "vresion"),
    ):
        assert old in good
        file.write_text(good.replace(old, new, 1), encoding="utf-8")
        refused = run(kind, "check", str(file))
        assert refused.code == 1
        assert refused.out == ""
        assert len(refused.err.strip().splitlines()) == 1
        assert f"{name}.toml" in refused.err
        assert says in refused.err
