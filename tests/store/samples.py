"""Records to store: examples that read like a ward, and strategies that draw every field of every kind."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal
from uuid import UUID, uuid5

import msgspec
from hypothesis import strategies as st

from ivigdesk.clinical.courses.course import Course, Dose, DoseWeight, Revision
from ivigdesk.clinical.doses.dosing import DosingWeight, VialCount
from ivigdesk.clinical.eligibility.criteria import Criteria, RuleResult
from ivigdesk.clinical.findings import Finding, TraceStep
from ivigdesk.clinical.infusions.follow_up import FollowUp
from ivigdesk.clinical.infusions.infusion import (
    Check,
    Infusion,
    InfusionEnd,
    Observation,
    RateChange,
    SideEffect,
    VialUsed,
)
from ivigdesk.clinical.infusions.preparation import DoseTime, KnownCode, Medication, PreparedCheck, PreparedVial
from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.clinical.patients.known import Stated
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.products.product import Product, RateLadder, RateStep, Vial
from ivigdesk.clinical.products.rates import RateCard, RateRow
from ivigdesk.clinical.ward import Nurse, WardSettings
from ivigdesk.messages import Amount, Message, Record, Text, message
from ivigdesk.scheduling.regimen import Phase, Regimen

SHANGHAI = timezone(timedelta(hours=8))
MORNING = datetime(2026, 3, 2, 8, 30, tzinfo=SHANGHAI)
DAY = MORNING.date()

NAMES = (
    "<b>Ana</b>",
    "O'Brien; DROP TABLE patients",
    'a "quoted" \\ name',
    "%_*?",
    "𠮷野家",
    "龘",
    "👩‍⚕️🩸",
    "e\u0301 and é",
    "x" * 500,
    " leading and trailing ",
    "line one\nline two\ttab",
    "שלום",
)


def named(word: str) -> UUID:
    """Return the same UUID for the same word."""
    return uuid5(UUID(int=7), word)


def later(minutes: int) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def text(words: str) -> Text:
    return Text(en=words, zh_CN=words + "。")


def a_patient(word: str = "wang", **changes: Any) -> Patient:
    values: dict[str, Any] = {
        "id": named(f"patient {word}"),
        "record_number": f"N-{word}",
        "family_name": "王",
        "given_name": "小明",
        "birth_on": date(1988, 2, 29),
        "transplant_on": date(2026, 2, 20),
        "weight_g": 61500,
        "weighed_on": DAY,
        "risks": ("renal", "cardiac"),
    }
    return Patient(**{**values, **changes})


A_FINDING = Finding(
    severity="warn",
    code="SR22",
    message=message(
        "{name} weighs {kg}, {n} days ago on {day}",
        name=text("Wang"),
        kg=Amount(value="61.5", unit="kg"),
        n=3,
        day=DAY,
        at=MORNING,
        exact=Decimal("0.10"),
        inner=message("because of {rule}", rule="<b>this</b>"),
    ),
    source="article-ref-4",
)


def a_product(word: str = "cn-5") -> Product:
    return Product(
        id=word,
        version="2026-11",
        title=text("Brand 5 %"),
        short_title=text("Brand"),
        maker=text("Maker"),
        g_per_l=Decimal(50),
        vials=(Vial(mg=2500, ml=Decimal(50)), Vial(mg=5000, ml=Decimal("100.0"), confirmed=False)),
        sugar="maltose",
        stabiliser=text("maltose"),
        storage=text("cold"),
        ladders=(
            RateLadder(
                use="any",
                unit="mL/kg/h",
                steps=(RateStep(rate=Decimal("0.5"), minutes=30), RateStep(rate=Decimal("1.0"))),
                source="label",
            ),
        ),
        sources=("label",),
        checked_on=date(2026, 11, 1),
        checked_by="pharmacist",
    )


A_REGIMEN = Regimen(
    id="cmv",
    version="2026-11",
    anchor="first-dose",
    standing="treatment",
    title=text("CMV"),
    sources=("article-ref-4",),
    requires=("antiviral",),
    phases=(Phase(name=text("Weekly"), mg_per_kg=Decimal(150), first_day=1, every_days=7, doses=4),),
)

A_RATE_CARD = RateCard(
    ladder="first",
    rows=(
        RateRow(from_min=Decimal(0), ml_per_h=Decimal("30.7"), ml_total=Decimal(0), capped_by="risk"),
        RateRow(from_min=Decimal("97.7"), ml_per_h=Decimal(0), ml_total=Decimal(50)),
    ),
    volume_ml=Decimal(50),
    duration_min=Decimal("97.7"),
    max_ml_per_h=Decimal("30.7"),
    trace=(TraceStep(rule=message("ladder {use}", use="first"), source="label"),),
)


def a_dose(course: str, number: int, due_on: date | None = None, **changes: Any) -> Dose:
    day = due_on or DAY + timedelta(days=7 * (number - 1))
    values: dict[str, Any] = {
        "id": named(f"dose {course} {number}"),
        "number": number,
        "phase": 0,
        "phase_name": text("Weekly"),
        "course_day": 1 + 7 * (number - 1),
        "transplant_day": 10 + 7 * (number - 1),
        "due_on": day,
        "planned_on": day,
        "mg_per_kg": Decimal(150),
        "exact_mg": Decimal("9225.000"),
        "planned_dose_mg": 10000,
        "discard_mg": 0,
        "deviation_percent": Decimal("-8.40"),
        "volume_ml": Decimal(200),
        "vials": (VialCount(mg=2500, ml=Decimal(50), count=4),),
        "rate_card": A_RATE_CARD,
        "is_first_infusion": number == 1,
        "findings": (A_FINDING,),
    }
    return Dose(**{**values, **changes})


def a_revision(course: str, number: int, doses: tuple[Dose, ...], at: datetime = MORNING, **changes: Any) -> Revision:
    return Revision(
        id=named(f"revision {course} {number}"),
        course_id=named(f"course {course}"),
        number=number,
        doses=doses,
        reason=f"revision {number}",
        nurse="Li Na",
        at=at,
        **changes,
    )


def a_course(word: str = "one", patient: str = "wang", doses: int = 3, **changes: Any) -> Course:
    values: dict[str, Any] = {
        "id": named(f"course {word}"),
        "patient_id": named(f"patient {patient}"),
        "regimen": A_REGIMEN,
        "product": a_product(),
        "first_on": DAY,
        "transplant_on": date(2026, 2, 20),
        "first_days": ((1, 15),),
        "weight_g": 61500,
        "weighed_on": DAY,
        "height_mm": None,
        "dosing_weight": DosingWeight(exact_kg=(123, 2), policy="actual", kind="actual", findings=(A_FINDING,)),
        "weight_policy": "actual",
        "rounding": "nearest",
        "antiviral": "ganciclovir",
        "prescriber": "Dr Zhou",
        "override_reason": "",
        "findings": (A_FINDING,),
        "nurse": "Li Na",
        "at": MORNING,
        "revision": a_revision(word, 1, tuple(a_dose(word, number + 1) for number in range(doses))),
    }
    return Course(**{**values, **changes})


def an_infusion(course: str = "one", number: int = 1, at: datetime = MORNING, **changes: Any) -> Infusion:
    values: dict[str, Any] = {
        "id": named(f"infusion {course} {number}"),
        "dose_id": named(f"dose {course} {number}"),
        "started_at": at,
        "nurse": "Li Na",
        "at": at,
    }
    return Infusion(**{**values, **changes})


def an_end(infusion: Infusion, word: str = "end", **changes: Any) -> InfusionEnd:
    values: dict[str, Any] = {
        "id": named(f"{word} of {infusion.id}"),
        "infusion_id": infusion.id,
        "outcome": "completed",
        "ended_at": infusion.started_at + timedelta(hours=2),
        "given_ml": Decimal(200),
        "given_dose_mg": 10000,
        "discarded_mg": 0,
        "reason": "",
        "nurse": "Li Na",
        "second_nurse": "",
        "at": infusion.started_at + timedelta(hours=2),
    }
    return InfusionEnd(**{**values, **changes})


def a_vial(infusion: Infusion, word: str = "vial", **changes: Any) -> VialUsed:
    values: dict[str, Any] = {
        "id": named(f"{word} of {infusion.id}"),
        "infusion_id": infusion.id,
        "product_id": "cn-5",
        "mg": 2500,
        "lot": "L20261",
        "expires_on": date(2027, 5, 31),
        "nurse": "Li Na",
        "at": infusion.started_at,
    }
    return VialUsed(**{**values, **changes})


def a_side_effect(dose_id: UUID, word: str = "effect", **changes: Any) -> SideEffect:
    values: dict[str, Any] = {
        "id": named(f"{word} of {dose_id}"),
        "dose_id": dose_id,
        "code": "AE14",
        "term": Text(en="Headache", zh_CN="头痛"),
        "grade": 2,
        "onset_at": later(20),
        "nurse": "Li Na",
        "at": later(25),
        "ml_per_h": Decimal("60.5"),
        "minutes_from_start": 20,
    }
    return SideEffect(**{**values, **changes})


def a_lab_value(word: str = "igg", patient: str = "wang", **changes: Any) -> LabValue:
    values: dict[str, Any] = {
        "id": named(f"lab value {word}"),
        "patient_id": named(f"patient {patient}"),
        "test": "igg",
        "value": Decimal("4.60"),
        "unit": "g/L",
        "taken_on": DAY,
        "entered_value": "460",
        "entered_unit": "mg/dL",
        "nurse": "Li Na",
        "at": MORNING,
    }
    return LabValue(**{**values, **changes})


def an_event(word: str = "infection", patient: str = "wang", **changes: Any) -> ClinicalEvent:
    values: dict[str, Any] = {
        "id": named(f"event {word}"),
        "patient_id": named(f"patient {patient}"),
        "kind": "infection",
        "on": DAY,
        "nurse": "Li Na",
        "at": MORNING,
        "site": "lungs",
        "organism": "Streptococcus pneumoniae",
        "is_bacterial": "yes",
    }
    return ClinicalEvent(**{**values, **changes})


def a_prepared_check(dose_id: UUID, word: str = "ready", **changes: Any) -> PreparedCheck:
    values: dict[str, Any] = {
        "id": named(f"check {word} of {dose_id}"),
        "dose_id": dose_id,
        "item": "two-identifiers",
        "nurse": "Li Na",
        "at": MORNING,
    }
    return PreparedCheck(**{**values, **changes})


def a_prepared_vial(dose_id: UUID, word: str = "ready", **changes: Any) -> PreparedVial:
    values: dict[str, Any] = {
        "id": named(f"vial {word} of {dose_id}"),
        "dose_id": dose_id,
        "product_id": "cn-5",
        "mg": 2500,
        "lot": "L20261",
        "expires_on": date(2027, 5, 31),
        "nurse": "Li Na",
        "at": MORNING,
        "serial": "S-0001",
    }
    return PreparedVial(**{**values, **changes})


def a_medication(dose_id: UUID, word: str = "paracetamol", **changes: Any) -> Medication:
    values: dict[str, Any] = {
        "id": named(f"{word} of {dose_id}"),
        "dose_id": dose_id,
        "kind": "premedication",
        "what": word,
        "given_at": MORNING,
        "nurse": "Li Na",
        "at": later(1),
        "amount": "1 g",
        "route": "by mouth",
    }
    return Medication(**{**values, **changes})


def a_dose_time(dose_id: UUID, word: str = "time", **changes: Any) -> DoseTime:
    values: dict[str, Any] = {
        "id": named(f"{word} of {dose_id}"),
        "dose_id": dose_id,
        "starts_at": "09:30",
        "nurse": "Li Na",
        "at": MORNING,
    }
    return DoseTime(**{**values, **changes})


def a_known_code(**changes: Any) -> KnownCode:
    values: dict[str, Any] = {
        "gtin": "06901234567892",
        "product_id": "cn-5",
        "mg": 2500,
        "nurse": "Li Na",
        "at": MORNING,
    }
    return KnownCode(**{**values, **changes})


def a_follow_up(effect: SideEffect, course: str = "one", word: str = "slow", **changes: Any) -> FollowUp:
    values: dict[str, Any] = {
        "id": named(f"{word} of {effect.id}"),
        "course_id": named(f"course {course}"),
        "dose_id": effect.dose_id,
        "effect_id": effect.id,
        "consequence": "SLOW",
        "decision": "accepted",
        "nurse": "Li Na",
        "at": later(200),
        "ml_per_h": Decimal("60.5"),
        "detail": "half of what was tolerated",
        "prescriber": "Dr Zhou",
    }
    return FollowUp(**{**values, **changes})


CRITERIA = Criteria(
    profile="cms",
    outcome="cannot_be_checked",
    rules=(
        RuleResult(
            code="CMS-1",
            outcome="cannot_be_checked",
            title=text("coverage"),
            source="article-ref-7",
            missing=(message("the date of the transplant"),),
        ),
    ),
    is_payment=True,
)

ANOTHER_WEIGHT = DoseWeight(
    weight_g=58000,
    weighed_on=DAY + timedelta(days=7),
    dosing_weight=DosingWeight(exact_kg=(58, 1), policy="actual", kind="actual"),
)

MORE_OF_A_PATIENT: dict[str, Any] = {
    "earlier_transplants_on": (date(2024, 2, 29), date(2025, 6, 1)),
    "donor_kind": "haploidentical",
    "conditions": ("iga-deficiency", "central-line"),
    "medicines": "furosemide",
}
"""What schema 2 added to a patient."""

MORE_OF_A_COURSE: dict[str, Any] = {
    "override_by": "Dr Zhou",
    "policy_reason": "oedema",
    "profile": "cms",
    "approved_mg": 40000,
    "stated": (Stated(fact="cause_not_reversible", is_so=True), Stated(fact="antibody_failure", is_so=False)),
    "revision": a_revision("two", 1, (a_dose("two", 1, criteria=CRITERIA, weight=ANOTHER_WEIGHT),)),
}
"""What schema 2 added to a course."""

SETTINGS = WardSettings(name="BMT 2", profile="cn-label", adjust_from_bmi=Decimal("28.5"))


def a_changed_course() -> tuple[Course, Revision, Revision]:
    """What schema 3 added: an approval with an end, and two changes that leave a mark on each dose, one undone."""
    planned = a_course("three", "zhao", approved_mg=40_000, approved_until=date(2026, 6, 30))
    at = later(60)
    changed: dict[str, Any] = {"changed_by": "Chen Min", "changed_at": at}
    one, two, three = planned.doses
    doses = (
        msgspec.structs.replace(one, is_error=True, reason="another patient's", **changed),
        msgspec.structs.replace(two, state="held", needs_release=True, reason="Anaphylaxis", **changed),
        msgspec.structs.replace(three, product=a_product("cn-10"), reason="shortage", **changed),
        a_dose("three", 4, DAY + timedelta(days=1), replaces=one.id, **changed),
        a_dose("three", 5, DAY + timedelta(days=3), is_extra=True, **changed),
    )
    second = a_revision("three", 2, doses, at, verb="error", approved_by="Dr Zhou")
    third = a_revision("three", 3, planned.doses, later(90), verb="undo", restores=1)
    return planned, second, third


MORE_SETTINGS = msgspec.structs.replace(
    SETTINGS,
    country="CN",
    subdivision="SH",
    closes_on_holidays=True,
    most_doses_a_day=8,
    most_minutes_a_day=960,
)
"""What schema 3 added to a ward."""


def an_infusion_day() -> tuple[Record, ...]:
    """What schema 4 added: a dose made ready, with a tick and a vial taken back, drugs, a time, and what follows."""
    course = a_course("four", "zhao")
    given, ready = course.doses[0].id, course.doses[1].id
    infusion = an_infusion("four")
    wrong, gone = a_prepared_check(ready, "wrong"), a_prepared_vial(ready, "broken", serial="S-0002")
    effect = a_side_effect(
        given, "called", drugs="promethazine 25 mg", doctor="Dr Zhou", doctor_at=later(30), resolved_at=later(50),
        outcome="resolved",
    )  # fmt: skip
    premed = a_follow_up(effect, "four", "premed", consequence="PREMED", ml_per_h=None, detail="paracetamol 1 g")
    return (
        course,
        infusion,
        Check(
            id=named("check open"), infusion_id=infusion.id, item="iga", nurse="Li Na", at=MORNING, reason="no test"
        ),
        a_vial(infusion, "coded", serial="S-0003"),
        Observation(id=named("looked at"), infusion_id=infusion.id, at=later(15), nurse="Li Na", site="dry, not red"),
        effect,
        wrong,
        a_prepared_check(ready, "taken back", replaces=wrong.id, is_withdrawn=True),
        a_prepared_check(ready, "open", item="iga", reason="the laboratory is closed"),
        a_prepared_vial(ready),
        gone,
        a_prepared_vial(ready, "gone", serial="S-0002", replaces=gone.id, is_withdrawn=True),
        a_medication(given),
        a_medication(given, "promethazine", kind="treatment", amount="25 mg", route="slowly into the vein"),
        a_dose_time(ready),
        a_known_code(),
        a_follow_up(effect, "four"),
        premed,
        a_follow_up(effect, "four", "no", consequence="PREMED", decision="declined", ml_per_h=None, replaces=premed.id,
            reason="not with this liver"),
    )  # fmt: skip


SETTINGS_WITH_HOURS = msgspec.structs.replace(MORE_SETTINGS, usual_start="08:30", nurses_on_duty=2, sounds=True)
"""What schema 4 added to a ward."""


# Strategies

_BIDI = "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
texts = st.one_of(
    st.sampled_from(NAMES),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=_BIDI), max_size=12),
)
words = texts.filter(lambda drawn: bool(drawn.strip(" ")))
zones = st.sampled_from([UTC, SHANGHAI, timezone(-timedelta(hours=3, minutes=30)), timezone(timedelta(minutes=345))])
moments = st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1), timezones=zones)  # noqa: DTZ001
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
exact = st.decimals("0", "99999", allow_nan=False, allow_infinity=False, places=3)

_FACTS: st.SearchStrategy[object] = st.one_of(
    texts,
    st.integers(),
    st.booleans(),
    st.none(),
    st.decimals(allow_nan=False, allow_infinity=False).filter(lambda number: abs(number.adjusted()) < 50),
    st.fractions().map(lambda number: Fraction(number)),
    days,
    moments,
    st.timedeltas(),
    st.builds(Text, en=texts, zh_CN=texts),
    st.builds(Amount, value=texts, unit=texts),
)
_NAMES = st.sampled_from(["n", "name", "rate", "dict", "décimal"])
messages: st.SearchStrategy[Message] = st.builds(
    Message,
    texts,
    st.dictionaries(
        _NAMES,
        st.one_of(
            _FACTS,
            st.lists(_FACTS, max_size=3).map(tuple),
            st.lists(_FACTS, max_size=2),
            st.builds(Message, texts, st.dictionaries(_NAMES, _FACTS, max_size=2)),
        ),
        max_size=3,
    ),
    texts,
)

_RANGES: dict[str, tuple[int, int]] = {
    "grade": (1, 5),
    "mg": (1, 1_000_000),
    "weight_g": (1, 1_000_000),
    "height_mm": (1, 3000),
    "spo2_percent": (0, 100),
    "most_doses_a_day": (1, 400),
    "most_minutes_a_day": (1, 400),
    "breaths_per_min": (0, 200),
    "nurses_on_duty": (1, 400),
}
_FILLED = ("nurse", "record_number", "item", "lot", "product_id", "code", "what")
_SHAPED: dict[str, st.SearchStrategy[str]] = {
    "gtin": st.from_regex(r"[0-9]{14}", fullmatch=True),
    "starts_at": st.one_of(st.just(""), st.times().map("{:%H:%M}".format)),
}


def records(kind: type[Record], **given: Any) -> st.SearchStrategy[Any]:
    """Draw records of a kind with every field filled; `given` fixes some."""
    hints = typing.get_type_hints(kind)
    fields = {
        name: st.just(given[name]) if name in given else _field(kind, name, hints[name])
        for name in kind.__struct_fields__
    }
    return st.fixed_dictionaries(fields).map(lambda values: kind(**values))


def _field(kind: type[Record], name: str, hint: Any) -> st.SearchStrategy[Any]:
    if kind is Nurse and name == "name":
        return words
    if name in _SHAPED:
        return _SHAPED[name]
    if name in _FILLED or (kind is LabValue and name == "unit"):
        return words
    if hint is int:
        return st.integers(*_RANGES.get(name, (0, 400)))
    if name == "deviation_percent":
        return st.decimals("-100", "100", places=2)
    return _drawn(hint, name)


def _drawn(hint: Any, name: str = "") -> st.SearchStrategy[Any]:
    plain: dict[Any, Callable[[], st.SearchStrategy[Any]]] = {
        str: lambda: texts,
        int: lambda: st.integers(*_RANGES.get(name, (0, 400))),
        bool: st.booleans,
        Decimal: lambda: exact,
        date: lambda: days,
        datetime: lambda: moments,
        UUID: st.uuids,
        Message: lambda: messages,
    }
    if hint in plain:
        return plain[hint]()
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return st.sampled_from(parts)
    if origin in (types.UnionType, typing.Union):
        return st.one_of(st.none(), *(_drawn(part, name) for part in parts if part is not types.NoneType))
    if origin is tuple and parts[-1] is Ellipsis:
        return st.lists(_drawn(parts[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(_drawn, parts))
    if isinstance(hint, type) and issubclass(hint, Record):
        return records(hint)
    raise TypeError(f"no strategy for {hint}")


ALONE: tuple[type[Record], ...] = (Patient, Nurse, WardSettings)
OF_AN_INFUSION: tuple[type[Record], ...] = (Check, VialUsed, RateChange, Observation, InfusionEnd)
BESIDE_A_DOSE: tuple[type[Record], ...] = (PreparedCheck, PreparedVial, Medication, DoseTime, FollowUp)
