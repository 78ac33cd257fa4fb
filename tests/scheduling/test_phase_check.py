"""Amounts, intervals, values to pick from and stop rules that cannot be used, each with its sentence."""

from __future__ import annotations

import pytest

from .texts import DIVIDED, HEAD, NO_AMOUNT, OPEN, PHASE, RANGE, RULE, SECOND, TRANSPLANT, refusal

MEANING = [
    (
        TRANSPLANT + "first_dose_window = [1, 3]\n" + PHASE + "first_day_choices = [1, 2]\n",
        "first_dose_window: The first dose has a window, but its phase leaves days open. Allowed: either a window or",
    ),
    (
        HEAD + NO_AMOUNT,
        "phases[0].mg_per_kg: The phase has no amount. Allowed: exactly one of mg_per_kg, ml_per_kg and "
        "divided_mg_per_kg.",
    ),
    (HEAD + PHASE + "ml_per_kg = 1\n", "phases[0].ml_per_kg: The phase has more than one amount."),
    (HEAD + DIVIDED + "ml_per_kg = 1\n", "phases[0].divided_mg_per_kg: The phase has more than one amount."),
    (
        HEAD + NO_AMOUNT + "ml_per_kg = 31\n",
        "phases[0].ml_per_kg: “31” cannot be used. Allowed: a number from 0.001 to 30, in mL/kg.",
    ),
    (HEAD + NO_AMOUNT + "ml_per_kg = nan\n", "phases[0].ml_per_kg: “NaN” cannot be used."),
    (HEAD + NO_AMOUNT + "divided_mg_per_kg = 0\n", "phases[0].divided_mg_per_kg: “0” cannot be used."),
    (
        HEAD + PHASE + "mg_per_kg_range = [500, 400]\n",
        "phases[0].mg_per_kg_range: The range goes from 500 to 400. Allowed: the smaller amount first, then a larger",
    ),
    (HEAD + PHASE + "mg_per_kg_range = [400, 400]\n", "phases[0].mg_per_kg_range: The range goes from 400 to 400."),
    (HEAD + PHASE + "mg_per_kg_range = [0, 400]\n", "phases[0].mg_per_kg_range[0]: “0” cannot be used."),
    (HEAD + "max_mg_per_kg = 450\n" + PHASE + RANGE, "phases[0].mg_per_kg_range[1]: “500” cannot be used."),
    (
        HEAD + PHASE.replace("= 400", "= 399") + RANGE,
        "phases[0].mg_per_kg: “399” cannot be used. Allowed: a number from 400 to 500;",
    ),
    (
        HEAD + DIVIDED + RANGE,
        "phases[0].mg_per_kg_range: The phase has a range, but no amount to propose. Allowed: mg_per_kg beside it",
    ),
    (
        HEAD + DIVIDED.replace("doses = 4", "doses = 3"),
        "phases[0].doses: “3” cannot be used. Allowed: a number of doses that divides 2000 without remainder.",
    ),
    (HEAD + DIVIDED + "doses_choices = [2, 3, 4]\n", "phases[0].doses_choices[1]: “3” cannot be used."),
    (
        HEAD + DIVIDED.replace("doses = 4", "for_days = 4"),
        "phases[0].divided_mg_per_kg: An amount is divided, but by no number of doses. Allowed: doses beside it.",
    ),
    (
        HEAD + "max_mg_per_kg = 400\n" + DIVIDED,
        "phases[0].divided_mg_per_kg: “500” cannot be used. Allowed: a number from 0.001 to 400;",
    ),
    (
        HEAD + PHASE + "also_after_days = [7]\n",
        "phases[0].also_after_days[0]: “7” cannot be used. Allowed: a number of days from 1 up, and below every_days",
    ),
    (HEAD + PHASE + "also_after_days = [0]\n", "phases[0].also_after_days[0]: “0” cannot be used."),
    (
        HEAD + PHASE + "also_after_days = [3, 3]\n",
        "phases[0].also_after_days[1]: “3” cannot be used. Allowed: each day once, ascending.",
    ),
    (
        HEAD + PHASE + "every_days_choices = [3, 7]\nalso_after_days = [3]\n",
        "phases[0].also_after_days[0]: “3” cannot be used. "
        "Allowed: a number of days from 1 up, and below every_days, 3.",
    ),
    (
        HEAD + PHASE + "every_days_choices = [3, 7]\ntolerance_days = 3\n",
        "phases[0].tolerance_days: “3” cannot be used. Allowed: a whole number from 0 to 2.",
    ),
    (HEAD + PHASE + "every_days_choices = [21, 28]\n", "phases[0].every_days: “7” cannot be used. Allowed: 21, 28."),
    (HEAD + PHASE + "every_days_choices = [-7, 7]\n", "phases[0].every_days_choices[0]: “-7” cannot be used."),
    (HEAD + PHASE + "doses_choices = [2, 3]\n", "phases[0].doses: “4” cannot be used. Allowed: 2, 3."),
    (HEAD + PHASE + "doses_choices = [0, 4]\n", "phases[0].doses_choices[0]: “0” cannot be used."),
    (
        HEAD + PHASE + "last_day_choices = [22, 29]\n",
        "phases[0].last_day_choices: There are values to pick from, but none to propose. Allowed: last_day beside it",
    ),
    (
        HEAD + PHASE.replace("doses = 4", "last_day = 30\nlast_day_choices = [0, 30]"),
        "phases[0].last_day_choices[0]: “0” cannot be used. Allowed: a whole number from 1 to 3650.",
    ),
    (
        HEAD + PHASE + f"doses_choices = {list(range(1, 16))}\n",
        "phases[0].doses_choices: “15” cannot be used. Allowed: up to 14 values.",
    ),
    (
        HEAD + PHASE + "doses_choices = [4, 5]\n" + SECOND,
        "phases[1].first_day: Day 29 is not after the dose before it. Allowed: a day after 29.",
    ),
    (
        HEAD + PHASE + "every_days_choices = [7, 14]\n" + SECOND,
        "phases[1].first_day: Day 29 is not after the dose before it. Allowed: a day after 43.",
    ),
    (
        HEAD + "review_after_doses = 5\n" + PHASE + "doses_choices = [4, 5]\n" + OPEN.replace("= 1\n", "= 50\n"),
        "review_after_doses: “5” cannot be used. Allowed: a whole number from 6 to 400.",
    ),
    (HEAD + RULE + PHASE, "stop_rule: The regimen has a stop rule, but it ends by itself. Allowed: a stop rule only"),
    (HEAD + "review_after_doses = 6\n" + RULE.replace('"s10"', '" "') + OPEN, "stop_rule.source: The text is empty."),
    (HEAD + "review_after_doses = 6\n" + RULE.replace("规则", "") + OPEN, "stop_rule.text.zh_CN: The text is empty."),
    (
        HEAD + "review_after_doses = 6\n" + RULE.replace("4.5", "400") + OPEN,
        "stop_rule.igg_trough_g_per_l: “400” cannot be used. Allowed: a number above 0 and up to 40, in g/L; 4 stands",
    ),
    (
        HEAD + "review_after_doses = 6\n" + RULE + "target_igg_g_per_l = 0\n" + OPEN,
        "stop_rule.target_igg_g_per_l: “0” cannot be used.",
    ),
    (HEAD + "review_after_doses = 6\n" + RULE + "troughs = 0\n" + OPEN, "stop_rule.troughs: “0” cannot be used."),
    (
        HEAD + "exposure_within_days = 0\n" + PHASE,
        "exposure_within_days: “0” cannot be used. Allowed: a whole number from 1 to 30.",
    ),
    (HEAD + 'caution = { en = "c", zh_CN = " " }\n' + PHASE, "caution.zh_CN: The text is empty."),
]


@pytest.mark.parametrize(("text", "sentence"), MEANING, ids=[sentence[:50] for _, sentence in MEANING])
def test_an_amount_or_a_choice_that_cannot_be_used_is_refused_with_key_and_reason(text: str, sentence: str) -> None:
    assert f"own.toml, {sentence}" in refusal(text)
