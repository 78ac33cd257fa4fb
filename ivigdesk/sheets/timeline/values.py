"""What a timeline shows: courses, side effects, laboratory values and events, already chosen and worded."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ivigdesk.clinical.courses.status import DoseStatus
from ivigdesk.messages import Record
from ivigdesk.sheets.trend.values import TrendEvent, TrendPoint


class TimelineDose(Record, frozen=True):
    """One dose.

    Attributes:
        number: its number; never changes.
        on: the day on which it was begun, or is planned now.
        status: where it stands; decides the mark's shape.
        moved_from: the day that the first revision gave it; None when it stands there.
        words: all of it in words, for tool tips and screen readers.
    """

    number: int
    on: date
    status: DoseStatus
    moved_from: date | None
    words: str


class TimelinePhase(Record, frozen=True):
    """A stretch of a course with its name; `first` and `last` are the days of its doses."""

    name: str
    first: date
    last: date
    words: str


class TimelineCourse(Record, frozen=True):
    """One course.

    Attributes:
        course_id: which.
        title: the regimen.
        note: code and number of doses, said beside the title.
        phases: by first day; empty for a list of doses.
        doses: by date.
    """

    course_id: UUID
    title: str
    note: str
    phases: tuple[TimelinePhase, ...]
    doses: tuple[TimelineDose, ...]


class TimelineEffect(Record, frozen=True):
    """One side effect with the dose that it followed."""

    on: date
    grade: int
    term: str
    course_id: UUID
    dose_number: int
    words: str


class TimelineValue(Record, frozen=True):
    """One laboratory value: as its trend draws it, and in words."""

    point: TrendPoint
    words: str


class TimelineTest(Record, frozen=True):
    """The values of one test.

    Attributes:
        title: name and unit, worded: `IgG, g/L`.
        values: by date.
        is_log: True for a logarithmic scale.
    """

    title: str
    values: tuple[TimelineValue, ...]
    is_log: bool = False


class TimelineEvent(Record, frozen=True):
    """Something that happened beside the infusions: its span, and all of it in words."""

    span: TrendEvent
    words: str


class Timeline(Record, frozen=True):
    """Everything that one drawing shows.

    Attributes:
        courses: by first day.
        effects: by date.
        tests: only those that have values.
        events: by first day.
        today: the ward's date.
        transplant_on: day 0 of the axis; None counts course days from `first_on`.
        first_on: first day of the first course; None without a course.
    """

    courses: tuple[TimelineCourse, ...]
    effects: tuple[TimelineEffect, ...]
    tests: tuple[TimelineTest, ...]
    events: tuple[TimelineEvent, ...]
    today: date
    transplant_on: date | None = None
    first_on: date | None = None
