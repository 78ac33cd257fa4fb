"""A check looks at file, journal and library, and says what is wrong."""

from __future__ import annotations

from pathlib import Path

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.library.files import Library
from ivigdesk.actions.ward.check_ward import check_ward
from ivigdesk.clinical.courses.course import Course
from ivigdesk.wording import Wording


def test_a_sound_ward_is_said_to_be_sound_with_what_it_holds(desk: Desk, course: Course, english: Wording) -> None:
    found = check_ward(desk)
    assert found.problems == ()
    said = [english.say(line) for line in found.lines]
    assert any(desk.journal_head in line for line in said)
    assert "Patients: 1. Courses: 1. Doses: 11. Infusions: 0." in said


def test_a_bad_file_of_the_library_is_a_problem(desk: Desk, folder: Path, english: Wording) -> None:
    own = folder / "library" / "products"
    own.mkdir(parents=True)
    (own / "broken.toml").write_text("id = ", encoding="utf-8")
    desk.library = Library(folder)
    (problem,) = check_ward(desk).problems
    assert "broken.toml" in english.say(problem)


def test_a_table_that_was_altered_behind_the_journal_is_a_problem(desk: Desk, course: Course, english: Wording) -> None:
    def alter(db: object) -> None:
        connection = db.conn  # type: ignore[attr-defined]
        connection.execute("DROP TRIGGER doses_never_update")
        connection.execute("UPDATE doses SET number = 99 WHERE number = 11")

    desk.ward.ask(alter)  # type: ignore[arg-type]
    said = [english.say(problem) for problem in check_ward(desk).problems]
    assert said == ["Table doses does not say what the journal says."]
