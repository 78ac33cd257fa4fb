"""Every regimen for every real child: planned or refused in words, and nothing found that does not say why."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest

from ivigdesk.actions.courses.plan_course import PlanForm, Proposal, confirm, propose
from ivigdesk.actions.desk import Desk, add_nurse, open_desk, sign_in
from ivigdesk.actions.patients.import_patients import import_patients
from ivigdesk.actions.printing.print_sheets import plan_sheet
from ivigdesk.clinical.courses.planning import CoursePlan, PlannedInfusion, PlanRequest
from ivigdesk.clinical.eligibility.criteria import PROFILE_IDS
from ivigdesk.clinical.eligibility.facts import criteria_on
from ivigdesk.clinical.findings import Finding
from ivigdesk.clinical.patients.patient import Patient, age_on
from ivigdesk.clinical.products.product import Product
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake, WordedError
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.wording import Wording
from tests.conftest import FIRST_MORNING
from tests.journeys.real import REAL, needs_real_children

pytestmark = needs_real_children

# The table holds no dates: every child is given one day 0, ten days before the ward's today.
DAY_0 = date(2026, 2, 20)
NEXT_MONTH = date(2026, 3, 2)
ADULT_FOR_CMS = 20
MOST_PERCENT = 10
LIGHT_G = 12_000
_PLACE = re.compile(r"\{[a-z_]+\}")
_SPEEDS: dict[str, Callable[[Fraction, Fraction, Fraction], Fraction]] = {
    "mL/min": lambda rate, _kg, _g_per_l: rate * 60,
    "mL/kg/h": lambda rate, kg, _g_per_l: rate * kg,
    "mL/kg/min": lambda rate, kg, _g_per_l: rate * kg * 60,
    "mg/kg/min": lambda rate, kg, g_per_l: rate * kg * 60 / g_per_l,
    "mg/kg/h": lambda rate, kg, g_per_l: rate * kg / g_per_l,
}


class Walk:
    """What came of planning every regimen for every child, product and criteria taken in turn.

    Attributes:
        planned: how many courses were computed.
        refused: children by the field that was refused, and every refusal once.
        pairs: regimens and products that were planned together.
        faults: what is wrong with a plan, by what was looked at.
        findings: every finding once, by code and English words.
        outcomes: how often each criteria said what.
    """

    def __init__(self) -> None:
        self.planned = 0
        self.refused: dict[str, set[str]] = defaultdict(set)
        self.refusals: dict[str, WordedError] = {}
        self.pairs: set[tuple[str, str]] = set()
        self.faults: dict[str, list[str]] = defaultdict(list)
        self.findings: dict[tuple[str, str], Finding] = {}
        self.outcomes: Counter[tuple[str, str]] = Counter()


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A ward with all the children in it, each with a day 0."""
    desk = open_desk(tmp_path_factory.mktemp("real"), SetClock(FIRST_MORNING))
    add_nurse(desk, "A. Wong")
    sign_in(desk, "A. Wong")
    taken = import_patients(desk, REAL, as_of="2026-03-01")
    with desk.ward.changing(nurse="A. Wong", at=desk.clock.now(), action="test") as change:
        for patient in taken.patients:
            change.add(msgspec.structs.replace(patient, transplant_on=DAY_0))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def children(ward: Desk) -> tuple[Patient, ...]:
    return tuple(sorted(ward.ward.patients(), key=lambda one: one.record_number))


def plannable(ward: Desk, regimen: Regimen) -> list[Product]:
    """Return the products that nothing has to be confirmed about; of CMV for a regimen in millilitres of it."""
    found = [product for product in ward.library.products() if product.to_confirm is None]
    in_ml = any(phase.ml_per_kg is not None for phase in regimen.phases)
    return [one for one in found if one.immunoglobulin == "cmv"] if in_ml else found


