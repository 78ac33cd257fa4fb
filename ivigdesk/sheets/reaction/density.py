"""How closely a report is set: roomy first, closer only where it would not fit on two pages."""

from __future__ import annotations

from typing import NamedTuple

from ivigdesk.sheets.style import MM, SECTION_GAP


class Density(NamedTuple):
    """Sizes that may give way; what a hand fills in keeps room for it.

    Attributes:
        box: least height of a box to write in.
        row: least height of a table's row.
        gap: white above a section.
        most_after: observations after the onset that are listed, the last one always among them.
        most_earlier: earlier reactions that are listed.
        short_head: the first page begins with the small head of the later ones.
    """

    box: float
    row: float
    gap: float
    most_after: int
    most_earlier: int
    short_head: bool = False


_ALL = 10_000

DENSITIES = (
    Density(box=11 * MM, row=6 * MM, gap=SECTION_GAP, most_after=_ALL, most_earlier=_ALL),
    Density(box=10 * MM, row=5.2 * MM, gap=2.2 * MM, most_after=_ALL, most_earlier=_ALL),
    Density(box=9 * MM, row=4.6 * MM, gap=1.8 * MM, most_after=_ALL, most_earlier=8, short_head=True),
    Density(box=9 * MM, row=4.6 * MM, gap=1.6 * MM, most_after=16, most_earlier=5, short_head=True),
    Density(box=9 * MM, row=4.6 * MM, gap=1.4 * MM, most_after=8, most_earlier=3, short_head=True),
)
"""What is left out of a closer one is counted on the sheet, and stands in the record."""
