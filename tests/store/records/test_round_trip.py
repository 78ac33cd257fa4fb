"""What is stored comes back equal: every kind of record, every field."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ivigdesk.clinical.courses.course import Course, Dose, Revision
from ivigdesk.clinical.infusions.infusion import Infusion, SideEffect
from ivigdesk.clinical.infusions.preparation import KnownCode
from ivigdesk.clinical.laboratory.values import LabValue
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.ward import Nurse, WardSettings
from ivigdesk.messages import Record
from ivigdesk.store import Ward, open_store
from ivigdesk.store.records import beside, codec, courses, facts, infusions, patients
from ivigdesk.store.records.questions import ask
from ivigdesk.store.records.rows import Row, Table
from tests.store import samples
from tests.store.conftest import Save

_NUMBERS = itertools.count()
QUICK = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
TABLES: tuple[Table[Any], ...] = (
    patients.PATIENTS,
    patients.NURSES,
    patients.SETTINGS,
    courses.COURSES,
    courses.REVISIONS,
    courses.DOSES,
    infusions.INFUSIONS,
    infusions.CHECKS,
    infusions.VIALS,
    infusions.RATE_CHANGES,
    infusions.OBSERVATIONS,
    infusions.SIDE_EFFECTS,
    infusions.ENDS,
    facts.LAB_VALUES,
    facts.EVENTS,
    beside.CHECKS,
    beside.VIALS,
    beside.MEDICATIONS,
    beside.TIMES,
    beside.CODES,
    beside.FOLLOW_UPS,
)


_DOSE = samples.named("dose one 1")
_EFFECT = samples.a_side_effect(_DOSE, "to follow")


@pytest.fixture(scope="module")
def shared() -> Iterator[Ward]:
    """A ward that many examples share, with a patient, a course and an infusion to refer to."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "ward.ivigdesk") as ward:
        _add(ward, samples.a_patient(), samples.a_course(), samples.an_infusion(), _EFFECT)
        yield ward


def _fresh() -> UUID:
    """Return an id that no other example has; drawn ones repeat."""
    return samples.named(f"example {next(_NUMBERS)}")


def _add(ward: Ward, *records: Record) -> None:
    with ward.changing(nurse="Li Na", at=samples.MORNING, action="test") as change:
        for record in records:
            change.add(record)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_has_the_columns_of_its_record(ward: Ward, table: Table[Any]) -> None:
    def columns(db: Any) -> list[Row]:
        return ask(db, "SELECT name FROM pragma_table_info(?)", [table.name])

    extra = {"entry", "version", "revision_id", "dose_id"} - set(table.columns)
    assert [row["name"] for row in ward.ask(columns) if row["name"] not in extra] == list(table.columns)


@QUICK
@given(patient=samples.records(Patient))
def test_a_patient_comes_back_equal(shared: Ward, patient: Patient) -> None:
    patient = msgspec.structs.replace(patient, id=(new := _fresh()), record_number=patient.record_number + new.hex)
    _add(shared, patient)
    assert shared.patient(patient.id) == patient
    assert shared.patient_by_number(patient.record_number) == patient


@QUICK
@given(nurse=samples.records(Nurse))
def test_a_nurse_comes_back_equal(shared: Ward, nurse: Nurse) -> None:
    nurse = msgspec.structs.replace(nurse, id=(new := _fresh()), name=nurse.name + new.hex)
    _add(shared, nurse)
    assert nurse in shared.nurses()


@QUICK
@given(chosen=samples.records(WardSettings))
def test_settings_come_back_equal(shared: Ward, chosen: WardSettings) -> None:
    _add(shared, chosen)
    assert shared.settings() == chosen


@QUICK
@given(drawn=st.data())
def test_a_course_comes_back_equal(shared: Ward, drawn: st.DataObject) -> None:
    course: Course = drawn.draw(
        samples.records(
            Course, id=_fresh(), patient_id=samples.named("patient wang"), revision=samples.a_course().revision
        )
    )
    doses: list[Dose] = drawn.draw(st.lists(samples.records(Dose, replaces=None), max_size=2))
    revision = msgspec.structs.replace(
        course.revision,
        id=_fresh(),
        course_id=course.id,
        doses=tuple(msgspec.structs.replace(dose, id=_fresh(), number=number) for number, dose in enumerate(doses, 1)),
    )
    course = msgspec.structs.replace(course, revision=revision)
    _add(shared, course)
    assert shared.course(course.id) == course
    assert shared.course(course.id, 1) == course
    assert shared.revisions_of(course.id) == (revision,)


@QUICK
@given(drawn=st.data())
def test_a_later_revision_comes_back_equal(shared: Ward, drawn: st.DataObject) -> None:
    """What was done, who approved it, what an undo put back, and what the change left at each dose."""
    word = f"drawn {next(_NUMBERS)}"
    course = samples.a_course(word, doses=1)
    wrong = course.doses[0]
    dose: Dose = drawn.draw(samples.records(Dose, id=_fresh(), number=2, replaces=wrong.id))
    revision: Revision = drawn.draw(
        samples.records(Revision, id=_fresh(), course_id=course.id, number=2, doses=(wrong, dose), restores=1)
    )
    _add(shared, course, revision)
    assert shared.revisions_of(course.id) == (course.revision, revision)
    stored = shared.course(course.id)
    assert stored is not None
    assert stored.revision == revision


@pytest.mark.parametrize("kind", samples.OF_AN_INFUSION)
def test_a_part_of_an_infusion_comes_back_equal(shared: Ward, kind: type[Record]) -> None:
    table = next(each for each in TABLES if each.record is kind)

    @QUICK
    @given(record=samples.records(kind, infusion_id=samples.named("infusion one 1"), replaces=None))
    def comes_back(record: Any) -> None:
        assert table.from_row(table.to_row(record)) == record

    comes_back()