def form(patient: Patient, regimen: Regimen, product: Product, profile: str) -> PlanForm:
    states_none = any(dose.mg_per_kg is None for dose in regimen.doses)
    return PlanForm(
        patient_id=patient.id,
        regimen_id=regimen.id,
        product_id=product.id,
        first_on="" if regimen.anchor == "transplant" else "t",
        mg_per_kg="200" if states_none else "",
        antiviral="ganciclovir" if "antiviral" in regimen.requires else "",
        prescriber="Dr S. Kim",
        profile=profile,
    )


@pytest.fixture(scope="module")
def walk(ward: Desk, children: tuple[Patient, ...]) -> Walk:
    """Plan all of it once; each test then reads what it looks at."""
    seen = Walk()
    regimens = ward.library.regimens()
    products = {regimen.id: plannable(ward, regimen) for regimen in regimens}
    for row, patient in enumerate(children):
        for column, regimen in enumerate(regimens):
            offered = products[regimen.id]
            product = offered[(row + column) % len(offered)]
            profile = PROFILE_IDS[(row + column) % len(PROFILE_IDS)]
            try:
                proposal = propose(ward, form(patient, regimen, product, profile))
            except (UserMistake, KnownError) as error:
                seen.refused[getattr(error, "field", "")].add(patient.record_number)
                seen.refusals[str(error)] = error
                continue
            seen.planned += 1
            seen.pairs.add((regimen.id, product.id))
            look_at(seen, proposal)
    return seen


def look_at(seen: Walk, proposal: Proposal) -> None:
    plan = proposal.plan
    name = f"{proposal.patient.record_number} {plan.request.regimen.facts} {plan.request.product.id}"
    for finding in plan.all_findings:
        seen.findings.setdefault((finding.code, str(finding.message.text)), finding)
    for infusion in plan.infusions:
        where = f"{name} dose {infusion.calendar.number}"
        seen.faults["amount"] += [f"{where}: {fault}" for fault in amount_faults(proposal, infusion)]
        seen.faults["rate"] += [f"{where}: {fault}" for fault in rate_faults(plan, infusion)]
        seen.faults["criteria"] += [f"{where}: {fault}" for fault in criteria_faults(plan, infusion)]
        assert infusion.criteria is not None
        seen.outcomes[infusion.criteria.profile, infusion.criteria.outcome] += 1
    seen.faults["child"] += [f"{name}: {fault}" for fault in coverage_faults(plan)]
    seen.faults["infant"] += [f"{name}: {fault}" for fault in sorbitol_faults(plan)]


def amount_faults(proposal: Proposal, infusion: PlannedInfusion) -> Iterator[str]:
    """Say where a dose is another one than prescribed, worked out on its own, without anybody being asked."""
    plan, amount = proposal.plan, infusion.amount
    held = {finding.code for finding in proposal.in_the_way}
    exact = plan.dosing_weight.kg * Fraction(infusion.mg_per_kg)
    most = plan.request.regimen.max_mg_per_kg
    if plan.dosing_weight.kg * 1000 > plan.request.weight_g:
        yield "the dosing weight is above the actual one"
    if abs(amount.dose_mg - exact) / exact * 100 > MOST_PERCENT and "ROUND-10" not in held:
        yield f"{amount.dose_mg} mg for {float(exact)} mg and nobody is asked"
    if amount.dose_mg + amount.discard_mg != sum(vial.mg * vial.count for vial in amount.vials):
        yield "the vials do not add up"
    if amount.volume_ml != Decimal(amount.dose_mg) / plan.request.product.g_per_l:
        yield f"{amount.volume_ml} mL hold another dose"
    if most is not None and amount.dose_mg > most * plan.request.weight_g / 1000 and not held:
        yield "above the regimen's most per infusion"


def rate_faults(plan: CoursePlan, infusion: PlannedInfusion) -> Iterator[str]:
    card = infusion.rate_card
    rates = [row.ml_per_h for row in card.rows]
    if rates[:-1] != sorted(rates[:-1]) or rates[-1] != 0:
        yield "the rates do not rise to an end"
    if max(rates) > fastest(plan):
        yield f"{max(rates)} mL/h is above {float(fastest(plan))}"
    if card.rows[-1].ml_total != infusion.amount.volume_ml:
        yield "the card ends with another volume"


