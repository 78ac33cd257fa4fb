"""The regimen as a sentence, in both languages, as a ward would say it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from ivigdesk.messages import Text
from ivigdesk.scheduling.calendar import expand
from ivigdesk.scheduling.choices import choose
from ivigdesk.scheduling.closures import WardDays
from ivigdesk.scheduling.regimen import ListedDose, Regimen
from ivigdesk.scheduling.sentence import regimen_sentence, rule_sentence
from ivigdesk.wording import NO_BREAK, Wording

from .build import listed, phase, pick, regimen, shipped

MONDAY = date(2026, 3, 2)


def said(made: Regimen, language: str = "en", **rest: Any) -> str:
    """The sentence of a course that starts (or has its transplant) on Monday 2 March 2026."""
    is_first_dose_anchored = made.anchor == "first-dose"
    first_on = rest.pop("first_on", MONDAY if is_first_dose_anchored else None)
    transplant_on = None if is_first_dose_anchored else MONDAY
    doses = expand(made, first_on=first_on, transplant_on=transplant_on, **rest)
    return regimen_sentence(made, doses, Wording(language)).replace(NO_BREAK, " ")


def rule(made: Regimen, language: str = "en") -> str:
    return rule_sentence(made, Wording(language)).replace(NO_BREAK, " ")


COURSES = [
    (
        "R01",
        "150 mg/kg on days 1, 3, 5, 7, 9, 11, 13 (7 doses), then weekly on days 15, 22, 29, 36 (4 doses): "
        "11 doses, last on Mon 06 Apr 2026.",
        "150 mg/kg，隔日一次，第1、3、5、7、9、11、13天（7次），"
        "随后每周一次，第15、22、29、36天（4次）；共11次，末次为2026年4月6日 周一。",
    ),
    (
        "R03",
        "400 mg/kg on days 1, 2, 7 (3 doses), then 200 mg/kg on day 14 (1 dose): 4 doses, last on Sun 15 Mar 2026.",
        "400 mg/kg，第1、2、7天（3次），随后200 mg/kg，第14天（1次）；共4次，末次为2026年3月15日 周日。",
    ),
    (
        "R04",
        "150 mg/kg twice weekly on days 1, 4, 8, 11, 15, 18, 22, 25: 8 doses, last on Thu 26 Mar 2026; "
        "then to be reviewed by the prescriber.",
        "150 mg/kg，每周两次，第1、4、8、11、15、18、22、25天；共8次，末次为2026年3月26日 周四；之后须由医师评估。",
    ),
    (
        "R08",
        "400 mg/kg weekly on transplant days −1, +6, +13, …, +97: 15 doses, last on Sun 07 Jun 2026.",
        "400 mg/kg，每周一次，移植第−1、+6、+13、…、+97天；共15次，末次为2026年6月7日 周日。",
    ),
    (
        "R12",
        "400 mg/kg every 4 weeks on days 1, 29, 57, 85, 113, 141: 6 doses, last on Mon 20 Jul 2026; "
        "then to be reviewed by the prescriber.",
        "400 mg/kg，每4周一次，第1、29、57、85、113、141天；共6次，末次为2026年7月20日 周一；之后须由医师评估。",
    ),
    (
        "R18",
        "1000 mg/kg on days 1, 2: 2 doses, last on Tue 03 Mar 2026.",
        "1000 mg/kg，第1、2天；共2次，末次为2026年3月3日 周二。",
    ),
    (
        "R22",
        "400 mg/kg on transplant day −8 (1 dose), then 200 mg/kg on transplant days −1, +7, +14, +21, +28, +35, +42, "
        "+56, +70 (9 doses): 10 doses, last on Mon 11 May 2026.",
        "400 mg/kg，移植第−8天（1次），随后200 mg/kg，移植第−1、+7、+14、+21、+28、+35、+42、+56、+70天（9次）；"
        "共10次，末次为2026年5月11日 周一。",
    ),
    (
        "R23",
        "A dose that the prescriber sets, on transplant days −7, +13, +33, +53, +73, +93: 6 doses, last on "
        "Wed 03 Jun 2026.",
        "剂量由医师确定，移植第−7、+13、+33、+53、+73、+93天；共6次，末次为2026年6月3日 周三。",
    ),
    (
        "R24",
        "1 mL/kg every 2 weeks on transplant days 0, +14, +28, +42, +56, +70: 6 doses, last on Mon 11 May 2026; "
        "then to be reviewed by the prescriber.",
        "1 mL/kg，每2周一次，移植第0、+14、+28、+42、+56、+70天；共6次，末次为2026年5月11日 周一；之后须由医师评估。",
    ),
    (
        "R28",
        "2000 mg/kg divided into equal doses of 400 mg/kg, on days 1, 2, 3, 4, 5: 5 doses, last on Fri 06 Mar 2026.",
        "总量2000 mg/kg，均分为每次400 mg/kg，每日一次，第1、2、3、4、5天；共5次，末次为2026年3月6日 周五。",
    ),
]

RULES = [
    (
        "R01",
        "150 mg/kg every other day for 14 days from day 1 (7 doses), then weekly from day 15, or 20 or 21 as "
        "prescribed (4 doses): 11 doses, 1650 mg/kg in all.",
        "150 mg/kg，隔日一次，自第1天起共14天（7次），"
        "随后每周一次，自第15天（医师也可选20或21）起（4次）；共11次，累计1650 mg/kg。",
    ),
    (
        "R03",
        "400 mg/kg on days 1, 2, 7 (3 doses), then 200 mg/kg on day 14 (1 dose): 4 doses, 1400 mg/kg in all; if the "
        "prescriber asks for it, also 200 mg/kg on day 21.",
        "400 mg/kg，第1、2、7天（3次），随后200 mg/kg，第14天（1次）；"
        "共4次，累计1400 mg/kg；如医师要求，另加200 mg/kg，第21天。",
    ),
    (
        "R06",
        "500 mg/kg weekly from transplant day +7 up to transplant day +100, or +90 as prescribed: "
        "14 doses, 7000 mg/kg in all.",
        "500 mg/kg，每周一次，自移植第+7天起至移植第+100天（医师也可选+90）止；共14次，累计7000 mg/kg。",
    ),
    (
        "R12",
        "400 mg/kg (400 to 500 mg/kg as prescribed) every 4 weeks (or every 3 weeks as prescribed) from day 1, "
        "planned for 6 doses, then to be reviewed by the prescriber.",
        "400 mg/kg（医师可在400~500 mg/kg内选择），每4周一次（医师也可选每3周一次），自第1天起；"
        "先排6次，之后须由医师评估。",
    ),
    (
        "R05",
        "500 mg/kg every other day from day 1 (10 doses), then twice weekly from day 22, or 21 or 23 as prescribed "
        "(8 doses): 18 doses, 9000 mg/kg in all.",
        "500 mg/kg，隔日一次，自第1天起（10次），随后每周两次，自第22天（医师也可选21或23）起（8次）；"
        "共18次，累计9000 mg/kg。",
    ),
    (
        "R19",
        "400 mg/kg daily from day 1 for 5 doses, or 2, 3 or 4 as prescribed: 5 doses, 2000 mg/kg in all.",
        "400 mg/kg，每日一次，自第1天起给予5次（医师也可选2、3或4次）；共5次，累计2000 mg/kg。",
    ),
    (
        "R24",
        "1 mL/kg every 2 weeks (or every 3 weeks as prescribed) from transplant day 0, or any day from −10 to 0 as "
        "prescribed, planned for 6 doses, then to be reviewed by the prescriber.",
        "1 mL/kg，每2周一次（医师也可选每3周一次），自移植第0天（医师也可选−10至0中的任一天）起；"
        "先排6次，之后须由医师评估。",
    ),
    (
        "R26",
        "400 mg/kg on day 1: 1 dose, 400 mg/kg in all; within 6 days of the exposure.",
        "400 mg/kg，第1天；共1次，累计400 mg/kg；须在暴露后6天内给予。",
    ),
    (
        "R28",
        "2000 mg/kg divided into equal doses of 400 mg/kg, daily from day 1 for 5 doses, or 2 or 4 as prescribed: "
        "5 doses, 2000 mg/kg in all.",
        "总量2000 mg/kg，均分为每次400 mg/kg，每日一次，自第1天起给予5次（医师也可选2或4次）；共5次，累计2000 mg/kg。",
    ),
    (
        "R20",
        "150 mg/kg on transplant days 0, +14, +28, +42, +56 (5 doses), then 100 mg/kg on transplant days +84, +112 "
        "(2 doses): 7 doses, 950 mg/kg in all; the first dose may be given up to transplant day +3.",
        "150 mg/kg，移植第0、+14、+28、+42、+56天（5次），随后100 mg/kg，移植第+84、+112天（2次）；"
        "共7次，累计950 mg/kg；"
        "首次最迟可在移植第+3天给予。",
    ),
    (
        "R23",
        "A dose that the prescriber sets, on transplant days −7, +13, +33, +53, +73, +93: 6 doses.",
        "剂量由医师确定，移植第−7、+13、+33、+53、+73、+93天；共6次。",
    ),
]


@pytest.mark.parametrize(("facts", "english", "chinese"), COURSES, ids=[row[0] for row in COURSES])
def test_a_course_is_said_in_both_languages(facts: str, english: str, chinese: str) -> None:
    assert said(shipped(facts)) == english
    assert said(shipped(facts), "zh_CN") == chinese


@pytest.mark.parametrize(("facts", "english", "chinese"), RULES, ids=[row[0] for row in RULES])
def test_a_rule_is_said_in_both_languages(facts: str, english: str, chinese: str) -> None:
    assert rule(shipped(facts)) == english
    assert rule(shipped(facts), "zh_CN") == chinese


def test_the_chosen_weekly_day_is_said() -> None:
    assert "then weekly on days 21, 28, 35, 42 (4 doses)" in said(choose(shipped("R01"), [pick(1, "first_day", 21)]))


def test_what_the_prescriber_picked_is_said() -> None:
    chosen = choose(shipped("R12"), [pick(0, "every_days", 21), pick(0, "mg_per_kg", "437.5")])
    assert said(chosen).startswith("437.5 mg/kg every 3 weeks on days 1, 22, 43, 64, 85, 106: 6 doses, ")
    assert rule(chosen).startswith(
        "437.5 mg/kg (400 to 500 mg/kg as prescribed) every 3 weeks (or every 4 weeks as prescribed) from day 1"
    )
    assert "1000 mg/kg, on days 1, 2: 2 doses" in said(choose(shipped("R28"), [pick(0, "doses", 2)]))


@pytest.mark.parametrize(
    ("every_days", "also", "english", "chinese"),
    [
        (7, (3,), "twice weekly", "每周两次"),
        (7, (2, 4), "3 times a week", "每周3次"),
        (14, (1,), "every 2 weeks and again 1 day later", "每2周一次并于1天后再次给予"),
        (10, (3, 5), "every 10 days and again 3, 5 days later", "每10天一次并于3、5天后再次给予"),
    ],
)
def test_further_doses_in_an_interval_are_said(
    every_days: int, also: tuple[int, ...], english: str, chinese: str
) -> None:
    made = regimen(phase(1, every_days, doses=10, also_after_days=also))
    assert rule(made) == f"400 mg/kg {english} from day 1: 10 doses, 4000 mg/kg in all."
    assert rule(made, "zh_CN") == f"400 mg/kg，{chinese}，自第1天起；共10次，累计4000 mg/kg。"


def test_a_label_in_millilitres_that_ends_has_no_total_in_milligrams() -> None:
    made = regimen(phase(1, 7, None, ml_per_kg=Decimal(1), doses=2), phase(30, 7, None, ml_per_kg=Decimal(1), doses=2))
    assert rule(made) == "1 mL/kg weekly from day 1 (2 doses), then weekly from day 30 (2 doses): 4 doses."


def test_a_whole_amount_in_one_dose_is_not_called_divided() -> None:
    made = regimen(phase(1, 1, None, divided_mg_per_kg=Decimal(2000), doses=1, doses_choices=(1, 2)))
    assert rule(made) == "2000 mg/kg from day 1 for 1 dose, or 2 as prescribed: 1 dose, 2000 mg/kg in all."
    assert said(made) == "2000 mg/kg on day 1: 1 dose, on Mon 02 Mar 2026."


def test_amounts_and_dates_do_not_break_across_lines() -> None:
    doses = expand(shipped("R01"), first_on=MONDAY, transplant_on=None)
    sentence = regimen_sentence(shipped("R01"), doses, Wording("en"))
    assert f"150{NO_BREAK}mg/kg" in sentence
    assert f"Mon{NO_BREAK}06{NO_BREAK}Apr{NO_BREAK}2026" in sentence


@pytest.mark.parametrize(
    ("every_days", "english", "chinese"),
    [
        (1, "daily", "每日一次"),
        (2, "every other day", "隔日一次"),
        (3, "every 3 days", "每3天一次"),
        (7, "weekly", "每周一次"),
        (10, "every 10 days", "每10天一次"),
        (14, "every 2 weeks", "每2周一次"),
        (21, "every 3 weeks", "每3周一次"),
    ],
)
def test_an_interval_has_its_ward_name(every_days: int, english: str, chinese: str) -> None:
    made = regimen(phase(1, every_days, doses=10))
    assert rule(made) == f"400 mg/kg {english} from day 1: 10 doses, 4000 mg/kg in all."
    assert f"400 mg/kg，{chinese}，" in rule(made, "zh_CN")
    assert f"400 mg/kg {english} on days 1, {1 + every_days}, " in said(made)
    assert f"400 mg/kg，{chinese}，" in said(made, "zh_CN")


def test_one_dose_is_said_in_the_singular() -> None:
    made = regimen(phase(1, 7, doses=1))
    assert said(made) == "400 mg/kg on day 1: 1 dose, on Mon 02 Mar 2026."
    assert said(made, "zh_CN") == "400 mg/kg，第1天；共1次，日期为2026年3月2日 周一。"
    assert rule(made) == "400 mg/kg on day 1: 1 dose, 400 mg/kg in all."


def test_a_window_of_one_day_is_said_in_the_singular() -> None:
    made = regimen(phase(-1, 2, for_days=1, first_day_choices=(-1, 0)), anchor="transplant")
    assert rule(made) == ("400 mg/kg for 1 day from transplant day −1, or 0 as prescribed: 1 dose, 400 mg/kg in all.")


def test_a_phase_with_another_dose_says_its_dose() -> None:
    made = regimen(phase(1, 1, 400, doses=2), phase(8, 7, 200, doses=2), phase(30, 7, 200, doses=1))
    assert said(made) == (
        "400 mg/kg on days 1, 2 (2 doses), then 200 mg/kg weekly on days 8, 15 (2 doses), "
        "then 200 mg/kg on day 30 (1 dose): 5 doses, last on Tue 31 Mar 2026."
    )
    assert rule(made) == (
        "400 mg/kg daily from day 1 (2 doses), then 200 mg/kg weekly from day 8 (2 doses), "
        "then 200 mg/kg on day 30 (1 dose): 5 doses, 1400 mg/kg in all."
    )


def test_an_odd_amount_keeps_its_decimals() -> None:
    assert said(regimen(phase(1, 7, "0.5", doses=1))).startswith("0.5 mg/kg on day 1")


def test_a_long_uneven_list_is_said_in_full() -> None:
    days = (1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16)
    assert ", ".join(str(day) for day in days) in said(regimen(doses=listed(*days)))


def test_an_optional_dose_that_is_given_is_said_with_the_others() -> None:
    assert "then 200 mg/kg on days 14, 21 (2 doses): 5 doses" in said(shipped("R03"), include_optional=True)


def test_doses_without_an_amount_stand_beside_those_with_one() -> None:
    made = regimen(doses=(ListedDose(day=1, mg_per_kg=Decimal(100)), ListedDose(day=2)))
    assert said(made) == (
        "100 mg/kg on day 1 (1 dose), then a dose that the prescriber sets, on day 2 (1 dose): 2 doses, last on "
        "Tue 03 Mar 2026."
    )


def test_what_closed_days_moved_is_said() -> None:
    closed = WardDays(closed_on=(date(2026, 3, 9), date(2026, 3, 16)), policy="later")
    made = regimen(phase(1, 7, doses=3))
    assert said(made, ward_days=closed) == (
        "400 mg/kg weekly on days 1, 9, 16: 3 doses, last on Tue 17 Mar 2026; 2 moved because the ward is closed."
    )
    assert said(made, "zh_CN", ward_days=closed).endswith("；其中2次因病区不开放而移动。")


def test_a_course_begun_late_says_only_what_is_left() -> None:
    assert said(shipped("R06"), first_on=date(2026, 5, 30)).startswith("500 mg/kg weekly on transplant days +91, +98: ")


def test_names_with_braces_do_no_harm() -> None:
    made = regimen(phase(1, 7, doses=2))
    assert said(made) == said(regimen(phase(1, 7, doses=2), note=Text(en="{said}", zh_CN="{n}")))


def test_a_course_whose_doses_are_all_ceased_says_so() -> None:
    assert regimen_sentence(shipped("R01"), (), Wording("en")) == "No dose is left."
    assert regimen_sentence(shipped("R01"), (), Wording("zh_CN")) == "已无剩余给药。"


def test_a_course_of_which_some_doses_are_left_says_those() -> None:
    doses = expand(shipped("R01"), first_on=MONDAY, transplant_on=None)[7:]
    assert regimen_sentence(shipped("R01"), doses, Wording("en")).replace(NO_BREAK, " ") == (
        "150 mg/kg weekly on days 15, 22, 29, 36: 4 doses, last on Mon 06 Apr 2026."
    )


def test_after_an_omitted_an_added_or_a_moved_dose_the_days_are_said_and_no_rhythm() -> None:
    doses = expand(shipped("R01"), first_on=MONDAY, transplant_on=None)
    without = (*doses[:8], *doses[9:])
    assert regimen_sentence(shipped("R01"), without, Wording("en")).replace(NO_BREAK, " ") == (
        "150 mg/kg on days 1, 3, 5, 7, 9, 11, 13 (7 doses), then 150 mg/kg on days 15, 29, 36 (3 doses): "
        "10 doses, last on Mon 06 Apr 2026."
    )
    assert "每周一次" not in regimen_sentence(shipped("R01"), without, Wording("zh_CN"))
    moved = tuple(
        replace(dose, course_day=dose.course_day + 3, due_on=dose.due_on + timedelta(3)) if dose.number == 9 else dose
        for dose in doses
    )
    assert "weekly" not in regimen_sentence(shipped("R01"), moved, Wording("en"))


def test_a_move_within_the_tolerance_keeps_the_rhythm() -> None:
    doses = expand(shipped("R01"), first_on=MONDAY, transplant_on=None)
    moved = tuple(
        replace(dose, course_day=dose.course_day + 1, due_on=dose.due_on + timedelta(1)) if dose.number == 9 else dose
        for dose in doses
    )
    assert "weekly on days 15, 23, 29, 36" in regimen_sentence(shipped("R01"), moved, Wording("en"))
