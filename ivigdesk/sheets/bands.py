"""Marks across a page that change how everything below is read."""

from __future__ import annotations

from typing import NamedTuple

from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.sheets.paper.blocks import Block, Box, padded, paragraph
from ivigdesk.sheets.style import BAND, BAND_ON_BLACK, BLACK, HEAVY, MM, WIDTH
from ivigdesk.wording import Wording

_HEAVIEST = 3.5  # points


class Band(NamedTuple):
    """A mark across the page that changes how everything below is read; a heavy one has a thick frame."""

    text: str
    is_black: bool
    is_heavy: bool = False


def superseded_band(view: CourseView, wording: Wording) -> tuple[Band, ...]:
    """Return the mark of a sheet whose revision is no longer in force; nothing for one that is."""
    if not view.is_superseded:
        return ()
    text = wording.gettext("SUPERSEDED by revision {number}: do not use").format(number=view.newest_revision)
    # Black on white: a fax or a tired printer turns white letters on black into a bar.
    return (Band(text, is_black=False, is_heavy=True),)


def draw_band(band: Band) -> Block:
    """Return a mark as wide as the page."""
    style = BAND_ON_BLACK if band.is_black else BAND
    text = padded(paragraph(band.text, WIDTH - 6 * MM, style, "centre"), 3 * MM, 0.8 * MM)
    edge = _HEAVIEST if band.is_heavy else HEAVY
    ground = Box(0, 0, WIDTH, text.height, edge, fill=BLACK if band.is_black else None)
    return Block(text.height, (ground, *text.marks))
