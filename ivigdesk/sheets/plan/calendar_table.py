"""The calendar of the plan: one row per dose, planned beside what was given."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.courses.status import DoseStatus, DoseView
from ivigdesk.messages import N_
from ivigdesk.sheets import words
from ivigdesk.sheets.paper.blocks import Block, paragraph, stacked
from ivigdesk.sheets.paper.table import Column, Row, Table, struck, table
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.plan.changes import first_approved
from ivigdesk.sheets.plan.dose_notes import DoseNote, notes_of_row
from ivigdesk.sheets.plan.switches import has_several
from ivigdesk.sheets.style import (
    BLACK,
    BODY_STRONG,
    CAPTION,
    CELL,
    CELL_PAD,
    CELL_STRONG,
    MM,
    NUMBER,
    SMALL_STRONG,
    WIDTH,
)
from ivigdesk.sheets.values import PlanSheet
from ivigdesk.wording import NO_BREAK, Wording


class _Widths(NamedTuple):
    """Widths of the columns in millimetres; the last takes what is left."""

    number: float
    date: float
    course_day: float
    transplant_day: float
    amount: float
    notes: float
    given: float
    lot: float

    def text(self, column: float) -> float:
        """Return the room for text in a column, in points."""
        return column * MM - 2 * CELL_PAD

    @property
    def last(self) -> float:
        """The last column, in millimetres."""
        return WIDTH / MM - sum(self)


_ENGLISH = _Widths(10.5, 31.5, 13, 10.5, 18, 35, 21, 21)
_CHINESE = _Widths(9.5, 36, 11.7, 11.7, 18, 26, 24, 21)  # its dates are wider, its notes shorter
_ROW = 9.6 * MM
_STRUCK: tuple[DoseStatus, ...] = ("omitted", "ceased", "not given", "entered in error")
_CLOSED: dict[DoseStatus, str] = {
    "held": N_("ON HOLD: do not give"),
    "omitted": N_("OMITTED: do not give"),
    "ceased": N_("CEASED: do not give"),
    "not given": N_("NOT GIVEN"),
    "entered in error": N_("ENTERED IN ERROR: does not count"),
}


def calendar_table(sheet: PlanSheet, notes: Sequence[DoseNote], wording: Wording) -> Table:
    """Return the table: by date, a sub-heading per phase and per product within it, then its doses."""
    _ = wording.gettext
    titles = (
        _("Dose no."),
        _("Date"),
        _("Course day"),
        _("Tx day"),
        _("Amount"),
        _("Before and after"),
        _("Given: date, time"),
        _("Lot"),
        _("Nurse, grade 0–4"),
    )
    widths = _CHINESE if wording.language == "zh_CN" else _ENGLISH
    points = [width * MM for width in (*widths, widths.last)]
    rows = []
    course = sheet.view.course
    for (phase, _product), group in groupby(
        sheet.view.by_date, key=lambda view: (view.dose.phase, course.product_of(view.dose).id)
    ):
        views = tuple(group)
        doses = tuple(view.dose for view in views)
        each = _Each.of(doses, course, wording)
        title = paragraph(_phase(course, phase, doses, each, wording), WIDTH - 2 * CELL_PAD)
        rows.append(Row((title,), 5.6 * MM, (len(titles),), shaded=True, stays_with_next=True))
        rows.extend(_Row(sheet, notes, widths, each, wording).of(view) for view in views)
    return table([Column(title, width) for title, width in zip(titles, points, strict=True)], rows)


class _Each(NamedTuple):
    """What holds for every dose of a stretch, and is said once in its sub-heading; empty where they differ."""

    vials: str
    length: str

    @classmethod
    def of(cls, doses: tuple[Dose, ...], course: Course, wording: Wording) -> _Each:
        counted = [dose for dose in doses if dose.counts] or doses
        vials = {_vials(dose, course, wording) for dose in counted}
        lengths = {_length(dose, wording) for dose in counted}
        if len(vials) > 1:
            return cls("", "")
        return cls(vials.pop(), lengths.pop() if len(lengths) == 1 else "")

    def rest(self, dose: Dose, course: Course, wording: Wording) -> str:
        """Return what the row of a dose has to say of vials and length."""
        if not self.vials:
            return _together(_vials(dose, course, wording), _length(dose, wording), wording)
        return "" if self.length else wording.gettext("about {length}").format(length=_length(dose, wording))


def _vials(dose: Dose, course: Course, wording: Wording) -> str:
    """Return `5 × 2.5 g`; of which product where the course has several."""
    vials = words.vials(dose.vials, wording)
    if not has_several(course):
        return vials
    product = wording.text(course.product_of(dose).short_title)
    return wording.gettext("{product}: {vials}").format(product=product, vials=vials)


def _length(dose: Dose, wording: Wording) -> str:
    return words.length(dose.rate_card.duration_min, wording)


def _together(vials: str, length: str, wording: Wording) -> str:
    """Return `5 × 2.5 g, about 1 h 44 min`, or the vials alone where the lengths differ."""
    return wording.gettext("{vials}, about {length}").format(vials=vials, length=length) if length else vials


def _phase(course: Course, phase: int, doses: tuple[Dose, ...], shared: _Each, wording: Wording) -> tuple[Run, ...]:
    """Return a phase's rule, then what holds for each of its doses and is not repeated in their rows."""
    _ = wording.gettext
    each = []
    days = course.regimen.phases[phase].tolerance_days if course.regimen.phases else 0
    if days:
        each.append(wording.ngettext("within ±{n} day", "within ±{n} days", days).format(n=days))
    if shared.vials:
        each.append(_("each {contents}").format(contents=_together(shared.vials, shared.length, wording)))
    rule = Run(words.phase_rule(course, phase, doses, wording), SMALL_STRONG)
    return (rule, *(Run(words.DOT + text, CELL) for text in each))


