"""The table of a course's doses, planned or stored: number, date, days, amount, and what to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.ui.dose_words import dose_grams, effect_in_short, reason_text
from ivigdesk.ui.outcome_words import outcome_state
from ivigdesk.ui.widgets.states import State, status_state
from ivigdesk.ui.widgets.tables import Column, RecordTable
from ivigdesk.wording import Wording

_COURSE_DAY, _TRANSPLANT, _CRITERIA = 2, 3, 6  # columns
_ROOM_FOR_COURSE_DAY = 815  # pixels: below, the transplant day alone says which day it is
LEAST_TABLE = 200  # pixels: its heads and three doses; a page that has less is scrolled


@dataclass(frozen=True, slots=True)
class DoseRow:
    """One dose as the table shows it.

    Attributes:
        number, day, course_day, transplant_day, amount_mg: of the dose.
        date: the day as a word; without the year where the whole course lies in one.
        notes: worded sentences, the gravest first.
        state: status of a stored dose, or severity of what was noticed about a planned one; None for nothing.
        criteria: what the course's criteria say on its date; None without criteria.
        dose_id: of a stored dose.
        is_next: whether it is the next one to be dealt with.
    """

    number: int
    day: date
    date: str
    course_day: int
    transplant_day: int | None
    amount_mg: int
    notes: tuple[str, ...]
    state: State | None
    criteria: State | None = None
    dose_id: UUID | None = None
    is_next: bool = False


class DoseTable(RecordTable):
    """Doses by number."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(_columns(wording), wording.gettext("Doses"), sortable=False, parent=parent)
        self.horizontalHeader().setMinimumSectionSize(40)
        self._has_transplant = True

    def show_transplant(self, shown: bool) -> None:
        """Show the column of transplant days, or hide it for a patient without a transplant date."""
        self._has_transplant = shown
        self.setColumnHidden(_TRANSPLANT, not shown)
        self._fit()

    def show_criteria(self, shown: bool) -> None:
        """Show the column of the criteria of stored doses, or hide it for a course without criteria."""
        self.setColumnHidden(_CRITERIA, not shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        self.setColumnHidden(_COURSE_DAY, self._has_transplant and self.width() < _ROOM_FOR_COURSE_DAY)

    def choose_number(self, number: int) -> None:
        """Make the dose with this number the current one."""
        for row in self.records.rows:
            if row.number == number:
                self.choose(row)


def stored_rows(view: CourseView, wording: Wording, term_name: dict[str, str]) -> tuple[DoseRow, ...]:
    """Return the rows of a stored course, by date; `term_name` names a side effect, worded, by its code."""
    following = view.next_dose
    effects = tuple(effect for one in view.doses for effect in one.side_effects)
    dated = _dating(wording, [dose.due_on for dose in view.course.doses])
    return tuple(
        DoseRow(
            number=one.dose.number,
            day=one.dose.due_on,
            date=dated(one.dose.due_on),
            course_day=one.dose.course_day,
            transplant_day=one.dose.transplant_day,
            amount_mg=one.dose.planned_dose_mg,
            notes=(*_origin(one.dose, view.course, wording), *_stored_notes(one, wording, term_name, effects)),
            state=status_state(one.status, wording),
            criteria=outcome_state(one.dose.criteria.outcome, wording, short=True) if one.dose.criteria else None,
            dose_id=one.dose.id,
            is_next=following is not None and following.dose.id == one.dose.id,
        )
        for one in view.by_date
    )


def _origin(dose: Dose, course: Course, wording: Wording) -> tuple[str, ...]:
    """Return where a dose comes from that the regimen did not plan, and what it is given from where that differs."""
    _ = wording.gettext
    said = []
    replaced = next((other.number for other in course.doses if other.id == dose.replaces), None)
    if replaced is not None:
        said.append(_("in place of dose {number}").format(number=replaced))
    elif dose.is_extra:
        said.append(_("added to the regimen's doses"))
    in_its_place = next((other.number for other in course.doses if other.replaces == dose.id), None)
    if in_its_place is not None:
        said.append(_("dose {number} stands in its place").format(number=in_its_place))
    if course.product_of(dose).id != course.product.id:
        said.append(wording.text(course.product_of(dose).short_title))
    return tuple(said)


def _columns(wording: Wording) -> tuple[Column[DoseRow], ...]:
    _ = wording.gettext
    return (
        Column(_("Dose"), lambda row: str(row.number), strong=True),
        Column(_("Date"), lambda row: row.date),
        Column(_("Course\nday"), lambda row: str(row.course_day), muted=True),
        Column(
            _("Day\n+N"),
            lambda row: "" if row.transplant_day is None else wording.signed(row.transplant_day),
            muted=True,
        ),
        Column(_("Amount"), lambda row: dose_grams(wording, row.amount_mg), strong=True),
        _status_column(wording),
        _criteria_column(wording),
        Column(
            _("What to know"),
            lambda row: " · ".join(row.notes),
            small=True,
            stretch=True,
        ),
    )


def _status_column(wording: Wording) -> Column[DoseRow]:
    return Column(
        wording.gettext("State"), lambda row: row.state.word if row.state else "", state=lambda row: row.state
    )


def _criteria_column(wording: Wording) -> Column[DoseRow]:
    return Column(
        wording.gettext("Criteria"),
        lambda row: row.criteria.word if row.criteria else "",
        state=lambda row: row.criteria,
    )


def _stored_notes(
    one: DoseView, wording: Wording, term_name: dict[str, str], effects: Sequence[SideEffect]
) -> tuple[str, ...]:
    """Return what to know of a stored dose; `effects` are those of the whole course, one of which may hold it."""
    _ = wording.gettext
    notes = [effect_in_short(wording, term_name.get(effect.code, effect.code), effect) for effect in one.side_effects]
    dose, end = one.dose, one.infusion.end if one.infusion else None
    if end is not None and end.outcome != "completed":
        given = wording.amount(end.given_ml, "mL")
        notes.append(
            _("{given} given: {reason}").format(given=given, reason=end.reason) if end.given_ml else end.reason
        )
    if one.infusion is not None and end is not None and end.outcome != "not given":
        given_on = one.infusion.started_at.date()
        if given_on != dose.due_on:
            notes.append(_("given on {day}").format(day=wording.date_short(given_on)))
    if dose.was_moved:
        notes.append(_("moved from {day}").format(day=wording.date_short(dose.planned_on)))
    if dose.reason and (dose.was_moved or dose.state != "planned" or dose.is_error or dose.is_extra):
        notes.append(reason_text(wording, dose.reason, effects))
    if dose.is_first_infusion and one.status in ("planned", "due", "overdue"):
        notes.append(_("First infusion: initial rate, observe 1 h after"))
    return tuple(notes)


def _dating(wording: Wording, days: Sequence[date]) -> Callable[[date], str]:
    """Return how dates are written: the year is left out where every day has the same, which stands in the heading."""
    return wording.date_short if len({day.year for day in days}) == 1 else wording.date
