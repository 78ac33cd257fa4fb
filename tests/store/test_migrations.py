"""Old files: opened, kept beforehand, and brought forward whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from ivigdesk.clinical.courses.course import Course, Revision
from ivigdesk.clinical.infusions.follow_up import FollowUp
from ivigdesk.clinical.infusions.infusion import Infusion, SideEffect
from ivigdesk.clinical.infusions.preparation import KnownCode
from ivigdesk.store import backup, driver, journal, migrating, open_store, opening, schema
from ivigdesk.store.driver import Database, Migrations
from ivigdesk.store.schema import fourth_infusion_day, second_patient_facts, third_changes
from tests.databases import make
from tests.store import samples
from tests.store.conftest import bytes_of


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of schema 1, as it was released."""
    path = tmp_path / "ward.ivigdesk"
    shutil.copyfile(make.FOLDER / "schema-1.ivigdesk", path)
    return path


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A file of schema 2, as it was released."""
    path = tmp_path / "ward.ivigdesk"
    shutil.copyfile(make.FOLDER / "schema-2.ivigdesk", path)
    return path


@pytest.fixture
def third(tmp_path: Path) -> Path:
    """A file of schema 3, as it was released."""
    path = tmp_path / "ward.ivigdesk"
    shutil.copyfile(make.FOLDER / "schema-3.ivigdesk", path)
    return path


def _add_migration(monkeypatch: pytest.MonkeyPatch, *steps: Callable[[Database], None]) -> None:
    """Let the program know further migrations after those that it has."""
    more = Migrations("ivigdesk")
    more._migrations = [*schema.migrations._migrations]
    for step in steps:
        more(name=step.__name__)(migrating.guarded()(step))
    monkeypatch.setattr(schema, "migrations", more)
    monkeypatch.setattr(schema, "SCHEMA", schema.SCHEMA + len(steps))


_NEXT = schema.SCHEMA + 1


def m_next_note(db: Database) -> None:
    db.conn.execute("CREATE TABLE notes (id TEXT NOT NULL PRIMARY KEY, words TEXT NOT NULL) STRICT")
    db.conn.execute(f"PRAGMA user_version = {_NEXT}")


def m_third_fails(db: Database) -> None:
    db.conn.execute("CREATE TABLE half (id TEXT)")
    raise RuntimeError("midway")


def m_third_forgets_the_triggers(db: Database) -> None:
    db.table("checks").transform(rename={"item": "line"})


def m_third_drops_an_index(db: Database) -> None:
    db.conn.execute("DROP INDEX vials_by_lot")


def _drops_another_index(db: Database) -> None:
    db.conn.execute("DROP INDEX vials_by_infusion")


def _version(path: Path) -> tuple[int, bool]:
    connection = opening.keyed(path, None, "mode=ro&immutable=1")
    try:
        (number,) = connection.execute("PRAGMA user_version").fetchone()
        half = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone()[0]
    finally:
        connection.close()
    return number, bool(half)


@pytest.mark.parametrize("number", range(1, schema.SCHEMA + 1))
def test_every_released_file_opens_with_all_it_held(tmp_path: Path, number: int) -> None:
    path = tmp_path / "ward.ivigdesk"
    shutil.copyfile(make.FOLDER / f"schema-{number}.ivigdesk", path)
    patient, course, infusion, vial, effect, end = make.contents(1)
    with open_store(path) as ward:
        assert ward.patient(samples.named("patient wang")) == patient
        assert ward.course(samples.named("course one")) == course
        assert ward.infusion(samples.an_infusion().id) == msgspec.structs.replace(
            infusion, vials=(vial,), side_effects=(effect,), end=end
        )
        assert ward.check().is_sound
        assert ward.ask(lambda db: db.conn.execute("PRAGMA user_version").fetchone()[0]) == schema.SCHEMA


def test_the_second_file_holds_what_its_program_could_record(second: Path) -> None:
    patient, course, settings, _, corrected, _, withdrawn, gvhd = make.contents(2)[6:]
    with open_store(second) as ward:
        assert ward.patient(samples.named("patient zhao")) == patient
        assert ward.course(samples.named("course two")) == course
        assert ward.settings() == settings
        assert ward.lab_values_of(samples.named("patient wang")) == (corrected,)
        assert ward.events_of(samples.named("patient wang")) == (gvhd,)
        assert ward.withdrawn_events_of(samples.named("patient wang")) == (withdrawn,)


def test_the_third_file_holds_what_its_program_could_record(third: Path) -> None:
    course, second, undone, settings = make.contents(3)[14:]
    assert isinstance(course, Course)
    assert isinstance(second, Revision)
    with open_store(third) as ward:
        assert ward.settings() == settings
        assert ward.revisions_of(course.id) == (course.revision, second, undone)
        assert ward.course(course.id, 2) == msgspec.structs.replace(course, revision=second)
        assert ward.course(course.id) == msgspec.structs.replace(course, revision=undone)
        assert ward.check().problems == ()


def test_the_newest_file_holds_what_its_program_could_record(tmp_path: Path) -> None:
    path = tmp_path / "ward.ivigdesk"
    shutil.copyfile(make.FOLDER / "schema-4.ivigdesk", path)
    course, begun, check, vial, observation, effect, *beside, settings = make.contents(4)[18:]
    _wrong, _back, left_open, ready, _broken, _gone, premed, treated, time, code, slow, _proposed, declined = beside
    assert isinstance(course, Course)
    assert isinstance(begun, Infusion)
    assert isinstance(code, KnownCode)
    given, waiting = course.doses[0].id, course.doses[1].id
    with open_store(path) as ward:
        assert ward.settings() == settings
        assert ward.infusion(begun.id) == msgspec.structs.replace(
            begun, checks=(check,), vials=(vial,), observations=(observation,), side_effects=(effect,)
        )
        assert ward.prepared_checks([given, waiting]) == (left_open,)
        assert ward.prepared_vials([given, waiting]) == (ready,)
        assert set(ward.medications([given])) == {premed, treated}
        assert ward.dose_times([given, waiting]) == {waiting: time}
        assert ward.known_code(code.gtin) == code
        assert set(ward.follow_ups([course.id])) == {slow, declined}
        assert ward.check().problems == ()


def test_a_file_of_the_third_program_is_brought_forward_field_by_field(third: Path) -> None:
    """What its program could not record is not guessed: no reason, serial, site, drug or doctor; the usual hours."""
    with open_store(third) as ward:
        entries = list(ward.journal())
        assert [record for entry in entries for record in entry.changes()] == list(make.contents(3))
        assert journal.verify(entries) == ()
        (infusion,) = ward.infusions_of_course(samples.named("course one"))
        assert [vial.serial for vial in infusion.vials] == [""]
        (effect,) = infusion.side_effects
        assert (effect.drugs, effect.doctor, effect.doctor_at) == ("", "", None)
        settings = ward.settings()
        assert settings is not None
        assert (settings.usual_start, settings.nurses_on_duty, settings.sounds) == ("09:00", None, False)
        doses = [dose.id for course in ward.courses() for dose in course.doses]
        assert ward.prepared_checks(doses) + ward.prepared_vials(doses) + ward.medications(doses) == ()
        assert ward.dose_times(doses) == {}
        assert ward.follow_ups(course.id for course in ward.courses()) == ()
        assert ward.check(entries[-1].hash).problems == (), "the journal makes every table again"


def test_a_file_of_the_third_program_takes_what_an_infusion_day_brings(third: Path) -> None:
    effect = make.contents(3)[4]
    assert isinstance(effect, SideEffect)
    with open_store(third) as ward:
        with ward.changing(nurse="Li Na", at=samples.MORNING, action="more") as change:
            for record in (*samples.an_infusion_day(), samples.a_follow_up(effect)):
                change.add(record)
        (accepted,) = ward.follow_ups([samples.named("course one")])
        assert isinstance(accepted, FollowUp)
        assert accepted.effect_id == effect.id
        assert ward.check().problems == ()


def test_a_file_of_the_second_program_is_brought_forward_field_by_field(second: Path) -> None:
    """A change of a calendar that it could not record is not guessed: nobody approved, released or erred."""
    with open_store(second) as ward:
        entries = list(ward.journal())
        assert [record for entry in entries for record in entry.changes()] == list(make.contents(2))
        assert journal.verify(entries) == ()
        courses = ward.courses()
        assert [course.approved_until for course in courses] == [None, None]
        for revision in (course.revision for course in courses):
            assert (revision.verb, revision.approved_by, revision.restores) == ("", "", None)
        doses = [dose for course in courses for dose in course.doses]
        assert len(doses) == 4
        for dose in doses:
            assert (dose.product, dose.changed_by, dose.changed_at, dose.replaces) == (None, "", None, None)
            assert (dose.needs_release, dose.is_extra, dose.is_error) == (False, False, False)
        settings = ward.settings()
        assert settings is not None
        assert (settings.country, settings.subdivision, settings.closes_on_holidays) == ("", "", False)
        assert (settings.most_doses_a_day, settings.most_minutes_a_day) == (None, None)
        assert ward.check(entries[-1].hash).problems == (), "the journal makes every table again"


def test_a_file_of_the_second_program_takes_a_change_of_its_calendar(second: Path) -> None:
    with open_store(second) as ward:
        course = ward.course(samples.named("course two"))
        assert course is not None
        (dose,) = course.doses
        held = msgspec.structs.replace(
            dose, state="held", needs_release=True, changed_by="Li Na", changed_at=samples.MORNING
        )
        revision = samples.a_revision("two", 2, (held,), verb="reaction")
        with ward.changing(nurse="Li Na", at=samples.MORNING, action="held") as change:
            change.add(revision)
        assert ward.revisions_of(course.id) == (course.revision, revision)
        assert ward.check().problems == ()


def test_an_old_file_is_brought_forward_and_says_what_it_said(old: Path) -> None:
    """What was recorded is the same field by field; what could not be recorded then is unknown, not guessed."""
    with open_store(old) as ward:
        entries = list(ward.journal())
        assert [record for entry in entries for record in entry.changes()] == list(make.contents(1))
        assert journal.verify(entries) == ()
        (patient,) = ward.patients()
        assert (patient.earlier_transplants_on, patient.donor_kind, patient.conditions) == ((), "unknown", ())
        (course,) = ward.courses()
        assert (course.profile, course.override_by, course.approved_mg, course.stated) == ("", "", None, ())
        assert [dose.criteria for dose in course.doses] == [None, None, None]
        assert ward.lab_values_of(patient.id) == ()
        assert ward.events_of(patient.id) == ()
        assert ward.check(entries[-1].hash).problems == ()


def test_what_an_old_file_holds_is_not_saved_a_second_time(old: Path) -> None:
    with open_store(old) as ward:
        head = ward.journal_head()
        with ward.changing(nurse="Li Na", at=samples.MORNING, action="again") as change:
            for record in make.contents(1):
                change.add(record)
        assert ward.journal_head() == head


def test_an_old_file_takes_what_is_new(old: Path) -> None:
    with open_store(old) as ward:
        (course,) = ward.courses()
        doses = tuple(msgspec.structs.replace(dose, criteria=samples.CRITERIA) for dose in course.doses)
        revision = samples.a_revision("one", 2, doses)
        with ward.changing(nurse="Li Na", at=samples.MORNING, action="more") as change:
            for record in (*make.contents(2)[6:], revision):
                change.add(record)
        assert ward.revisions_of(course.id) == (course.revision, revision)
        assert ward.check().problems == ()


@pytest.mark.parametrize(
    ("number", "step", "part"),
    [
        (1, second_patient_facts, "COLUMNS"),
        (1, second_patient_facts, "TABLES"),
        (2, third_changes, "COLUMNS"),
        (3, fourth_infusion_day, "COLUMNS"),
        (3, fourth_infusion_day, "TABLES"),
    ],
)
def test_an_update_that_fails_midway_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, step: ModuleType, part: str
) -> None:
    path = tmp_path / "ward.ivigdesk"
    shutil.copyfile(make.FOLDER / f"schema-{number}.ivigdesk", path)
    before = _structure(path)
    with monkeypatch.context() as broken:
        broken.setattr(step, part, getattr(step, part) + "CREATE TABLE doses (id TEXT);")
        with pytest.raises(driver.OperationalError, match="doses"):
            open_store(path)
        assert (_version(path)[0], _structure(path)) == (number, before)
    with open_store(path) as ward:
        assert len(ward.patients()) == min(number, 2)
        assert ward.check().is_sound


@pytest.mark.parametrize("number", range(1, schema.SCHEMA + 1))
def test_a_file_brought_forward_has_the_structure_of_a_new_one(tmp_path: Path, number: int) -> None:
    old, new = tmp_path / "old.ivigdesk", tmp_path / "new.ivigdesk"
    shutil.copyfile(make.FOLDER / f"schema-{number}.ivigdesk", old)
    open_store(old).close()
    open_store(new).close()
    assert _structure(old) == _structure(new)


def _structure(path: Path) -> list[tuple[str, str]]:
    connection = opening.keyed(path, None, "mode=ro&immutable=1")
    try:
        return sorted(connection.execute("SELECT name, coalesce(sql, '') FROM sqlite_master").fetchall())
    finally:
        connection.close()


def test_a_backup_of_an_earlier_program_is_read_and_put_back(tmp_path: Path) -> None:
    kept, path = make.FOLDER / "schema-1.ivigdesk", tmp_path / "ward.ivigdesk"
    before = kept.read_bytes()
    report = backup.restore(kept, path)
    assert "lab_values" not in dict(report.backup.counts)
    with open_store(path) as ward:
        assert dict(ward.check().counts)["lab_values"] == 0
        assert len(ward.patients()) == 1
    assert kept.read_bytes() == before


def test_the_number_of_the_schema_is_the_number_of_migrations() -> None:
    assert len(schema.migrations._migrations) == schema.SCHEMA


def test_an_older_file_is_kept_before_it_is_brought_forward(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _add_migration(monkeypatch, m_next_note)
    with open_store(old) as ward:
        assert len(ward.patients()) == 1
        assert ward.check().is_sound
    kept = old.with_name("ward.ivigdesk.before-update-from-1-1")
    assert (_version(old)[0], _version(kept)[0]) == (_NEXT, 1)
    assert sorted(bytes_of(old.parent)) == ["ward.ivigdesk", kept.name]
    open_store(old).close()
    assert sorted(bytes_of(old.parent)) == ["ward.ivigdesk", kept.name]


def test_a_migration_that_fails_midway_leaves_the_last_whole_state(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        _add_migration(broken, m_next_note, m_third_fails)
        with pytest.raises(RuntimeError, match="midway"):
            open_store(old)
        assert _version(old) == (_NEXT, False)
        assert not opening.is_held(old)
    _add_migration(monkeypatch, m_next_note)
    with open_store(old) as ward:
        assert ward.check().is_sound


@pytest.mark.parametrize(
    ("careless", "lost"),
    [(m_third_drops_an_index, "vials_by_lot"), (m_third_forgets_the_triggers, "checks_never_delete")],
)
def test_a_migration_that_would_lose_a_guard_is_refused(
    old: Path, monkeypatch: pytest.MonkeyPatch, careless: Callable[[Database], None], lost: str
) -> None:
    _add_migration(monkeypatch, m_next_note, careless)
    with pytest.raises((ValueError, driver.Error)) as refused:
        open_store(old)
    assert lost in str(refused.value) or "transform" in str(refused.value)
    assert _version(old) == (_NEXT, False)


def test_a_migration_may_say_what_it_means_to_change() -> None:
    connection = driver.connect(":memory:")
    db = driver.open_database(connection)
    schema.migrations.apply(db)
    migrating.guarded(["vials_by_lot"])(m_third_drops_an_index)(db)
    with pytest.raises(ValueError, match="vials_by_infusion"):
        migrating.guarded(["vials_by_number"])(_drops_another_index)(db)
    connection.close()


def _loses_a_reference(db: Database) -> None:
    db.conn.execute("DROP TABLE notes")
    db.conn.execute("CREATE TABLE notes (dose TEXT, nurse TEXT REFERENCES patients (id)) STRICT")


def _adds_a_reference(db: Database) -> None:
    db.conn.execute("ALTER TABLE notes ADD COLUMN infusion TEXT REFERENCES infusions (id)")


def test_a_migration_may_add_a_reference_but_not_lose_one() -> None:
    connection = driver.connect(":memory:")
    db = driver.open_database(connection)
    schema.migrations.apply(db)
    connection.execute(
        "CREATE TABLE notes (dose TEXT REFERENCES doses (id), nurse TEXT REFERENCES patients (id)) STRICT"
    )
    migrating.guarded()(_adds_a_reference)(db)
    with pytest.raises(ValueError, match=r"notes\.dose"):
        migrating.guarded(["notes.infusion"])(_loses_a_reference)(db)
    connection.close()


def test_every_clinical_table_refuses_changes() -> None:
    connection = driver.connect(":memory:")
    db = driver.open_database(connection)
    schema.migrations.apply(db)
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    strict = {row[1] for row in connection.execute("PRAGMA table_list") if row[5]}
    triggers = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    connection.close()
    ours = {table for table in tables if not table.startswith(("sqlite_", "_sqlite"))}
    assert ours - set(schema.APPEND_ONLY) == {"ward_file", "current_doses", "patient_search"}
    assert ours == strict - {"sqlite_schema", "sqlite_temp_schema"}
    assert triggers == {f"{table}_never_{verb}" for table in schema.APPEND_ONLY for verb in ("update", "delete")}
