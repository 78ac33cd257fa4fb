"""Writes events as an iCalendar file (RFC 5545), for the calendars that people carry with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from ivigdesk.messages import Record

if TYPE_CHECKING:
    from icalendar import Event

EventStatus = Literal["confirmed", "tentative", "cancelled"]

_LINE_ENDS = {"\r", "\n", "\x85", "\u2028", "\u2029"}
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


class CalendarEvent(Record, frozen=True):
    """One whole day of a calendar.

    Attributes:
        uid: names the event for life: a calendar that knows it takes the new state instead of a second event.
        sequence: rises with every change; the higher one replaces the lower one.
        on: the day.
        summary: one line.
        description: lines.
        status: a cancelled event stays in the file, so that the calendars that have it learn of it.
        made_at: when there was first such an event.
        changed_at: when its present state was made; of two with one `sequence`, the later one replaces the earlier.
    """

    uid: str
    sequence: int
    on: date
    summary: str
    description: str
    status: EventStatus
    made_at: datetime
    changed_at: datetime


def write_calendar(events: Sequence[CalendarEvent], *, name: str, language: str) -> bytes:
    """Return the file, ascending by date; the same events give the same bytes.

    Raises:
        ValueError: no event, or two with one `uid`.
    """
    from icalendar import Calendar, vText  # late: it takes a while, and few commands need it

    if not events:
        raise ValueError("a calendar file needs an event")
    if len({event.uid for event in events}) != len(events):
        raise ValueError("two events have one uid")
    calendar = Calendar()
    calendar.add("prodid", f"-//ivigdesk//ivigdesk//{language[:2].upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(_one_line(name)))  # a text, so that its commas are escaped
    for event in sorted(events, key=lambda each: (each.on, each.uid)):
        calendar.add_component(_component(event))
    content: bytes = calendar.to_ical()
    return content


def _component(event: CalendarEvent) -> Event:
    from icalendar import Event

    component = Event()
    component.add("uid", event.uid)
    component.add("sequence", event.sequence)
    component.add("dtstamp", _utc(event.changed_at))
    component.add("created", _utc(event.made_at))
    component.add("last-modified", _utc(event.changed_at))
    component.add("dtstart", event.on)
    component.add("dtend", event.on + timedelta(days=1))
    component.add("transp", "TRANSPARENT")  # the day of a dose leaves the reader's day free
    component.add("status", event.status.upper())
    component.add("summary", _one_line(event.summary))
    component.add("description", _lines(event.description))
    return component


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a wall time needs its offset")
    return at.astimezone(UTC).replace(microsecond=0)


def _one_line(text: str) -> str:
    return " ".join(_lines(text).split("\n"))


def _lines(text: str) -> str:
    """Return the text without what the format forbids, or what a reader cannot see."""
    ended = "".join("\n" if letter in _LINE_ENDS else letter for letter in text.replace("\r\n", "\n"))
    return "".join(letter for letter in ended if letter == "\n" or unicodedata.category(letter) not in _UNSEEN)
