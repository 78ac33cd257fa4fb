"""What stands around the pages of a sheet about the whole ward: landscape, with no patient at its head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ivigdesk.clinical.ward import WardSettings
from ivigdesk.sheets.fonts import width as text_width
from ivigdesk.sheets.frame import dotted, grouped, phone_words, ward_line
from ivigdesk.sheets.paper.blocks import Block, Mark, Stroke, beside, moved, padded, paragraph, stacked
from ivigdesk.sheets.paper.pages import Flow, as_pdf
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.style import (
    BODY_STRONG,
    BOTTOM,
    CAPTION,
    FOOT,
    FOOT_STRONG,
    LEFT,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SUBTITLE,
    TITLE,
    TITLE_LATER,
    TOP,
)
from ivigdesk.sheets.values import Printing
from ivigdesk.wording import NO_BREAK, Wording

WIDE = PAGE_HEIGHT - 2 * LEFT
"""Width of the body of a landscape page in points."""

_BODY_GAP = 3 * MM
_FOOT_GAP = 2 * MM


class WardFrame(NamedTuple):
    """What every page of a sheet about the ward shows around its body.

    Attributes:
        title: of the sheet.
        subtitle: under it.
        warning: in bold under both; may be empty.
    """

    ward: WardSettings
    printing: Printing
    title: str
    subtitle: str
    warning: str = ""


class WardPages:
    """Landscape pages between head and foot.

    Attributes:
        flow: the body.
        right: a second column on the same pages, which begins at `right_from`; None for a sheet without one.
    """

    def __init__(self, frame: WardFrame, wording: Wording, *, right_from: float | None = None) -> None:
        self._frame = frame
        self._wording = wording
        self._right_from = right_from or 0.0
        self._first_head = _head(frame, wording)
        self._later_head = _short_head(frame, wording)
        foot = _foot(frame, wording, 88, 88)
        self._bottom = PAGE_WIDTH - BOTTOM - foot.height
        self.flow = self._new_flow()
        self.right = self._new_flow() if right_from is not None else None

    def as_pdf(self) -> bytes:
        """Return the file."""

        def around(number: int, count: int) -> Sequence[Mark]:
            foot = _foot(self._frame, self._wording, number, count)
            head = self._first_head if number == 1 else self._later_head
            return [*moved(head.marks, LEFT, TOP), *moved(foot.marks, LEFT, self._bottom)]

        return as_pdf(
            self._both_columns(),
            around,
            title=self._frame.title,
            language=self._wording.language,
            size=(PAGE_HEIGHT, PAGE_WIDTH),
        )

    def _both_columns(self) -> list[list[Mark]]:
        pages = [list(page) for page in self.flow.pages]
        if self.right is None:
            return pages
        for number, page in enumerate(self.right.pages):
            if number == len(pages):
                pages.append([])
            pages[number].extend(moved(page, self._right_from, 0))
        return pages

    def _new_flow(self) -> Flow:
        return Flow(
            TOP + self._first_head.height + _BODY_GAP,
            TOP + self._later_head.height + _BODY_GAP,
            self._bottom - _FOOT_GAP,
        )


def _head(frame: WardFrame, wording: Wording) -> Block:
    ward = dotted(frame.ward.hospital, frame.ward.name, phone_words(frame.ward, wording))
    return stacked(
        (
            ward_line(ward, frame.ward.is_practice, WIDE, wording),
            paragraph(frame.title, WIDE, TITLE),
            paragraph(frame.subtitle, WIDE, SUBTITLE),
            _warning(frame),
        )
    )


def _short_head(frame: WardFrame, wording: Wording) -> Block:
    title = (Run(frame.title, TITLE_LATER), Run(f"  {frame.subtitle}", CAPTION))
    lines = [paragraph(title, WIDE), _warning(frame)]
    ward = dotted(frame.ward.hospital, frame.ward.name)
    return stacked((ward_line(ward, frame.ward.is_practice, WIDE, wording), *lines))


def _warning(frame: WardFrame) -> Block:
    return paragraph(frame.warning, WIDE, BODY_STRONG) if frame.warning else Block(0.0)


def _foot(frame: WardFrame, wording: Wording, number: int, count: int) -> Block:
    _ = wording.gettext
    printing = frame.printing
    printed = _("printed {at} by {nurse}").format(at=wording.moment(printing.printed_at), nurse=printing.printed_by)
    head = grouped(printing.journal_head)
    gap = "  "
    runs = [
        Run(frame.title.replace(" ", NO_BREAK), FOOT_STRONG),
        Run(gap + _("confidential: names of patients").replace(" ", NO_BREAK), FOOT),
        Run(gap + printed.replace(" ", NO_BREAK), FOOT),
    ]
    if head:
        runs.append(Run(gap + _("journal {head}").format(head=head).replace(" ", NO_BREAK), FOOT))
    page = _("page {number} of {count}").format(number=number, count=count)
    page_width = text_width(page, FOOT_STRONG.font, FOOT_STRONG.size) + 0.1
    left = WIDE - page_width - 3 * MM
    text = beside(((0, paragraph(runs, left)), (WIDE - page_width, paragraph(page, page_width, FOOT_STRONG))))
    block = padded(text, 0, 1.2 * MM, 0)
    return Block(block.height, (Stroke(0, 0, WIDE, 0, 1), *block.marks))
