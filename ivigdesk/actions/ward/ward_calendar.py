"""The ward's calendar: every dose on its day, what a day carries, and where a dose of an overfull day could go."""

from __future__ import annotations

import functools
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.calendar_days import COUNTED, MAY_MOVE
from ivigdesk.actions.ward.calendar_days import CalendarDay as CalendarDay  # the calendar's page takes all from here
from ivigdesk.actions.ward.calendar_days import CalendarDose as CalendarDose
from ivigdesk.actions.ward.calendar_days import CalendarSpan as CalendarSpan
from ivigdesk.actions.ward.calendar_days import Filters as Filters
from ivigdesk.actions.ward.calendar_days import Offer as Offer
from ivigdesk.actions.ward.public_holidays import Holiday, holidays_between, ward_days
from ivigdesk.clinical.courses.status import status_of
from ivigdesk.clinical.patients.patient import written_name
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.clock import today
from ivigdesk.messages import Message, Text, plural_message
from ivigdesk.scheduling.closures import WardDays
from ivigdesk.store import CalendarRow

_ALL = Filters()
_LONGEST_SEARCH = 1000


def span(desk: Desk, first: date, last: date, filters: Filters = _ALL, *, language: str = "en") -> CalendarSpan:
    """Return the days from `first` to `last`, both included, as they stand today.

    Args:
        desk: where the nurse works.
        first, last: the span.
        filters: which doses are shown; the load of a day is the whole ward's.
        language: of the holidays' names.

    Raises:
        ValueError: `last` lies before `first`.
    """
    if last < first:
        raise ValueError(f"{last} lies before {first}")
    now = today(desk.clock)
    shows_all = filters.is_empty
    text = filters.patient_text.strip()[:_LONGEST_SEARCH].encode("utf-8", "replace").decode()
    standing: dict[date, list[CalendarDose]] = defaultdict(list)
    shown: dict[date, list[CalendarDose]] = defaultdict(list)
    heads = _Heads()
    for row in desk.ward.calendar_rows(first, last, text):
        dose = _dose(row, heads, now)
        standing[row.day].append(dose)
        if shows_all or (row.is_found and filters.lets_through(dose)):
            shown[row.day].append(dose)
    settings = desk.settings
    opening = ward_days(desk, first, last)
    holidays = {each.day: each for each in holidays_between(settings, first, last, language)}
    return CalendarSpan(
        first=first,
        last=last,
        days=tuple(
            _day(day, standing.get(day, []), shown.get(day, []), settings, opening, holidays.get(day))
            for day in map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
        ),
        regimens=tuple(sorted(heads.regimens.items())),
        products=tuple(sorted(heads.products.items())),
    )


class _Heads:
    """What stands in many rows, made once: whose course it is, by course; titles by id."""

    def __init__(self) -> None:
        self.regimens: dict[str, Text] = {}
        self.products: dict[str, Text] = {}
        self._courses: dict[str, tuple[UUID, UUID, str, Text]] = {}

    def course(self, row: CalendarRow) -> tuple[UUID, UUID, str, Text]:
        """Return course, patient, the patient's name, and the regimen's title; of several versions, that of one."""
        found = self._courses.get(row.course_id)
        if found is None:
            title = self.regimens.setdefault(row.regimen_id, Text(en=row.regimen_en, zh_CN=row.regimen_zh))
            name = written_name(row.family_name, row.given_name, row.local_name)
            found = self._courses[row.course_id] = (UUID(row.course_id), UUID(row.patient_id), name, title)
        return found

    def product(self, row: CalendarRow) -> Text:
        """Return the product's short title; of several versions in one span, that of one."""
        found = self.products.get(row.product_id)
        if found is None:
            found = self.products[row.product_id] = Text(en=row.product_en, zh_CN=row.product_zh)
        return found


def _dose(row: CalendarRow, heads: _Heads, now: date) -> CalendarDose:
    status = status_of(
        row.state, row.due_on, now, is_error=row.is_error, is_started=row.is_started, outcome=row.outcome
    )
    course_id, patient_id, patient_name, regimen_title = heads.course(row)
    late_days = (row.day - row.due_on).days if row.is_started else 0
    return CalendarDose(
        dose_id=row.dose_id,
        course_id=course_id,
        patient_id=patient_id,
        number=row.number,
        doses_in_all=row.doses_in_all,
        patient_name=patient_name,
        bed=row.bed,
        record_number=row.record_number,
        regimen_id=row.regimen_id,
        regimen_title=regimen_title,
        product_id=row.product_id,
        product_title=heads.product(row),
        status=status,
        day=row.day,
        due_on=row.due_on,
        transplant_day=None if row.transplant_day is None else row.transplant_day + late_days,
        planned_dose_mg=row.planned_dose_mg,
        minutes=_whole_minutes(row.duration_min),
        may_move=status in MAY_MOVE,
    )


@functools.lru_cache(maxsize=1000)
def _whole_minutes(duration_min: str) -> int:
    """Return exact minutes as whole ones, a part of one as a whole."""
    return int(Decimal(duration_min).to_integral_value(rounding=ROUND_CEILING))


def _day(
    day: date,
    doses: list[CalendarDose],
    shown: list[CalendarDose],
    settings: WardSettings,
    opening: WardDays,
    holiday: Holiday | None,
) -> CalendarDay:
    counted = [dose for dose in doses if dose.status in COUNTED]
    minutes = sum(dose.minutes for dose in counted)
    over = over_words(settings, len(counted), minutes)
    return CalendarDay(
        day=day,
        doses=tuple(shown),
        hidden=len(doses) - len(shown),
        count=len(counted),
        total_mg=sum(dose.planned_dose_mg for dose in counted),
        minutes=minutes,
        is_open=opening.is_open(day),
        holiday=holiday,
        is_over=over is not None,
        over_words=over,
    )


def over_words(settings: WardSettings, count: int, minutes: int) -> Message | None:
    """Return what is too much for one day of the ward; None where the ward can give it.

    Args:
        settings: how much the ward can give.
        count, minutes: infusions of the day, and minutes of all of them.
    """
    most, most_minutes = settings.most_doses_a_day, settings.most_minutes_a_day
    many = most is not None and count > most
    long = most_minutes is not None and minutes > most_minutes
    facts = {
        "time": timedelta(minutes=minutes),
        "most": most,
        "most_time": None if most_minutes is None else timedelta(minutes=most_minutes),
    }
    if many and long:
        return plural_message(
            "{n} infusion, {time}; the ward can give {most}, and {most_time} in all, a day",
            "{n} infusions, {time}; the ward can give {most}, and {most_time} in all, a day",
            count,
            **facts,
        )
    if many:
        return plural_message(
            "{n} infusion, {time}; the ward can give {most} a day",
            "{n} infusions, {time}; the ward can give {most} a day",
            count,
            **facts,
        )
    if long:
        return plural_message(
            "{n} infusion, {time}; the ward can give {most_time} a day",
            "{n} infusions, {time}; the ward can give {most_time} a day",
            count,
            **facts,
        )
    return None


def offers(desk: Desk, day: date) -> tuple[Offer, ...]:
    """Return moves that would relieve an overfull day; see `calendar_offers.offers_on`."""
    from ivigdesk.actions.ward.calendar_offers import offers_on  # late: a month is shown without the rules of changes

    return offers_on(desk, day)
