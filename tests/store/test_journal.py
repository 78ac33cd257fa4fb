"""The journal: the tables follow from it, and nobody rewrites it unseen."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.infusions.infusion import Check, Infusion, Observation, RateChange, SideEffect
from ivigdesk.clinical.ward import Nurse, WardSettings
from ivigdesk.store import JournalEntry, Ward, journal, open_store
from tests.store import samples
from tests.store.conftest import Save

replace = msgspec.structs.replace


def _entries(ward: Ward, save: Save, count: int = 5) -> list[JournalEntry]:
    for number in range(count):
        save(samples.a_patient(str(number)))
    return list(ward.journal())


def _found(entries: list[JournalEntry], anchor: str = "") -> list[str]:
    return [problem.text for problem in journal.verify(entries, anchor)]


def test_an_entry_says_who_when_what_and_why(ward: Ward) -> None:
    with ward.changing(nurse="Li Na", at=samples.MORNING, action="add patient", reason="admitted") as change:
        change.add(samples.a_patient())
    (entry,) = ward.journal()
    assert (entry.sequence, entry.nurse, entry.at, entry.action, entry.reason) == (
        1, "Li Na", samples.MORNING, "add patient", "admitted",
    )  # fmt: skip
    assert entry.at.utcoffset() == timedelta(hours=8)
    assert entry.device == ward.device
    assert entry.changes() == (samples.a_patient(),)
    assert entry.hash == entry.computed_hash() == ward.journal_head()


def test_a_whole_journal_is_whole(ward: Ward, save: Save) -> None:
    assert ward.journal_head() == ""
    entries = _entries(ward, save)
    assert journal.verify(entries, entries[2].hash) == ()
    assert [entry.previous_hash for entry in entries] == ["", *(entry.hash for entry in entries[:-1])]


def test_a_long_journal_is_read_whole(ward: Ward, save: Save) -> None:
    assert [entry.sequence for entry in _entries(ward, save, 205)] == list(range(1, 206))


@pytest.mark.parametrize(
    "change",
    [
        {"nurse": "Somebody"},
        {"reason": "another"},
        {"action": "another"},
        {"at": samples.later(1)},
        {"records": "[]"},
        {"program": "9"},
        {"device": samples.named("another")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edited_entry_is_noticed(ward: Ward, save: Save, change: dict[str, Any]) -> None:
    entries = _entries(ward, save)
    entries[2] = replace(entries[2], **change)
    assert _found(entries) == ["Journal: entry {number} was altered."]
    entries[2] = replace(entries[2], hash=entries[2].computed_hash())
    assert _found(entries) == ["Journal: entry {number} does not follow the one before it."]


def _cut_middle(entries: list[JournalEntry]) -> list[JournalEntry]:
    return entries[:2] + entries[3:]


def _swap(entries: list[JournalEntry]) -> list[JournalEntry]:
    return [entries[0], entries[2], entries[1], *entries[3:]]


def _cut_start(entries: list[JournalEntry]) -> list[JournalEntry]:
    return entries[1:]


@pytest.mark.parametrize("tamper", [_cut_middle, _swap, _cut_start])
def test_a_deleted_or_swapped_entry_is_noticed(
    ward: Ward, save: Save, tamper: Callable[[list[JournalEntry]], list[JournalEntry]]
) -> None:
    assert _found(tamper(_entries(ward, save)))


def test_a_cut_end_is_noticed_by_the_hash_on_a_sheet(ward: Ward, save: Save) -> None:
    entries = _entries(ward, save)
    printed = f"{entries[-1].hash[:4]} {entries[-1].hash[4:8]}".upper()
    assert _found(entries, printed) == []
    assert _found(entries[:-1]) == []
    assert "cut off or rewritten" in _found(entries[:-1], printed)[0]


def test_a_rewritten_journal_is_noticed_by_the_hash_on_a_sheet(ward: Ward, save: Save) -> None:
    entries = _entries(ward, save)
    previous, forged = "", []
    for entry in entries:
        mine = replace(entry, nurse="Somebody", previous_hash=previous)
        forged.append(replace(mine, hash=mine.computed_hash()))
        previous = forged[-1].hash
    assert _found(forged) == []
    assert _found(forged, entries[0].hash)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE patient_versions SET weight_g = weight_g + 1000", "does not say what the journal says"),
        ("DELETE FROM vials", "does not say what the journal says"),
        ("UPDATE current_doses SET is_settled = 1", "does not say what the journal says"),
        ("UPDATE journal SET nurse = 'Somebody'", "was altered"),
        ("DELETE FROM journal WHERE sequence = 1", "rows name something that is not there"),
        ("DELETE FROM patients", "rows name something that is not there"),
    ],
)
def test_a_change_past_the_triggers_is_noticed(ward: Ward, save: Save, statement: str, said: str) -> None:
    infusion = samples.an_infusion()
    save(samples.a_patient(), samples.a_course(), infusion, samples.a_vial(infusion))
    assert ward.check().is_sound

    def tamper(db: Any) -> None:
        triggers = db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        db.conn.execute("PRAGMA foreign_keys = OFF")
        for (name,) in triggers:
            db.conn.execute(f"DROP TRIGGER {name}")
        db.conn.execute(statement)

    ward.ask(tamper)
    report = ward.check()
    assert not report.is_sound
    assert any(said in problem.text for problem in report.problems)


def test_a_check_counts_and_names_what_read_the_file(ward: Ward, save: Save) -> None:
    save(samples.a_patient())
    report = ward.check(ward.journal_head())
    assert report.is_sound
    assert (report.entries, report.head) == (1, ward.journal_head())
    assert dict(report.counts)["patients"] == 1
    assert report.sqlcipher
    assert not ward.check("0123 4567").is_sound


class _History:
    """Draws what a ward may do next, and does it."""

    def __init__(self, ward: Ward, drawn: st.DataObject) -> None:
        self.ward = ward
        self.drawn = drawn
        self.patients = 0
        self.courses: list[Course] = []
        self.infusions: list[Infusion] = []
        self.effects: list[SideEffect] = []
        self.number = 0

    def _id(self) -> Any:
        self.number += 1
        return samples.named(f"history {self.number}")

    def step(self) -> None:
        records = [self._next() for _ in range(self.drawn.draw(st.integers(1, 3)))]
        with self.ward.changing(
            nurse=self.drawn.draw(samples.words), at=self.drawn.draw(samples.moments), action="step"
        ) as change:
            for record in records:
                change.add(record)

    def _next(self) -> Any:
        steps: list[Callable[[], Any]] = [self.patient, self.nurse, self.settings]
        if self.patients:
            steps.append(self.course)
        if self.courses:
            steps += [self.revision, self.side_effect, self.start]
        if self.infusions:
            steps += [self.vial, self.observation, self.rate, self.check, self.end]
        return self.drawn.draw(st.sampled_from(steps))()

    def patient(self) -> Any:
        known = self.drawn.draw(st.integers(0, self.patients))
        self.patients = max(self.patients, known + 1)
        return samples.a_patient(str(known), family_name=self.drawn.draw(samples.texts))

    def nurse(self) -> Any:
        identity = self._id()
        return Nurse(id=identity, name=f"{self.drawn.draw(samples.words)} {identity.hex}")

    def settings(self) -> Any:
        return WardSettings(name=self.drawn.draw(samples.texts))

    def course(self) -> Any:
        word = str(len(self.courses))
        patient = self.drawn.draw(st.integers(0, self.patients - 1))
        course = samples.a_course(word, str(patient), at=self.drawn.draw(samples.moments))
        self.courses.append(course)
        return course

    def revision(self) -> Any:
        place = self.drawn.draw(st.integers(0, len(self.courses) - 1))
        now = self.courses[place]
        moved = timedelta(days=self.drawn.draw(st.integers(1, 9)))
        state = self.drawn.draw(st.sampled_from(["planned", "held", "omitted", "ceased"]))
        doses = tuple(replace(dose, due_on=dose.due_on + moved, state=state) for dose in now.doses)
        revision = samples.a_revision(str(place), now.revision.number + 1, doses)
        self.courses[place] = replace(now, revision=revision)
        return revision

    def _dose(self) -> Any:
        return self.drawn.draw(st.sampled_from([dose for course in self.courses for dose in course.doses])).id

    def start(self) -> Any:
        dose = self._dose()
        known = [infusion for infusion in self.infusions if infusion.dose_id == dose]
        if known:
            return known[0]
        at = self.drawn.draw(samples.moments)
        self.infusions.append(Infusion(id=self._id(), dose_id=dose, started_at=at, nurse="Li Na", at=at))
        return self.infusions[-1]

    def _infusion(self) -> Infusion:
        return self.drawn.draw(st.sampled_from(self.infusions))

    def vial(self) -> Any:
        return samples.a_vial(self._infusion(), str(self._id()))

    def observation(self) -> Any:
        return self.drawn.draw(
            samples.records(Observation, id=self._id(), infusion_id=self._infusion().id, replaces=None)
        )

    def rate(self) -> Any:
        return self.drawn.draw(
            samples.records(RateChange, id=self._id(), infusion_id=self._infusion().id, replaces=None)
        )

    def check(self) -> Any:
        return self.drawn.draw(samples.records(Check, id=self._id(), infusion_id=self._infusion().id))

    def end(self) -> Any:
        return samples.an_end(self._infusion())

    def side_effect(self) -> Any:
        corrects: bool = bool(self.effects) and self.number % 2 == 0
        if corrects:
            newest = self.effects.pop()
            self.effects.append(replace(newest, id=self._id(), grade=5, replaces=newest.id))
        else:
            self.effects.append(samples.a_side_effect(self._dose(), str(self._id())))
        return self.effects[-1]


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(drawn=st.data())
def test_the_tables_made_again_from_the_journal_are_the_tables(drawn: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ward.ivigdesk"
        with open_store(path) as ward:
            history = _History(ward, drawn)
            for _ in range(drawn.draw(st.integers(4, 14))):
                history.step()
            assert [problem.text for problem in ward.check().problems] == []
            seen = ward.courses(), ward.patients(), ward.running_infusions()
        with open_store(path) as again:
            assert (again.courses(), again.patients(), again.running_infusions()) == seen
            assert {course.id: course for course in again.courses()} == {
                course.id: course for course in history.courses
            }
