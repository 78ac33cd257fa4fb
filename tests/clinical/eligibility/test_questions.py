"""What criteria ask of the prescriber is asked in words, once, and only where an answer would change something."""

from __future__ import annotations

import pytest

from ivigdesk.clinical.eligibility.asked import FACT_NAMES, STATED, fact_name, question
from ivigdesk.clinical.eligibility.questions import answers_in_words, asked_in, missing_in
from ivigdesk.clinical.patients.known import Stated
from ivigdesk.wording import Wording
from tests.clinical.eligibility.build import every_profile, judged, shipped


def test_every_fact_that_is_stated_has_a_question_and_a_name_of_its_own() -> None:
    """What is missing is told by its name: two facts of one name could not be told apart."""
    words = Wording("en")
    questions = [words.say(question(fact)) for fact in STATED]
    assert len(set(questions)) == len(STATED)
    assert all(one.endswith("?") and "eligible" not in one for one in questions)
    names = [fact_name(fact).text for fact in FACT_NAMES]
    assert [names.count(fact_name(fact).text) for fact in STATED] == [1] * len(STATED)


def test_every_fact_that_is_stated_is_asked_by_some_criteria() -> None:
    assert {fact for one in every_profile() for fact in asked_in(one)} == set(STATED)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("cms", ()),
        ("au", ("igg_below_lower_limit",)),
        ("eu-label", ("antimicrobials_ineffective", "antibody_failure")),
    ],
)
def test_criteria_ask_no_more_than_their_rules_name(name: str, asked: tuple[str, ...]) -> None:
    assert asked_in(shipped(name)) == asked


def test_without_criteria_nothing_is_asked() -> None:
    assert asked_in(None) == ()
    assert missing_in([None]) == ()


def test_what_would_change_nothing_is_not_asked() -> None:
    open_facts = {"antimicrobials_ineffective": None, "antibody_failure": None}
    well = judged("eu-label", **open_facts)
    assert missing_in([well]) == (), "there was no severe or recurrent infection"
    infected = judged("eu-label", had_severe_or_recurrent_infection=True, **open_facts)
    assert missing_in([well, infected]) == ("antimicrobials_ineffective", "antibody_failure")
    refuted = {**open_facts, "antimicrobials_ineffective": False}
    assert missing_in([judged("eu-label", had_severe_or_recurrent_infection=True, **refuted)]) == ()


def test_answers_are_said_with_their_questions_in_one_order() -> None:
    given = (Stated(fact="antibody_failure", is_so=False), Stated(fact="igg_below_lower_limit", is_so=True))
    said = [Wording("en").say(one) for one in answers_in_words(given)]
    assert said == [
        "Is IgG below the laboratory's lower limit for the age? Yes",
        "Did IgG against pneumococcal vaccines rise less than twofold? No",
    ]
