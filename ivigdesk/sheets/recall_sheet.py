"""The recall of a lot: everybody who got it, everybody who still could, and room to note who was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.sheets import words
from ivigdesk.sheets.frame import dotted
from ivigdesk.sheets.paper.blocks import Block, paragraph, stacked
from ivigdesk.sheets.paper.pages import Flow
from ivigdesk.sheets.paper.table import Cell, Column, Row, Table, table
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.recall.counts import count_sentences, vial_words
from ivigdesk.sheets.recall.values import RecallGiven, RecallSheet, RecallWaiting
from ivigdesk.sheets.sections import Field, boxes, heading, signatures
from ivigdesk.sheets.style import BODY, BODY_STRONG, CELL, CELL_STRONG, GAP, MM, SECTION_GAP
from ivigdesk.sheets.ward_frame import WIDE, WardFrame, WardPages
from ivigdesk.wording import NO_BREAK, Wording

_GIVEN_MM = (33, 63, 17, 33, 20, 45, 24)
_WAITING_MM = (33, 63, 29, 33, 42, 35)
_ROW = 10 * MM
_BOX = 12 * MM


def draw_recall(sheet: RecallSheet, wording: Wording) -> bytes:
    """Return the recall as a PDF file; the same values give the same bytes.

    Raises:
        KnownError: a character cannot be printed, or a text is too long for a page.
    """
    _ = wording.gettext
    pages = WardPages(_frame(sheet, wording), wording)
    flow = pages.flow
    sentences = count_sentences(sheet, wording)
    told = [paragraph(sentence, WIDE, BODY if number else BODY_STRONG) for number, sentence in enumerate(sentences)]
    flow.add(stacked(told))
    _add_given(flow, sheet, wording)
    _add_waiting(flow, sheet, wording)
    # Signatures never stand alone on a page: what is signed for stands above them.
    flow.add(stacked((stacked(boxes(_fields(wording), 4, _BOX, WIDE)), _signing(wording)), GAP), SECTION_GAP)
    return pages.as_pdf()


def _frame(sheet: RecallSheet, wording: Wording) -> WardFrame:
    _ = wording.gettext
    products = _(", ").join(wording.text(product) for product in sheet.products)
    other = [spelling for spelling in sheet.spellings if spelling != sheet.lot]
    asked = _("asked {at} by {nurse}").format(
        at=wording.moment(sheet.printing.printed_at), nurse=sheet.printing.printed_by
    )
    spelled = _("also written {spellings}").format(spellings=_(", ").join(other)) if other else ""
    return WardFrame(
        ward=sheet.ward,
        printing=sheet.printing,
        title=_("Recall of lot {lot}").format(lot=sheet.lot),
        subtitle=dotted(products, spelled, asked),
    )


def _add_given(flow: Flow, sheet: RecallSheet, wording: Wording) -> None:
    _ = wording.gettext
    title = heading(_("1 Who got it"), _("by date"), WIDE)
    if sheet.given:
        flow.add_table(_given(sheet.given, wording), SECTION_GAP, title)
    else:
        flow.add(stacked((title, paragraph(_("Nobody, on this ward's record."), WIDE, BODY))), SECTION_GAP)


def _add_waiting(flow: Flow, sheet: RecallSheet, wording: Wording) -> None:
    _ = wording.gettext
    title = heading(_("2 What is still to come"), _("take back what lies ready; give these from another lot"), WIDE)
    if sheet.ready or sheet.planned:
        rows = [*(_ready_row(one, wording) for one in sheet.ready), *_planned_rows(sheet.planned, wording)]
        flow.add_table(_waiting(rows, wording), SECTION_GAP, title)
    else:
        flow.add(stacked((title, paragraph(_("Nothing."), WIDE, BODY))), SECTION_GAP)


def _given(rows: Iterable[RecallGiven], wording: Wording) -> Table:
    _ = wording.gettext
    titles = (
        _("Date"),
        _("Patient"),
        _("Dose"),
        _("From this lot"),
        _("Given in all"),
        _("What became of it"),
        _("Nurse"),
        _("Informed: on, by"),
    )
    return table(_columns(titles, _GIVEN_MM), [Row(_given_cells(row, wording), _ROW) for row in rows])


def _given_cells(row: RecallGiven, wording: Wording) -> tuple[Cell, ...]:
    mg = sum(vial.mg * vial.count for vial in row.vials)
    amount = words.grams(row.given_dose_mg, wording) if row.given_dose_mg is not None else "–"
    return (
        (Run(wording.date_plain(row.day), CELL_STRONG),),
        _patient(row.patient, wording),
        (Run(_number(row.number, row.doses_in_all, wording), CELL),),
        (Run(words.grams(mg, wording), CELL_STRONG), Run(f"  {vial_words(row.vials, wording)}", CELL)),
        (Run(amount, CELL),),
        (Run(_became(row, wording), CELL),),
        (Run(row.nurse, CELL),),
        "",
    )


def _became(row: RecallGiven, wording: Wording) -> str:
    _ = wording.gettext
    status = _(words.STATUS_WORDS[row.status])
    reactions = _("; ").join(words.reaction(effect, wording) for effect in row.side_effects)
    if not row.counts and not reactions:
        return _("{status}: not counted").format(status=status)
    return _("{status}; {reactions}").format(status=status, reactions=reactions or _("no reaction recorded"))


def _waiting(rows: Sequence[Row], wording: Wording) -> Table:
    _ = wording.gettext
    titles = (
        _("Planned for"),
        _("Patient"),
        _("Dose"),
        _("Amount planned"),
        _("Lies ready from this lot"),
        _("State"),
        _("Taken back: on, by"),
    )
    return table(_columns(titles, _WAITING_MM), rows)


def _ready_row(one: RecallWaiting, wording: Wording) -> Row:
    _ = wording.gettext
    cells: tuple[Cell, ...] = (
        (Run(wording.date_plain(one.due_on), CELL_STRONG),),
        _patient(one.patient, wording),
        (Run(_number(one.number, one.doses_in_all, wording), CELL),),
        (Run(words.grams(one.planned_dose_mg, wording), CELL),),
        (Run(vial_words(one.vials, wording), CELL_STRONG),),
        (Run(_(words.STATUS_WORDS[one.status]), CELL),),
        "",
    )
    return Row(cells, _ROW)


def _planned_rows(planned: Iterable[RecallWaiting], wording: Wording) -> Iterator[Row]:
    """Yield a row for each patient: of doses that are only planned with its product, the next one matters."""
    _ = wording.gettext
    of_patient: dict[UUID, list[RecallWaiting]] = {}
    for one in planned:
        of_patient.setdefault(one.patient.id, []).append(one)
    for doses in of_patient.values():
        numbers = _("{numbers} of {total}").format(
            numbers=wording.ranges(one.number for one in doses), total=doses[0].doses_in_all
        )
        states = dict.fromkeys(_(words.STATUS_WORDS[one.status]) for one in doses)
        first = wording.date_plain(min(one.due_on for one in doses))
        cells: tuple[Cell, ...] = (
            (Run(_("from {day}").format(day=first) if len(doses) > 1 else first, CELL_STRONG),),
            _patient(doses[0].patient, wording),
            (Run(numbers, CELL),),
            (Run(words.grams(sum(one.planned_dose_mg for one in doses), wording), CELL),),
            (Run(_("nothing; planned with its product"), CELL),),
            (Run(_(", ").join(states), CELL),),
            "",
        )
        yield Row(cells, _ROW)


def _patient(patient: Patient, wording: Wording) -> tuple[Run, ...]:
    _ = wording.gettext
    born = _("born {day}").format(day=wording.date_plain(patient.birth_on))
    bed = _("bed {bed}").format(bed=patient.bed) if patient.bed else ""
    parts = (part.replace(" ", NO_BREAK) for part in (patient.record_number, born, bed))
    return (Run(f"{patient.name}\n", CELL_STRONG), Run(dotted(*parts), CELL))


def _number(number: int, count: int, wording: Wording) -> str:
    return wording.gettext("{number} of {total}").format(number=number, total=count)


def _columns(titles: tuple[str, ...], widths_mm: tuple[int, ...]) -> list[Column]:
    widths = [*(width * MM for width in widths_mm), WIDE - sum(widths_mm) * MM]
    return [Column(title, width) for title, width in zip(titles, widths, strict=True)]


def _fields(wording: Wording) -> tuple[Field, ...]:
    _ = wording.gettext
    return (
        Field(_("Recall notice: number, from, on")),
        Field(_("Vials set aside: number, where")),
        Field(_("Pharmacy or blood bank told: name, time")),
        Field(_("Manufacturer or office told: name, time")),
    )


def _signing(wording: Wording) -> Block:
    _ = wording.gettext
    return signatures(
        (Field(_("Nurse 1: name, signature, time")), Field(_("Nurse 2: name, signature, time"))),
        WIDE,
    )
