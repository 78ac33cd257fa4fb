"""The practice ward: invented patients in different stages, with their sheets, made anew when asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from ivigdesk.actions.desk import Desk, add_nurse, open_desk, set_ward, sign_in
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.practice.days import NURSES, live
from ivigdesk.actions.practice.stories import STORIES
from ivigdesk.actions.printing.print_sheets import day_sheets, dose_sheet, plan_sheet, save_printout
from ivigdesk.actions.ward.day_list import day_list
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.clock import Clock, SetClock
from ivigdesk.errors import KnownError, reason_of
from ivigdesk.messages import N_, Message, Record, message, plural_message
from ivigdesk.settings import DATABASE_NAME
from ivigdesk.wording import LANGUAGES, Wording

_SHEETS = ("plan-PR-*.pdf", "today-*.pdf", "record-*.pdf")


class PracticeWard(Record, frozen=True):
    """What was made.

    Attributes:
        lines: what there is now, in sentences.
        sheets: folder of the printed sheets.
    """

    lines: tuple[Message, ...]
    sheets: Path


def make_practice_ward(folder: Path, clock: Clock, language: str) -> PracticeWard:
    """Make the practice ward in `folder` anew, with its sheets.

    Args:
        clock: the real one; the ward's past is made up to its today.
        language: of the sheets made for every patient; plans are printed in both languages.

    Raises:
        KnownError: the folder holds a ward that is not for practice, or cannot be written.
    """
    _clear(folder)
    past = SetClock(clock.now())
    desk = open_desk(folder, past)
    try:
        _settle(desk, past, clock.now())
        courses = live(desk, past, clock.now())
        desk.clock = clock
        sheets = folder / "sheets"
        _print(desk, courses, sheets, language)
        return PracticeWard(lines=_lines(desk, courses, sheets), sheets=sheets)
    finally:
        desk.close()


def _clear(folder: Path) -> None:
    """Make room for a new practice ward.

    SAFETY: only a ward that calls itself a practice ward is ever removed.
    """
    file = folder / DATABASE_NAME
    if file.exists():
        from ivigdesk.clock import SystemClock

        old = open_desk(folder, SystemClock())
        is_practice = old.settings.is_practice
        old.close()
        if not is_practice:
            raise KnownError(
                message(
                    N_("“{folder}” holds a ward with patients of its own. The practice ward needs another folder."),
                    folder=str(folder),
                )
            )
        try:
            for leftover in (*_sheets(folder / "sheets"), file, *folder.glob(f"{DATABASE_NAME}-*")):
                leftover.unlink(missing_ok=True)
        except OSError as error:
            raise _not_written(folder, error) from error


def _sheets(folder: Path) -> tuple[Path, ...]:
    """Return the sheets that a practice ward wrote; whatever else lies there is somebody's own."""
    return tuple(sheet for name in _SHEETS for sheet in folder.glob(name))


def _not_written(path: Path, error: OSError) -> KnownError:
    return KnownError(message(N_("“{file}” cannot be written: {why}."), file=str(path), why=reason_of(error)))


def _settle(desk: Desk, past: SetClock, now: datetime) -> None:
    past.set_wall(now - timedelta(days=max(story.planned_days_ago for story in STORIES) + 1))
    for name in NURSES:
        add_nurse(desk, name, "charge nurse" if name == NURSES[0] else "nurse")
    sign_in(desk, NURSES[0])
    set_ward(
        desk,
        WardSettings(
            name="BMT 3",
            hospital="Practice hospital",
            phone="4300",
            emergency_phone="2222",
            is_practice=True,
        ),
    )


def _print(desk: Desk, courses: dict[str, UUID], sheets: Path, language: str) -> None:
    try:
        sheets.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(sheets, error) from error
    for one in LANGUAGES:
        words = Wording(one)
        for number, course_id in courses.items():
            save_printout(plan_sheet(desk, course_id, words), sheets / f"plan-{number}-{one}.pdf")
        if day_list(desk).to_give:
            save_printout(day_sheets(desk, day_list(desk).day, words), sheets / f"today-{one}.pdf")
    given = courses[STORIES[0].record_number]
    save_printout(dose_sheet(desk, given, 1, Wording(language)), sheets / f"record-{language}.pdf")


def _lines(desk: Desk, courses: dict[str, UUID], sheets: Path) -> tuple[Message, ...]:
    today = day_list(desk)
    doses = sum(len(look_up_course(desk, course_id).doses) for course_id in courses.values())
    return (
        plural_message("{n} invented patient with a course", "{n} invented patients, each with a course", len(courses)),
        plural_message("{n} dose planned", "{n} doses planned", doses),
        message(
            N_("Today: {overdue} overdue, {running} running, {due} due, {held} on hold"),
            overdue=len(today.in_group("overdue")),
            running=len(today.in_group("running")),
            due=len(today.in_group("due")),
            held=len(today.in_group("held")),
        ),
        plural_message("{n} sheet written", "{n} sheets written", len(_sheets(sheets))),
    )
