"""One style sheet for every printed sheet: named millimetres, sizes and inks, black and white only."""

from __future__ import annotations

from typing import NamedTuple

from ivigdesk.sheets.fonts import BOLD, MEDIUM, REGULAR

MM = 72 / 25.4  # points

PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
LEFT = 12 * MM
TOP = 9 * MM
BOTTOM = 8 * MM
WIDTH = PAGE_WIDTH - 2 * LEFT

GAP = 2 * MM
SECTION_GAP = 2.9 * MM
COLUMN_GAP = 5 * MM
CELL_PAD = 1.3 * MM
CODE_SIDE = 17 * MM
CODE_SIDE_LATER = 13 * MM
TICK_SIDE = 3.2 * MM

SIGNATURE_ROW = 10 * MM

HAIR = 0.5  # points
HEAVY = 1.6

BLACK = 0.0
SOFT = 0.27
RULE = 0.45
FAINT = 0.72
SHADE = 0.925
WHITE = 1.0


class Style(NamedTuple):
    """How a stretch of text is set.

    Attributes:
        font: one of the three weights.
        size: points.
        ink: 0 is black, 1 is white.
    """

    font: str
    size: float
    ink: float = BLACK


TITLE = Style(BOLD, 17)
TITLE_LATER = Style(BOLD, 13)
SUBTITLE = Style(REGULAR, 9.5, SOFT)
HEADING = Style(BOLD, 11.5)
HEADING_NOTE = Style(REGULAR, 9.5, SOFT)
BODY = Style(REGULAR, 10)
BODY_STRONG = Style(BOLD, 10)
SMALL = Style(REGULAR, 9, SOFT)
SMALL_STRONG = Style(BOLD, 9)
CAPTION = Style(REGULAR, 8.5, SOFT)
HEAD_CELL = Style(MEDIUM, 8.5)
CELL = Style(REGULAR, 9)
CELL_STRONG = Style(BOLD, 9.5)
CHECK = Style(REGULAR, 9)
CHECK_STRONG = Style(BOLD, 9)
NUMBER = Style(BOLD, 13)
IDENTITY = Style(BOLD, 13)
IDENTITY_SMALLER = Style(BOLD, 11.5)
IDENTITY_NOTE = Style(REGULAR, 10.5)
ALERT = Style(BOLD, 11)
AMOUNT = Style(BOLD, 26)
AMOUNT_SMALLER = Style(BOLD, 15)
AMOUNT_NOTE = Style(REGULAR, 13)
RATE = Style(BOLD, 14)  # at least; larger than any figure but the amount
BAND = Style(BOLD, 16)
BAND_ON_BLACK = Style(BOLD, 16, WHITE)
FOOT = Style(REGULAR, 8.5)
FOOT_STRONG = Style(BOLD, 8.5)
DOSE_AMOUNT = Style(BOLD, 30)
CLOCK = Style(BOLD, 11.5)
