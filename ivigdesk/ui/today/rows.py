"""What stands in the rows of the day's list, in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.day_list import DayList, DayRow, Group
from ivigdesk.clinical.findings import worst
from ivigdesk.messages import N_
from ivigdesk.ui.dose_words import dose_grams, effect_text, reason_text, taken_from, volume_text
from ivigdesk.ui.places import CoursePlace, InfusionPlace, Place
from ivigdesk.ui.task_words import tasks_in_short
from ivigdesk.ui.widgets import Column, State, severity_state, status_state
from ivigdesk.wording import NO_BREAK, Wording

if TYPE_CHECKING:
    from ivigdesk.actions.ward.day_tasks import DayTasks

GROUP_WORDS: dict[Group, str] = {
    "overdue": N_("Overdue"),
    "running": N_("Running"),
    "due": N_("Due"),
    "held": N_("On hold"),
    "done": N_("Done"),
}
DOT = f"{NO_BREAK}· "


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
        self._is_today = True
        self._others: dict[UUID, list[DayRow]] = {}
        self._tasks: DayTasks | None = None

    def set_tasks(self, tasks: DayTasks | None) -> None:
        """Note what the day's doses wait for; None while it is not worked out."""
        self._tasks = tasks

    def set_day(self, day: DayList) -> None:
        """Note the day's rows: only today's doses can be started, and not beside another dose of their course."""
        self._is_today = day.is_today
        self._others = {}
        for row in day.rows:
            self._others.setdefault(row.course_id, []).append(row)

    def columns(self) -> tuple[Column[DayRow], ...]:
        """Return the columns of the day's table."""
        _ = self._wording.gettext
        return (
            Column(_("Bed"), lambda row: row.patient.bed or "–", strong=True, width=54),
            Column(_("Patient"), lambda row: row.patient.name, detail=self.identity, width=206),
            Column(_("Dose"), self.number, detail=self.transplant_day),
            Column(_("Amount"), self.amount, detail=self.volume, strong=True),
            Column(_("Product"), self.product, detail=self.vials),
            Column(_("State"), lambda row: self.state(row).word, state=self.state, width=146),
            Column(_("What to know"), self.to_know, detail=self.tests, small=True, stretch=True),
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

    def to_know(self, row: DayRow) -> str:
        """Return what matters before this dose, the weightiest first."""
        notes = self._notes(row)
        if not notes and row.group != "done":
            return self._wording.gettext("No reaction before")
        return DOT.join(notes)

    def tests(self, row: DayRow) -> str:
        """Return the tests and samples that this dose waits for, in short; empty for none."""
        found = self._tasks.of_dose(row.dose.id) if self._tasks is not None else None
        if found is None or row.group not in ("overdue", "due"):
            return ""
        drawn = [task for task in found.before if task.kind != "weight"]  # an old weight is said already
        if not drawn:
            return ""
        return self._wording.gettext("Draw: {tests}").format(tests=tasks_in_short(drawn, self._wording))

    def action(self, row: DayRow) -> str:
        """Return the verb of the one next step."""
        _ = self._wording.gettext
        match row.group:
            case "overdue" | "held":
                return _("Decide…")
            case "due" if self._first(row) is not None:
                return _("Open")
            case "due":
                return _("Start…") if self._is_today else _("Open")
            case "running" | "done":
                return _("Open")

    def is_first_choice(self, row: DayRow) -> bool:
        """Return whether the next step is filled: what is to be given today."""
        return self._is_today and row.group in ("running", "due") and self._first(row) is None

    def place_of(self, row: DayRow) -> Place:
        """Return where the next step leads."""
        first = self._first(row)
        if first is not None:
            return CoursePlace(row.course_id, first.dose.number)
        if row.group in ("running", "done") or (row.group == "due" and self._is_today):
            return InfusionPlace(row.course_id, row.dose.id)
        return CoursePlace(row.course_id, row.dose.number)

    def _first(self, row: DayRow) -> DayRow | None:
        """Return the dose of the same course that stands before a due one: it runs, waits, or was given today."""
        if row.group != "due" or not self._is_today:
            return None
        for other in self._others.get(row.course_id, ()):
            waits = other.group == "overdue" and other.dose.comes_before(row.dose)
            was_given = other.group == "done" and other.view.status in ("given", "partly given")
            if other is not row and (waits or was_given or other.group == "running"):
                return other
        return None

    def _first_words(self, other: DayRow) -> str:
        _ = self._wording.gettext
        words = {
            "overdue": _("Dose {number} waits first"),
            "running": _("Dose {number} is still running"),
            "done": _("Dose {number} was given today: never two on one day"),
        }
        return words[other.group].format(number=other.dose.number)

    def _notes(self, row: DayRow) -> list[str]:
        say = self._wording.say
        first = self._first(row)
        notes = [self._first_words(first)] if first is not None else []
        found = self._tasks.of_dose(row.dose.id) if self._tasks is not None else None
        if found is not None and found.weight is not None:
            notes.append(say(found.weight))
        if row.group == "held" and row.dose.reason:
            effects = () if row.last_reaction is None else (row.last_reaction[1],)
            notes.append(reason_text(self._wording, row.dose.reason, effects))
        if row.last_reaction is not None:
            notes.append(self._reaction(row))
        grave = [finding for finding in row.dose.findings if finding.severity in ("warn", "hold", "block")]
        notes.extend(say(finding.message) for finding in grave if row.group in ("overdue", "due", "held"))
        notes.extend(say(missing) for missing in row.missing)
        return notes

    def _reaction(self, row: DayRow) -> str:
        if row.last_reaction is None:
            return ""
        number, effect = row.last_reaction
        said = effect_text(self._wording, self._wording.text(effect.term), effect)
        return self._wording.gettext("Dose {number}: {what}").format(number=number, what=said)
