"""Courses whose calendar was changed: postponed, switched to another product with a dose added, held, corrected."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from ivigdesk.actions.printing.print_sheets import course_sentence
from ivigdesk.clinical.courses.course import Course, Dose, Revision
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.doses.dosing import VialCount
from ivigdesk.clinical.products.product import Vial
from ivigdesk.clinical.products.rates import RateCard, RateRow
from ivigdesk.messages import Text
from ivigdesk.sheets.values import PlanSheet
from ivigdesk.wording import Wording

from .conftest import PRODUCT, TRANSPLANT_ON, ZONE, a_course, a_given_infusion, a_plan_sheet, a_view, replace

TEN_PERCENT = replace(
    PRODUCT,
    id="liquid-10",
    title=Text(en="Immunoglobulin 10 %, liquid", zh_CN="人免疫球蛋白10%（液体）"),
    short_title=Text(en="Liquid 10 %", zh_CN="液体10%"),
    g_per_l=Decimal(100),
    vials=(Vial(mg=2500, ml=Decimal(25)), Vial(mg=10000, ml=Decimal(100))),
    sugar="none",
    stabiliser=Text(en="proline", zh_CN="脯氨酸"),
    dilution=None,
    line_filter=None,
)
SLOW_CARD = RateCard(
    ladder="first",
    rows=(
        RateRow(from_min=Decimal(0), ml_per_h=Decimal(25), ml_total=Decimal(0)),
        RateRow(from_min=Decimal(30), ml_per_h=Decimal(100), ml_total=Decimal("12.5")),
        RateRow(from_min=Decimal("97.5"), ml_per_h=Decimal(0), ml_total=Decimal(125)),
    ),
    volume_ml=Decimal(125),
    duration_min=Decimal("97.5"),
    max_ml_per_h=Decimal(100),
)
LATER_CARD = RateCard(
    ladder="any",
    rows=(
        RateRow(from_min=Decimal(0), ml_per_h=Decimal(50), ml_total=Decimal(0)),
        RateRow(from_min=Decimal(15), ml_per_h=Decimal(150), ml_total=Decimal("12.5")),
        RateRow(from_min=Decimal(60), ml_per_h=Decimal(0), ml_total=Decimal(125)),
    ),
    volume_ml=Decimal(125),
    duration_min=Decimal(60),
    max_ml_per_h=Decimal(150),
)


def moved(dose: Dose, days: int, reason: str) -> Dose:
    """Return the dose some days later."""
    due_on = dose.due_on + timedelta(days)
    return replace(
        dose,
        due_on=due_on,
        course_day=dose.course_day + days,
        transplant_day=(due_on - TRANSPLANT_ON).days,
        reason=reason,
    )


def revision(number: int, doses: tuple[Dose, ...], reason: str, verb: str = "", **more: object) -> Revision:
    """Return a revision of the CMV course, made by S. Kaur on a morning of its own."""
    return Revision(
        id=UUID(int=50 + number),
        course_id=a_course().id,
        number=number,
        doses=tuple(sorted(doses, key=lambda dose: dose.number)),
        reason=reason,
        nurse="S. Kaur" if number > 1 else "A. Wong",
        at=datetime(2026, 3, number, 9, 30, tzinfo=ZONE),
        verb=verb,
        **more,  # type: ignore[arg-type]
    )


def changed(doses: tuple[Dose, ...], *numbers: int, **changes: object) -> tuple[Dose, ...]:
    """Return the doses with those of these numbers changed."""
    return tuple(replace(dose, **changes) if dose.number in numbers else dose for dose in doses)


def sheet_of(
    revisions: tuple[Revision, ...], language: str, shown: int = 0, course: Course | None = None, **more: object
) -> PlanSheet:
    """Return the plan of the CMV course at revision `shown`, the last one when 0."""
    at = revisions[shown - 1]
    course = replace(course or a_course(), revision=at)
    view = a_view(course, newest_revision=len(revisions), **more)  # type: ignore[arg-type]
    return replace(
        a_plan_sheet(view, language),
        regimen_sentence=course_sentence(view, Wording(language)),
        revisions=revisions[: at.number],
    )


def postponed() -> tuple[Revision, ...]:
    """Return two revisions: the second moves dose 9 and all after it by two days."""
    first = a_course().doses
    later = tuple(
        moved(dose, 2, "line infection, antibiotics until Wed") if dose.number >= 9 else dose for dose in first
    )
    return revision(1, first, "first plan"), revision(2, later, "line infection, antibiotics until Wed", "postpone")


def switched() -> tuple[Revision, ...]:
    """Return three revisions: from dose 5 on another product, then a dose added between 9 and 10."""
    first = a_course().doses
    vials = (VialCount(mg=10000, ml=Decimal(100), count=1), VialCount(mg=2500, ml=Decimal(25), count=1))
    reason = "no IVIG pH4 left in the pharmacy"
    new = {"product": TEN_PERCENT, "volume_ml": Decimal(125), "vials": vials, "reason": reason}
    second = changed(first, *range(6, 12), rate_card=LATER_CARD, **new)
    second = changed(second, 5, rate_card=SLOW_CARD, is_first_infusion=True, **new)
    extra = replace(
        moved(second[8], 3, "IgG still low"),
        id=UUID(int=112),
        number=12,
        planned_on=date(2026, 3, 26),
        is_extra=True,
        findings=(),
    )
    return (
        revision(1, first, "first plan"),
        revision(2, second, reason, "product", approved_by="Dr S. Kim, 4471"),
        revision(3, (*second, extra), "IgG still low", "add", approved_by="Dr M. Okafor"),
    )


def held(language: str) -> PlanSheet:
    """Return the plan after a grave reaction to dose 1: the others wait; dose 2 was recorded by mistake."""
    first = a_course().doses
    grave = "Headache / 头痛, grade 3"
    second = changed(first, *range(2, 12), state="held", reason=grave, needs_release=True)
    third = changed(second, 2, is_error=True, state="planned", reason="recorded at the wrong patient")
    instead = replace(second[1], id=UUID(int=113), number=12, replaces=first[1].id)
    infusion, headache = a_given_infusion()
    headache = replace(headache, grade=3)
    wrong, _none = a_given_infusion(2)
    revisions = (
        revision(1, first, "first plan"),
        revision(2, second, grave, "reaction"),
        revision(3, (*third, instead), "recorded at the wrong patient", "error", approved_by="Dr S. Kim, 4471"),
    )
    return sheet_of(revisions, language, infusions=(infusion, wrong), effects=(headache,), day=date(2026, 3, 5))


def corrected_view() -> CourseView:
    """Return the course of `held` as it stands."""
    return held("en").view
