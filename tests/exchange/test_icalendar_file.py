"""An iCalendar file is one that clients read: folded, escaped, the same for the same events."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import icalendar
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.exchange.icalendar_file import CalendarEvent, write_calendar
from tests.exchange.calendar_client import CalendarClient

MADE = datetime(2026, 3, 1, 9, 0, tzinfo=timezone(timedelta(hours=8)))
EVENT = CalendarEvent(
    uid="0b8f1e8e-7c53-4be9-9a44-1d6f1c0d5a01",
    sequence=0,
    on=date(2026, 3, 2),
    summary="IVIG 12.5 g · bed 12 · dose 4 of 11",
    description="Privigen 10 %\nday +14",
    status="confirmed",
    made_at=MADE,
    changed_at=MADE,
)


def changed(**more: object) -> CalendarEvent:
    return msgspec.structs.replace(EVENT, **more)


def written(*events: CalendarEvent, name: str = "Ward") -> bytes:
    return write_calendar(events, name=name, language="en")


def lines(content: bytes) -> list[str]:
    """Return the file's lines, unfolded."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_an_event_takes_one_whole_day_in_every_zone() -> None:
    text = lines(written(EVENT))
    for line in (
        "METHOD:PUBLISH",
        "VERSION:2.0",
        "X-WR-CALNAME:Ward",
        "UID:0b8f1e8e-7c53-4be9-9a44-1d6f1c0d5a01",
        "SEQUENCE:0",
        "DTSTART;VALUE=DATE:20260302",
        "DTEND;VALUE=DATE:20260303",
        "DTSTAMP:20260301T010000Z",
        "CREATED:20260301T010000Z",
        "LAST-MODIFIED:20260301T010000Z",
        "TRANSP:TRANSPARENT",
        "STATUS:CONFIRMED",
    ):
        assert line in text
    assert not any(line.startswith(("RRULE", "DURATION", "BEGIN:VTIMEZONE")) for line in text)
    assert any(line.startswith("PRODID:-//ivigdesk//") for line in text)


def test_the_last_day_of_a_year_ends_on_the_first_of_the_next() -> None:
    assert "DTEND;VALUE=DATE:20270101" in lines(written(changed(on=date(2026, 12, 31))))


def test_the_same_events_in_any_order_give_the_same_bytes() -> None:
    later = changed(uid="0b8f1e8e-7c53-4be9-9a44-1d6f1c0d5a02", on=date(2026, 3, 4))
    assert written(EVENT, later) == written(later, EVENT) == written(EVENT, later)


def test_a_moment_means_the_same_in_whichever_zone_it_was_noted() -> None:
    assert written(changed(changed_at=MADE.astimezone(UTC))) == written(EVENT)


def test_long_chinese_lines_are_folded_between_characters() -> None:
    long = "静注人免疫球蛋白（pH4）5%，第4次，共11次。" * 20
    content = written(changed(summary=long, description=long), name=long)
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(event["SUMMARY"]) == long


def test_signs_of_the_format_in_a_text_are_escaped() -> None:
    said = "Ana; Bea, 50 % \\ “x”: BEGIN:VEVENT"
    content = written(changed(summary=said, description=f"{said}\nEND:VEVENT"), name=said)
    text = lines(content)
    assert "SUMMARY:Ana\\; Bea\\, 50 % \\\\ “x”: BEGIN:VEVENT" in text
    assert "X-WR-CALNAME:Ana\\; Bea\\, 50 % \\\\ “x”: BEGIN:VEVENT" in text
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(event["SUMMARY"]) == said
    assert str(event["DESCRIPTION"]) == f"{said}\nEND:VEVENT"


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x1b", "\x7f", "\u202e", "\ufeff", "\ud800"])
def test_what_the_format_forbids_and_nobody_sees_is_left_out(mark: str) -> None:
    content = written(changed(summary=f"An{mark}a", description=f"An{mark}a"), name=f"An{mark}a")
    assert {"SUMMARY:Ana", "DESCRIPTION:Ana", "X-WR-CALNAME:Ana"} <= set(lines(content))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_a_line_end_in_a_text_starts_no_line_of_the_file(end: str) -> None:
    content = written(changed(summary=f"a{end}ATTENDEE:b", description=f"a{end}ATTENDEE:b"))
    text = lines(content)
    assert "SUMMARY:a ATTENDEE:b" in text
    assert "DESCRIPTION:a\\nATTENDEE:b" in text


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_read_back_whole_from_a_sound_file(summary: str, description: str) -> None:
    content = written(changed(summary=summary, description=description), name=summary)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert not event.errors
    assert str(event["UID"]) == EVENT.uid
    visible = [letter for letter in summary if letter.isalnum()]
    assert [letter for letter in str(event["SUMMARY"]) if letter.isalnum()] == visible


def test_a_higher_sequence_or_a_later_time_replaces_an_event_and_an_older_file_does_not() -> None:
    client = CalendarClient()
    client.take(written(EVENT))
    moved = written(changed(sequence=1, on=date(2026, 3, 5), changed_at=MADE + timedelta(hours=1)))
    client.take(moved)
    assert [day for day, _text in client.shown] == [date(2026, 3, 5)]
    client.take(written(EVENT))
    assert [day for day, _text in client.shown] == [date(2026, 3, 5)]
    client.take(written(changed(sequence=1, status="cancelled", changed_at=MADE + timedelta(hours=2))))
    assert client.shown == []


def test_an_event_stands_once_and_a_file_is_not_empty() -> None:
    with pytest.raises(ValueError, match="uid"):
        written(EVENT, EVENT)
    with pytest.raises(ValueError, match="event"):
        written()
    with pytest.raises(ValueError, match="offset"):
        written(changed(changed_at=MADE.replace(tzinfo=None)))
