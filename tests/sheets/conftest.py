"""Sheets made by hand: the article's CMV course, an infant with a part of a vial, a Chinese-named patient."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import msgspec
import pytest

from ivigdesk.clinical.courses.course import Course, Dose, Revision
from ivigdesk.clinical.courses.status import CourseView, view_course
from ivigdesk.clinical.doses.dosing import DosingWeight, VialCount
from ivigdesk.clinical.findings import Finding, TraceStep
from ivigdesk.clinical.infusions.infusion import (
    Check,
    Infusion,
    InfusionEnd,
    Observation,
    RateChange,
    SideEffect,
    VialUsed,
)
from ivigdesk.clinical.infusions.side_effects import GradeWords, SideEffectTerm
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.products.product import Product, RateLadder, RateStep, Vial
from ivigdesk.clinical.products.rates import RateCard, RateRow
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.messages import Amount, Text, message
from ivigdesk.scheduling.regimen import Phase, Regimen
from ivigdesk.sheets.values import (
    BedsideSheet,
    ChecklistItem,
    EvidenceLine,
    ObservationTime,
    PlanSheet,
    Printing,
)
from ivigdesk.wording import Wording

replace = msgspec.structs.replace

ZONE = timezone(timedelta(hours=8))
FIRST_ON = date(2026, 3, 2)
TRANSPLANT_ON = date(2025, 12, 20)
WARD = WardSettings(name="BMT 3", hospital="Riverside Hospital", phone="4300", emergency_phone="2222")
PRINTING = Printing(
    printed_by="A. Wong", printed_at=datetime(2026, 3, 2, 8, 12, tzinfo=ZONE), journal_head="9f3a77c1" * 8
)

LI_NA = Patient(
    id=UUID(int=1),
    record_number="BMT-004217",
    family_name="Li",
    given_name="Na",
    local_name="李娜",
    birth_on=date(1979, 8, 14),
    sex="female",
    bed="07",
    diagnosis="acute myeloid leukaemia",
    consultant="Dr M. Okafor",
    allergy_state="known",
    allergies="penicillin",
    blood_group="A",
    rhesus="positive",
    donor_blood_group="O",
    cmv="positive",
    donor_cmv="negative",
    transplant_on=TRANSPLANT_ON,
    transplant_kind="allogeneic",
    donor="unrelated donor",
    stem_cell_source="peripheral blood",
    risks=("renal",),
    height_mm=1720,
    weight_g=84600,
    weighed_on=date(2026, 3, 1),
)

WANG = Patient(
    id=UUID(int=2),
    record_number="00318842",
    family_name="王",
    given_name="小明",
    birth_on=date(1988, 2, 29),
    sex="male",
    bed="12",
    allergy_state="none known",
    blood_group="O",
    rhesus="positive",
    cmv="positive",
    donor_cmv="negative",
    transplant_on=TRANSPLANT_ON,
    transplant_kind="allogeneic",
    donor="同胞全相合供者",
    diagnosis="急性髓系白血病",
    weight_g=84600,
    weighed_on=date(2026, 3, 1),
)

PRODUCT = Product(
    id="cn-ph4-5",
    version="2026-11",
    title=Text(en="Human immunoglobulin (pH4) 5 %", zh_CN="静注人免疫球蛋白（pH4）5%"),
    short_title=Text(en="IVIG pH4 5 %", zh_CN="静丙pH4 5%"),
    maker=Text(en="several makers", zh_CN="多个厂家"),
    g_per_l=Decimal(50),
    vials=(Vial(mg=1250, ml=Decimal(25)), Vial(mg=2500, ml=Decimal(50))),
    sugar="maltose",
    stabiliser=Text(en="maltose", zh_CN="麦芽糖"),
    storage=Text(en="2 to 8 °C", zh_CN="2~8℃"),
    ladders=(
        RateLadder(use="any", unit="mL/min", steps=(RateStep(rate=Decimal(1), minutes=15),), source="cn-ph4-label"),
    ),
    sources=("cn-ph4-label",),
    checked_on=date(2026, 11, 1),
    checked_by="nobody yet",
    dilution=Text(en="Dilute only with 5 % glucose.", zh_CN="仅可用5%葡萄糖稀释。"),
    line_filter=Text(en="Filter set.", zh_CN="使用精密输液器。"),
)

REGIMEN = Regimen(
    id="cmv-pneumonia-fred-hutch",
    version="2026-11",
    anchor="first-dose",
    standing="treatment",
    requires=("antiviral",),
    title=Text(en="CMV pneumonia: alternate days, then weekly", zh_CN="CMV肺炎：隔日一次，随后每周一次"),
    sources=("article-ref-4",),
    phases=(
        Phase(
            name=Text(en="Alternate days", zh_CN="隔日一次"),
            mg_per_kg=Decimal(150),
            first_day=1,
            every_days=2,
            for_days=14,
        ),
        Phase(
            name=Text(en="Weekly", zh_CN="每周一次"),
            mg_per_kg=Decimal(150),
            first_day=15,
            first_day_choices=(15, 20, 21),
            every_days=7,
            doses=4,
            tolerance_days=1,
        ),
    ),
)

HEADACHE = SideEffectTerm(
    code="AE14",
    name=Text(en="headache", zh_CN="头痛"),
    medical_term="Headache",
    kind="common",
    in_article=True,
    ctcae_term="Headache",
    grades=(GradeWords(grade=1, words=Text(en="mild pain", zh_CN="轻度疼痛")),),
    onset=Text(en="during or within 72 hours", zh_CN="输注中或72小时内"),
    action="slow",
    action_words=Text(en="slow by half", zh_CN="减速一半"),
    consequences=("SLOW",),
)

CHILLS = replace(HEADACHE, code="AE20", name=Text(en="chills", zh_CN="寒战"), medical_term="Chills")

EVIDENCE = EvidenceLine(
    reference="[4]",
    kind=Text(en="centre guideline", zh_CN="中心指南"),
    statement=Text(
        en="No strong evidence supports adding immunoglobulin to antivirals in CMV pneumonia.",
        zh_CN="CMV肺炎在抗病毒基础上加用免疫球蛋白缺乏有力证据。",
    ),
)

SENTENCE = {
    "en": "150 mg/kg on days 1, 3, 5, 7, 9, 11, 13 (7 doses), then weekly on days 15, 22, 29, 36 (4 doses): "
    "11 doses, last on Mon 06 Apr 2026.",
    "zh_CN": "第1、3、5、7、9、11、13天每次150 mg/kg（7次），随后第15、22、29、36天每周一次（4次）："
    "共11次，末次为2026年4月6日 周一。",
}

CHECKLIST = tuple(
    ChecklistItem(code=code, text=Text(en=en, zh_CN=zh), is_critical=critical)
    for code, en, zh, critical in (
        ("two-identifiers", "Two identifiers, wristband and product label", "双重身份识别：腕带与药品标签", True),
        ("order", "Order, indication, antiviral running", "医嘱、适应证、抗病毒药物在用", False),
        ("consent", "Consent for blood products recorded", "血液制品知情同意书已签", True),
        ("allergies", "Allergies and earlier reactions read", "已阅过敏史及既往反应", True),
        ("weight", "Weight today; change below 10 %", "今日体重；变化小于10%", False),
        ("laboratory", "Creatinine and Hb seen", "已阅肌酐、血红蛋白", False),
        ("samples", "Serology, IgG, CMV samples drawn first", "血清学、IgG、CMV标本已先采集", False),
        ("fever", "No fever or infection today", "今日无发热或感染", True),
        ("hydration", "Well hydrated", "水化充分", False),
        ("overload", "Fluid overload risk reviewed", "已评估循环超负荷风险", False),
        ("clots", "Clot risk reviewed; line site checked", "已评估血栓风险；已查管路部位", False),
        (
            "product",
            "Product clear, in date, at room temperature, not shaken",
            "药液澄清、在有效期内、室温、未振摇",
            True,
        ),
        ("line", "Own line and flush; pump set; filter", "专用管路及冲管液；泵已设定；滤器", False),
        ("emergency", "Adrenaline, oxygen, doctor reachable", "肾上腺素、氧气备好，医生可及", True),
        ("meter", "Glucose meter is glucose-specific", "血糖仪为葡萄糖特异型", False),
    )
)

CARD = RateCard(
    ladder="any",
    rows=(
        RateRow(from_min=Decimal(0), ml_per_h=Decimal(60), ml_total=Decimal(0)),
        RateRow(from_min=Decimal(15), ml_per_h=Decimal(120), ml_total=Decimal(15)),
        RateRow(from_min=Decimal(45), ml_per_h=Decimal(180), ml_total=Decimal(75), capped_by="absolute"),
        RateRow(from_min=Decimal("103.4"), ml_per_h=Decimal(0), ml_total=Decimal(250)),
    ),
    volume_ml=Decimal(250),
    duration_min=Decimal("103.4"),
    max_ml_per_h=Decimal(180),
)

OBSERVATIONS = (
    ObservationTime(from_min=Decimal(-10), reason=message("before")),
    ObservationTime(from_min=Decimal(15), reason=message("before {rate}", rate=Amount(value="120", unit="mL/h"))),
    ObservationTime(from_min=Decimal(30), reason=message("every 15 min")),
    ObservationTime(from_min=Decimal(45), reason=message("before {rate}", rate=Amount(value="180", unit="mL/h"))),
    ObservationTime(from_min=Decimal("103.4"), reason=message("end")),
    ObservationTime(from_min=Decimal("163.4"), reason=message("1 h after")),
)


def a_dose(number: int, day: int, phase: int) -> Dose:
    """Return dose `number` of the CMV course on course day `day`."""
    due_on = FIRST_ON + timedelta(days=day - 1)
    findings: tuple[Finding, ...] = ()
    if number == 11:
        findings = (
            Finding(severity="warn", code="D100", message=message("Day +107: after day +100, justify (criterion).")),
        )
    return Dose(
        id=UUID(int=100 + number),
        number=number,
        phase=phase,
        phase_name=REGIMEN.phases[phase].name,
        course_day=day,
        transplant_day=(due_on - TRANSPLANT_ON).days,
        due_on=due_on,
        planned_on=due_on,
        mg_per_kg=Decimal(150),
        exact_mg=Decimal(12690),
        planned_dose_mg=12500,
        discard_mg=0,
        deviation_percent=Decimal("-1.5"),
        volume_ml=Decimal(250),
        vials=(VialCount(mg=2500, ml=Decimal(50), count=5),),
        rate_card=CARD,
        is_first_infusion=number == 1,
        findings=findings,
    )


def a_course(patient: Patient = LI_NA) -> Course:
    """Return the CMV course of 84.6 kg: eleven doses of 12.5 g."""
    days = [(day, 0) for day in range(1, 15, 2)] + [(day, 1) for day in (15, 22, 29, 36)]
    course_id = UUID("00000000-0000-4000-8000-0000009f3a77")
    at = datetime(2026, 3, 1, 16, 5, tzinfo=ZONE)
    return Course(
        id=course_id,
        patient_id=patient.id,
        regimen=REGIMEN,
        product=PRODUCT,
        first_on=FIRST_ON,
        transplant_on=TRANSPLANT_ON,
        first_days=((1, 15),),
        weight_g=84600,
        weighed_on=date(2026, 3, 1),
        height_mm=1720,
        dosing_weight=DosingWeight(
            exact_kg=(423, 5),
            policy="actual",
            kind="actual",
            trace=(TraceStep(rule=message("Actual weight 84.6 kg is used.")),),
        ),
        weight_policy="actual",
        rounding="nearest",
        antiviral="ganciclovir",
        prescriber="Dr S. Kim, 4471",
        override_reason="",
        findings=(
            Finding(
                severity="warn", code="HAEM", message=message("Blood group A: look for haemolysis on days 5 and 10.")
            ),
        ),
        nurse="A. Wong",
        at=at,
        revision=Revision(
            id=UUID(int=50),
            course_id=course_id,
            number=2,
            doses=tuple(a_dose(number, day, phase) for number, (day, phase) in enumerate(days, start=1)),
            reason="first plan",
            nurse="A. Wong",
            at=at,
        ),
    )


def a_view(
    course: Course | None = None,
    patient: Patient = LI_NA,
    infusions: tuple[Infusion, ...] = (),
    effects: tuple[SideEffect, ...] = (),
    newest_revision: int = 2,
    day: date = FIRST_ON,
) -> CourseView:
    """Return the course as it stands on its first day, nothing given unless infusions are handed in."""
    return view_course(
        patient, course or a_course(patient), infusions, effects, newest_revision=newest_revision, day=day
    )


TASKS = (
    Task(
        code="SR15",
        kind="sample",
        what=message("Draw serology and galactomannan before the infusion"),
        due_from=FIRST_ON,
        due_to=FIRST_ON,
        source="S45",
        dose_number=1,
    ),
    Task(
        code="SR10",
        kind="laboratory",
        what=message("Haemoglobin, 5 to 10 days after the last dose"),
        due_from=date(2026, 4, 11),
        due_to=date(2026, 4, 16),
        source="S43",
        dose_number=11,
        test="haemoglobin",
    ),
    Task(
        code="SR13",
        kind="vaccine",
        what=message("No live vaccine before {day}", day=date(2027, 12, 20)),
        due_from=date(2027, 12, 20),
        due_to=None,
        source="S44",
    ),
)


def a_plan_sheet(view: CourseView | None = None, language: str = "en") -> PlanSheet:
    """Return the plan sheet of the CMV course."""
    return PlanSheet(
        ward=WARD,
        view=view or a_view(),
        regimen_sentence=SENTENCE[language],
        printing=PRINTING,
        evidence=(EVIDENCE,),
        tasks=TASKS,
    )


def a_bedside_sheet(view: CourseView | None = None, number: int = 1) -> BedsideSheet:
    """Return the bedside sheet of one dose, planned for 10:30."""
    view = view or a_view()
    due_on = view.view(number).dose.due_on
    return BedsideSheet(
        ward=WARD,
        view=view,
        number=number,
        printing=PRINTING,
        start_at=datetime(due_on.year, due_on.month, due_on.day, 10, 30, tzinfo=ZONE),
        checklist=CHECKLIST,
        observations=OBSERVATIONS,
    )


def a_given_infusion(number: int = 1) -> tuple[Infusion, SideEffect]:
    """Return the whole record of a dose given from 10:32 to 12:31, with a headache on the way."""
    dose = a_course().dose(number)
    own = UUID(int=1000 + number)

    def at(hour: int, minute: int) -> datetime:
        return datetime(dose.due_on.year, dose.due_on.month, dose.due_on.day, hour, minute, tzinfo=ZONE)

    vials = tuple(
        VialUsed(
            id=UUID(int=2000 + index),
            infusion_id=own,
            product_id="cn-ph4-5",
            mg=2500,
            lot="20250817A" if index < 3 else "20250902B",
            expires_on=date(2028, 8, 16),
            nurse="A. Wong",
            at=at(10 + (20 + index * 22) // 60, (20 + index * 22) % 60),
        )
        for index in range(5)
    )
    changes = tuple(
        RateChange(
            id=UUID(int=3000 + index),
            infusion_id=own,
            action=action,  # type: ignore[arg-type]
            ml_per_h=Decimal(speed),
            reason=reason,
            nurse="A. Wong",
            at=at(*moment),
        )
        for index, (moment, action, speed, reason) in enumerate(
            (
                ((10, 32), "start", 60, ""),
                ((10, 47), "increase", 120, ""),
                ((11, 5), "slow", 60, "headache"),
                ((11, 30), "increase", 120, ""),
                ((12, 31), "stop", 0, ""),
            )
        )
    )
    observations = tuple(
        Observation(
            id=UUID(int=4000 + index),
            infusion_id=own,
            at=at(*moment),
            nurse="A. Wong",
            temperature_c=Decimal("36.8"),
            pulse_per_min=78 + index,
            systolic_mmhg=124,
            diastolic_mmhg=76,
            breaths_per_min=16,
            spo2_percent=98,
            symptoms="headache" if index == 2 else "",
        )
        for index, moment in enumerate(((10, 20), (10, 47), (11, 5), (11, 30), (12, 31), (13, 31)))
    )
    effect = SideEffect(
        id=UUID(int=5000 + number),
        dose_id=dose.id,
        code="AE14",
        term=Text(en="Headache", zh_CN="头痛"),
        grade=1,
        onset_at=at(11, 4),
        nurse="A. Wong",
        at=at(11, 6),
        minutes_from_start=32,
        ml_per_h=Decimal(120),
        action="slowed to 60 mL/h, paracetamol 500 mg",
        outcome="resolved",
        resolved_at=at(11, 28),
    )
    infusion = Infusion(
        id=own,
        dose_id=dose.id,
        started_at=at(10, 32),
        nurse="A. Wong",
        at=at(10, 32),
        checks=tuple(
            Check(id=UUID(int=6000 + index), infusion_id=own, item=item.code, nurse="A. Wong", at=at(10, 15))
            for index, item in enumerate(CHECKLIST)
        ),
        vials=vials,
        rate_changes=changes,
        observations=observations,
        side_effects=(effect,),
        end=InfusionEnd(
            id=UUID(int=7000 + number),
            infusion_id=own,
            outcome="completed",
            ended_at=at(12, 31),
            given_ml=Decimal(250),
            given_dose_mg=12500,
            discarded_mg=0,
            reason="",
            nurse="A. Wong",
            second_nurse="L. Ito",
            at=at(12, 35),
        ),
    )
    return infusion, effect


def with_dose(course: Course, number: int, **changes: object) -> Course:
    """Return the course with one dose changed."""
    doses = tuple(replace(dose, **changes) if dose.number == number else dose for dose in course.revision.doses)
    return replace(course, revision=replace(course.revision, doses=doses))


def an_infant_course() -> Course:
    """Return a course whose doses need a part of a vial: 7.5 kg, 1.125 g of a 2.5 g vial."""
    course = a_course()
    card = RateCard(
        ladder="any",
        rows=(
            RateRow(from_min=Decimal(0), ml_per_h=Decimal("4.5"), ml_total=Decimal(0), capped_by="small patient"),
            RateRow(from_min=Decimal(15), ml_per_h=Decimal(9), ml_total=Decimal("1.125"), capped_by="small patient"),
            RateRow(from_min=Decimal("157.5"), ml_per_h=Decimal(0), ml_total=Decimal("22.5")),
        ),
        volume_ml=Decimal("22.5"),
        duration_min=Decimal("157.5"),
        max_ml_per_h=Decimal(9),
    )
    for dose in course.doses:
        course = with_dose(
            course,
            dose.number,
            exact_mg=Decimal(1125),
            planned_dose_mg=1125,
            discard_mg=1375,
            deviation_percent=Decimal(0),
            volume_ml=Decimal("22.5"),
            vials=(VialCount(mg=2500, ml=Decimal(50), count=1),),
            rate_card=card,
        )
    weight = DosingWeight(exact_kg=(15, 2), policy="actual", kind="actual")
    return replace(course, weight_g=7500, height_mm=None, dosing_weight=weight, rounding="partial")


INFANT = replace(
    LI_NA,
    family_name="O'Brien-Núñez",
    given_name="Zoë",
    local_name="",
    birth_on=date(2025, 9, 20),
    weight_g=7500,
    height_mm=None,
    risks=(),
    allergy_state="not recorded",
    allergies="",
    diagnosis="severe combined immunodeficiency",
)


@pytest.fixture(params=["en", "zh_CN"])
def wording(request: pytest.FixtureRequest) -> Wording:
    """The words of each language in turn."""
    return Wording(request.param)


@pytest.fixture
def english() -> Wording:
    """English words."""
    return Wording("en")
