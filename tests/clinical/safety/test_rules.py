"""Every rule of the fact base can speak, with its own severity, and can be silent."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk import resources
from ivigdesk.clinical.courses.plan import plan_course
from ivigdesk.clinical.eligibility.profile_file import parse_profile
from ivigdesk.clinical.evidence import parse_evidence, source_ids
from ivigdesk.clinical.findings import SEVERITIES
from ivigdesk.clinical.patients.conditions import CONDITIONS
from ivigdesk.clinical.patients.known import KnownFacts
from ivigdesk.clinical.safety.rules import FURTHER_RULES, SAFETY_RULES, gravest_first
from ivigdesk.scheduling.closures import WardDays
from ivigdesk.wording import Wording
from tests.clinical.safety.facts import days, earlier, event, known, lab, noticed, planned, reaction
from tests.clinical.samples import CMV, MONDAY, listed, product, request

CMS = parse_profile(resources.folder("criteria", "cms.toml").read_bytes(), "cms.toml")
NO_SUGAR = {"product": product("privigen-10"), "antiviral": "letermovir"}
TWO_GRAMS = listed((1, 1000), (2, 1000))

RAISED: list[tuple[str, str, dict[str, object]]] = [
    ("SR01", "block", known(conditions=("iga-deficiency", "anti-iga"))),
    ("SR01", "block", known(conditions=("iga-deficiency", "immunoglobulin-anaphylaxis"))),
    ("SR01", "block", known(conditions=("iga-deficiency",), reactions=(reaction("AE21", 1),))),
    ("SR02", "warn", known(conditions=("iga-deficiency",))),
    ("SR02", "warn", known(conditions=("anti-iga",))),
    ("SR03", "block", known(conditions=("immunoglobulin-anaphylaxis",))),
    ("SR03", "block", known(reactions=(reaction("AE05", 3),))),
    ("SR03", "block", known(reactions=(reaction("AE38", 3),))),
    ("SR04", "hold", known(conditions=("dialysis",))),
    ("SR04", "hold", known(labs=(lab("egfr", "29", -1),))),
    ("SR04", "hold", known(labs=(lab("creatinine", "80", -40), lab("creatinine", "120", -1)))),
    ("SR04", "hold", known(labs=(lab("creatinine", "100", -3), lab("creatinine", "126.5", -1)))),
    ("SR05", "warn", {"risks": ("renal",)}),
    ("SR05", "warn", {"risks": ("diabetes",)}),
    ("SR05", "warn", known(conditions=("volume-depletion",))),
    ("SR05", "warn", known(conditions=("sepsis",))),
    ("SR05", "warn", known(conditions=("paraprotein",))),
    ("SR05", "warn", known(medicines="Tacrolimus 1 mg twice daily")),
    ("SR05", "info", {"antiviral": "更昔洛韦"}),
    ("SR06", "block", {"product": product("cytogam"), "risks": ("renal",)}),
    ("SR06", "block", {"product": product("cytogam"), **known(conditions=("dialysis",))}),
    ("SR07", "block", {"product": product("flebogamma-dif-5"), **known(conditions=("fructose-intolerance",))}),
    ("SR07", "warn", {"product": product("flebogamma-dif-5")}),
    ("SR08", "block", {"product": product("privigen-10"), **known(conditions=("hyperprolinaemia",))}),
    ("SR09", "warn", {"risks": ("thrombosis",)}),
    ("SR09", "warn", known(conditions=("central-line",))),
    ("SR09", "warn", known(events=(event("clot", -200),))),
    ("SR09", "hold", known(events=(event("clot", -27),))),
    ("SR10", "warn", {"regimen": TWO_GRAMS, "blood_group": "A", "donor_blood_group": "O"}),
    ("SR10", "warn", {"regimen": TWO_GRAMS, "blood_group": "O", "donor_blood_group": "AB"}),
    ("SR10", "info", {"regimen": TWO_GRAMS}),
    ("SR10", "info", {"regimen": TWO_GRAMS, **known(transplant_kind="autologous")}),
    ("SR11", "warn", {"blood_group": "A", "donor_blood_group": "O"}),
    ("SR12", "warn", {"regimen": listed((1, 1001)), "transplant_on": days(-35)}),
    ("SR12", "warn", {"regimen": TWO_GRAMS, "transplant_on": MONDAY}),
    ("SR13", "warn", known(events=(event("live-vaccine", 100),))),
    ("SR13", "warn", {"transplant_on": days(-300), **known(events=(event("live-vaccine", -200),))}),
    ("SR14", "warn", known(events=(event("live-vaccine", -13),))),
    ("SR15", "warn", {}),
    ("SR16", "warn", {"product": product("cn-ph4-5")}),
    ("SR17", "warn", {"regimen": listed((1, 1000))}),
    ("SR17", "warn", {"risks": ("cardiac",)}),
    ("SR17", "warn", known(conditions=("positive-fluid-balance",))),
    ("SR17", "warn", known(events=(event("veno-occlusive-disease", -5),))),
    ("SR18", "warn", known(labs=(lab("total-protein", "80", -2),))),
    ("SR19", "warn", {"regimen": listed((1, 1001))}),
    ("SR19", "warn", {"regimen": listed((1, 1000), (2, 1000), (3, 1))}),
    ("SR20", "hold", known(overlapping=("C-000001",), earlier=(earlier(-7), earlier(20, given=False)))),
    ("SR21", "warn", known(earlier=(earlier(2, given=False),))),
    ("SR22", "hold", {"antiviral": ""}),
    ("SR23", "info", {"pregnant": True}),
    ("SR23", "info", known(conditions=("breast-feeding",))),
    ("SR24", "hold", {"weighed_on": days(-8)}),
    ("SR24", "hold", {"policy": "ontario", "sex": "male"}),
    ("SR24", "info", {"weighed_on": MONDAY}),
    ("SR25", "block", known(reactions=(reaction("AE10", 3, holding=True),))),
    ("SR26", "warn", {"profile": CMS, "birth_on": date(2010, 1, 1), "transplant_on": days(-10)}),
    ("SR27", "warn", known(medicines="呋塞米 20 mg")),
    ("SR28", "block", {"product": product("flebogamma-dif-5"), "birth_on": date(2025, 1, 1), "weight_g": 9_000}),
    ("SR29", "warn", known(earlier=(earlier(-20, product="privigen-10"),))),
    ("SR30", "warn", known(conditions=("migraine",))),
    ("SR30", "warn", known(conditions=("seizure",))),
]

SILENT: list[tuple[str, dict[str, object]]] = [
    ("SR01", known(conditions=("iga-deficiency",))),
    ("SR02", {}),
    ("SR02", known(conditions=("iga-deficiency", "anti-iga"))),
    ("SR03", known(reactions=(reaction("AE14", 3), reaction("AE21", 2)))),
    ("SR04", known(labs=(lab("egfr", "30", -1),))),
    ("SR04", known(labs=(lab("creatinine", "80", -40), lab("creatinine", "119", -1)))),
    ("SR04", known(labs=(lab("creatinine", "100", -3), lab("creatinine", "126.4", -1)))),
    ("SR04", known(labs=(lab("creatinine", "80", -120), lab("creatinine", "200", -1)))),
    ("SR04", known(labs=(lab("egfr", "20", -31),))),
    ("SR05", {"antiviral": "letermovir", "birth_on": days(-23_990)}),
    ("SR06", {"product": product("cytogam"), "antiviral": "ganciclovir"}),
    ("SR06", {"product": product("octagam-10"), "risks": ("renal",)}),
    ("SR07", {**NO_SUGAR, **known(conditions=("fructose-intolerance",))}),
    ("SR08", {"product": product("octagam-10"), **known(conditions=("hyperprolinaemia",))}),
    ("SR08", {"product": product("privigen-10")}),
    ("SR09", {}),
    ("SR10", {"regimen": TWO_GRAMS, "blood_group": "O", "donor_blood_group": "O"}),
    ("SR10", {"regimen": listed((1, 1000), (2, 999)), "blood_group": "A"}),
    ("SR11", {"blood_group": "A", "donor_blood_group": "A"}),
    ("SR11", {"blood_group": "A"}),
    ("SR11", {"blood_group": "A", "donor_blood_group": "O", **known(transplant_kind="autologous")}),
    ("SR11", {"blood_group": "A", "donor_blood_group": "O", **known(transplant_kind="syngeneic")}),
    ("SR10", {"regimen": TWO_GRAMS, "blood_group": "O", **known(transplant_kind="autologous")}),
    ("SR10", {"regimen": TWO_GRAMS, "blood_group": "O", **known(transplant_kind="syngeneic")}),
    ("SR12", {"regimen": listed((1, 1001)), "transplant_on": days(-36)}),
    ("SR12", {"regimen": listed((1, 1000)), "transplant_on": MONDAY}),
    ("SR13", known(events=(event("live-vaccine", -1),))),
    ("SR13", known(events=(event("live-vaccine", 400),))),
    ("SR14", known(events=(event("live-vaccine", -14),))),
    ("SR15", known(earlier=(earlier(-20),))),
    ("SR15", {"first_infusion": False}),
    ("SR16", NO_SUGAR),
    ("SR17", {}),
    ("SR17", known(events=(event("veno-occlusive-disease", -50, -20),))),
    ("SR18", known(labs=(lab("total-protein", "79", -2),))),
    ("SR18", known(labs=(lab("total-protein", "90", -31),))),
    ("SR19", {"regimen": TWO_GRAMS}),
    ("SR20", known(overlapping=("C-000001",), earlier=(earlier(50, given=False), earlier(80, given=False)))),
    ("SR20", known(earlier=(earlier(-7), earlier(3)))),
    ("SR21", {}),
    ("SR22", {}),
    ("SR22", {"antiviral": "", "regimen": listed((1, 400))}),
    ("SR23", {}),
    ("SR24", {"regimen": listed((1, 400)), "weighed_on": days(-7)}),
    ("SR24", {"regimen": listed((1, 400)), "policy": "ontario", "height_mm": 1700, "sex": "male"}),
    ("SR25", known(reactions=(reaction("AE10", 3),))),
    ("SR26", {"profile": None}),
    ("SR26", {"profile": CMS, "birth_on": date(1980, 1, 1), "transplant_on": days(-10),
              **known(transplant_kind="allogeneic", cmv_disease="pneumonia-proven")}),
    ("SR27", known(medicines="omeprazole, spironolactone")),
    ("SR28", {"product": product("flebogamma-dif-5"), "birth_on": date(2024, 3, 2), "weight_g": 9_000}),
    ("SR29", known(earlier=(earlier(-20),))),
    ("SR30", {}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "severity", "changes"), RAISED)
def test_a_rule_speaks_with_the_severity_of_the_fact_base(code: str, severity: str, changes: dict[str, object]) -> None:
    assert severity in noticed(planned(**changes), code)


@pytest.mark.parametrize(("code", "changes"), SILENT)
def test_a_rule_is_silent_where_it_has_nothing_to_say(code: str, changes: dict[str, object]) -> None:
    assert noticed(planned(**changes), code) == set()


def test_every_rule_of_the_fact_base_is_there_and_shown_speaking_and_silent() -> None:
    codes = [f"SR{number:02}" for number in range(1, 31)]
    assert [rule.code for rule in SAFETY_RULES] == codes
    assert {code for code, _, _ in RAISED} == {code for code, _ in SILENT} == set(codes)
    assert not {rule.code for rule in FURTHER_RULES} & set(codes)


def test_a_dose_that_a_closed_day_moves_beyond_the_tolerance_is_named() -> None:
    closed = WardDays(closed_on=(days(7),), policy="later")
    weekly = msgspec.structs.replace(CMV.phases[1], first_day=1, first_day_choices=(), tolerance_days=1)
    strict = msgspec.structs.replace(weekly, tolerance_days=0)
    for phase, said in ((weekly, set()), (strict, {"warn"})):
        regimen = msgspec.structs.replace(CMV, phases=(phase,))
        assert noticed(plan_course(request(regimen=regimen), ward_days=closed), "SR21") == said


def test_every_finding_names_a_source_that_the_evidence_has_and_can_be_said_in_words() -> None:
    evidence = parse_evidence(resources.folder("evidence.toml").read_bytes(), "evidence.toml")
    words = Wording("en")
    for _, _, changes in RAISED:
        for finding in planned(**changes).all_findings:
            assert "{" not in words.say(finding.message)
            if finding.code.startswith("SR"):
                assert source_ids(finding.source)
                assert all(one in evidence for one in source_ids(finding.source)), finding.source


def test_the_gravest_finding_comes_first() -> None:
    plan = planned(antiviral="", **known(conditions=("anti-iga", "iga-deficiency", "migraine")))
    weights = [SEVERITIES.index(finding.severity) for finding in plan.findings]
    assert weights == sorted(weights, reverse=True)
    assert plan.findings[0].code == "SR01"
    assert gravest_first(plan.findings) == plan.findings


def test_what_holds_for_every_dose_is_said_once() -> None:
    child = planned(profile=CMS, birth_on=date(2020, 1, 1), transplant_on=days(-10), weight_g=20_000)
    assert sum(finding.code == "SR26" for finding in child.all_findings) == 1
    assert all(dose.criteria is not None and dose.criteria.outcome == "not_met" for dose in child.infusions)


conditions = st.lists(st.sampled_from(CONDITIONS), unique=True, max_size=6)
risk_lists = st.lists(st.sampled_from(["renal", "thrombosis", "cardiac", "diabetes"]), unique=True)


@given(conditions, conditions, risk_lists, risk_lists, st.sampled_from(["cytogam", "privigen-10", "flebogamma-dif-5"]))
def test_knowing_of_another_risk_never_takes_a_hold_or_a_block_away(
    some: list[str], more: list[str], risks: list[str], more_risks: list[str], brand: str
) -> None:
    def barred(conditions: list[str], risks: list[str]) -> set[tuple[str, str]]:
        plan = planned(
            regimen=CMV,
            product=product(brand),
            risks=tuple(dict.fromkeys(risks)),
            known=msgspec.structs.replace(KnownFacts(), conditions=tuple(dict.fromkeys(conditions))),
        )
        grave = (finding for finding in plan.all_findings if finding.severity in ("hold", "block"))
        return {(finding.severity, finding.code) for finding in grave}

    assert barred(some, risks) <= barred(some + more, risks + more_risks)