@QUICK
@given(effect=samples.records(SideEffect, dose_id=samples.named("dose one 1"), replaces=None))
def test_a_side_effect_comes_back_equal(shared: Ward, effect: SideEffect) -> None:
    effect = msgspec.structs.replace(effect, id=_fresh())
    _add(shared, effect)
    assert effect in shared.side_effects_of_course(samples.named("course one"))


_OWN_IDS = {"course_id": samples.named("course one"), "effect_id": _EFFECT.id}


@pytest.mark.parametrize("kind", samples.BESIDE_A_DOSE)
def test_what_lies_beside_a_dose_comes_back_equal(shared: Ward, kind: type[Record]) -> None:
    asked = {
        "PreparedCheck": lambda: shared.prepared_checks([_DOSE]),
        "PreparedVial": lambda: shared.prepared_vials([_DOSE]),
        "Medication": lambda: shared.medications([_DOSE]),
        "DoseTime": lambda: shared.dose_times([_DOSE]).values(),
        "FollowUp": lambda: shared.follow_ups([samples.named("course one")]),
    }
    fixed = {"dose_id": _DOSE, "replaces": None, "is_withdrawn": False} | _OWN_IDS
    newest: list[Any] = []

    @QUICK
    @given(record=samples.records(kind, **{name: fixed[name] for name in kind.__struct_fields__ if name in fixed}))
    def comes_back(record: Any) -> None:
        # A dose has one planned time, so that each example plans it anew.
        replaces = newest[-1].id if newest and kind.__name__ == "DoseTime" else None
        record = msgspec.structs.replace(record, id=_fresh(), replaces=replaces)
        _add(shared, record)
        newest.append(record)
        assert record in asked[kind.__name__]()

    comes_back()
    assert newest


@QUICK
@given(code=samples.records(KnownCode))
def test_a_product_code_comes_back_equal(shared: Ward, code: KnownCode) -> None:
    _add(shared, code)
    assert shared.known_code(code.gtin) == code


_WANG = samples.named("patient wang")


@QUICK
@given(value=samples.records(LabValue, patient_id=_WANG, replaces=None, is_withdrawn=False))
def test_a_laboratory_value_comes_back_equal(shared: Ward, value: LabValue) -> None:
    value = msgspec.structs.replace(value, id=_fresh())
    _add(shared, value)
    assert value in shared.lab_values_of(_WANG)


@QUICK
@given(event=samples.records(ClinicalEvent, patient_id=_WANG, replaces=None, is_withdrawn=False, grade=None))
def test_a_clinical_event_comes_back_equal(shared: Ward, event: ClinicalEvent) -> None:
    until = None if event.until is None else max(event.on, event.until)
    event = msgspec.structs.replace(event, id=_fresh(), until=until)
    _add(shared, event)
    assert event in shared.events_of(_WANG)


@QUICK
@given(message=samples.messages)
def test_the_facts_of_a_sentence_keep_their_kinds(message: Any) -> None:
    again: Any = codec.decode(codec.encode(message), type(message))
    assert again == message
    assert _kinds(again) == _kinds(message)


def _kinds(value: Any) -> Any:
    facts = getattr(value, "facts", None)
    if facts is not None:
        return {name: _kinds(fact) for name, fact in facts.items()}
    if isinstance(value, (list, tuple)):
        return type(value), [_kinds(item) for item in value]
    return type(value), str(value)


def test_an_infusion_comes_back_with_all_its_parts(ward: Ward, save: Save) -> None:
    infusion = samples.an_infusion()
    vial, end = samples.a_vial(infusion), samples.an_end(infusion)
    effect = samples.a_side_effect(infusion.dose_id)
    save(samples.a_patient(), samples.a_course(), infusion, vial, effect)
    whole = msgspec.structs.replace(infusion, vials=(vial,), side_effects=(effect,))
    assert ward.running_infusions() == (whole,)
    save(end)
    ended = msgspec.structs.replace(whole, end=end)
    assert ward.running_infusions() == ()
    assert ward.infusion(infusion.id) == ended
    assert ward.infusion_of(infusion.dose_id) == ended
    assert ward.infusions_of_course(samples.named("course one")) == (ended,)


def test_an_infusion_is_stored_by_its_start_alone(ward: Ward, save: Save) -> None:
    infusion = samples.an_infusion()
    assembled: Infusion = msgspec.structs.replace(infusion, vials=(samples.a_vial(infusion),))
    save(samples.a_patient(), samples.a_course(), assembled)
    assert ward.infusion(infusion.id) == infusion


@pytest.mark.parametrize("name", samples.NAMES)
def test_a_name_is_found_and_shown_as_it_was_typed(ward: Ward, save: Save, name: str) -> None:
    patient = samples.a_patient(family_name=name, given_name="", local_name="")
    save(patient)
    assert ward.patients() == (patient,)
    assert ward.find_patients(name) == (patient,)


def test_a_copy_that_an_earlier_program_wrote_says_the_same_as_one_of_today() -> None:
    """A regimen stored before a field was added lacks it; neither a check nor a second save may call that another."""
    course = samples.a_course()
    row = courses.COURSES.to_row(course)
    regimen = json.loads(row["regimen"])
    del regimen["note"], regimen["phases"][0]["tolerance_days"]
    older = row | {"regimen": codec.canonical(regimen)}
    assert older["regimen"] != row["regimen"]
    assert courses.COURSES.as_written_now(older) == row
    assert courses.COURSES.is_same(course, older)
    assert not courses.COURSES.is_same(msgspec.structs.replace(course, prescriber="another"), older)
