"""What the plan says beside dates and grams: criteria, picks, tests, grams kept, who accepted what, and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.ledger import Ledger, ledger_of
from ivigdesk.clinical.eligibility.criteria import Criteria, Outcome
from ivigdesk.clinical.patients.known import Stated
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.messages import Text, message
from ivigdesk.sheets.bedside_sheet import draw_bedside
from ivigdesk.sheets.plan_sheet import draw_plan
from ivigdesk.sheets.values import PlanSheet, TraceLine, TraceSection
from ivigdesk.wording import Wording

from . import golden
from .conftest import FIRST_ON, REGIMEN, a_bedside_sheet, a_course, a_given_infusion, a_plan_sheet, a_view, replace

CMS = Text(en="Medicare coverage", zh_CN="Medicare支付范围")


def looked_at(*, is_payment: bool = False) -> Course:
    """Return the course with its last two doses outside the criteria."""
    course = a_course()

    def said(number: int) -> Criteria:
        outcome: Outcome = "met" if number < 10 else "needs_justification"
        return Criteria(profile="cms", outcome=outcome, rules=(), is_payment=is_payment)

    doses = tuple(replace(dose, criteria=said(dose.number)) for dose in course.doses)
    return replace(course, profile="cms", revision=replace(course.revision, doses=doses))


def text_of(sheet: PlanSheet, wording: Wording) -> str:
    return " ".join("\n".join(golden.page_texts(draw_plan(sheet, wording))).split())


def test_the_plan_says_which_doses_meet_the_criteria(english: Wording) -> None:
    sheet = replace(a_plan_sheet(a_view(looked_at())), criteria_title=CMS)
    text = text_of(sheet, english)
    assert "Medicare coverage: criteria met: doses 1–9; needs justification: doses 10–11" in text
    assert "eligible" not in text


def test_a_rule_about_who_pays_says_that_it_is_one(english: Wording) -> None:
    sheet = replace(a_plan_sheet(a_view(looked_at(is_payment=True))), criteria_title=CMS)
    assert "Medicare coverage (payment rule, not a medical one):" in text_of(sheet, english)


def test_who_accepted_the_findings_is_printed_with_the_reason(english: Wording) -> None:
    course = replace(
        a_course(), override_reason="septic, no other choice", override_by="Dr S. Kim", policy_reason="ascites"
    )
    text = text_of(a_plan_sheet(a_view(course)), english)
    assert "Accepted in spite of findings: by Dr S. Kim: septic, no other choice" in text
    assert "Why this weight policy: ascites" in text


def test_what_the_prescriber_stated_for_the_criteria_is_printed_with_its_question(english: Wording) -> None:
    stated = (Stated(fact="antibody_failure", is_so=False), Stated(fact="antimicrobials_ineffective", is_so=True))
    sheet = a_plan_sheet(a_view(replace(looked_at(), stated=stated)))
    assert (
        "Stated by the prescriber: Was antimicrobial treatment ineffective? Yes; "
        "Did IgG against pneumococcal vaccines rise less than twofold? No"
    ) in text_of(sheet, english)


def test_nothing_stated_takes_no_line(english: Wording) -> None:
    assert "Stated by" not in text_of(a_plan_sheet(a_view(looked_at())), english)


def test_every_pick_of_the_prescriber_is_printed_with_what_was_open(english: Wording) -> None:
    first, weekly = REGIMEN.phases
    regimen = replace(
        REGIMEN,
        phases=(
            replace(first, mg_per_kg_range=(Decimal(100), Decimal(200))),
            replace(weekly, every_days_choices=(7, 14), doses_choices=(3, 4)),
        ),
    )
    text = text_of(a_plan_sheet(a_view(replace(a_course(), regimen=regimen))), english)
    assert "Alternate days: 150 mg/kg (prescriber's choice; the source leaves 100 to 200 mg/kg open)." in text
    assert "Weekly: every 7 days (prescriber's choice; the source leaves 7 or 14 open)." in text
    assert "Weekly: 4 doses (prescriber's choice; the source leaves 3 or 4 open)." in text


def creatinine(number: int, due_on: date, *, is_done: bool = False) -> Task:
    return Task(
        code="SR05",
        kind="laboratory",
        what=message("Creatinine before dose {number}", number=number),
        each=message("Creatinine before doses {numbers}"),
        due_from=due_on,
        due_to=due_on,
        source="S33",
        dose_number=number,
        test="creatinine",
        is_done=is_done,
    )


def test_the_same_test_before_several_doses_is_one_line_with_their_numbers(english: Wording) -> None:
    first = creatinine(1, FIRST_ON, is_done=True)
    tasks = (first, *(creatinine(number, date(2026, 3, 2 * number)) for number in (2, 3, 4)))
    text = text_of(replace(a_plan_sheet(), tasks=tasks), english)
    assert "Creatinine before doses 1–4 4 times, Mon 02 Mar to Sun 08 Mar 1 of 4 done" in text


def test_one_test_says_its_own_days_and_vaccines_stand_apart(english: Wording) -> None:
    late = replace(creatinine(2, date(2026, 3, 4)), due_to=date(2026, 3, 6))
    vaccine = Task(
        code="SR13",
        kind="vaccine",
        what=message("Live vaccines may be thought of"),
        due_from=date(2027, 12, 20),
        due_to=None,
        source="S44",
    )
    text = text_of(replace(a_plan_sheet(), tasks=(late, vaccine)), english)
    assert "Creatinine before dose 2 Wed 04 Mar to Fri 06 Mar" in text
    assert text.count("Live vaccines may be thought of") == 1
    assert "Vaccines: Live vaccines may be thought of" in text


def test_the_grams_of_a_course_are_kept_against_the_approval(english: Wording) -> None:
    infusion, _effect = a_given_infusion()
    view = a_view(replace(a_course(), approved_mg=100_000), infusions=(infusion,))
    text = text_of(replace(a_plan_sheet(view), ledger=ledger_of(view)), english)
    assert "given 12.5 g, discarded 0 g, still to come 125 g; MORE than the 100 g approved, by 37.5 g" in text
    assert "Grams approved 100 g" in text


def test_without_an_approval_the_grams_are_kept_all_the_same(english: Wording) -> None:
    view = a_view()
    kept: Ledger = ledger_of(view)
    text = text_of(replace(a_plan_sheet(view), ledger=kept), english)
    assert "Grams: ordered 139.59 g, rounded 137.5 g; given 0 g, discarded 0 g, still to come 137.5 g" in text
    assert "approved," not in text


def test_the_reasons_stand_on_pages_of_their_own_with_their_sources(wording: Wording) -> None:
    every = tuple(range(1, 12))
    trace = (
        TraceSection(
            title="Why this amount",
            lines=(
                TraceLine(text="150 mg/kg × 84.6 kg = 12690 mg", numbers=every, source="the guideline"),
                TraceLine(text="12690 mg → 12500 mg", numbers=(1, 2, 3, 7)),
                TraceLine(text="again", numbers=every, source="the guideline"),
            ),
        ),
    )
    plain = golden.page_texts(draw_plan(a_plan_sheet(language=wording.language), wording))
    pages = golden.page_texts(draw_plan(replace(a_plan_sheet(language=wording.language), trace=trace), wording))
    assert len(pages) == len(plain) + 1
    assert "150 mg/kg × 84.6 kg = 12690 mg (1)" in pages[-1]
    assert "again (1)" in pages[-1]
    assert pages[-1].count("the guideline") == 1
    assert "1–3" in pages[-1]
    assert all("12690 mg → 12500 mg" not in page for page in pages[:-1])


def test_the_bedside_sheet_says_what_to_draw_before_and_after_this_dose(english: Wording) -> None:
    before = Task(
        code="SR15",
        kind="sample",
        what=message("Draw galactomannan before the infusion"),
        due_from=FIRST_ON,
        due_to=FIRST_ON,
        source="S45",
        dose_number=1,
    )
    after = msgspec.structs.replace(
        before, what=message("Haemoglobin"), due_from=date(2026, 3, 7), due_to=date(2026, 3, 12), code="SR10"
    )
    text = " ".join(
        "\n".join(golden.page_texts(draw_bedside(replace(a_bedside_sheet(), tasks=(before, after)), english))).split()
    )
    assert (
        text.index("1 Before starting") < text.index("Draw galactomannan before the infusion") < text.index("2 Vials")
    )
    assert "Tests and checks after this dose: Haemoglobin (" in text
