"""Laboratory values and clinical events: nothing is overwritten, and what is in force is what nothing replaced."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any, get_args

import msgspec
import pytest

from ivigdesk.clinical.laboratory import values as laboratory
from ivigdesk.clinical.patients import events
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.errors import KnownError
from ivigdesk.messages import Record
from ivigdesk.store import Ward, driver
from ivigdesk.store.records import codec
from tests.store import samples
from tests.store.conftest import Save

replace = msgspec.structs.replace
WANG = samples.named("patient wang")


@pytest.fixture(autouse=True)
def two_patients(save: Save) -> None:
    save(samples.a_patient(), samples.a_patient("zhao"))


def test_values_come_by_the_day_of_the_sample_and_of_one_patient_only(ward: Ward, save: Save) -> None:
    newer = samples.a_lab_value("newer", taken_on=samples.DAY + timedelta(days=1))
    older = samples.a_lab_value("older", taken_on=samples.DAY - timedelta(days=1))
    save(newer, older, samples.a_lab_value("another's", "zhao"))
    assert ward.lab_values_of(WANG) == (older, newer)


def test_events_come_by_their_first_day(ward: Ward, save: Save) -> None:
    newer = samples.an_event("newer", on=samples.DAY + timedelta(days=1))
    older = samples.an_event("older", on=samples.DAY - timedelta(days=400))
    save(newer, older, samples.an_event("another's", "zhao"))
    assert ward.events_of(WANG) == (older, newer)


def test_two_samples_of_one_day_stand_in_the_order_in_which_they_were_recorded(ward: Ward, save: Save) -> None:
    second = samples.a_lab_value("second", at=samples.later(5))
    first = samples.a_lab_value("first")
    save(second, first)
    assert ward.lab_values_of(WANG) == (first, second)


def test_a_correction_keeps_what_it_corrects(ward: Ward, save: Save) -> None:
    wrong = samples.a_lab_value()
    right = samples.a_lab_value("right", value=Decimal("6.4"), replaces=wrong.id, reason="misread")
    save(wrong)
    save(right)
    assert ward.lab_values_of(WANG) == (right,)
    assert ward.lab_value_history(right.id) == (right, wrong)
    assert ward.check().is_sound


def test_what_is_withdrawn_is_not_current_and_can_still_be_read(ward: Ward, save: Save) -> None:
    wrong = samples.an_event()
    gone = samples.an_event("gone", replaces=wrong.id, is_withdrawn=True, reason="another patient's")
    save(wrong)
    save(gone)
    assert ward.events_of(WANG) == ()
    assert ward.withdrawn_events_of(WANG) == (gone,)
    assert ward.event_history(gone.id) == (gone, wrong)


def test_two_corrections_of_one_value_are_not_both_taken(ward: Ward, save: Save) -> None:
    wrong = samples.a_lab_value()
    save(wrong)
    save(samples.a_lab_value("first", replaces=wrong.id))
    with pytest.raises(KnownError, match="in the meantime"):
        save(samples.a_lab_value("second", replaces=wrong.id))
    assert len(ward.lab_values_of(WANG)) == 1


@pytest.mark.parametrize("record", [samples.a_lab_value(), samples.an_event()], ids=["value", "event"])
def test_saving_twice_makes_one_row(ward: Ward, save: Save, record: Any) -> None:
    save(record)
    head = ward.journal_head()
    save(record)
    assert ward.journal_head() == head
    with pytest.raises(KnownError):
        save(replace(record, nurse="Somebody else"))


@pytest.mark.parametrize("make", [samples.a_lab_value, samples.an_event])
def test_a_correction_never_hides_another_patients_record(save: Save, make: Any) -> None:
    theirs = make("theirs", "zhao")
    save(theirs)
    with pytest.raises(ValueError, match="another patient"):
        save(make("mine", replaces=theirs.id))
    with pytest.raises(ValueError, match="another patient"):
        save(make("mine", replaces=samples.named("nobody")))


@pytest.mark.parametrize(
    "broken",
    [
        samples.a_lab_value(test="igm"),
        samples.a_lab_value(value=Decimal("-1")),
        samples.a_lab_value(unit=""),
        samples.a_lab_value(nurse=" "),
        samples.a_lab_value(patient_id=samples.named("nobody")),
        samples.a_lab_value(is_withdrawn=True, reason="no row is named"),
        samples.an_event(kind="fever"),
        samples.an_event(grade=0),
        samples.an_event(grade=5),
        samples.an_event(severity="bad"),
        samples.an_event(site="foot"),
        samples.an_event(is_bacterial="perhaps"),
        samples.an_event(needed_iv_antibiotics=""),
        samples.an_event(cmv_disease="none"),
        samples.an_event(until=samples.DAY - timedelta(days=1)),
        samples.an_event(nurse=""),
        samples.an_event(patient_id=samples.named("nobody")),
        samples.an_event(is_withdrawn=True, reason="no row is named"),
    ],
)
def test_the_tables_refuse_what_no_ward_means(ward: Ward, save: Save, broken: Record) -> None:
    head = ward.journal_head()
    with pytest.raises((ValueError, driver.IntegrityError)):
        save(broken)
    assert ward.journal_head() == head


@pytest.mark.parametrize("make", [samples.a_lab_value, samples.an_event])
def test_a_withdrawal_needs_its_reason(save: Save, make: Any) -> None:
    wrong = make()
    save(wrong)
    with pytest.raises(ValueError, match="refuse"):
        save(make("gone", replaces=wrong.id, is_withdrawn=True, reason=" "))


def test_an_event_of_one_day_may_end_on_it(ward: Ward, save: Save) -> None:
    event = samples.an_event(until=samples.DAY)
    save(event)
    assert ward.events_of(WANG) == (event,)


def test_every_kind_that_a_record_knows_fits_its_table(ward: Ward, save: Save) -> None:
    """The tables list the words themselves: a word added to a record alone would be refused at the bedside."""
    values = [samples.a_lab_value(test, test=test) for test in laboratory.LAB_TESTS]
    kinds = [samples.an_event(kind, kind=kind) for kind in events.EVENT_KINDS]
    more: list[Any] = [
        _with(name, word)
        for name, words in (
            ("severity", get_args(events.EventSeverity)),
            ("site", get_args(events.InfectionSite)),
            ("cmv_disease", get_args(events.CmvDisease)),
            ("is_bacterial", get_args(events.YesNo)),
            ("needed_iv_antibiotics", get_args(events.YesNo)),
            ("grade", range(1, 5)),
        )
        for word in words
    ]
    save(*values, *kinds, *more)
    assert len(ward.lab_values_of(WANG)) == len(values)
    assert len(ward.events_of(WANG)) == len(kinds) + len(more)
    assert ward.check().is_sound


@pytest.mark.parametrize("table", ["lab_values", "clinical_events"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET nurse = 'Somebody'", "DELETE FROM {}"])
def test_rows_are_never_changed_or_deleted(ward: Ward, save: Save, table: str, statement: str) -> None:
    save(samples.a_lab_value(), samples.an_event())
    with pytest.raises(driver.IntegrityError, match="never changed or deleted"):
        ward.ask(lambda db: db.conn.execute(statement.format(table)))


@pytest.mark.parametrize(
    "statement",
    ["UPDATE lab_values SET value = '40'", "DELETE FROM clinical_events", "UPDATE clinical_events SET kind = 'death'"],
)
def test_a_change_past_the_triggers_is_noticed(ward: Ward, save: Save, statement: str) -> None:
    save(samples.a_lab_value(), samples.an_event())

    def tamper(db: Any) -> None:
        for (name,) in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.conn.execute(f"DROP TRIGGER {name}")
        db.conn.execute(statement)

    ward.ask(tamper)
    assert ["does not say what the journal says" in problem.text for problem in ward.check().problems] == [True]


def test_the_journal_tells_a_value_as_it_was_typed(ward: Ward, save: Save) -> None:
    value = samples.a_lab_value(is_below=True, value=Decimal("137"), test="cmv-pcr", unit="IU/mL")
    save(value)
    assert list(ward.journal())[-1].changes() == (value,)
    assert codec.decode(codec.encode(value), type(value)) == value


def test_a_question_takes_the_index(ward: Ward) -> None:
    for table, day in (("lab_values", "taken_on"), ("clinical_events", '"on"')):
        question = f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE patient_id = ? ORDER BY {day}"  # noqa: S608
        plan = ward.ask(_rows, question)
        assert f"{table}_by_patient" in str(plan)
        assert "TEMP B-TREE" not in str(plan)


def _with(name: str, word: object) -> ClinicalEvent:
    return samples.an_event(f"{name} {word}", "wang", **{name: word})


def _rows(db: Any, question: str) -> list[Any]:
    return list(db.conn.execute(question, [str(WANG)]).fetchall())
