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
from ivigdesk.sheets.plan.dose_notes import DoseNote, notes_of_row
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
_STRUCK: tuple[DoseStatus, ...] = ("omitted", "ceased", "not given")
_CLOSED: dict[DoseStatus, str] = {
    "held": N_("ON HOLD: do not give"),
    "omitted": N_("OMITTED: do not give"),
    "ceased": N_("CEASED: do not give"),
    "not given": N_("NOT GIVEN"),
}


def calendar_table(sheet: PlanSheet, notes: Sequence[DoseNote], wording: Wording) -> Table:
    """Return the table: a sub-heading per phase, then its doses."""
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
    for phase, group in groupby(sheet.view.doses, key=lambda view: view.dose.phase):
        views = tuple(group)
        doses = tuple(view.dose for view in views)
        is_even = len({_contents(dose, wording) for dose in doses}) == 1
        title = paragraph(_phase(sheet.view.course, phase, doses, is_even, wording), WIDTH - 2 * CELL_PAD)
        rows.append(Row((title,), 5.6 * MM, (len(titles),), shaded=True, stays_with_next=True))
        rows.extend(_dose_row(view, notes, widths, is_even, wording) for view in views)
    return table([Column(title, width) for title, width in zip(titles, points, strict=True)], rows)


def _phase(course: Course, phase: int, doses: tuple[Dose, ...], is_even: bool, wording: Wording) -> tuple[Run, ...]:
    """Return a phase's rule, then what holds for each of its doses and is not repeated in their rows."""
    _ = wording.gettext
    each = []
    days = course.regimen.phases[phase].tolerance_days if course.regimen.phases else 0
    if days:
        each.append(wording.ngettext("within ±{n} day", "within ±{n} days", days).format(n=days))
    if is_even:
        each.append(_("each {contents}").format(contents=_contents(doses[0], wording)))
    rule = Run(words.phase_rule(course, phase, doses, wording), SMALL_STRONG)
    return (rule, *(Run(words.DOT + text, CELL) for text in each))


def _dose_row(view: DoseView, shared: Sequence[DoseNote], widths: _Widths, is_even: bool, wording: Wording) -> Row:
    dose = view.dose
    planned = (
        (Run(str(dose.number), NUMBER),),
        _date(view, widths.text(widths.date), wording),
        (Run(str(dose.course_day), CELL),),
        (Run(wording.signed(dose.transplant_day) if dose.transplant_day is not None else "", CELL),),
        _amount(view.dose, widths.text(widths.amount), is_even, wording),
        _notes(view, shared, widths.text(widths.notes), wording),
    )
    if view.status in _CLOSED:
        closed = (Run(wording.gettext(_CLOSED[view.status]), BODY_STRONG),)
        return Row((*planned, closed), _ROW, (1, 1, 1, 1, 1, 1, 3), shaded=True)
    return Row((*planned, *_given(view, widths, wording)), _ROW)


def _date(view: DoseView, room: float, wording: Wording) -> Block:
    dose = view.dose
    day = paragraph(wording.date(dose.due_on), room, CELL_STRONG)
    if view.status in _STRUCK:
        # SAFETY: a date that no longer counts must not be read as an appointment.
        day = struck(day, room)
    if not dose.was_moved:
        return day
    moved_from = wording.gettext("was {day}").format(day=wording.date_short(dose.planned_on))
    return stacked((day, paragraph(moved_from, room, CAPTION._replace(ink=BLACK))))


def _contents(dose: Dose, wording: Wording) -> str:
    """Return vials and length: `5 × 2.5 g, about 1 h 44 min`."""
    length = words.length(dose.rate_card.duration_min, wording)
    return wording.gettext("{vials}, about {length}").format(vials=words.vials(dose.vials, wording), length=length)


def _amount(dose: Dose, room: float, is_even: bool, wording: Wording) -> Block:
    """Return grams over millilitres; vials and length only where the phase's own row does not say them."""
    parts = [
        paragraph(words.grams(dose.planned_dose_mg, wording), room, BODY_STRONG),
        paragraph(words.millilitres(dose.volume_ml, wording), room, CAPTION._replace(ink=BLACK)),
    ]
    if not is_even:
        parts.append(paragraph(_contents(dose, wording), room, CAPTION))
    return stacked(parts)


def _notes(view: DoseView, shared: Sequence[DoseNote], room: float, wording: Wording) -> Block:
    """Return why this dose is not like the others, each reason on its own line."""
    _ = wording.gettext
    dose = view.dose
    notes = []
    if view.status in ("overdue", "running"):
        notes.append(Run(_(words.STATUS_WORDS[view.status]), SMALL_STRONG))
    if dose.is_first_infusion and view.infusion is None:
        notes.append(Run(_("first infusion: initial rate, then watch 1 h"), CELL))
    notes.extend(notes_of_row(dose, shared, wording))
    end = view.infusion.end if view.infusion else None
    if end is not None and end.outcome != "completed":
        given = words.grams(end.given_dose_mg, wording)
        outcome = _("{outcome}: {given}").format(outcome=_(words.STATUS_WORDS[end.outcome]), given=given)
        notes.extend((Run(outcome, SMALL_STRONG), Run(end.reason, CELL)))
    return stacked([paragraph((note,), room) for note in notes])


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
