"""What stands around every page: title, code, identity, alerts, marks across the top, and the foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.sheets import words
from ivigdesk.sheets.bands import Band, draw_band
from ivigdesk.sheets.fonts import width as text_width
from ivigdesk.sheets.glyphs import clean
from ivigdesk.sheets.paper.blocks import Block, Box, Mark, Stroke, beside, moved, padded, paragraph, stacked
from ivigdesk.sheets.paper.code import data_matrix, payload
from ivigdesk.sheets.paper.pages import Flow, as_pdf
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.style import (
    ALERT,
    BOTTOM,
    CAPTION,
    CODE_SIDE,
    CODE_SIDE_LATER,
    FOOT,
    FOOT_STRONG,
    HAIR,
    HEAVY,
    IDENTITY,
    IDENTITY_NOTE,
    IDENTITY_SMALLER,
    LEFT,
    MM,
    PAGE_HEIGHT,
    RULE,
    SHADE,
    SUBTITLE,
    TITLE,
    TITLE_LATER,
    TOP,
    WIDTH,
    Style,
)
from ivigdesk.sheets.values import Printing
from ivigdesk.wording import NO_BREAK, Wording

_IDENTITY_WIDTHS = (58 * MM, 58 * MM, 36 * MM, WIDTH - 152 * MM)
_IDENTITY_PAD = 2 * MM
_NAME_LINES = 2  # a longer name gets a row of its own
_FOOT_GAP = 2 * MM
_SIDES = 2  # of one sheet of paper
_BODY_GAP = 3 * MM
_LETTERS_PER_GROUP = 4
_ALERT_GAP = 4 * MM
_LETTERS_OF_HEAD = 8


class OfPatient(NamedTuple):
    """Whom a sheet is about that belongs to no course; it carries no code."""

    patient: Patient


class Frame(NamedTuple):
    """What every page of one sheet shows around its body.

    Attributes:
        view: the course, or the patient alone.
        title: of the sheet.
        subtitle: first line and second line under it.
        sheet_name: for the foot, e.g. `Plan C-9F3A77 · revision 2`.
        alerts: in the heavy box.
        bands: marks across the top, gravest first.
        on: the day on which the patient's age is told.
        dose_id: for the code; None for a whole course.
    """

    ward: WardSettings
    view: CourseView | OfPatient
    printing: Printing
    title: str
    subtitle: tuple[str, str]
    sheet_name: str
    alerts: tuple[str, ...]
    bands: tuple[Band, ...]
    on: date
    dose_id: UUID | None = None


class FramedPages:
    """Pages of one sheet: a body between head and foot, and the finished file."""

    def __init__(self, frame: Frame, wording: Wording, *, is_tight: bool = False) -> None:
        self._frame = frame
        self._wording = wording
        below = stacked((*map(draw_band, frame.bands), _identity(frame, wording)), 2 * MM)
        self._later_head = stacked((_short_head(frame, wording), below), 2 * MM)
        self._first_head = self._later_head if is_tight else stacked((_head(frame, wording), below), 2 * MM)
        foot = _foot(frame, wording, 88, 88)
        self._bottom = PAGE_HEIGHT - BOTTOM - foot.height
        self.flow = Flow(
            TOP + self._first_head.height + _BODY_GAP,
            TOP + self._later_head.height + _BODY_GAP,
            self._bottom - _FOOT_GAP,
        )

    def as_pdf(self) -> bytes:
        """Return the file."""

        def around(number: int, count: int) -> Sequence[Mark]:
            foot = _foot(self._frame, self._wording, number, count)
            head = self._first_head if number == 1 else self._later_head
            return [*moved(head.marks, LEFT, TOP), *moved(foot.marks, LEFT, self._bottom)]

        return as_pdf(self.flow.pages, around, title=self._frame.title, language=self._wording.language)


def roomiest(tries: Iterator[FramedPages]) -> FramedPages:
    """Return the first try that fits on both sides of one sheet of paper, else the first with the fewest pages."""
    best = next(tries)
    while best.flow.page_number > _SIDES and (closer := next(tries, None)) is not None:
        best = min(best, closer, key=lambda pages: pages.flow.page_number)
    return best


def _head(frame: Frame, wording: Wording) -> Block:
    ward = dotted(frame.ward.hospital, frame.ward.name, phone_words(frame.ward, wording))
    width = WIDTH - CODE_SIDE - 6 * MM
    words_block = stacked(
        (
            ward_line(ward, frame.ward.is_practice, width, wording),
            paragraph(frame.title, width, TITLE),
            paragraph("\n".join(frame.subtitle), width, SUBTITLE),
        )
    )
    return beside(((0, words_block), (WIDTH - CODE_SIDE, _code(frame, CODE_SIDE))))


def _short_head(frame: Frame, wording: Wording) -> Block:
    """Return the head of the later pages: the same words, smaller, so that the writing has the room."""
    width = WIDTH - CODE_SIDE_LATER - 6 * MM
    title = paragraph((Run(frame.title, TITLE_LATER), Run(f"  {frame.subtitle[0]}", CAPTION)), width)
    under = paragraph(dotted(frame.subtitle[1], frame.ward.hospital), width, CAPTION)
    lines = [title, under]
    if frame.ward.is_practice:
        lines.insert(0, ward_line("", frame.ward.is_practice, width, wording))
    return beside(((0, stacked(lines)), (WIDTH - CODE_SIDE_LATER, _code(frame, CODE_SIDE_LATER))))


def _code(frame: Frame, side: float) -> Block:
    if isinstance(frame.view, OfPatient):
        return Block(0.0)
    return data_matrix(payload(frame.view.course.id, frame.view.course.revision.number, frame.dose_id), side)


def ward_line(ward: str, is_practice: bool, width: float, wording: Wording) -> Block:
    """Return the line that names the ward; a practice ward is marked."""
    if not is_practice:
        return paragraph(ward, width, CAPTION)
    text = wording.gettext("PRACTICE WARD: invented patient")
    mark = padded(paragraph(text, width, ALERT), 2 * MM, 0.2 * MM)
    mark_width = text_width(text, ALERT.font, ALERT.size) + 4 * MM
    box = Block(mark.height, (Box(0, 0, mark_width, mark.height, HEAVY), *mark.marks))
    left = padded(paragraph(ward, width - mark_width - 3 * MM, CAPTION), 0, 1 * MM, 0)
    return beside(((0, left), (width - mark_width, box)))


def dotted(*parts: str) -> str:
    """Return the parts that say something, with dots between them."""
    return words.DOT.join(part for part in parts if part)


def phone_words(ward: WardSettings, wording: Wording) -> str:
    """Return the ward's phone number; empty where it has none."""
    return wording.gettext("phone {number}").format(number=ward.phone) if ward.phone else ""


