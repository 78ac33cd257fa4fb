"""What stands in the rows of the day's list, in words."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from ivigdesk.actions.day_list import DayList, DayRow, Group
from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.findings import worst
from ivigdesk.messages import N_
from ivigdesk.ui.places import CoursePlace, InfusionPlace, Place
from ivigdesk.ui.widgets import Column, State, severity_state, status_state
from ivigdesk.units import grams
from ivigdesk.wording import NO_BREAK, Wording

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

    def set_day(self, day: DayList) -> None:
        """Note which day the rows are of: only today's doses can be started."""
        self._is_today = day.is_today

    def columns(self) -> tuple[Column[DayRow], ...]:
        """Return the columns of the day's table."""
        _ = self._wording.gettext
        return (
            Column(_("Bed"), lambda row: row.patient.bed or "–", strong=True, width=54),
            Column(_("Patient"), lambda row: row.patient.name, detail=self.identity, width=222),
            Column(_("Dose"), self.number, detail=self.transplant_day),
            Column(_("Amount"), self.amount, detail=self.product, strong=True, width=164),
            Column(_("Volume"), self.volume, detail=self.vials),
            Column(_("State"), lambda row: self.state(row).word, state=self.state, width=150),
            Column(_("What to know"), self.to_know, small=True, stretch=True),
            Column(_("Next"), self.action, button=True, filled=self.is_first_choice, width=114),
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
        return self._wording.amount(grams(row.dose.planned_dose_mg), "g")

    def product(self, row: DayRow) -> str:
        """Return the product's short title."""
        return self._wording.text(row.product.short_title)

    def volume(self, row: DayRow) -> str:
        """Return the millilitres."""
        return self._wording.amount(row.dose.volume_ml, "mL")

    def vials(self, row: DayRow) -> str:
        """Return `4 × 2.5 g` or `30 + 20 + 5 g`, largest first."""
        sizes = [(vial.count, self._wording.number(grams(vial.mg))) for vial in row.dose.vials]
        parts = [
            f"{count}{NO_BREAK}×{NO_BREAK}{size}" if count > 1 or len(sizes) == 1 else size for count, size in sizes
        ]
        return f"{' + '.join(parts)}{NO_BREAK}g"

    def state(self, row: DayRow) -> State:
        """Return the chip: status, sharpened by how late, how fast, or what stands in the way."""
        _ = self._wording.gettext
        state = status_state(row.view.status, self._wording)
        if row.group == "overdue":
            late = self._wording.ngettext("Overdue {n} day", "Overdue {n} days", row.overdue_days)
            return State(state.sign, late.format(n=row.overdue_days), state.tone)
        if row.group == "running" and row.view.infusion is not None:
            rate = row.view.infusion.rate_ml_per_h
            word = self._wording.amount(rate, "mL/h") if rate > Decimal(0) else _("Paused")
            return State("▶" if rate > Decimal(0) else "II", word, state.tone)
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

    def action(self, row: DayRow) -> str:
        """Return the verb of the one next step."""
        _ = self._wording.gettext
        match row.group:
            case "overdue" | "held":
                return _("Decide…")
            case "due":
                return _("Start…") if self._is_today else _("Open")
            case "running" | "done":
                return _("Open")

    def is_first_choice(self, row: DayRow) -> bool:
        """Return whether the next step is filled: what is to be given today."""
        return self._is_today and row.group in ("running", "due")

    def place_of(self, row: DayRow) -> Place:
        """Return where the next step leads."""
        if row.group in ("running", "done") or (row.group == "due" and self._is_today):
            return InfusionPlace(row.course_id, row.dose.id)
        return CoursePlace(row.course_id, row.dose.number)

    def _notes(self, row: DayRow) -> list[str]:
        say = self._wording.say
        notes = [row.dose.reason] if row.group == "held" and row.dose.reason else []
        if row.last_reaction is not None:
            notes.append(self._reaction(row))
        grave = [finding for finding in row.dose.findings if finding.severity in ("warn", "hold", "block")]
        notes.extend(say(finding.message) for finding in grave if row.group in ("overdue", "due", "held"))
        notes.extend(say(missing) for missing in row.missing)
        return notes

    def _reaction(self, row: DayRow) -> str:
        _ = self._wording.gettext
        if row.last_reaction is None:
            return ""
        number, effect = row.last_reaction
        said = _("Dose {number}: {term}, grade {grade}").format(
            number=number, term=self._wording.text(effect.term), grade=effect.grade
        )
        if effect.minutes_from_start is not None:
            at = _("after {duration}").format(duration=self._wording.duration(effect.minutes_from_start))
            said = f"{said}, {at}"
        if effect.ml_per_h:
            said = f"{said}, {self._wording.amount(effect.ml_per_h, 'mL/h')}"
        return said
