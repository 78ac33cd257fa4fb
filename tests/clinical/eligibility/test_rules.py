"""Each rule of the fact base: where it holds, where it does not, and where something is missing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical.eligibility.asked import WORDS, EligibilityFacts, fact_name, kind_of
from ivigdesk.clinical.eligibility.evaluate import applies, evaluate
from ivigdesk.clinical.eligibility.profile import Clause, Profile, Rule
from tests.clinical.eligibility.build import (
    AS_CMV_TREATMENT,
    AS_PROPHYLAXIS,
    LOW,
    codes,
    every_profile,
    judged,
    shipped,
    with_facts,
)

YES = True
EU_1 = {"had_severe_or_recurrent_infection": YES, "antimicrobials_ineffective": YES}
NHS_1 = {
    **LOW,
    "cause_not_reversible": YES,
    "had_severe_or_recurrent_bacterial_infection": YES,
    "infections_despite_antibiotics": YES,
}
D_POSITIVE_R_NEGATIVE = {"immunoglobulin": "cmv", "donor_cmv": "positive", "cmv": "negative"}

# Profile, rule, facts with which it says its outcome, and one change with which it does not.
HOLD: list[tuple[str, str, str, dict[str, Any], dict[str, Any]]] = [
    ("cms", "CMS-1", "met", {}, {"age": 19}),
    ("cms", "CMS-2", "not_met", {"transplant_kind": "autologous"}, {"transplant_kind": "allogeneic"}),
    ("cms", "CMS-3", "not_met", {"age": 19}, {"age": 20}),
    ("cms", "CMS-4", "needs_justification", {"transplant_day": 101}, {"transplant_day": 100}),
    (
        "cms",
        "CMS-5",
        "met",
        {**LOW, "chronic_gvhd": YES, "had_infection": YES, "transplant_day": 200},
        {"chronic_gvhd": False},
    ),
    ("cms", "CMS-6", "needs_justification", AS_PROPHYLAXIS, LOW),
    ("cms", "CMS-7", "needs_justification", {"transplant_day": -1}, {"transplant_day": 0}),
    ("cms", "CMS-8", "needs_justification", {"transplant_kind": "syngeneic"}, {"transplant_kind": "allogeneic"}),
    ("ontario", "ONT-1", "met", AS_CMV_TREATMENT, {"cmv_disease": "viraemia"}),
    ("ontario", "ONT-2", "not_met", {**AS_CMV_TREATMENT, "on_antiviral": False}, {"on_antiviral": True}),
    ("ontario", "ONT-3", "not_met", LOW, {"had_infection": True}),
    ("ontario", "GEN-1", "needs_justification", AS_PROPHYLAXIS, {"had_infection": True}),
    ("ontario", "GEN-4", "not_met", LOW, {"igg_g_per_l": Decimal(4)}),
    ("nhs", "NHS-1", "met", {**NHS_1, "vaccine_challenge_failed": YES}, {"cause_not_reversible": False}),
    ("nhs", "NHS-1", "met", {**NHS_1, "vaccine_challenge_inappropriate": YES}, {"igg_without_paraprotein_g_per_l": 4}),
    ("nhs", "NHS-1", "not_met", {}, {**NHS_1, "vaccine_challenge_failed": YES}),
    ("au", "AU-1", "met", LOW, {"igg_without_paraprotein_g_per_l": Decimal(4)}),
    (
        "au",
        "AU-1",
        "met",
        {"igg_below_lower_limit": YES, "had_serious_infections": YES},
        {"igg_below_lower_limit": False},
    ),
    (
        "au",
        "AU-1",
        "met",
        {"igg_below_lower_limit": YES, "had_life_threatening_infection": YES},
        {"had_life_threatening_infection": False},
    ),
    ("au", "AU-1", "not_met", {}, LOW),
    ("eu-label", "EU-1", "met", {**EU_1, **LOW}, {"antimicrobials_ineffective": False}),
    ("eu-label", "EU-1", "met", {**EU_1, "antibody_failure": YES}, {"antibody_failure": False}),
    ("eu-label", "EU-2", "met", LOW, {"transplant_kind": "autologous"}),
    ("eu-label", "EU-ITP", "met", {"indication": "itp"}, {"indication": "cmv"}),
    ("eu-label", "EU-MEASLES", "met", {"indication": "measles"}, {"indication": "cmv"}),
    ("cn-label", "CN-1", "met", LOW, {"igg_g_per_l": Decimal("4")}),
    ("cn-label", "CN-1", "met", {"had_severe_infection": YES}, {"had_severe_infection": False}),
    ("cn-label", "CN-1", "met", {"indication": "severe-infection"}, {"indication": "general"}),
    ("cn-label", "CN-1", "met", AS_CMV_TREATMENT, {"cmv_disease": "viraemia"}),
    ("cn-label", "CN-1", "met", {**AS_CMV_TREATMENT, "cmv_disease": "pneumonia-probable"}, {"is_cmv_treatment": False}),
    ("cn-label", "CN-1", "met", LOW, {"indication": "desensitisation"}),
    ("cn-label", "CN-1", "met", LOW, {"immunoglobulin": "cmv"}),
    ("eu-label", "EU-2", "met", LOW, {"indication": "parvovirus"}),
    ("eu-label", "EU-2", "met", LOW, {"immunoglobulin": "cmv"}),
    ("cn-label", "CN-ITP", "met", {"indication": "itp"}, {"indication": "cmv"}),
    ("cn-label", "CN-2", "needs_justification", {}, {"indication": "itp"}),
    ("unit", "UNIT-1", "needs_justification", {"transplant_kind": "autologous"}, {"transplant_kind": "allogeneic"}),
    ("unit", "UNIT-1", "needs_justification", {"transplant_kind": "syngeneic"}, {"transplant_kind": "allogeneic"}),
    ("unit", "UNIT-2", "met", {"indication": "itp"}, {"indication": "parvovirus"}),
    ("unit", "UNIT-2", "met", {"indication": "measles"}, {"indication": "cmv"}),
    ("unit", "GEN-1", "needs_justification", AS_PROPHYLAXIS, LOW),
    ("unit", "GEN-2", "met", {**LOW, "transplant_day": 100}, {"transplant_day": 101}),
    ("unit", "GEN-3", "met", {**LOW, "had_bacteraemia": YES}, {"had_bacteraemia": False}),
    ("unit", "GEN-3", "met", {**LOW, "had_recurrent_sinopulmonary_infection": YES}, {"igg_g_per_l": Decimal(4)}),
    ("unit", "GEN-4", "needs_justification", {**LOW, "transplant_day": 150}, {"had_infection": True}),
    ("unit", "GEN-5", "met", {**LOW, "donor_kind": "matched-unrelated"}, {"donor_kind": "haploidentical"}),
    ("unit", "GEN-6", "met", {"donor_kind": "cord-blood"}, {"donor_kind": "matched-sibling"}),
    ("unit", "GEN-6", "met", {"b_cell_deficiency": YES, "age": 17}, {"age": 18}),
    (
        "unit",
        "GEN-6",
        "met",
        {"chronic_gvhd": YES, "had_recurrent_sinopulmonary_infection": YES},
        {"chronic_gvhd": False},
    ),
    ("unit", "GEN-7", "met", {"gvhd_on_immunosuppression": YES}, {"gvhd_on_immunosuppression": False}),
    ("unit", "GEN-8", "met", {"igg_was_low_before_transplant": YES}, {"igg_was_low_before_transplant": False}),
    ("unit", "CMV-1", "met", AS_CMV_TREATMENT, {"on_antiviral": False}),
    ("unit", "CMV-2", "needs_justification", {**AS_CMV_TREATMENT, "cmv_disease": "viraemia"}, {"cmv_disease": "none"}),
    ("unit", "CMV-3", "needs_justification", {**AS_PROPHYLAXIS, **D_POSITIVE_R_NEGATIVE}, {"cmv": "positive"}),
    *(
        case
        for profile in ("ontario", "nhs", "au", "eu-label", "cn-label", "unit")
        for case in (
            (profile, "LAB-1", "cannot_be_checked", {"igg_age_days": 15}, {"igg_age_days": 14}),
            (
                profile,
                "LAB-2",
                "cannot_be_checked",
                {"igg_soon_after_immunoglobulin": YES},
                {"igg_soon_after_immunoglobulin": False},
            ),
        )
    ),
]


def says(profile: str, code: str, outcome: str, facts: dict[str, Any]) -> bool:
    return code in codes(judged(profile, **facts), outcome)


@pytest.mark.parametrize(("profile", "code", "outcome", "facts", "change"), HOLD)
def test_a_rule_speaks_where_it_holds_and_only_there(
    profile: str, code: str, outcome: str, facts: dict[str, Any], change: dict[str, Any]
) -> None:
    assert says(profile, code, outcome, facts)
    assert not says(profile, code, outcome, facts | change)


def test_every_rule_of_every_file_was_looked_at() -> None:
    looked_at = {(profile, code, outcome) for profile, code, outcome, _, _ in HOLD}
    assert looked_at == {(profile.id, rule.code, rule.outcome) for profile in every_profile() for rule in profile.rules}


def each_rule_with_each_fact() -> Iterator[tuple[str, str, str, dict[str, Any], str]]:
    for profile, code, outcome, facts, _ in HOLD:
        rule = next(one for one in shipped(profile).rules if (one.code, one.outcome) == (code, outcome))
        for clause in rule.when:
            yield profile, code, outcome, facts, clause.fact


@pytest.mark.parametrize(("profile", "code", "outcome", "facts", "fact"), list(each_rule_with_each_fact()))
def test_without_what_it_asks_for_a_rule_cannot_be_checked_and_says_what_is_missing(
    profile: str, code: str, outcome: str, facts: dict[str, Any], fact: str
) -> None:
    rule = next(one for one in shipped(profile).rules if (one.code, one.outcome) == (code, outcome))
    without = with_facts(**facts | {fact: None})
    assert applies(rule, without) is None
    criteria = evaluate(_alone(shipped(profile), rule), without)
    assert criteria.outcome == ("cannot_be_checked" if _counts(shipped(profile), rule) else "not_met")
    assert [result.missing for result in criteria.rules] == [(fact_name(fact),)]


def test_alternatives_name_each_fact_that_could_decide() -> None:
    rule = next(rule for rule in shipped("eu-label").rules if rule.code == "EU-1")
    without = with_facts(**EU_1 | {"antibody_failure": None, "igg_g_per_l": None})
    missing = evaluate(_alone(shipped("eu-label"), rule), without).rules[0].missing
    assert {fact.text for fact in missing} == {"response to pneumococcal vaccines", "IgG level"}


@pytest.mark.parametrize(
    ("igg", "outcome"), [("3.9", "met"), ("4.0", "needs_justification"), ("4", "needs_justification")]
)
def test_an_igg_of_exactly_4_is_not_below_it(igg: str, outcome: str) -> None:
    assert judged("unit", igg_g_per_l=Decimal(igg)).outcome == outcome


def test_a_bar_wins_over_a_grant_and_over_what_is_not_known() -> None:
    assert judged("cms", age=19, transplant_day=None, transplant_kind=None).outcome == "not_met"


def test_a_caution_wins_over_a_grant() -> None:
    assert judged("unit", **LOW, transplant_kind="autologous", had_bacteraemia=True).outcome == "needs_justification"


def test_a_missing_igg_is_never_met_where_it_is_replaced() -> None:
    for profile in every_profile():
        if profile.id == "cms":  # it does not decide by IgG
            continue
        criteria = evaluate(profile, with_facts(igg_g_per_l=None, igg_age_days=None))
        assert criteria.outcome == "cannot_be_checked", profile.id
        assert "LAB-1" in codes(criteria, "cannot_be_checked")


@pytest.mark.parametrize(("day", "outcome"), [(99, "met"), (100, "met"), (101, "needs_justification")])
def test_cms_goes_by_day_and_age_whatever_is_known_of_igg(day: int, outcome: str) -> None:
    criteria = judged("cms", transplant_day=day, igg_g_per_l=None, igg_age_days=None)
    assert criteria.outcome == outcome


def test_a_payment_rule_is_shown_beside_a_label_and_does_not_count() -> None:
    criteria = judged("cn-label", **LOW)
    assert criteria.outcome == "met"
    assert not criteria.is_payment
    assert [(rule.code, rule.is_payment) for rule in criteria.rules] == [("CN-1", False), ("CN-2", True)]


def test_the_payers_rules_are_all_called_payment_rules() -> None:
    criteria = judged("cms", age=12)
    assert criteria.is_payment
    assert all(rule.is_payment for rule in criteria.rules)


def test_a_use_that_no_rule_speaks_of_is_not_met_by_silence() -> None:
    for profile in every_profile():
        criteria = evaluate(
            profile, with_facts(indication="desensitisation", is_replacement=False, is_against_infection=False)
        )
        if profile.id != "cms":  # which speaks of any use after the transplant
            assert criteria.outcome == profile.otherwise != "met"


def _alone(profile: Profile, rule: Rule) -> Profile:
    return Profile(
        id=profile.id,
        version=profile.version,
        title=profile.title,
        rules=(rule,),
        sources=profile.sources,
        otherwise="not_met",
        is_payment=profile.is_payment,
    )


def _counts(profile: Profile, rule: Rule) -> bool:
    return profile.is_payment or not rule.is_payment


def _values(fact: str) -> st.SearchStrategy[Any]:
    if kind_of(fact) == "yes-no":
        return st.sampled_from([True, False, None])
    if kind_of(fact) == "word":
        return st.sampled_from([*(WORDS[fact] or ("itp", "cmv", "replacement")), None])
    if "igg" in fact and fact != "igg_age_days":
        return st.sampled_from([Decimal("3.9"), Decimal(4), Decimal(8), None])
    return st.sampled_from([-1, 0, 14, 15, 17, 19, 20, 45, 100, 101, None])


ANY_FACTS = st.fixed_dictionaries({fact: _values(fact) for fact in EligibilityFacts.__struct_fields__})


@given(facts=ANY_FACTS, fact=st.sampled_from(EligibilityFacts.__struct_fields__), which=st.integers(0, 6))
def test_forgetting_a_fact_never_makes_anything_met(facts: dict[str, Any], fact: str, which: int) -> None:
    profile = every_profile()[which]
    before = evaluate(profile, EligibilityFacts(**facts)).outcome
    after = evaluate(profile, EligibilityFacts(**facts | {fact: None})).outcome
    assert before == "met" or after != "met"


@given(facts=ANY_FACTS, which=st.integers(0, 6))
def test_met_always_rests_on_a_rule_that_says_so(facts: dict[str, Any], which: int) -> None:
    profile = every_profile()[which]
    criteria = evaluate(profile, EligibilityFacts(**facts))
    counted = [rule for rule in criteria.rules if profile.is_payment or not rule.is_payment]
    if criteria.outcome == "met":
        assert {rule.outcome for rule in counted} == {"met"}
    assert criteria.outcome != "cannot_be_checked" or "cannot_be_checked" in {rule.outcome for rule in counted}


def test_nothing_known_is_never_met() -> None:
    for profile in every_profile():
        assert evaluate(profile, EligibilityFacts()).outcome == "cannot_be_checked"


def test_a_number_is_compared_at_both_ends() -> None:
    facts = with_facts(age=20)
    for clause, expected in (
        (Clause(fact="age", at_least=Decimal(20)), True),
        (Clause(fact="age", above=Decimal(20)), False),
        (Clause(fact="age", at_most=Decimal(20)), True),
        (Clause(fact="age", below=Decimal(20)), False),
    ):
        rule = Rule(code="X", part="grant", outcome="met", title=shipped("unit").title, source="test", when=(clause,))
        assert applies(rule, facts) is expected