def fastest(plan: CoursePlan) -> Fraction:
    """Return what the product's file allows this child at most, worked out on its own, in mL/h."""
    product, kg = plan.request.product, Fraction(plan.request.weight_g, 1000)
    of_indication = [one for one in product.ladders if one.indication == plan.request.regimen.indication]
    ladders = of_indication or [one for one in product.ladders if one.indication == "any"]
    g_per_l = Fraction(product.g_per_l)
    caps = [max(_SPEEDS[one.unit](Fraction(one.steps[-1].rate), kg, g_per_l) for one in ladders)]
    if product.absolute_cap_ml_per_h is not None:
        caps.append(Fraction(product.absolute_cap_ml_per_h))
    if product.small_patient_cap_mg_per_kg_min is not None:
        caps.append(_SPEEDS["mg/kg/min"](Fraction(product.small_patient_cap_mg_per_kg_min), kg, g_per_l))
    return min(caps)


def criteria_faults(plan: CoursePlan, infusion: PlannedInfusion) -> Iterator[str]:
    """Say where a dose meets criteria although something that they ask is not known."""
    criteria = infusion.criteria
    if criteria is None:
        yield "no criteria"
        return
    unknown = [rule.code for rule in criteria.rules if rule.missing or rule.outcome == "cannot_be_checked"]
    if criteria.outcome == "met" and unknown:
        yield f"met, and {unknown} cannot be checked"
    if criteria.outcome == "met" and not any(rule.outcome == "met" for rule in criteria.rules):
        yield "met by no rule"
    if criteria.outcome == "cannot_be_checked" and not any(rule.missing for rule in criteria.rules):
        yield "cannot be checked, and nothing is missing"
    needs_igg = plan.request.regimen.standing == "replacement"
    if criteria.outcome == "met" and needs_igg and criteria.profile in ("nhs", "au", "eu-label", "ontario"):
        yield "replacement is met without any IgG"


def coverage_faults(plan: CoursePlan) -> Iterator[str]:
    """Say where the payment rule takes a child for covered, or stands in the way of more than a reason."""
    if plan.request.profile is None or plan.request.profile.id != "cms":
        return
    for infusion in plan.infusions:
        assert infusion.criteria is not None
        assert plan.request.birth_on is not None
        is_child = age_on(plan.request.birth_on, infusion.calendar.due_on) < ADULT_FOR_CMS
        if is_child and infusion.criteria.outcome != "not_met":
            yield f"dose {infusion.calendar.number} of a child: {infusion.criteria.outcome}"
        if not infusion.criteria.is_payment:
            yield "not said to be a payment rule"
    for finding in plan.all_findings:
        if (finding.code == "SR26" or finding.code.startswith("CMS")) and finding.severity not in ("info", "warn"):
            yield f"{finding.code} is a {finding.severity}"


def sorbitol_faults(plan: CoursePlan) -> Iterator[str]:
    assert plan.request.birth_on is not None
    is_infant = age_on(plan.request.birth_on, plan.infusions[0].calendar.due_on) < 2
    blocks = {finding.code for finding in plan.all_findings if finding.severity == "block"}
    if is_infant and plan.request.product.sugar == "sorbitol" and not blocks & {"SR28", "SR07"}:
        yield "sorbitol for a child below two years, and nothing stands in the way"


def none_of(faults: list[str]) -> None:
    assert faults == [], f"{len(faults)} faults, such as {faults[:5]}"


def test_every_regimen_is_planned_for_every_child_who_has_a_weight(
    walk: Walk, ward: Desk, children: tuple[Patient, ...]
) -> None:
    unweighed = {one.record_number for one in children if one.weight_g is None}
    assert (len(children), len(unweighed)) == (187, 2)
    assert dict(walk.refused) == {"weight": unweighed}
    assert walk.planned == (187 - 2) * len(ward.library.regimens())


def test_every_product_is_planned_with_each_regimen_that_it_fits(walk: Walk, ward: Desk) -> None:
    for regimen in ward.library.regimens():
        for product in plannable(ward, regimen):
            assert (regimen.id, product.id) in walk.pairs


