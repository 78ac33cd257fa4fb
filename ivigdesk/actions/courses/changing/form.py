"""What is asked of a course, as it is typed, and how it is read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar, get_args
from uuid import UUID

from ivigdesk.actions.words import read_date
from ivigdesk.clinical.courses.course import Course
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, Record, message
from ivigdesk.scheduling.calendar import check_date
from ivigdesk.scheduling.changes.slots import Asked, Grid, Reach, Verb

_Word = TypeVar("_Word", Verb, Reach, Grid)

_MOST_DAY = 9999


class ChangeForm(Record, frozen=True):
    """A change of a course as typed.

    Attributes:
        course_id: which course.
        verb: a word of `scheduling.changes`, such as `postpone`.
        number: of the dose; None where the change is about all that remain, or about none.
        to: the new date; empty where none is needed.
        reach, grid: words of `scheduling.changes`; empty for the verb's own.
        product_id: for `product`: what the doses are given from.
        first_day: for `first-day` in place of `to`: the day of the course, or of the transplant where the regimen
            counts from that, on which the phase begins.
        revision: the one that the page shows; None to change whatever is in force.
    """

    course_id: UUID
    verb: str
    number: int | None = None
    to: str = ""
    reach: str = ""
    grid: str = ""
    product_id: str = ""
    first_day: str = ""
    revision: int | None = None


def read_form(form: ChangeForm, course: Course, day_one: date, now: date) -> Asked:
    """Return what is asked.

    Args:
        form: as typed.
        course: which it is asked of.
        day_one: the course's day 1.
        now: the ward's today: `t` and `+3` count from it.

    Raises:
        UserMistake: for `verb`, `to`, `reach`, `grid`, `first_day` or `product_id`: a text that cannot be taken.
    """
    verb = _word(form.verb, get_args(Verb), field="verb", name=message(N_("Kind of change")))
    to = read_date(form.to, field="to", name=message(N_("New date")), base=now) if form.to.strip() else None
    if verb == "first-day" and form.first_day.strip():
        to = _first_day(form, course, day_one)
    if verb == "product" and not form.product_id.strip():
        raise UserMistake(
            "product_id",
            message(N_("{name}: nothing was entered. It is needed."), name=message(N_("Product"))),
        )
    reach, grid = form.reach.strip(), form.grid.strip()
    return Asked(
        verb=verb,
        number=form.number,
        to=to,
        reach=_word(reach, get_args(Reach), field="reach", name=message(N_("How far it reaches"))) if reach else None,
        grid=_word(grid, get_args(Grid), field="grid", name=message(N_("Rhythm"))) if grid else None,
    )


def _word(text: str, allowed: tuple[_Word, ...], *, field: str, name: Message) -> _Word:
    for word in allowed:
        if word == text.strip():
            return word
    raise UserMistake(
        field,
        message(
            N_("{name}: “{value}” is not known. Allowed: {allowed}."), name=name, value=text.strip(), allowed=allowed
        ),
    )


def _first_day(form: ChangeForm, course: Course, day_one: date) -> date:
    """Return the date of the day on which a phase is to begin."""
    name = message(N_("First day of the phase"))
    text = form.first_day.strip()
    if form.to.strip():
        raise UserMistake(
            "first_day",
            message(N_("{name}: a day and a date were both entered. Enter one of them."), name=name),
        )
    digits = text.removeprefix("+").removeprefix("-")
    is_day = digits.isascii() and digits.isdigit() and len(text) - len(digits) <= 1 and int(digits) <= _MOST_DAY
    of_transplant = course.regimen.anchor == "transplant"
    if not is_day or (not of_transplant and int(text) < 1):
        raise UserMistake(
            "first_day",
            message(
                N_("{name}: “{value}” is no day. Allowed: whole numbers, such as {example}."),
                name=name,
                value=text,
                example="15",
            ),
        )
    if of_transplant and course.transplant_on is not None:
        to = course.transplant_on + timedelta(days=int(text))
    else:
        to = day_one + timedelta(days=int(text) - 1)
    check_date("first_day", to)
    return to