class _Row:
    """The row of a dose, with what the rows of its phase share."""

    def __init__(
        self, sheet: PlanSheet, shared: Sequence[DoseNote], widths: _Widths, each: _Each, wording: Wording
    ) -> None:
        self._sheet = sheet
        self._shared = shared
        self._widths = widths
        self._each = each
        self._wording = wording

    def of(self, view: DoseView) -> Row:
        """Return the row; what is not to be given is struck through, and says so in words."""
        dose, widths, say = view.dose, self._widths, self._wording
        planned = (
            (Run(str(dose.number), NUMBER),),
            self._date(view),
            (Run(str(dose.course_day), CELL),),
            (Run(say.signed(dose.transplant_day) if dose.transplant_day is not None else "", CELL),),
            self._amount(view),
            self._notes(view),
        )
        if view.status in _CLOSED:
            closed = (Run(say.gettext(_CLOSED[view.status]), BODY_STRONG),)
            return Row((*planned, closed), _ROW, (1, 1, 1, 1, 1, 1, 3), shaded=True)
        return Row((*planned, *_given(view, widths, say)), _ROW)

    def _date(self, view: DoseView) -> Block:
        room = self._widths.text(self._widths.date)
        day = paragraph(self._wording.date(view.dose.due_on), room, CELL_STRONG)
        # SAFETY: a date that no longer counts must not be read as an appointment.
        return struck(day, room) if view.status in _STRUCK else day

    def _amount(self, view: DoseView) -> Block:
        """Return grams over millilitres; vials and length only where the phase's own row does not say them."""
        dose, say = view.dose, self._wording
        room = self._widths.text(self._widths.amount)
        grams = paragraph(words.grams(dose.planned_dose_mg, say), room, BODY_STRONG)
        parts = [
            struck(grams, room) if view.status == "entered in error" else grams,
            paragraph(words.millilitres(dose.volume_ml, say), room, CAPTION._replace(ink=BLACK)),
        ]
        if dose.counts and (rest := self._each.rest(dose, self._sheet.view.course, say)):
            parts.append(paragraph(rest, room, CAPTION))
        return stacked(parts)

    def _notes(self, view: DoseView) -> Block:
        """Return why this dose is not like the others, each reason on its own line."""
        _ = self._wording.gettext
        dose = view.dose
        notes = []
        if view.status in ("overdue", "running"):
            notes.append(Run(_(words.STATUS_WORDS[view.status]), SMALL_STRONG))
        notes.extend(Run(text, SMALL_STRONG) for text in self._origin(dose))
        if dose.is_first_infusion and view.infusion is None and dose.counts:
            notes.append(Run(_("first infusion: initial rate, then watch 1 h"), CELL))
        notes.extend(notes_of_row(dose, self._shared, self._sheet, self._wording))
        end = view.infusion.end if view.infusion and not dose.is_error else None
        if end is not None and end.outcome != "completed":
            given = words.grams(end.given_dose_mg, self._wording)
            outcome = _("{outcome}: {given}").format(outcome=_(words.STATUS_WORDS[end.outcome]), given=given)
            notes.extend((Run(outcome, SMALL_STRONG), Run(end.reason, CELL)))
        if dose.is_error and view.infusion is not None:
            day = self._wording.date_short(view.infusion.started_at.date())
            notes.append(Run(_("the record of {day} is kept and does not count").format(day=day), CELL))
        room = self._widths.text(self._widths.notes)
        return stacked([paragraph((note,), room) for note in notes])

    def _origin(self, dose: Dose) -> list[str]:
        """Return how a dose that the regimen does not have came into the course."""
        _ = self._wording.gettext
        if dose.replaces is not None:
            numbers = (other.number for other in self._sheet.view.course.doses if other.id == dose.replaces)
            said = _("in place of dose {number}").format(number=next(numbers, "–"))
        elif dose.is_extra:
            said = _("+ added")
        else:
            return []
        name = first_approved(dose, self._sheet.revisions)
        return [_("{what}, approved by {name}").format(what=said, name=name) if name else said]


def _given(view: DoseView, widths: _Widths, wording: Wording) -> tuple[Block, Block, Block]:
    infusion = view.infusion
    last = widths.text(widths.last)
    _ = wording.gettext
    reactions = [f"{wording.text(effect.term)}{NO_BREAK}{effect.grade}" for effect in view.side_effects]
    if infusion is None:
        return Block(0.0), Block(0.0), stacked([paragraph(text, last, CELL) for text in reactions])
    times = wording.time(infusion.started_at)
    if infusion.end is not None:
        times = f"{times}–{wording.time(infusion.end.ended_at)}"
    day = wording.date_short(infusion.started_at.date())
    given = stacked(
        (paragraph(day, widths.text(widths.given), CELL), paragraph(times, widths.text(widths.given), CELL))
    )
    lots = dict.fromkeys(vial.lot for vial in infusion.vials)
    lot = stacked([paragraph(text, widths.text(widths.lot), CELL) for text in lots])
    nurses = [infusion.nurse]
    if infusion.end is not None:
        nurses = list(dict.fromkeys((infusion.end.nurse, infusion.end.second_nurse)))
        reactions = reactions or [_("grade 0")]
    lines = [_(", ").join(nurse.replace(" ", NO_BREAK) for nurse in nurses if nurse), *reactions]
    return given, lot, stacked([paragraph(text, last, CAPTION._replace(ink=BLACK)) for text in lines])