def _identity(frame: Frame, wording: Wording) -> Block:
    _ = wording.gettext
    patient = frame.view.patient
    born = (
        Run(wording.date_plain(patient.birth_on), IDENTITY),
        Run(" " + _age_and_sex(patient, frame.on, wording), IDENTITY_NOTE),
    )
    name = (Run(patient.name, _name_style(patient.name)),)
    fields = [
        (_("Name"), name),
        (_("Born"), born),
        (_("Record no."), (Run(patient.record_number, IDENTITY),)),
        (_("Ward · bed"), (Run(dotted(frame.ward.name, patient.bed), IDENTITY),)),
    ]
    rows = []
    widths = list(_IDENTITY_WIDTHS)
    inner = widths[0] - 2 * _IDENTITY_PAD
    if paragraph(name, inner).height > _NAME_LINES * paragraph("x", inner, IDENTITY).height + 1:
        rows.append(_fields(fields[:1], [WIDTH]))
        fields, widths = fields[1:], [widths[0] + widths[1] - 50 * MM, widths[2] + 24 * MM, widths[3] + 26 * MM]
    rows.append(_fields(fields, widths))
    alert = padded(_alert_lines(frame.alerts), _IDENTITY_PAD, 1.3 * MM)
    ground = Box(0, 0, WIDTH, alert.height, HEAVY, fill=SHADE)
    rows.append(Block(alert.height, (ground, *alert.marks)))
    block = stacked(rows)
    return Block(block.height, (*block.marks, Box(0, 0, WIDTH, block.height, HEAVY)))


