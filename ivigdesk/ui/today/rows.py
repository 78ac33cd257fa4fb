"""What stands in the rows of the day's list, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.day_list import DayList, DayRow, Group
from ivigdesk.clinical.findings import worst
from ivigdesk.messages import N_
from ivigdesk.ui.dose_words import dose_grams, taken_from, volume_text
from ivigdesk.ui.places import CoursePlace, InfusionPlace, Place
from ivigdesk.ui.today.notes import DayNotes
from ivigdesk.ui.widgets import Column, State, severity_state, status_state
from ivigdesk.wording import NO_BREAK, Wording

if TYPE_CHECKING:
    from ivigdesk.actions.ward.day_tasks import DayTasks
    from ivigdesk.actions.ward.planned_times import DoseSpan

GROUP_WORDS: dict[Group, str] = {
    "overdue": N_("Overdue"),
    "running": N_("Running"),
    "due": N_("Due"),
    "held": N_("On hold"),
    "done": N_("Done"),
}
DOT = f"{NO_BREAK}· "
TIME_COLUMN = 5
"""Place of the column in which a planned start is typed."""


class GroupHead(msgspec.Struct, frozen=True):
    """A heading over the rows of one group."""

    group: Group
    count: int


def rows_with_heads(day: DayList) -> tuple[GroupHead | DayRow, ...]:
    """Return the rows of the day, each group under its heading; empty groups are left out."""
    rows: list[GroupHead | DayRow] = []
    for group in GROUP_WORDS:
        members = day.in_group(group)
        if members:
            rows.append(GroupHead(group, len(members)))
            rows.extend(members)
    return tuple(rows)


class DayWords:
    """Words each part of a row in one language."""

    def __init__(self, desk: Desk, wording: Wording) -> None:
        self._desk = desk
        self._wording = wording
        self._shown = DayList(day=date.min, is_today=True, rows=())
        self._notes = DayNotes(wording)
        self._spans: Mapping[UUID, DoseSpan] = {}

    def set_tasks(self, tasks: DayTasks | None) -> None:
        """Note what the day's doses wait for; None while it is not worked out."""
        self._notes.set_tasks(tasks)

    def set_spans(self, spans: Mapping[UUID, DoseSpan]) -> None:
        """Note from when to when the day's infusions last, as far as it is known."""
        self._spans = spans

    def set_day(self, day: DayList) -> None:
        """Note the day's rows: only today's doses can be started, and not beside another dose of their course."""
        self._shown = day

    def columns(self) -> tuple[Column[DayRow], ...]:
        """Return the columns of the day's table."""
        _ = self._wording.gettext
        return (
            Column(_("Bed"), lambda row: row.patient.bed or "–", strong=True, width=50),
            Column(_("Patient"), lambda row: row.patient.name, detail=self.identity, width=196),
            Column(_("Dose"), self.number, detail=self.transplant_day),
            Column(_("Amount"), self.amount, detail=self.volume, strong=True),
            Column(_("Product"), self.product, detail=self.vials),
            Column(_("State and time"), lambda row: self.state(row).word, state=self.state, detail=self.time),
            Column(_("What to know"), self.to_know, small=True, stretch=True),
            Column(_("Next"), self.action, button=True, filled=self.is_first_choice, width=108),
        )

    def section(self, row: GroupHead | DayRow) -> str:
        """Return the heading of a group; empty for a dose."""
        if isinstance(row, DayRow):
            return ""
        return f"{self._wording.gettext(GROUP_WORDS[row.group])}{DOT}{row.count}"

    def identity(self, row: DayRow) -> str:
        """Return birth date and record number: names alone are not enough to tell two people apart."""
        return f"{self._wording.date_plain(row.patient.birth_on)}{DOT}{row.patient.record_number}"

    def number(self, row: DayRow) -> str:
        """Return `3 of 11`."""
        return self._wording.gettext("{number} of {total}").format(number=row.dose.number, total=row.doses_in_all)

    def transplant_day(self, row: DayRow) -> str:
        """Return `day +21` of the dose; empty without a transplant date."""
        day = row.dose.transplant_day
        return "" if day is None else self._wording.transplant_day(day)

    def amount(self, row: DayRow) -> str:
        """Return the planned grams."""
        return dose_grams(self._wording, row.dose.planned_dose_mg)

    def product(self, row: DayRow) -> str:
        """Return the product's short title."""
        return self._wording.text(row.product.short_title)

    def volume(self, row: DayRow) -> str:
        """Return the millilitres."""
        return volume_text(self._wording, row.dose.volume_ml)

    def vials(self, row: DayRow) -> str:
        """Return `4 × 2.5 g`, `30 + 20 + 5 g` or `from 1 × 2.5 g (discard 31.4 mL)`, largest first."""
        return taken_from(self._wording, row.dose.volume_ml, row.dose.vials, short=True)

    def state(self, row: DayRow) -> State:
        """Return the chip: status, sharpened by how late, how fast, or what stands in the way."""
        _ = self._wording.gettext
        state = status_state(row.view.status, self._wording)
        if row.group == "overdue":
            late = self._wording.ngettext("Overdue {n} day", "Overdue {n} days", row.overdue_days)
            return State(state.sign, late.format(n=row.overdue_days), state.tone)
        if row.has_open_record:
            return State("!", _("Record open"), "attention")
        if row.group == "running" and row.view.infusion is not None:
            infusion = row.view.infusion
            if infusion.rate_ml_per_h > Decimal(0):
                return State("▶", self._wording.amount(infusion.rate_ml_per_h, "mL/h"), state.tone)
            if infusion.rate_changes[-1].action == "stop":
                return State("■", _("Stopped"), "attention")
            return State("II", _("Paused"), "attention")
        gravest = worst(row.dose.findings)
        if row.group == "due" and gravest in ("hold", "block"):
            return severity_state(gravest, self._wording)
        if row.group == "due" and row.dose.number == 1:
            return State(state.sign, _("First dose"), state.tone)
        return state

    def time(self, row: DayRow) -> str:
        """Return `10:30 → 12:05`, from when to when it lasts and how that is known; empty while nobody knows."""
        _ = self._wording.gettext
        span = self._spans.get(row.dose.id)
        if span is None:
            return self._planned_time(row)
        start = self._wording.time(span.starts_at)
        if span.starts_at.date() < self._shown.day:
            start = f"{self._wording.weekday(span.starts_at.date())}{NO_BREAK}{start}"
        if span.ends_at is None:
            return _("since {time}").format(time=start)
        text = f"{start} → {self._wording.time(span.ends_at)}"
        return _("{time} proposed").format(time=text) if span.kind == "proposed" else text

    def _planned_time(self, row: DayRow) -> str:
        """Return the time of a dose that was planned for its day and did not begin then."""
        if row.group not in ("overdue", "held") or not row.planned_clock:
            return ""
        return f"{self._wording.date_short(row.dose.due_on)}{NO_BREAK}{row.planned_clock}"

    def to_know(self, row: DayRow) -> str:
        """Return what matters before this dose, the weightiest first, and how fast it may run."""
        first = self._first(row)
        notes = [self._first_words(first)] if first is not None else []
        notes += self._notes.of_row(row)
        if row.last_reaction is None and row.group != "done":
            notes.append(self._wording.gettext("No reaction before"))
        notes.append(self._notes.ladder(row))
        return DOT.join(note for note in notes if note)

    def tests(self, row: DayRow) -> str:
        """Return the tests and samples that this dose waits for, in short; empty for none."""
        return self._notes.tests(row)

    def action(self, row: DayRow) -> str:
        """Return the verb of the one next step."""
        _ = self._wording.gettext
        match row.group:
            case "overdue" | "held":
                return _("Decide…")
            case "due" if self._first(row) is not None:
                return _("Open")
            case "due":
                return _("Start…") if self._shown.is_today else _("Open")
            case "running" | "done":
                return _("Open")

    def is_first_choice(self, row: DayRow) -> bool:
        """Return whether the next step is filled: what is to be given today."""
        return self._shown.is_today and row.group in ("running", "due") and self._first(row) is None

    def place_of(self, row: DayRow) -> Place:
        """Return where the next step leads."""
        first = self._first(row)
        if first is not None:
            return CoursePlace(row.course_id, first.dose.number)
        if row.group in ("running", "done") or (row.group == "due" and self._shown.is_today):
            return InfusionPlace(row.course_id, row.dose.id)
        return CoursePlace(row.course_id, row.dose.number)

    def _first(self, row: DayRow) -> DayRow | None:
        return self._shown.stands_before(row)

    def _first_words(self, other: DayRow) -> str:
        _ = self._wording.gettext
        words = {
            "overdue": _("Dose {number} waits first"),
            "running": _("Dose {number} is still running"),
            "done": _("Dose {number} was given today: never two on one day"),
        }
        return words[other.group].format(number=other.dose.number)
