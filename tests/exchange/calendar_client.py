"""A calendar as people carry it, and what a file does to it by the rule that clients follow (RFC 5546, 2.1.5)."""

from __future__ import annotations

from datetime import date

import icalendar


class CalendarClient:
    """Holds events by UID.

    Of two with one UID, the one with the higher SEQUENCE stays; of two with the same SEQUENCE, the later DTSTAMP.
    """

    def __init__(self) -> None:
        self.events: dict[str, icalendar.Component] = {}

    def take(self, content: bytes) -> None:
        """Import a file."""
        calendar = icalendar.Calendar.from_ical(content)
        assert calendar["METHOD"] == "PUBLISH"
        for event in calendar.walk("VEVENT"):
            known = self.events.get(str(event["UID"]))
            if known is None or _age(event) > _age(known):
                self.events[str(event["UID"])] = event

    @property
    def shown(self) -> list[tuple[date, str]]:
        """Day and summary of what is not cancelled, by day."""
        held = (event for event in self.events.values() if event["STATUS"] != "CANCELLED")
        return sorted((event.decoded("DTSTART"), str(event["SUMMARY"])) for event in held)

    def event(self, uid: object) -> icalendar.Component:
        """Return the event with this UID."""
        return self.events[str(uid)]


def _age(event: icalendar.Component) -> tuple[int, object]:
    return int(event.get("SEQUENCE", 0)), event.decoded("DTSTAMP")
