"""The vials: one row per container, for a peel-off sticker or a written lot."""

from __future__ import annotations

from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.sheets import words
from ivigdesk.sheets.bedside.density import Density
from ivigdesk.sheets.paper.table import Column, Row, Table, table
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.style import CELL, CELL_STRONG, MM, WIDTH
from ivigdesk.wording import Wording

_WIDTHS_MM = (9, 33, 58, 26, 19, 21)


def vial_table(dose: Dose, infusion: Infusion | None, density: Density, wording: Wording) -> Table:
    """Return the vials that were hung, then those that the order still expects, as rows to fill in."""
    _ = wording.gettext
    titles = ("", _("Vial size"), _("Lot"), _("Expiry"), _("Opened at"), _("Hung by"), _("Checked by"))
    widths = [*(width * MM for width in _WIDTHS_MM), WIDTH - sum(_WIDTHS_MM) * MM]
    rows = _recorded(infusion, density, wording) if infusion else []
    if infusion is None or infusion.is_running:
        rows.extend(_expected(dose, len(rows), density, wording))
    return table([Column(title, width) for title, width in zip(titles, widths, strict=True)], rows)


def _expected(dose: Dose, hung: int, density: Density, wording: Wording) -> list[Row]:
    sizes = [
        f"{words.grams(count.mg, wording)} / {words.millilitres(count.ml, wording)}"
        for count in dose.vials
        for _each in range(count.count)
    ]
    return [
        Row(((Run(str(number), CELL),), (Run(size, CELL),), "", "", "", "", ""), density.vial_row)
        for number, size in enumerate(sizes, start=1)
        if number > hung
    ]


def _recorded(infusion: Infusion, density: Density, wording: Wording) -> list[Row]:
    return [
        Row(
            (
                (Run(str(number), CELL),),
                (Run(words.grams(vial.mg, wording), CELL),),
                (Run(vial.lot, CELL_STRONG),),
                (Run(wording.date_plain(vial.expires_on), CELL),),
                (Run(wording.time(vial.at), CELL),),
                (Run(vial.nurse, CELL),),
                "",
            ),
            density.vial_row,
        )
        for number, vial in enumerate(infusion.vials, start=1)
    ]