def test_every_refusal_is_worded_in_both_languages(walk: Walk) -> None:
    assert walk.refusals
    for error in walk.refusals.values():
        for words in (Wording("en"), Wording("zh_CN")):
            said = words.say_error(error)
            assert not _PLACE.search(said), said
            assert said.isascii() == (words.language == "en") or "“" in said, said


def test_a_product_that_does_not_fit_or_waits_for_the_pharmacist_is_refused_in_words(
    ward: Desk, children: tuple[Patient, ...]
) -> None:
    heaviest = max(children, key=lambda one: one.weight_g or 0)
    in_ml = ward.library.regimen("cmv-ig-label")
    with pytest.raises(UserMistake, match="CMV immunoglobulin") as refused:
        propose(ward, form(heaviest, in_ml, ward.library.product("cn-ph4-5"), "unit"))
    assert refused.value.field == "product"
    for product in ward.library.products():
        if product.to_confirm is not None:
            with pytest.raises(WordedError, match="pharmacist"):
                propose(ward, form(heaviest, ward.library.regimen("itp-1g-2-days"), product, "unit"))


def test_every_finding_says_why_in_both_languages_and_names_its_source(walk: Walk) -> None:
    assert len(walk.findings) > 40
    for (code, _text), finding in walk.findings.items():
        assert finding.source or finding.severity == "info", code
        for words in (Wording("en"), Wording("zh_CN")):
            said = words.say(finding.message)
            assert len(said) > 5, code
            assert not _PLACE.search(said), said
            assert words.language == "en" or not said.isascii(), f"{code} is not translated: {said}"


def test_every_dose_is_the_one_prescribed_or_somebody_is_asked(walk: Walk) -> None:
    none_of(walk.faults["amount"])


def test_no_child_gets_a_faster_rate_than_the_products_file_allows(walk: Walk) -> None:
    none_of(walk.faults["rate"])


def test_no_criteria_are_met_while_something_that_they_ask_is_not_known(walk: Walk) -> None:
    none_of(walk.faults["criteria"])
    assert {profile for profile, _ in walk.outcomes} == set(PROFILE_IDS)
    assert walk.outcomes["unit", "cannot_be_checked"] > 0
    assert walk.outcomes["cms", "not_met"] > 0


def test_the_payment_rule_is_not_met_for_children_and_never_stops_a_dose(walk: Walk) -> None:
    none_of(walk.faults["child"])


def test_sorbitol_stops_before_a_child_below_two_years(walk: Walk) -> None:
    none_of(walk.faults["infant"])
    assert ("SR28" in {code for code, _ in walk.findings}) or ("SR07" in {code for code, _ in walk.findings})


def test_the_lightest_children_get_the_nearest_vials_or_somebody_is_asked(
    ward: Desk, children: tuple[Patient, ...]
) -> None:
    """The same amounts once more from the vials alone: the nearest sum that whole vials can make."""
    light = [one for one in children if one.weight_g is not None and one.weight_g < LIGHT_G]
    assert len(light) == 15
    for patient in light[::2]:
        for regimen_id in ("cmv-pneumonia-fred-hutch", "severe-low-igg-early-child", "prophylaxis-weekly-200"):
            regimen = ward.library.regimen(regimen_id)
            for product in plannable(ward, regimen):
                plan = propose(ward, form(patient, regimen, product, "unit")).plan
                amount = plan.infusions[0].amount
                exact = Fraction(plan.infusions[0].mg_per_kg) * Fraction(patient.weight_g or 0, 1000)
                reachable = sums([vial.mg for vial in product.vials if vial.confirmed], int(exact) * 2 + 1)
                nearest = min(abs(mg - exact) for mg in reachable)
                codes = {finding.code for finding in amount.findings}
                assert abs(amount.dose_mg - exact) <= nearest or codes, (patient.record_number, product.id)
                if nearest / exact * 100 > MOST_PERCENT:
                    assert codes & {"ROUND-10", "ROUND-PART"}, (patient.record_number, product.id, codes)


