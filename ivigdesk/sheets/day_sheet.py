"""The ward's day list: today with room for the pen, tomorrow on the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from ivigdesk.sheets import words
from ivigdesk.sheets.day.values import DayEntry, DaySheet
from ivigdesk.sheets.day.words import (
    GROUP_WORDS,
    number,
    proposed,
    rates,
    record,
    to_know,
    totals,
    vials_to_fetch,
    when,
)
from ivigdesk.sheets.frame import dotted
from ivigdesk.sheets.paper.blocks import Block, Mark, Stroke, moved, paragraph, stacked
from ivigdesk.sheets.paper.pages import Flow
from ivigdesk.sheets.paper.table import Cell, Column, Row, Table, table
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.sections import Field, heading, labelled, signatures, tick
from ivigdesk.sheets.style import (
    BODY,
    CAPTION,
    CELL,
    CELL_PAD,
    CELL_STRONG,
    HAIR,
    IDENTITY_SMALLER,
    MM,
    RULE,
    SECTION_GAP,
    SMALL_STRONG,
)
from ivigdesk.sheets.ward_frame import WIDE, WardFrame, WardPages
from ivigdesk.wording import Wording

_TODAY = 202 * MM
_TOMORROW_FROM = 206 * MM
_TOMORROW = WIDE - _TOMORROW_FROM
_TODAY_MM = (12, 39, 20, 36, 33)
_TOMORROW_MM = (9, 30)
_PEN_MM = (19, 19, 19, 46, 39, 26)
_PEN = 8.5 * MM
_BLANK = 9 * MM
_BLANKS = 2
_GRADES = ("0", "1", "2", "3", "4")


def draw_day_list(sheet: DaySheet, wording: Wording) -> bytes:
    """Return the list of a day as a PDF file; the same values give the same bytes.

    Raises:
        KnownError: a character cannot be printed, or a text is too long for a page.
    """
    pages = WardPages(_frame(sheet, wording), wording, right_from=_TOMORROW_FROM)
    vials = labelled(wording.gettext("Vials to fetch:"), vials_to_fetch(sheet, wording), _TODAY, CELL, SMALL_STRONG)
    if vials.height:
        pages.flow.add(vials)
    pages.flow.add_table(_today(sheet, wording), 1.5 * MM)
    _add_notes(pages.flow, sheet, wording)
    if pages.right is not None:
        _add_tomorrow(pages.right, sheet, wording)
    return pages.as_pdf()


def _frame(sheet: DaySheet, wording: Wording) -> WardFrame:
    return WardFrame(
        ward=sheet.ward,
        printing=sheet.printing,
        title=wording.gettext("Immunoglobulin on {day}").format(day=wording.date(sheet.day)),
        subtitle=totals(sheet, wording),
    )


def _today(sheet: DaySheet, wording: Wording) -> Table:
    _ = wording.gettext
    titles = (_("Bed"), _("Patient"), _("Dose"), _("Product, amount"), _("Time, rates"), _("Before, to know"))
    widths = [*(width * MM for width in _TODAY_MM), _TODAY - sum(_TODAY_MM) * MM]
    columns = [Column(title, width) for title, width in zip(titles, widths, strict=True)]
    rows: list[Row] = []
    for group, name in GROUP_WORDS.items():
        members = [entry for entry in sheet.entries if entry.group == group]
        if members:
            rows.append(_group_row(dotted(_(name), str(len(members))), len(columns)))
        for entry in members:
            rows += _entry_rows(entry, len(columns), wording)
    rows.append(_group_row(_("Not on the plan"), len(columns)))
    for _blank in range(_BLANKS):
        rows.append(Row(("",) * len(columns), _BLANK, stays_with_next=True))
        rows.append(Row((_pen(wording),), _PEN, spans=(len(columns),)))
    return table(columns, rows)


def _group_row(text: str, columns: int) -> Row:
    return Row(((Run(text, CELL_STRONG),),), spans=(columns,), shaded=True, stays_with_next=True)


def _entry_rows(entry: DayEntry, columns: int, wording: Wording) -> tuple[Row, ...]:
    """Return the row of a dose with what was recorded below it, and boxes for what is still to be written."""
    rows = [Row(_cells(entry, wording))]
    if entry.infusion is not None:
        rows.append(Row(((Run(record(entry, wording), CELL),),), spans=(columns,)))
    if entry.group == "held":
        said = wording.gettext("On hold: do not give before it is released.")
        rows.append(Row(((Run(said, CELL_STRONG),),), spans=(columns,)))
    if entry.waits:
        rows.append(Row((_pen(wording),), _PEN, spans=(columns,)))
    return (*(row._replace(stays_with_next=True) for row in rows[:-1]), rows[-1])


def _cells(entry: DayEntry, wording: Wording) -> tuple[Cell, ...]:
    patient, dose = entry.patient, entry.dose
    day = "" if dose.transplant_day is None else wording.transplant_day(dose.transplant_day)
    born = dotted(wording.date_plain(patient.birth_on), words.age(patient, dose.due_on, wording))
    vials = words.vials(dose.vials, wording)
    amount = (
        Run(f"{words.grams(dose.planned_dose_mg, wording)}  ", CELL_STRONG),
        Run(f"{words.millilitres(dose.volume_ml, wording)}\n", CELL),
        Run(f"{wording.text(entry.product)}\n{wording.gettext('from {vials}').format(vials=vials)}", CELL),
    )
    return (
        (Run(patient.bed or "–", IDENTITY_SMALLER),),
        (Run(f"{patient.name}\n", CELL_STRONG), Run(f"{patient.record_number}\n{born}", CELL)),
        (Run(number(entry, wording), CELL_STRONG), Run(f"\n{day}" if day else "", CELL)),
        amount,
        (
            Run(when(entry, wording), CELL_STRONG),
            Run(_second(proposed(entry, wording)), CELL),
            Run(_second(rates(entry, wording)), CELL),
        ),
        (Run(to_know(entry, wording) or "–", CELL),),
    )


def _second(text: str) -> str:
    return f"\n{text}" if text else ""


def _pen(wording: Wording) -> Block:
    """Return the boxes that the shift fills in by hand."""
    _ = wording.gettext
    width = _TODAY - 2 * CELL_PAD
    parts: Sequence[Block] = (
        tick(_("fetched"), _PEN_MM[0] * MM, style=CAPTION),
        _caption(_("started at")),
        _caption(_("finished at")),
        _caption(_("lots")),
        _grades(_("reaction"), _PEN_MM[4] * MM),
        _caption(_("nurse")),
        _caption(_("remarks")),
    )
    marks: list[Mark] = []
    x = 0.0
    height = _PEN - 1.4 * MM
    for index, part in enumerate(parts):
        marks.extend(moved(part.marks, x, 0))
        if index < len(_PEN_MM):
            x += _PEN_MM[index] * MM
            marks.append(Stroke(x - 1 * MM, 0, x - 1 * MM, height, HAIR, RULE))
    return Block(height, tuple(mark for mark in marks if not (isinstance(mark, Stroke) and mark.x > width)))


def _caption(text: str) -> Block:
    return paragraph(text, 40 * MM, CAPTION)


def _grades(text: str, width: float) -> Block:
    """Return the grades to circle."""
    runs = [Run(f"{text}   ", CAPTION), Run("   ".join(_GRADES), CELL_STRONG)]
    return paragraph(runs, width)


def _add_notes(flow: Flow, sheet: DaySheet, wording: Wording) -> None:
    _ = wording.gettext
    moves = [
        _("{name}, dose {number}: {old} → {new} ({reason})").format(
            name=one.patient.name,
            number=one.number,
            old=wording.date_short(one.from_on),
            new=wording.date_short(one.to_on),
            reason=dotted(one.reason, one.nurse),
        )
        for one in sheet.moved
    ]
    open_records = [
        _("{name}, dose {number}: {missing}").format(
            name=one.patient.name,
            number=one.number,
            missing=_(", ").join(wording.say(missing).rstrip(".。") for missing in one.missing),
        )
        for one in sheet.unsigned
    ]
    notes = stacked(
        (
            labelled(_("Moved on this day:"), _("; ").join(moves) or _("none"), _TODAY, CELL, SMALL_STRONG),
            labelled(
                _("Not complete from the day before:"),
                _("; ").join(open_records) or _("none"),
                _TODAY,
                CELL,
                SMALL_STRONG,
            ),
        ),
        1,
    )
    handover = signatures(
        (Field(_("Handed over by: name, signature, time")), Field(_("Taken over by: name, signature, time"))), _TODAY
    )
    flow.add(stacked((notes, handover), 1.5 * MM), SECTION_GAP)


def _add_tomorrow(flow: Flow, sheet: DaySheet, wording: Wording) -> None:
    _ = wording.gettext
    title = heading(wording.date_short(sheet.day + timedelta(days=1)), _("the next day"), _TOMORROW)
    entries = [entry for entry in sheet.tomorrow if entry.group != "done"]
    if not entries:
        flow.add(stacked((title, paragraph(_("Nothing is planned."), _TOMORROW, BODY))))
        return
    widths = [*(width * MM for width in _TOMORROW_MM), _TOMORROW - sum(_TOMORROW_MM) * MM]
    titles = (_("Bed"), _("Patient"), _("Dose, time"))
    columns = [Column(name, width) for name, width in zip(titles, widths, strict=True)]
    flow.add_table(table(columns, list(_tomorrow_rows(entries, wording))), 0.0, title)


def _tomorrow_rows(entries: Iterable[DayEntry], wording: Wording) -> Iterable[Row]:
    for entry in entries:
        held = wording.gettext("on hold") if entry.group == "held" else ""
        grams = words.grams(entry.dose.planned_dose_mg, wording)
        lines = [
            number(entry, wording),
            grams,
            words.vials(entry.dose.vials, wording),
            held or when(entry, wording),
            proposed(entry, wording),
        ]
        yield Row(
            (
                (Run(entry.patient.bed or "–", CELL_STRONG),),
                (Run(f"{entry.patient.name}\n", CELL_STRONG), Run(entry.patient.record_number, CELL)),
                (Run("\n".join(line for line in lines if line), CELL),),
            )
        )
