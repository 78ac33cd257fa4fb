"""How criteria are said: never “eligible”, always with what is missing, and a payment rule as one."""

from __future__ import annotations

from typing import Any

import pytest

from ivigdesk.clinical.eligibility.criteria import PROFILE_IDS, profile_title
from ivigdesk.clinical.eligibility.findings import criteria_findings
from ivigdesk.wording import Wording
from tests.clinical.eligibility.build import LOW, every_profile, judged


def said(profile: str, **facts: Any) -> dict[str, str]:
    words = Wording("en")
    return {finding.code: words.say(finding.message) for finding in criteria_findings(judged(profile, **facts))}


def test_met_says_nothing() -> None:
    assert criteria_findings(judged("cms")) == ()


def test_a_rule_that_is_not_met_is_an_info_with_its_own_code_and_source() -> None:
    rule, whole = criteria_findings(judged("cms", age=12))
    assert (rule.severity, rule.code, rule.source) == ("info", "CMS-3", "s14, article-ref-7")
    assert not rule.needs_reason
    assert whole.code == "SR26"


@pytest.mark.parametrize(
    ("facts", "needs_reason"),
    [({"age": 12}, True), ({"transplant_day": 101}, True), ({"age": None}, False)],
)
def test_the_whole_is_one_warning_that_asks_for_a_reason_unless_it_cannot_be_checked(
    facts: dict[str, Any], needs_reason: bool
) -> None:
    whole = criteria_findings(judged("cms", **facts))[-1]
    assert (whole.severity, whole.code, whole.needs_reason) == ("warn", "SR26", needs_reason)


def test_a_payment_rule_never_stops_a_dose() -> None:
    assert {finding.severity for finding in criteria_findings(judged("cms", age=12))} == {"info", "warn"}


def test_the_payment_rule_is_called_one() -> None:
    assert said("cms", age=12) == {
        "CMS-3": "Who pays: Under the age of 20 the coverage criterion is not met. Result: criteria not met.",
        "SR26": "On the day of this dose, CMS (US Medicare coverage): criteria not met (CMS-3). It is a rule about who "
        "pays, not about what is right for the patient.",
    }


def test_what_is_missing_is_named() -> None:
    assert said("cms", age=None, transplant_day=None)["CMS-1"].endswith(
        "This cannot be checked without: birth date, transplant date."
    )


def test_a_payment_rule_beside_a_label_is_told_without_a_warning() -> None:
    findings = criteria_findings(judged("cn-label", **LOW))
    assert [(finding.severity, finding.code) for finding in findings] == [("info", "CN-2")]


def test_where_no_rule_speaks_of_the_use_this_is_said() -> None:
    texts = said("unit", indication="desensitisation", is_replacement=False, is_against_infection=False)
    assert texts == {
        "SR26": "On the day of this dose, unit criteria: needs justification (no rule speaks of this use)."
    }


def test_every_profile_has_a_title() -> None:
    assert len({profile_title(profile).text for profile in PROFILE_IDS}) == len(PROFILE_IDS)


def test_nobody_is_called_eligible() -> None:
    words = [
        text for profile in every_profile() for text in (profile.title.en, *(one.title.en for one in profile.rules))
    ]
    words += [text for profile in PROFILE_IDS for text in said(profile, age=None, igg_g_per_l=None).values()]
    assert len(words) > 50
    assert not [text for text in words if "eligib" in text.lower()]
