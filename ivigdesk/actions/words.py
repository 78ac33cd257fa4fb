"""Typed words and dates: read strictly, so that whatever is stored can also be printed and found."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, message
from ivigdesk.scheduling.calendar import check_date

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_STEP = re.compile(r"([+-])([0-9]{1,4})d?")
_NIGHT = timedelta(hours=12)
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")

# Marks that turn the reading direction or draw nothing could make a name look like another one.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def one_line(text: str, *, field: str, name: Message, most: int = 200, required: bool = False) -> str:
    """Return `text` in one line, in normal form C, without space around it.

    Raises:
        UserMistake: empty though required, longer than `most` characters, or with a character that cannot be
            seen; the sentence names it.
    """
    cleaned = unicodedata.normalize("NFC", text).strip()
    if required and not cleaned:
        raise UserMistake(field, message(N_("{name}: nothing was entered. It is needed."), name=name))
    if len(cleaned) > most:
        raise UserMistake(
            field,
            message(
                N_("{name}: {n} characters were entered. Allowed: at most {most}."),
                name=name,
                n=len(cleaned),
                most=most,
            ),
        )
    for character in cleaned:
        if unicodedata.category(character) in _HIDDEN:
            raise UserMistake(
                field,
                message(
                    N_("{name}: the character U+{code} cannot be seen or printed. Leave it out."),
                    name=name,
                    code=f"{ord(character):04X}",
                ),
            )
    return cleaned


def read_date(text: str, *, field: str, name: Message, base: date | None = None) -> date:
    """Return the date written in `text`.

    Taken are `2026-10-06`, and with a `base`: `t` for that day and `+3`, `+3d`, `-1` counted from it. A date with
    dots or slashes is refused, because `03/04/2026` is another day in another country.

    Raises:
        UserMistake: no such form, a date that does not exist, or one that no course or patient has.
    """
    stripped = text.strip()
    if not stripped:
        raise UserMistake(field, message(N_("{name}: nothing was entered. It is needed."), name=name))
    if base is not None:
        if stripped in ("t", "T"):
            return base
        step = _STEP.fullmatch(stripped)
        if step:
            return base + timedelta(days=int(step[1] + step[2]))
    match = _ISO.fullmatch(stripped)
    if match:
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            raise UserMistake(
                field,
                message(N_("{name}: “{value}” does not exist in the calendar."), name=name, value=stripped),
            ) from None
        check_date(field, day)
        return day
    raise UserMistake(
        field,
        message(
            N_("{name}: “{value}” is not read as a date. Allowed: year-month-day, such as {example}."),
            name=name,
            value=stripped,
            example="2026-10-06",
        ),
    )


def within_minute(at: datetime, earliest: datetime) -> datetime:
    """Return `earliest` when `at` is the same minute of the clock, else `at`.

    Clocks are typed to the minute, but what the program noted itself has seconds: something that is typed as
    09:05 has not happened before a pump that was started at 09:05:30.
    """
    return max(at, earliest) if earliest.replace(second=0, microsecond=0) <= at else at


def read_clock_time(text: str, *, field: str, name: Message, now: datetime) -> datetime:
    """Return the moment of the clock time `text` (`9:05`), on the day and in the zone of `now`.

    What is recorded has happened. So a time later than `now` means the evening before, as 23:50 entered at 00:10
    does, but only where that is less than half a day ago.

    SAFETY: 09:10 entered at 09:05 is a slip or a slow clock. Taken as yesterday, it would have the pump run a day.

    Raises:
        UserMistake: not a clock time of 24 hours, or one that is still to come.
    """
    match = _CLOCK.fullmatch(text.strip())
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        at = now.replace(hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0)
        if at <= now:
            return at
        evening_before = at - timedelta(days=1)
        if now - evening_before < _NIGHT:
            return evening_before
        raise UserMistake(
            field,
            message(
                N_("{name}: {value} is still to come; it is {now} now. Allowed: a time that has passed."),
                name=name,
                value=f"{at:%H:%M}",
                now=f"{now:%H:%M}",
            ),
        )
    raise _no_clock_time(text, field, name)


def read_clock(text: str, *, field: str, name: Message) -> str:
    """Return the clock time written in `text` as it is stored, `09:05`, on whatever day.

    The colon of a Chinese keyboard is taken as well.

    Raises:
        UserMistake: not a clock time of 24 hours.
    """
    match = _CLOCK.fullmatch(text.strip().replace("：", ":"))
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return f"{int(match[1]):02d}:{match[2]}"
    raise _no_clock_time(text, field, name)


def _no_clock_time(text: str, field: str, name: Message) -> UserMistake:
    return UserMistake(
        field,
        message(
            N_("{name}: “{value}” is no clock time. Allowed: 00:00 to 23:59, such as {example}."),
            name=name,
            value=text.strip(),
            example="09:05",
        ),
    )
