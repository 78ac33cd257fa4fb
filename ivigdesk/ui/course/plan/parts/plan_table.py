"""The table of the doses that are planned: number, date, days, amount, criteria, and what to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ivigdesk.clinical.courses.planning import CoursePlan, PlannedInfusion
from ivigdesk.clinical.eligibility.criteria import Outcome
from ivigdesk.ui import theme
from ivigdesk.ui.course.plan.criteria_words import is_same_for_all
from ivigdesk.ui.course.plan.noticed import CRITERIA_CODE, Noticed, noticed_of
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.outcome_words import outcome_state
from ivigdesk.ui.widgets.states import State
from ivigdesk.ui.widgets.tables import Column, RecordTable
from ivigdesk.wording import Wording

COURSE_DAY, TRANSPLANT_DAY, CRITERIA = 2, 3, 5
_ROOM_FOR_COURSE_DAY = 690  # pixels: below, the transplant day alone says which day it is


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One planned dose as the table shows it.

    Attributes:
        number, day, course_day, transplant_day, amount_mg: of the dose.
        date: the day as a word; without the year where the whole course lies in one.
        notes: worded sentences, the gravest first.
        state: of the gravest that was noticed about this dose; None for no more than remarks.
        outcome: what the criteria come to on its day; None without criteria.
    """

    number: int
    day: date
    date: str
    course_day: int
    transplant_day: int | None
    amount_mg: int
    notes: tuple[str, ...]
    state: State | None
    outcome: Outcome | None


class PlanTable(RecordTable):
    """Planned doses by number."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(
            _columns(wording), wording.gettext("Doses"), row_height=theme.TARGET, sortable=False, parent=parent
        )
        self._has_transplant = True
        self.horizontalHeader().setMinimumSectionSize(40)

    def show_plan(self, plan: CoursePlan | None, wording: Wording) -> None:
        """Show the doses of `plan`; None empties the table. The column of criteria is shown where doses differ."""
        if plan is None:
            self.show_rows(())
            return
        self._has_transplant = plan.request.transplant_on is not None
        self.setColumnHidden(CRITERIA, is_same_for_all(plan))
        self._fit()
        current = self.current()
        self.show_rows(planned_rows(plan, wording))
        if isinstance(current, PlanRow):
            self.choose_number(current.number)

    def choose_number(self, number: int) -> None:
        """Make the dose with this number the current one."""
        for row in self.records.rows:
            if row.number == number:
                self.choose(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        self.setColumnHidden(TRANSPLANT_DAY, not self._has_transplant)
        self.setColumnHidden(COURSE_DAY, self._has_transplant and self.width() < _ROOM_FOR_COURSE_DAY)


def planned_rows(plan: CoursePlan, wording: Wording) -> tuple[PlanRow, ...]:
    """Return the rows of a plan that nobody has confirmed."""
    dated = _dating(wording, [infusion.calendar.due_on for infusion in plan.infusions])
    # The column of criteria, or the line above for all doses, says what the criteria come to.
    noticed = [one for one in noticed_of(plan) if one.numbers and one.finding.code not in criteria_codes(plan)]
    return tuple(_row(plan, infusion, noticed, dated, wording) for infusion in plan.infusions)


def criteria_codes(plan: CoursePlan) -> frozenset[str]:
    """Return the codes of findings that say what the criteria come to."""
    rules = {rule.code for one in plan.infusions if one.criteria is not None for rule in one.criteria.rules}
    return frozenset({CRITERIA_CODE, *rules})


def _row(
    plan: CoursePlan,
    infusion: PlannedInfusion,
    noticed: Sequence[Noticed],
    dated: Callable[[date], str],
    wording: Wording,
) -> PlanRow:
    day = infusion.calendar
    own = [one for one in noticed if day.number in one.numbers]
    return PlanRow(
        number=day.number,
        day=day.due_on,
        date=dated(day.due_on),
        course_day=day.course_day,
        transplant_day=day.transplant_day,
        amount_mg=infusion.amount.dose_mg,
        notes=(*(wording.say(one.finding.message) for one in own), *_notes(plan, infusion, wording)),
        state=own[0].state(wording) if own and own[0].is_grave else None,
        outcome=infusion.criteria.outcome if infusion.criteria else None,
    )


def _columns(wording: Wording) -> tuple[Column[PlanRow], ...]:
    _ = wording.gettext

    def criteria(row: PlanRow) -> State | None:
        return outcome_state(row.outcome, wording, short=True) if row.outcome else None

    return (
        Column(_("Dose"), lambda row: str(row.number), strong=True),
        Column(_("Date"), lambda row: row.date),
        Column(_("Course day"), lambda row: str(row.course_day), muted=True),
        Column(
            _("Day +N"),
            lambda row: "" if row.transplant_day is None else wording.signed(row.transplant_day),
            muted=True,
        ),
        Column(_("Amount"), lambda row: dose_grams(wording, row.amount_mg), strong=True),
        Column(_("Criteria"), lambda row: state.word if (state := criteria(row)) else "", state=criteria),
        Column(_("What to know"), lambda row: " · ".join(row.notes), state=_grave, small=True, stretch=True),
    )


def _grave(row: PlanRow) -> State | None:
    """Return the notes as a chip when they want more than to be read."""
    return State(row.state.sign, " · ".join(row.notes), row.state.tone) if row.state else None


def _notes(plan: CoursePlan, infusion: PlannedInfusion, wording: Wording) -> list[str]:
    notes = []
    day = infusion.calendar
    if infusion.is_first_infusion and day.number == 1:
        notes.append(wording.gettext("First infusion: initial rate, observe 1 h after"))
    before = [one for one in plan.infusions if one.calendar.number == day.number - 1]
    if before and before[0].calendar.phase != day.phase and day.phase_name is not None:
        notes.append(wording.gettext("{phase} from here").format(phase=wording.text(day.phase_name)))
    if day.moved_days:
        notes.append(
            wording.ngettext("moved by {n} day: ward closed", "moved by {n} days: ward closed", abs(day.moved_days))
            .format(n=wording.signed(day.moved_days))
        )  # fmt: skip
    return notes


def _dating(wording: Wording, days: Sequence[date]) -> Callable[[date], str]:
    """Return how dates are written: the year is left out where every day has the same, which stands in the heading."""
    return wording.date_short if len({day.year for day in days}) == 1 else wording.date
