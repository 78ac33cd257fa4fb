"""A regimen that makes no calendar is refused with file, key, reason and what is allowed."""

from __future__ import annotations

import pytest

from .texts import HEAD, LIST, PHASE, SECOND, TRANSPLANT, refusal

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
