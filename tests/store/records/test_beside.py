"""What lies beside a dose: ticks, vials made ready, drugs, planned times, product codes, and what follows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from ivigdesk.clinical.infusions.preparation import DoseTime
from ivigdesk.errors import KnownError
from ivigdesk.messages import Record
from ivigdesk.store import Ward, driver
from tests.store import samples
from tests.store.conftest import Save

replace = msgspec.structs.replace
FIRST, SECOND = samples.named("dose one 1"), samples.named("dose one 2")
COURSE = samples.named("course one")
EFFECT = samples.a_side_effect(FIRST)

ALL: tuple[Any, ...] = (
    samples.a_prepared_check(FIRST),
    samples.a_prepared_vial(FIRST),
    samples.a_medication(FIRST),
    samples.a_dose_time(FIRST),
    samples.a_follow_up(EFFECT),
)
TAKEN_BACK: tuple[Any, ...] = tuple(record for record in ALL if not isinstance(record, DoseTime))


def kind_of(record: Record) -> str:
    return type(record).__name__


@pytest.fixture(autouse=True)
def one_course(save: Save) -> None:
    save(samples.a_patient(), samples.a_course(), samples.an_infusion(), EFFECT)


def found(ward: Ward, record: Record) -> tuple[Any, ...]:
    """Return what is in force of this kind of record, for both doses."""
    doses = (FIRST, SECOND)
    match type(record).__name__:
        case "PreparedCheck":
            return ward.prepared_checks(doses)
        case "PreparedVial":
            return ward.prepared_vials(doses)
        case "Medication":
            return ward.medications(doses)
        case "DoseTime":
            return tuple(ward.dose_times(doses).values())
        case _:
            return ward.follow_ups([COURSE])


@pytest.mark.parametrize("record", ALL, ids=kind_of)
def test_saving_twice_makes_one_row(ward: Ward, save: Save, record: Any) -> None:
    save(record)
    head = ward.journal_head()
    save(record)
    assert ward.journal_head() == head
    assert found(ward, record) == (record,)
    with pytest.raises(KnownError):
        save(replace(record, nurse="Somebody else"))


@pytest.mark.parametrize("record", ALL, ids=kind_of)
def test_a_correction_takes_the_place_of_what_it_corrects(ward: Ward, save: Save, record: Any) -> None:
    later = replace(record, id=samples.named("later"), replaces=record.id, nurse="Chen Min")
    save(record)
    save(later)
    assert found(ward, record) == (later,)
    assert ward.check().problems == (), "the journal makes the same tables again"


@pytest.mark.parametrize("record", TAKEN_BACK, ids=kind_of)
def test_what_is_taken_back_is_in_force_no_longer(ward: Ward, save: Save, record: Any) -> None:
    gone = replace(record, id=samples.named("gone"), replaces=record.id, is_withdrawn=True)
    save(record)
    save(gone)
    assert found(ward, record) == ()
    assert ward.check().problems == ()


@pytest.mark.parametrize("record", ALL, ids=kind_of)
def test_a_correction_never_hides_the_record_of_another_dose(ward: Ward, save: Save, record: Any) -> None:
    save(record)
    for stranger in (
        replace(record, id=samples.named("later"), replaces=record.id, dose_id=SECOND),
        replace(record, id=samples.named("later"), replaces=samples.named("nobody")),
    ):
        with pytest.raises(ValueError, match="another dose"):
            save(stranger)
    assert found(ward, record) == (record,)


@pytest.mark.parametrize("record", ALL, ids=kind_of)
def test_two_corrections_of_one_record_are_not_both_taken(ward: Ward, save: Save, record: Any) -> None:
    first, second = (replace(record, id=samples.named(word), replaces=record.id) for word in ("first", "second"))
    save(record)
    save(first)
    with pytest.raises(KnownError, match="in the meantime"):
        save(second)
    assert found(ward, record) == (first,)


@pytest.mark.parametrize("record", ALL, ids=kind_of)
@pytest.mark.parametrize("statement", ["UPDATE {} SET nurse = 'Somebody'", "DELETE FROM {}"])
def test_rows_are_never_changed_or_deleted(ward: Ward, save: Save, record: Any, statement: str) -> None:
    save(record)
    table = {
        "PreparedCheck": "prepared_checks", "PreparedVial": "prepared_vials", "Medication": "medications",
        "DoseTime": "dose_times", "FollowUp": "follow_ups",
    }[kind_of(record)]  # fmt: skip
    with pytest.raises(driver.Error, match="never changed or deleted"):
        ward.ask(lambda db: db.conn.execute(statement.format(table)))


@pytest.mark.parametrize(
    "broken",
    [
        samples.a_prepared_check(FIRST, item=""),
        samples.a_prepared_check(FIRST, nurse=" "),
        samples.a_prepared_check(samples.named("nobody")),
        samples.a_prepared_check(FIRST, is_withdrawn=True),
        samples.a_prepared_vial(FIRST, lot=""),
        samples.a_prepared_vial(FIRST, mg=0),
        samples.a_prepared_vial(FIRST, product_id=""),
        samples.a_prepared_vial(FIRST, is_withdrawn=True),
        samples.a_medication(FIRST, kind="breakfast"),
        samples.a_medication(FIRST, what=" "),
        samples.a_dose_time(FIRST, starts_at="9:30"),
        samples.a_dose_time(FIRST, starts_at="24:30"),
        samples.a_dose_time(FIRST, starts_at="noon"),
        samples.a_known_code(gtin="123"),
        samples.a_known_code(mg=0),
        samples.a_follow_up(EFFECT, consequence="WAIT"),
        samples.a_follow_up(EFFECT, decision="perhaps"),
        samples.a_follow_up(EFFECT, ml_per_h=Decimal(-1)),
        samples.a_follow_up(EFFECT, effect_id=samples.named("nobody")),
        samples.a_follow_up(EFFECT, course_id=samples.named("nobody")),
    ],
    ids=lambda record: kind_of(record),
)
def test_what_cannot_be_is_refused_whole(ward: Ward, save: Save, broken: Any) -> None:
    head = ward.journal_head()
    with pytest.raises((ValueError, KnownError)):
        save(samples.a_prepared_check(SECOND), broken)
    assert ward.journal_head() == head
    assert ward.prepared_checks([SECOND]) == ()


def test_the_newest_word_about_a_product_code_holds(ward: Ward, save: Save) -> None:
    code = samples.a_known_code()
    assert ward.known_code(code.gtin) is None
    save(code)
    save(replace(code, mg=5000))
    save(samples.a_known_code(gtin="00000000000017", mg=1000))
    known = ward.known_code(code.gtin)
    assert known is not None
    assert known.mg == 5000
    assert ward.check().problems == ()


def test_what_lies_beside_another_dose_is_not_shown(ward: Ward, save: Save) -> None:
    save(samples.a_prepared_check(FIRST), samples.a_prepared_vial(FIRST), samples.a_medication(FIRST))
    assert ward.prepared_checks([SECOND]) + ward.prepared_vials([SECOND]) + ward.medications([SECOND]) == ()
    assert ward.dose_times([SECOND]) == {}
    assert ward.follow_ups([samples.named("another course")]) == ()