def sums(sizes_mg: list[int], most_mg: int) -> set[int]:
    """Return every amount that whole vials can make, up to one vial above `most_mg`."""
    reachable = {0}
    frontier = {0}
    while frontier:
        frontier = {mg + size for mg in frontier if mg <= most_mg for size in sizes_mg} - reachable
        reachable |= frontier
    return reachable - {0}


_FORGOTTEN: tuple[dict[str, object], ...] = (
    {"transplant_on": None},
    {"birth_on": None},
    {"igg_g_per_l": None, "igg_on": None},
    {"transplant_kind": "unknown"},
    {"donor_kind": "unknown"},
    {"cmv": "unknown"},
    {"donor_cmv": "unknown"},
    {"cmv_disease": None},
)
"""What a ward may not know, one at a time."""


def test_knowing_less_never_makes_criteria_met(ward: Desk, children: tuple[Patient, ...]) -> None:
    weighed = [one for one in children if one.weight_g is not None]
    met = 0
    for row, patient in enumerate(weighed[::31]):
        for column, regimen in enumerate(ward.library.regimens()):
            for profile in PROFILE_IDS:
                request = everything_known(ward, patient, regimen, profile, row + column)
                full = criteria_on(request, NEXT_MONTH, dose_days=(NEXT_MONTH,))
                assert full is not None
                met += full.outcome == "met"
                for forgotten in _FORGOTTEN:
                    less = criteria_on(without(request, forgotten), NEXT_MONTH, dose_days=(NEXT_MONTH,))
                    assert less is not None
                    assert less.outcome != "met" or full.outcome == "met", (
                        f"{patient.record_number} {regimen.facts} {profile} without {sorted(forgotten)}"
                    )
    assert met > 50


def everything_known(ward: Desk, patient: Patient, regimen: Regimen, profile: str, turn: int) -> PlanRequest:
    """Return a request in which nothing is missing; IgG and CMV disease in turn."""
    request = propose(ward, form(patient, regimen, plannable(ward, regimen)[0], profile)).plan.request
    diseases = ("none", "viraemia", "pneumonia-proven")
    known = msgspec.structs.replace(
        request.known,
        donor_kind="matched-unrelated",
        cmv="negative",
        donor_cmv="positive",
        cmv_disease=diseases[turn % len(diseases)],
        conditions=("sepsis",) if turn % 2 else (),
    )
    return msgspec.structs.replace(
        request, known=known, igg_g_per_l=Decimal("3.1") if turn % 3 else Decimal("7.5"), igg_on=DAY_0
    )


def without(request: PlanRequest, forgotten: Mapping[str, object]) -> PlanRequest:
    own = {name: value for name, value in forgotten.items() if name in PlanRequest.__struct_fields__}
    others = {name: value for name, value in forgotten.items() if name not in own}
    return msgspec.structs.replace(request, known=msgspec.structs.replace(request.known, **others), **own)


def test_every_regimen_is_confirmed_for_a_child_with_name_and_reason_and_prints_them(
    ward: Desk, children: tuple[Patient, ...]
) -> None:
    """Also under the payment rule, which no child meets."""
    weighed = [one for one in children if one.weight_g is not None]
    courses = []
    for row, regimen in enumerate(ward.library.regimens()):
        patient = weighed[row * 5]
        proposal = propose(ward, form(patient, regimen, plannable(ward, regimen)[0], "cms"))
        assert proposal.in_the_way
        with pytest.raises(KnownError, match="reason"):
            confirm(ward, proposal)
        course = confirm(ward, proposal, "Child on a transplant ward", "Dr S. Kim")
        assert ward.ward.course(course.id) == course
        assert (course.override_by, course.profile) == ("Dr S. Kim", "cms")
        courses.append(course)
    assert ward.ward.check().is_sound
    for course in (courses[0], courses[-1]):
        assert plan_sheet(ward, course.id, Wording("zh_CN")).pdf.startswith(b"%PDF")
