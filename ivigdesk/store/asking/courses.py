"""Questions about courses and their calendars."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from ivigdesk.clinical.courses.course import Course, Revision
from ivigdesk.store.asking.questions import Questions
from ivigdesk.store.records import calendar, courses, day, histories


class AskedOfCourses(Questions):
    """Courses, revisions, and the doses of days."""

    def courses(self) -> tuple[Course, ...]:
        """Return every course at the revision in force, oldest first."""
        return self.ask(courses.all_courses)

    def courses_of(self, patient_id: UUID) -> tuple[Course, ...]:
        """Return the patient's courses at the revision in force, oldest first."""
        return self.ask(courses.courses_of, patient_id)

    def courses_by_ids(self, ids: Iterable[UUID]) -> tuple[Course, ...]:
        """Return these courses at the revision in force, oldest first."""
        return self.ask(courses.courses_by_ids, ids)

    def courses_with_doses_between(self, first: date, last: date) -> tuple[Course, ...]:
        """Return courses with a dose due from `first` to `last`, both included, oldest first."""
        return self.ask(courses.courses_with_doses_between, first, last)

    def course(self, course_id: UUID, revision: int | None = None) -> Course | None:
        """Return the course at the revision in force, or at the one asked for."""
        return self.ask(courses.course, course_id, revision)

    def course_of_dose(self, dose_id: UUID) -> Course | None:
        """Return the course that the dose belongs to, at the revision in force."""
        return self.ask(courses.course_of_dose, dose_id)

    def course_ids_like(self, text: str) -> tuple[UUID, ...]:
        """Return the courses meant by a full id, its first four or more digits, or a code such as `C-9F3A77`."""
        return self.ask(courses.course_ids_like, text)

    def revisions_of(self, course_id: UUID) -> tuple[Revision, ...]:
        """Return every revision of a course, ascending by number."""
        return self.ask(courses.revisions_of, course_id)

    def course_history(self, course_id: UUID) -> histories.CourseHistory | None:
        """Return the course with every revision."""
        return self.ask(histories.course_history, course_id)

    def histories_between(self, first: date, last: date) -> tuple[histories.CourseHistory, ...]:
        """Return courses of which a dose ever stood, or was given, from `first` to `last`."""
        return self.ask(histories.histories_between, first, last)

    def day_rows(self, on: date) -> tuple[day.DayRow, ...]:
        """Return the doses that concern the ward on a day; see `store.day.day_rows`."""
        return self.ask(day.day_rows, on)

    def calendar_rows(self, first: date, last: date, text: str = "") -> tuple[calendar.CalendarRow, ...]:
        """Return the doses that stand on a day of a span; see `store.records.calendar.calendar_rows`."""
        return self.ask(calendar.calendar_rows, first, last, text)
