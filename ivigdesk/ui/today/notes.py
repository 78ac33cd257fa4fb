"""What to know of a dose of the day, in short sentences, the weightiest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivigdesk.actions.ward.day_list import DayRow, Group
from ivigdesk.ui.dose_words import rate_text, reason_text
from ivigdesk.ui.task_words import tasks_in_short
from ivigdesk.wording import Wording

if TYPE_CHECKING:
    from ivigdesk.actions.ward.day_tasks import DayTasks
    from ivigdesk.clinical.infusions.infusion import SideEffect
    from ivigdesk.clinical.products.rates import RateCard

_WAITING: tuple[Group, ...] = ("overdue", "due")
_BEFORE_THE_END: tuple[Group, ...] = ("overdue", "due", "held", "running")


class DayNotes:
    """Words of the column "What to know" in one language."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._tasks: DayTasks | None = None

    def set_tasks(self, tasks: DayTasks | None) -> None:
        """Note what the day's doses wait for; None while it is not worked out."""
        self._tasks = tasks

    def of_row(self, row: DayRow) -> list[str]:
        """Return what is missing, what happened before, whom it is about, what is drawn, and what the rules say."""
        say = self._wording.say
        notes: list[str] = []
        found = self._tasks.of_dose(row.dose.id) if self._tasks is not None else None
        if row.group in ("running", "done"):
            notes.extend(say(missing) for missing in row.missing)
        if found is not None and found.weight is not None:
            notes.append(say(found.weight))
        if row.group == "held" and row.dose.reason:
            effects = () if row.last_reaction is None else (row.last_reaction[1],)
            notes.append(reason_text(self._wording, row.dose.reason, effects))
        if row.last_reaction is not None:
            number, effect = row.last_reaction
            notes.append(self.reaction(number, effect))
        if row.group in _WAITING:
            notes.extend(say(missing) for missing in row.missing)
        if row.group in _BEFORE_THE_END:
            notes.extend(self._alerts(row))
        notes.append(self.tests(row))
        grave = [finding for finding in row.dose.findings if finding.severity in ("warn", "hold", "block")]
        notes.extend(say(finding.message) for finding in grave if row.group in ("overdue", "due", "held"))
        return [note for note in notes if note]

    def tests(self, row: DayRow) -> str:
        """Return the tests and samples that this dose waits for, in short; empty for none."""
        found = self._tasks.of_dose(row.dose.id) if self._tasks is not None else None
        if found is None or row.group not in _WAITING:
            return ""
        drawn = [task for task in found.before if task.kind != "weight"]  # an old weight is said already
        if not drawn:
            return ""
        return self._wording.gettext("Draw: {tests}").format(tests=tasks_in_short(drawn, self._wording))

    def ladder(self, row: DayRow) -> str:
        """Return how fast it may run, in a word or two; empty for a dose that has ended or is held."""
        if row.group in ("done", "held"):
            return ""
        return ladder_words(row.dose.rate_card, self._wording, first=row.dose.is_first_infusion)

    def reaction(self, number: int, effect: SideEffect) -> str:
        """Return `Dose 3: Headache, grade 2 at 45 min, 120 mL/h`."""
        _ = self._wording.gettext
        name = self._wording.text(effect.term)
        if effect.minutes_from_start is None:
            text = _("Dose {number}: {name}, grade {grade} on {day}")
        elif effect.ml_per_h is None:
            text = _("Dose {number}: {name}, grade {grade} at {time}")
        else:
            text = _("Dose {number}: {name}, grade {grade} at {time}, {rate}")
        return text.format(
            number=number,
            name=name,
            grade=effect.grade,
            day=self._wording.date_short(effect.onset_at.date()),
            time=self._wording.duration(effect.minutes_from_start or 0),
            rate="" if effect.ml_per_h is None else rate_text(self._wording, effect.ml_per_h),
        )

    def _alerts(self, row: DayRow) -> list[str]:
        _ = self._wording.gettext
        patient = row.patient
        found = []
        if patient.allergy_state == "known":
            found.append(_("Allergy: {allergies}").format(allergies=patient.allergies))
        if patient.risks:
            from ivigdesk.sheets.words import RISK_WORDS  # late: Today opens without paper

            named = _(", ").join(_(RISK_WORDS[risk]) for risk in patient.risks)
            found.append(_("Risk: {risks}").format(risks=named))
        return found


def ladder_words(card: RateCard, wording: Wording, *, first: bool) -> str:
    """Return `first rates`, `reduced rates` or `standard rates`, and what reduces them."""
    _ = wording.gettext
    capped = {row.capped_by for row in card.rows}
    if "tolerated" in capped:
        most = rate_text(wording, card.max_ml_per_h)
        return _("rates reduced after a reaction: at most {rate}").format(rate=most)
    if "risk" in capped or "small patient" in capped:
        return _("rates reduced: at most {rate}").format(rate=rate_text(wording, card.max_ml_per_h))
    return _("first rates") if first else _("standard rates")
