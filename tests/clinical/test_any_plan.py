"""Whatever regimen, product and patient meet: dates, grams, rates and sums hold, or somebody is told why not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ivigdesk import resources
from ivigdesk.clinical.courses.plan import plan_course
from ivigdesk.clinical.courses.planning import CoursePlan, PlannedInfusion, PlanRequest
from ivigdesk.clinical.patients.conditions import CONDITIONS
from ivigdesk.clinical.patients.known import EarlierDose, KnownFacts
from ivigdesk.clinical.patients.patient import BloodGroup
from ivigdesk.clinical.products.product import Product, RateLadder
from ivigdesk.clinical.products.rate_cards import choose_ladder
from ivigdesk.clinical.tasks.task import plan_tasks
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.scheduling.regimen_file import parse_regimen
from ivigdesk.wording import Wording
from tests.clinical.samples import MONDAY, every_product

REGIMENS = tuple(parse_regimen(path.read_bytes(), path.name) for path in resources.files("regimens", ".toml"))
ENGLISH = Wording("en")
_DAYS = st.integers(-20, 120).map(lambda n: MONDAY + timedelta(days=n))
_GROUPS: tuple[BloodGroup, ...] = ("O", "A", "AB", "unknown")


@st.composite
def requests(draw: st.DrawFn) -> PlanRequest:
    earlier = st.builds(
        EarlierDose,
        on=_DAYS,
        mg_per_kg=st.sampled_from([Decimal(100), Decimal(1000)]),
        product_id=st.sampled_from([one.id for one in every_product()]),
        course_code=st.just("C-000001"),
        is_given=st.booleans(),
    )
    known = KnownFacts(
        transplant_kind=draw(st.sampled_from(["allogeneic", "autologous", "unknown"])),
        conditions=tuple(draw(st.lists(st.sampled_from(CONDITIONS), max_size=3, unique=True))),
        earlier=tuple(sorted(draw(st.lists(earlier, max_size=3)), key=lambda dose: dose.on)),
    )
    return PlanRequest(
        regimen=draw(st.sampled_from(REGIMENS)),
        product=draw(st.sampled_from(every_product())),
        first_on=MONDAY,
        transplant_on=draw(st.none() | st.integers(-10, 60).map(lambda n: MONDAY - timedelta(days=n))),
        weight_g=draw(st.integers(700, 250_000)),
        height_mm=draw(st.none() | st.integers(400, 2100)),
        sex=draw(st.sampled_from(["female", "male", "unknown"])),
        birth_on=draw(st.none() | st.dates(date(1940, 1, 1), MONDAY)),
        policy=draw(st.sampled_from(["actual", "ontario", "nba-2026", "nhs-england"])),
        rounding=draw(st.sampled_from(["nearest", "down", "up", "partial"])),
        first_infusion=draw(st.booleans()),
        antiviral=draw(st.sampled_from(["", "ganciclovir", "foscarnet"])),
        blood_group=draw(st.sampled_from(_GROUPS)),
        donor_blood_group=draw(st.sampled_from(_GROUPS)),
        risks=tuple(draw(st.lists(st.sampled_from(["renal", "thrombosis", "cardiac"]), max_size=2, unique=True))),
        mg_per_kg=draw(st.sampled_from([None, Decimal(300)])),
        known=known,
    )


@settings(deadline=None)
@given(requests())
def test_whatever_is_planned_holds_together_or_is_refused_in_words(request: PlanRequest) -> None:
    plan = plan_or_words(request)
    if isinstance(plan, str):
        assert plan
        assert "{" not in plan
        return
    days = [infusion.calendar.due_on for infusion in plan.infusions]
    assert days == sorted(set(days))
    assert plan.total_mg == sum(infusion.amount.dose_mg for infusion in plan.infusions)
    assert 0 < plan.dosing_weight.kg <= Fraction(request.weight_g, 1000)
    for infusion in plan.infusions:
        grams_hold(plan, infusion)
        rates_hold(plan, infusion)
    sums_hold(plan)
    assert all("{" not in ENGLISH.say(finding.message) and finding.source for finding in plan.all_findings)
    assert all(task.due_to is None or task.due_from <= task.due_to for task in plan_tasks(plan))


def plan_or_words(request: PlanRequest) -> CoursePlan | str:
    try:
        return plan_course(request)
    except (UserMistake, KnownError) as refused:
        return ENGLISH.say_error(refused)


def grams_hold(plan: CoursePlan, infusion: PlannedInfusion) -> None:
    exact, amount = Fraction(infusion.mg_per_kg) * plan.dosing_weight.kg, infusion.amount
    assert sum(vial.mg * vial.count for vial in amount.vials) == amount.dose_mg + amount.discard_mg > 0
    is_far = abs(amount.dose_mg - exact) * 10 > exact
    assert not is_far or {"ROUND-10", "ROUND-PART", "ROUND-SMALL"} & codes(infusion)
    most = plan.request.product.max_mg_per_kg
    assert most is None or amount.dose_mg <= Fraction(most) * plan.dosing_weight.kg or "MAX-KG" in codes(infusion)


def rates_hold(plan: CoursePlan, infusion: PlannedInfusion) -> None:
    """No rate is above the label's fastest, the cap of the small patient or of anybody; the start is the label's."""
    product, kg = plan.request.product, plan.dosing_weight.kg
    ladder = choose_ladder(product, indication=plan.request.regimen.indication, first=infusion.is_first_infusion)
    rows = infusion.rate_card.rows
    assert max(row.ml_per_h for row in rows) <= fastest(product, ladder, kg)
    assert all(one.from_min < next_one.from_min for one, next_one in pairwise(rows))
    assert all(one.ml_per_h < next_one.ml_per_h for one, next_one in pairwise(rows[:-1]))
    assert rows[-1].ml_per_h == 0
    assert rows[-1].ml_total == infusion.amount.volume_ml
    starts_fast = rows[0].ml_per_h > per_hour(ladder.steps[0].rate, ladder, product, kg)
    assert not starts_fast or "RATE-PUMP" in codes(infusion) | {finding.code for finding in plan.findings}


def fastest(product: Product, ladder: RateLadder, kg: Fraction) -> Fraction:
    caps = [per_hour(ladder.steps[-1].rate, ladder, product, kg)]
    if product.absolute_cap_ml_per_h is not None:
        caps.append(Fraction(product.absolute_cap_ml_per_h))
    if ladder.unit == "mL/min" and product.small_patient_cap_mg_per_kg_min is not None:
        caps.append(Fraction(product.small_patient_cap_mg_per_kg_min) * kg * 60 / Fraction(product.g_per_l))
    return min(caps)


def per_hour(rate: Decimal, ladder: RateLadder, product: Product, kg: Fraction) -> Fraction:
    """A label's rate in mL/h, written down once more (FACTS 0.1)."""
    per_mg, strength = Fraction(rate) * kg / Fraction(product.g_per_l), Fraction(rate)
    return {
        "mg/kg/min": per_mg * 60,
        "mg/kg/h": per_mg,
        "mL/kg/h": strength * kg,
        "mL/kg/min": strength * kg * 60,
        "mL/min": strength * 60,
    }[ladder.unit]


def sums_hold(plan: CoursePlan) -> None:
    """T32: SR10 speaks exactly where all doses of the patient near the course reach 2 g/kg and no group is surely O."""
    own = [(infusion.calendar.due_on, infusion.mg_per_kg) for infusion in plan.infusions]
    near = timedelta(days=14)
    others = [
        (dose.on, dose.mg_per_kg)
        for dose in plan.request.known.earlier
        if own[0][0] - near <= dose.on <= own[-1][0] + near
    ]
    groups = {plan.request.blood_group}
    if plan.request.known.transplant_kind != "autologous":
        groups.add(plan.request.donor_blood_group)
    is_reached = sum(mg for _, mg in (*own, *others)) >= 2000
    assert any("SR10" in codes(infusion) for infusion in plan.infusions) is (is_reached and groups != {"O"})


def codes(infusion: PlannedInfusion) -> set[str]:
    return {finding.code for finding in infusion.findings}
