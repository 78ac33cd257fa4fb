"""What the ward may say of its days: when it is open, whose holidays it keeps, and how much a day carries."""

from __future__ import annotations

import re
from datetime import date

from ivigdesk.actions.ward.public_holidays import is_known
from ivigdesk.actions.words import read_clock, read_date
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, message
from ivigdesk.scheduling.closures import EVERY_DAY

_WHOLE = re.compile(r"[0-9]{1,9}")
_APART = re.compile(r"[\s,;，；、]+")

CLOSED_ON = message(N_("Closed on"))
ALSO_OPEN_ON = message(N_("Open all the same on"))
MOST_DOSES = message(N_("Most infusions a day"))
MOST_MINUTES = message(N_("Most minutes of infusion a day"))
USUAL_START = message(N_("First infusion of the day starts at"))
NURSES_ON_DUTY = message(N_("Nurses who give infusions"))

MOST_DOSES_A_DAY = 200
MOST_MINUTES_A_DAY = 20_000
MOST_NURSES = 99
"""No ward gives more: so many nurses would be needed at once that it is a slip of the keyboard."""

MOST_SINGLE_DAYS = 400
"""Single dates that a ward may close on, or open."""


def check_days(settings: WardSettings) -> None:
    """Accept what the ward says of its days.

    Raises:
        UserMistake: for `open_weekdays`, `closed_on`, `country`, `subdivision`, `closes_on_holidays`,
            `most_doses_a_day`, `most_minutes_a_day`, `usual_start` or `nurses_on_duty`.
    """
    if not settings.days.open_weekdays:
        raise UserMistake(
            "open_weekdays", message(N_("Open on: no weekday is ticked. A ward gives doses on one weekday at least."))
        )
    if any(weekday not in EVERY_DAY for weekday in settings.days.open_weekdays):
        raise ValueError("a weekday is 0 to 6")
    for field, name, days in (
        ("closed_on", CLOSED_ON, settings.days.closed_on),
        ("also_open_on", ALSO_OPEN_ON, settings.days.also_open_on),
    ):
        if len(days) > MOST_SINGLE_DAYS:
            raise UserMistake(
                field,
                message(
                    N_("{name}: {n} dates were entered. Allowed: at most {most}."),
                    name=name,
                    n=len(days),
                    most=MOST_SINGLE_DAYS,
                ),
            )
    _check_country(settings)
    _check_load("most_doses_a_day", MOST_DOSES, settings.most_doses_a_day, MOST_DOSES_A_DAY)
    _check_load("most_minutes_a_day", MOST_MINUTES, settings.most_minutes_a_day, MOST_MINUTES_A_DAY)
    _check_load("nurses_on_duty", NURSES_ON_DUTY, settings.nurses_on_duty, MOST_NURSES)
    read_clock(settings.usual_start, field="usual_start", name=USUAL_START)


def _check_country(settings: WardSettings) -> None:
    if not settings.country:
        if settings.subdivision:
            raise UserMistake(
                "subdivision", message(N_("State or province: choose the country first, or leave this empty."))
            )
        if settings.closes_on_holidays:
            raise UserMistake(
                "closes_on_holidays",
                message(N_("Closed on public holidays: choose the country whose holidays the ward keeps.")),
            )
        return
    if not is_known(settings.country):
        raise UserMistake(
            "country",
            message(
                N_("Country or region: “{value}” is not known. Allowed: a code such as {example}, or none."),
                value=settings.country,
                example="AU",
            ),
        )
    if not is_known(settings.country, settings.subdivision):
        raise UserMistake(
            "subdivision",
            message(
                N_("State or province: “{value}” is none of {country} that has holidays of its own."),
                value=settings.subdivision,
                country=settings.country,
            ),
        )


def _check_load(field: str, name: Message, most: int | None, limit: int) -> None:
    if most is not None and not 1 <= most <= limit:
        raise _no_load(field, name, str(most), limit)


def read_load(text: str, *, field: str, name: Message, limit: int) -> int | None:
    """Return the whole number from 1 to `limit` that is written in `text`; None for nothing, which is no limit.

    Raises:
        UserMistake: anything else.
    """
    typed = text.strip()
    if not typed:
        return None
    if _WHOLE.fullmatch(typed) is None or not 1 <= int(typed) <= limit:
        raise _no_load(field, name, typed, limit)
    return int(typed)


def _no_load(field: str, name: Message, typed: str, limit: int) -> UserMistake:
    return UserMistake(
        field,
        message(
            N_("{name}: “{value}” cannot be used. Allowed: a whole number from 1 to {most}; nothing means no limit."),
            name=name,
            value=typed,
            most=limit,
        ),
    )


def read_days(text: str, *, field: str, name: Message) -> tuple[date, ...]:
    """Return the dates written in `text`, apart by spaces, commas or lines; ascending, each once.

    Raises:
        UserMistake: one of them is not read as a date.
    """
    written = [part for part in _APART.split(text) if part]
    return tuple(sorted({read_date(part, field=field, name=name) for part in written}))