def _name_style(name: str) -> Style:
    """Return the style in which the name fits its box on one line, if the smaller one helps."""
    room = _IDENTITY_WIDTHS[0] - 2 * _IDENTITY_PAD
    fits = [style for style in (IDENTITY, IDENTITY_SMALLER) if text_width(clean(name), style.font, style.size) <= room]
    return fits[0] if fits else IDENTITY


def _age_and_sex(patient: Patient, on: date, wording: Wording) -> str:
    _ = wording.gettext
    age, sex = words.age(patient, on, wording), words.sex(patient, wording)
    text = _("({age}, {sex})").format(age=age, sex=sex) if sex else _("({age})").format(age=age)
    return text.replace(" ", NO_BREAK)


def _fields(fields: Sequence[tuple[str, Sequence[Run]]], widths: Sequence[float]) -> Block:
    blocks = []
    x = 0.0
    for (caption, runs), width in zip(fields, widths, strict=True):
        inner = width - 2 * _IDENTITY_PAD
        block = stacked((paragraph(caption, inner, CAPTION), paragraph(runs, inner)))
        blocks.append((x, padded(block, _IDENTITY_PAD, 1 * MM, 1.4 * MM)))
        x += width
    row = beside(blocks)
    dividers = [Stroke(x, 0, x, row.height, HAIR, RULE) for x, _ in blocks[1:]]
    return Block(row.height, (*row.marks, *dividers))


def _alert_lines(alerts: Sequence[str]) -> Block:
    """Return the alerts side by side where they fit; one is broken only when it is wider than the box."""
    width = WIDTH - 2 * _IDENTITY_PAD
    lines: list[list[tuple[float, Block]]] = [[]]
    x = 0.0
    for alert in alerts:
        text = f"▲{NO_BREAK}{alert}"
        wide = text_width(clean(text), ALERT.font, ALERT.size) + 0.1
        if x and x + wide > width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, paragraph(text, min(wide, width), ALERT)))
        x += wide + _ALERT_GAP
    return stacked([beside(line) for line in lines])


def _foot(frame: Frame, wording: Wording, number: int, count: int) -> Block:
    _ = wording.gettext
    patient, printing = frame.view.patient, frame.printing
    printed = _("printed {at} by {nurse}").format(at=wording.moment(printing.printed_at), nurse=printing.printed_by)
    head = grouped(printing.journal_head)
    gap = "  "
    runs = [
        Run(f"{patient.name}{words.DOT}{patient.record_number}", FOOT_STRONG),
        Run(gap + frame.sheet_name.replace(" ", NO_BREAK), FOOT),
        Run(gap + printed.replace(" ", NO_BREAK), FOOT),
    ]
    if head:
        runs.append(Run(gap + _("journal {head}").format(head=head).replace(" ", NO_BREAK), FOOT))
    page = _("page {number} of {count}").format(number=number, count=count)
    if isinstance(frame.view, CourseView) and frame.view.is_superseded:
        page = dotted(_("SUPERSEDED"), page)
    page_width = text_width(page, FOOT_STRONG.font, FOOT_STRONG.size) + 0.1
    left = WIDTH - page_width - 3 * MM
    text = beside(((0, paragraph(runs, left)), (WIDTH - page_width, paragraph(page, page_width, FOOT_STRONG))))
    block = padded(text, 0, 1.2 * MM, 0)
    return Block(block.height, (Stroke(0, 0, WIDTH, 0, 1), *block.marks))


def grouped(head: str) -> str:
    """Return the beginning of a journal hash as it is read out: `9F3A 77C1`."""
    shown = head[:_LETTERS_OF_HEAD].upper()
    return NO_BREAK.join(shown[at : at + _LETTERS_PER_GROUP] for at in range(0, len(shown), _LETTERS_PER_GROUP))
