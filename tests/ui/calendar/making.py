"""Days and doses of a calendar, made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import msgspec

from ivigdesk.actions.ward.public_holidays import Holiday
from ivigdesk.actions.ward.ward_calendar import CalendarDay, CalendarDose
from ivigdesk.messages import Text, message

WANG, LI = UUID(int=1), UUID(int=2)
MONDAY = date(2026, 3, 2)


def on(day: int, month: int = 3) -> date:
    """Return a day of 2026."""
    return date(2026, month, day)


def dose(number: int, day: date, *, course: UUID = LI, bed: str = "07", **more: object) -> CalendarDose:
    """Return a planned dose of 12.5 g, 90 min, of LI, Na or of WANG, Fang."""
    made = CalendarDose(
        dose_id=UUID(int=course.int * 1000 + number),
        course_id=course,
        patient_id=UUID(int=course.int * 10),
        number=number,
        doses_in_all=11,
        patient_name="LI, Na 李娜" if course == LI else "WANG, Fang 王芳",
        bed=bed,
        record_number=f"BMT-{course.int:06}",
        regimen_id="cmv",
        regimen_title=Text(en="CMV pneumonia", zh_CN="CMV肺炎"),
        product_id="privigen-10",
        product_title=Text(en="Privigen 10 %", zh_CN="Privigen 10%"),
        status="planned",
        day=day,
        due_on=day,
        transplant_day=(day - date(2025, 12, 20)).days,
        planned_dose_mg=12_500,
        minutes=90,
        may_move=True,
    )
    return msgspec.structs.replace(made, **more)


def days(
    first: date,
    last: date,
    doses: Iterable[CalendarDose] = (),
    *,
    most: int | None = None,
    closed: Iterable[date] = (),
    holidays: Iterable[Holiday] = (),
) -> tuple[CalendarDay, ...]:
    """Return the days from `first` to `last` with these doses on them."""
    given, names, shut = tuple(doses), {one.day: one for one in holidays}, tuple(closed)
    made = []
    for step in range((last - first).days + 1):
        day = first + timedelta(days=step)
        here = tuple(one for one in given if one.day == day)
        counted = [one for one in here if one.counts]
        is_over = most is not None and len(counted) > most
        made.append(
            CalendarDay(
                day=day,
                doses=here,
                hidden=0,
                count=len(counted),
                total_mg=sum(one.planned_dose_mg for one in counted),
                minutes=sum(one.minutes for one in counted),
                is_open=day not in shut,
                holiday=names.get(day),
                is_over=is_over,
                over_words=message("too much") if is_over else None,
            )
        )
    return tuple(made)
