"""Saving: all or nothing, once, by somebody, and never over what was there."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from ivigdesk.errors import KnownError
from ivigdesk.messages import Record
from ivigdesk.store import Ward, open_store
from ivigdesk.store.driver import Error
from tests.store import samples
from tests.store.conftest import Save

replace = msgspec.structs.replace


def _counts(ward: Ward) -> dict[str, int]:
    return {table: rows for table, rows in ward.check().counts if rows}


def test_saving_twice_makes_one_row_and_one_entry(ward: Ward, save: Save) -> None:
    infusion = samples.an_infusion()
    everything: tuple[Record, ...] = (
        samples.a_patient(),
        samples.a_course(),
        infusion,
        samples.a_vial(infusion),
        samples.a_side_effect(infusion.dose_id),
        samples.an_end(infusion),
    )
    save(*everything)
    once = _counts(ward)
    save(*everything)
    assert _counts(ward) == once
    assert once["journal"] == 1


def test_saving_again_what_was_saved_otherwise_is_refused_by_name_and_time(ward: Ward, save: Save) -> None:
    infusion = samples.an_infusion()
    save(samples.a_patient(), samples.a_course(), infusion, samples.a_vial(infusion))
    with pytest.raises(KnownError, match=r"NOT saved: Li Na already saved it .*2026-03-02 08:30:00\+08:00"):
        save(samples.a_vial(infusion, lot="another"))
    with pytest.raises(KnownError, match="NOT saved"):
        save(samples.a_course(prescriber="another"))


def test_an_edit_of_a_patient_is_a_new_version_and_keeps_the_old_one(ward: Ward, save: Save) -> None:
    save(samples.a_patient())
    moved = samples.a_patient(bed="12")
    save(moved)
    assert ward.patients() == (moved,)
    assert _counts(ward)["patient_versions"] == 2
    versions = [entry.changes() for entry in ward.journal()]
    assert versions == [(samples.a_patient(),), (moved,)]


def test_two_patients_never_share_a_record_number(ward: Ward, save: Save) -> None:
    save(samples.a_patient("one", record_number="7"))
    with pytest.raises(KnownError, match="record number 7 belongs to another patient"):
        save(samples.a_patient("two", record_number="7"))
    save(samples.a_patient("one", record_number="8"), samples.a_patient("two", record_number="7"))
    found = ward.patient_by_number("7")
    assert found is not None
    assert found.id == samples.named("patient two")


def test_a_correction_keeps_the_old_record_and_shows_the_new_one(ward: Ward, save: Save) -> None:
    infusion = samples.an_infusion()
    first = samples.a_side_effect(infusion.dose_id)
    vial = samples.a_vial(infusion)
    save(samples.a_patient(), samples.a_course(), infusion, first, vial)
    second = replace(first, id=samples.named("second"), grade=3, replaces=first.id)
    lot = replace(vial, id=samples.named("right lot"), lot="L99", replaces=vial.id)
    save(second, lot)
    assert ward.side_effects_of_course(samples.named("course one")) == (second,)
    assert ward.side_effect_history(second.id) == (second, first)
    running = ward.running_infusions()[0]
    assert (running.vials, running.side_effects) == ((lot,), (second,))
    assert _counts(ward)["side_effects"] == 2


def test_two_corrections_of_one_record_are_refused(ward: Ward, save: Save) -> None:
    first = samples.a_side_effect(samples.named("dose one 1"))
    save(samples.a_patient(), samples.a_course(), first)
    save(replace(first, id=samples.named("second"), grade=3, replaces=first.id))
    with pytest.raises(KnownError, match="NOT saved: Li Na changed it in the meantime"):
        save(replace(first, id=samples.named("third"), grade=4, replaces=first.id))


def test_a_second_signature_is_a_correction_of_the_end(ward: Ward, save: Save) -> None:
    infusion = samples.an_infusion()
    end = samples.an_end(infusion)
    save(samples.a_patient(), samples.a_course(), infusion, end)
    with pytest.raises(KnownError, match="changed it in the meantime"):
        save(samples.an_end(infusion, "another end"))
    signed = samples.an_end(infusion, "signed", second_nurse="Chen", replaces=end.id)
    save(signed)
    found = ward.infusion(infusion.id)
    assert found is not None
    assert found.end == signed


def test_a_correction_names_a_record_of_the_same_infusion(ward: Ward, save: Save) -> None:
    one, two = samples.an_infusion(number=1), samples.an_infusion(number=2)
    save(samples.a_patient(), samples.a_course(), one, two, samples.a_vial(one))
    with pytest.raises(ValueError, match="another infusion"):
        save(samples.a_vial(two, "wrong", replaces=samples.a_vial(one).id))


def test_one_dose_is_not_started_twice(ward: Ward, save: Save) -> None:
    save(samples.a_patient(), samples.a_course(), samples.an_infusion())
    with pytest.raises(KnownError, match="NOT saved: Li Na already opened a record for this dose"):
        save(samples.an_infusion(id=samples.named("second window")))


def test_a_revision_made_from_an_older_one_is_refused_by_name_and_time(ward: Ward, save: Save) -> None:
    course = samples.a_course()
    save(samples.a_patient(), course)
    later_doses = tuple(replace(dose, due_on=dose.due_on + timedelta(days=1)) for dose in course.doses)
    save(samples.a_revision("one", 2, later_doses))
    stale = replace(samples.a_revision("one", 2, course.doses), id=samples.named("stale"))
    with pytest.raises(KnownError, match="NOT saved: Li Na changed it in the meantime"):
        save(stale)
    now = ward.course(course.id)
    assert now is not None
    assert now.revision.number == 2
    assert ward.course(course.id, 1) == course
    assert [revision.number for revision in ward.revisions_of(course.id)] == [1, 2]


def test_a_revision_follows_the_newest_one_and_keeps_the_numbers_of_its_doses(ward: Ward, save: Save) -> None:
    course = samples.a_course()
    save(samples.a_patient(), course)
    with pytest.raises(ValueError, match="does not follow"):
        save(samples.a_revision("one", 3, course.doses))
    renumbered = replace(course.doses[0], number=9)
    with pytest.raises(ValueError, match="changed its number"):
        save(samples.a_revision("one", 2, (renumbered,)))
    stolen = samples.a_course("two", revision=samples.a_revision("two", 1, course.doses))
    with pytest.raises(ValueError, match="another course"):
        save(stolen)


def test_an_exception_inside_leaves_nothing(ward: Ward) -> None:
    def failing() -> None:
        with ward.changing(nurse="Li Na", at=samples.MORNING, action="test") as change:
            change.add(samples.a_patient())
            change.add(samples.a_course())
            raise KeyError("a bug")

    with pytest.raises(KeyError, match="a bug"):
        failing()
    assert _counts(ward) == {}
    assert ward.journal_head() == ""


def test_a_refused_record_leaves_no_half_of_itself_behind(ward: Ward) -> None:
    with ward.changing(nurse="Li Na", at=samples.MORNING, action="test") as change:
        change.add(samples.a_patient())
        with pytest.raises(ValueError, match="the tables refuse this Course"):
            change.add(samples.a_course(weight_g=0))
    assert _counts(ward) == {"journal": 1, "patients": 1, "patient_versions": 1}


def test_nothing_added_makes_no_entry(ward: Ward, save: Save) -> None:
    save()
    assert list(ward.journal()) == []


@pytest.mark.parametrize("nurse", ["", "  "])
def test_nothing_is_saved_for_nobody(ward: Ward, nurse: str) -> None:
    with (
        pytest.raises(KnownError, match="nobody is signed in"),
        ward.changing(nurse=nurse, at=samples.MORNING, action="test"),
    ):
        pytest.fail("the block must not run")


@pytest.mark.parametrize(
    ("at", "action"),
    [(datetime(2026, 3, 2), "test"), (samples.MORNING, "")],  # noqa: DTZ001
)
def test_a_change_needs_an_offset_and_an_action(ward: Ward, at: datetime, action: str) -> None:
    with pytest.raises(ValueError, match="needs"), ward.changing(nurse="Li Na", at=at, action=action):
        pytest.fail("the block must not run")


def test_changes_do_not_nest(ward: Ward, save: Save) -> None:
    with ward.changing(nurse="Li Na", at=samples.MORNING, action="outer") as change:
        with pytest.raises(ValueError, match="being made already"):
            save(samples.a_patient("inner"))
        change.add(samples.a_patient("outer"))
    assert [patient.id for patient in ward.patients()] == [samples.named("patient outer")]


def test_a_change_that_is_over_takes_no_more(ward: Ward) -> None:
    with ward.changing(nurse="Li Na", at=samples.MORNING, action="test") as change:
        change.add(samples.a_patient())
    with pytest.raises(ValueError, match="over"):
        change.add(samples.a_patient("late"))


def test_what_a_ward_does_not_keep_is_refused(ward: Ward) -> None:
    with (
        ward.changing(nurse="Li Na", at=samples.MORNING, action="test") as change,
        pytest.raises(ValueError, match="keeps no Dose"),
    ):
        change.add(samples.a_dose("one", 1))


@pytest.mark.parametrize("bad", ["\x00", "a\x07", "\x85", "\u202e", "\u2066", "\ud83e"])
def test_a_character_that_cannot_be_shown_is_refused_everywhere(ward: Ward, save: Save, bad: str) -> None:
    with pytest.raises(KnownError, match=r"NOT saved.*U\+"):
        save(samples.a_patient(given_name=f"x{bad}y"))
    with (
        pytest.raises(KnownError, match=r"NOT saved.*U\+"),
        ward.changing(nurse="Li Na", at=samples.MORNING, action="test", reason=bad),
    ):
        pytest.fail("the block must not run")
    assert _counts(ward) == {}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-1"])
def test_what_is_no_amount_is_refused(ward: Ward, save: Save, number: str) -> None:
    infusion = samples.an_infusion()
    save(samples.a_patient(), samples.a_course(), infusion)
    with pytest.raises(ValueError, match=r"cannot be stored|tables refuse"):
        save(samples.an_end(infusion, given_ml=Decimal(number)))


def test_rows_of_the_record_are_never_changed_or_deleted(ward: Ward, save: Save) -> None:
    infusion = samples.an_infusion()
    save(samples.a_patient(), samples.a_course(), infusion, samples.a_vial(infusion), samples.an_end(infusion))
    filled = [table for table in _counts(ward) if table != "current_doses"]
    assert len(filled) == 10
    for table in filled:
        for statement in (f"UPDATE {table} SET rowid = rowid", f"DELETE FROM {table}"):  # noqa: S608
            with pytest.raises(Error, match="never changed or deleted"):
                ward.ask(lambda db, sql: db.conn.execute(sql), statement)
        with pytest.raises(Error, match=r"never changed or deleted|FOREIGN KEY"):
            ward.ask(
                lambda db, name: db.conn.execute(f"REPLACE INTO {name} SELECT * FROM {name}"),  # noqa: S608
                table,
            )


def test_wall_times_come_back_with_their_offset(ward: Ward, save: Save) -> None:
    infusion = samples.an_infusion()
    save(samples.a_patient(), samples.a_course(), infusion)
    found = ward.infusion(infusion.id)
    assert found is not None
    assert found.started_at.isoformat() == "2026-03-02T08:30:00+08:00"


def test_threads_take_turns_and_lose_nothing(ward: Ward) -> None:
    mistakes: list[BaseException] = []

    def work(name: int) -> None:
        try:
            for number in range(10):
                with ward.changing(nurse=f"nurse {name}", at=samples.MORNING, action="test") as change:
                    change.add(samples.a_patient(f"{name}-{number}"))
                ward.patients()
        except BaseException as error:  # noqa: BLE001
            mistakes.append(error)

    threads = [threading.Thread(target=work, args=[name]) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mistakes == []
    assert len(ward.patients()) == 40
    assert ward.check().is_sound


def test_the_one_file_is_complete_after_each_change(ward: Ward, save: Save, path: Path) -> None:
    save(samples.a_patient())
    log = path.with_name(path.name + "-wal")
    assert not log.exists() or log.stat().st_size == 0


def test_a_closed_ward_answers_nothing_and_closes_twice(path: Path) -> None:
    ward = open_store(path)
    ward.close()
    ward.close()
    with pytest.raises(ValueError, match="closed"):
        ward.patients()
