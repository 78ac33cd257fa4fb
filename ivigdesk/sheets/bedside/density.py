"""How closely a bedside sheet is set: roomy, or tight when it would not fit on two sides."""

from __future__ import annotations

from typing import NamedTuple

from ivigdesk.sheets.style import CHECK, CHECK_STRONG, MM, SECTION_GAP, Style


class Density(NamedTuple):
    """Sizes that may give way; everything that a hand fills in keeps room for it.

    Attributes:
        check, check_strong: styles of the checklist.
        vial_row, rate_row, observation_row, box: least heights in points.
        gap: white above a section.
        spare_rows: empty rows below the observations.
    """

    check: Style
    check_strong: Style
    vial_row: float
    rate_row: float
    observation_row: float
    box: float
    gap: float
    spare_rows: int


ROOMY = Density(CHECK, CHECK_STRONG, 7 * MM, 8 * MM, 7 * MM, 10 * MM, SECTION_GAP, 2)
TIGHT = Density(
    CHECK._replace(size=8.5), CHECK_STRONG._replace(size=8.5), 6.2 * MM, 7 * MM, 6.2 * MM, 8.6 * MM, 1.8 * MM, 0
)
