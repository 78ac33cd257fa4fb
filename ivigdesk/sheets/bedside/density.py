"""How closely a side of a bedside sheet is set: roomy first, closer only where it would not fit on one side."""

from __future__ import annotations

from typing import NamedTuple

from ivigdesk.sheets.style import CHECK, CHECK_STRONG, MM, RATE, SECTION_GAP, Style


class Density(NamedTuple):
    """Sizes that may give way, from the top of the sheet; everything that a hand fills in keeps room for it.

    Attributes:
        check, check_strong: styles of the checklist.
        rate: style of the pump rates, the largest figures after the amount.
        check_row, vial_row, rate_row, observation_row, box: least heights in points.
        gap: white above a section.
        spare_rows: empty rows below the observations.
        short_head: the first side begins with the small head of the later ones.
    """

    check: Style
    check_strong: Style
    rate: Style
    check_row: float
    vial_row: float
    rate_row: float
    observation_row: float
    box: float
    gap: float
    spare_rows: int
    short_head: bool


ROOMY = Density(
    check=CHECK,
    check_strong=CHECK_STRONG,
    rate=RATE._replace(size=18),
    check_row=6 * MM,
    vial_row=10 * MM,
    rate_row=11 * MM,
    observation_row=9 * MM,
    box=12 * MM,
    gap=SECTION_GAP,
    spare_rows=6,
    short_head=False,
)
_PLAIN = ROOMY._replace(
    rate=RATE._replace(size=17), check_row=5.4 * MM, vial_row=9.2 * MM, rate_row=10 * MM, box=11 * MM, spare_rows=3
)
_CLOSE = _PLAIN._replace(
    rate=RATE._replace(size=16),
    check_row=5 * MM,
    vial_row=9 * MM,
    rate_row=9.2 * MM,
    box=9.6 * MM,
    gap=2.4 * MM,
    spare_rows=1,
    short_head=True,
)
_CLOSER = _CLOSE._replace(
    rate=RATE._replace(size=15), vial_row=8 * MM, rate_row=8.6 * MM, observation_row=8 * MM, box=9 * MM, gap=2 * MM
)
_TIGHT = Density(
    check=CHECK._replace(size=8.5),
    check_strong=CHECK_STRONG._replace(size=8.5),
    rate=RATE,
    check_row=4.4 * MM,
    vial_row=7 * MM,
    rate_row=7.4 * MM,
    observation_row=7 * MM,
    box=8.6 * MM,
    gap=1.8 * MM,
    spare_rows=0,
    short_head=True,
)
_TIGHTEST = _TIGHT._replace(vial_row=6.2 * MM, rate_row=7 * MM, observation_row=6.2 * MM, box=8 * MM, gap=1.2 * MM)
_LEAST = _TIGHTEST._replace(check_row=4.1 * MM, vial_row=5.8 * MM, rate_row=6.6 * MM, box=7.4 * MM, gap=0.8 * MM)
"""For a dose with many vials, or with much that earlier side effects ask for."""
DENSITIES = (ROOMY, _PLAIN, _CLOSE, _CLOSER, _TIGHT, _TIGHTEST, _LEAST)
