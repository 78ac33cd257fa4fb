"""When a side effect began, when a doctor was called and when it was over: read as typed, and honest about gaps.

Late effects are told days later, often by day only. Such a moment is stored as 00:00 of its day, minutes and rate stay
empty, and the notes say in both languages that the clock time is not known; the present time is never taken for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from ivigdesk.actions.words import one_line, read_clock_time, read_date, within_minute
from ivigdesk.clinical.infusions.infusion import END_TIME_NOT_KNOWN, ONSET_TIME_NOT_KNOWN, Infusion
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, message

_MARKS = (ONSET_TIME_NOT_KNOWN, END_TIME_NOT_KNOWN)
_BETWEEN = "; "


class Moment(NamedTuple):
    """A moment as it was told.

    Attributes:
        at: 00:00 of the day where only the day is known.
        is_known: whether its clock time is.
    """

    at: datetime
    is_known: bool


def read_onset(on: str, at: str, *, now: datetime, infusion: Infusion | None) -> Moment:
    """Return when a side effect began; nothing typed is now.

    Raises:
        UserMistake: in the future, or before the start of the infusion.
    """
    name = message(N_("Onset"))
    onset = _read(on, at, field="onset", name=name, now=now) or Moment(now, is_known=True)
    if infusion is None:
        return onset
    start = infusion.started_at
    if on.strip() and onset.at.utcoffset() != start.utcoffset() and onset.at.date() == start.date():
        # Told after the clocks changed: on the day of the infusion the ward's clock still went with the old offset.
        onset = onset._replace(at=onset.at.replace(tzinfo=start.tzinfo))
    if onset.is_known:
        onset = onset._replace(at=within_minute(onset.at, start))
    if onset.at < start if onset.is_known else onset.at.date() < start.astimezone(onset.at.tzinfo).date():
        raise UserMistake(
            "onset_at" if onset.is_known else "onset_on",
            message(
                N_("Onset: {value} is before the start of the infusion at {start}."),
                value=onset.at if onset.is_known else onset.at.date(),
                start=start,
            ),
        )
    return onset


def read_end(on: str, at: str, *, outcome: str, onset: Moment, now: datetime) -> Moment | None:
    """Return when a side effect was over; None while it lasts. A resolved one with nothing typed is over now.

    Raises:
        UserMistake: typed though it is not resolved, in the future, or before the onset.
    """
    name = message(N_("Over"))
    is_resolved = outcome.startswith("resolved")
    end = _read(on, at, field="resolved", name=name, now=now)
    if end is None:
        return Moment(now, is_known=True) if is_resolved else None
    if not is_resolved:
        raise UserMistake(
            "resolved_at",
            message(N_("Over: a time was entered, but the outcome is not “resolved”. Change one of them.")),
        )
    if end.is_known:
        end = end._replace(at=within_minute(end.at, onset.at))
    elif end.at.date() == onset.at.date():
        end = end._replace(at=onset.at)
    if end.at < onset.at:
        raise UserMistake(
            "resolved_at" if end.is_known else "resolved_on",
            message(
                N_("Over: {value} is before the onset at {start}."),
                value=end.at if end.is_known else end.at.date(),
                start=onset.at if onset.is_known else onset.at.date(),
            ),
        )
    return end


def read_call(doctor: str, at: str, *, onset: Moment, now: datetime) -> tuple[str, datetime | None]:
    """Return who was called, and when: the last such clock time that has passed; not before the onset.

    Raises:
        UserMistake: a time without a name, or one that is still to come.
    """
    who = one_line(doctor, field="doctor", name=message(N_("Doctor")), most=100)
    if not at.strip():
        return who, None
    name = message(N_("Doctor called at"))
    if not who:
        raise UserMistake(
            "doctor", message(N_("{name}: nothing was entered. It is needed."), name=message(N_("Doctor")))
        )
    called = read_clock_time(at, field="doctor_at", name=name, now=now.replace(hour=23, minute=59, second=59))
    if called > now:
        called -= timedelta(days=1)
    called = within_minute(called, onset.at)
    if called < onset.at:
        raise UserMistake(
            "doctor_at",
            message(
                N_("{name}: {value} has not been since the onset. Allowed: a time from the onset to now."),
                name=name,
                value=f"{called:%H:%M}",
            ),
        )
    return who, called


def honest_notes(notes: str, onset: Moment, end: Moment | None) -> str:
    """Return the notes, with what is not known of the times in front; what an earlier record said of them is gone.

    Raises:
        UserMistake: the notes are too long, or hold a character that cannot be printed.
    """
    bare = notes
    for mark in _MARKS:
        bare = bare.replace(f"{mark}{_BETWEEN}", "").replace(mark, "")
    written = one_line(bare, field="notes", name=message(N_("Notes")), most=500)
    said = [
        mark for mark, moment in zip(_MARKS, (onset, end), strict=True) if moment is not None and not moment.is_known
    ]
    return _BETWEEN.join((*said, written) if written else said)


def _read(on: str, at: str, *, field: str, name: Message, now: datetime) -> Moment | None:
    """Return the moment typed as day and clock time; None for nothing."""
    if not on.strip():
        if not at.strip():
            return None
        return Moment(read_clock_time(at, field=f"{field}_at", name=name, now=now), is_known=True)
    day = read_date(on, field=f"{field}_on", name=name, base=now.date())
    if day > now.date():
        raise UserMistake(f"{field}_on", message(N_("{name}: {value} is in the future."), name=name, value=day))
    if day == now.date():
        if not at.strip():
            return Moment(now, is_known=True)
        return Moment(read_clock_time(at, field=f"{field}_at", name=name, now=now), is_known=True)
    midnight = now.replace(year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0)
    if not at.strip():
        return Moment(midnight, is_known=False)
    # On an earlier day every clock time has passed.
    has_passed = midnight.replace(hour=23, minute=59, second=59)
    return Moment(read_clock_time(at, field=f"{field}_at", name=name, now=has_passed), is_known=True)
