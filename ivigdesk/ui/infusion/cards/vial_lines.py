"""The vials that are recorded for a dose, by lot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.courses.course import Dose
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, empty
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording


@dataclass(frozen=True, slots=True)
class VialLine:
    """A vial as the card shows it: milligrams, lot, expiry, serial number, and whether it may still be taken back."""

    id: UUID
    mg: int
    lot: str
    expires: date
    serial: str = ""
    may_go: bool = False


class VialLines(QWidget):
    """One line for each lot and size.

    Signals:
        taken_back(tuple of UUID): vials that stand ready and are not hung were taken back.
    """

    taken_back = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._column = bare(QVBoxLayout(self), theme.SPACE_4)

    def show_lines(self, lines: Sequence[VialLine]) -> None:
        """Show these vials, in the order in which they were recorded."""
        empty(self._column)
        lots: dict[tuple[int, str, date], list[VialLine]] = {}
        for line in lines:
            lots.setdefault((line.mg, line.lot, line.expires), []).append(line)
        for alike in lots.values():
            self._column.addWidget(self._line(alike))
        self.setVisible(bool(lots))

    def _line(self, alike: Sequence[VialLine]) -> QWidget:
        """Return the line of one lot: `4 × 2.5 g, lot, expiry`, the serial numbers below."""
        line, words = alike[0], self._wording
        text = words.gettext("{n} × {size}, lot {lot}, expiry {expiry}").format(
            n=len(alike),
            size=dose_grams(words, line.mg),
            lot=line.lot,
            expiry=words.date_plain(line.expires),
        )
        widget = QWidget()
        column = bare(QVBoxLayout(), 0)
        column.addWidget(PlainLabel(f"✓\u2002{text}", wrap=True))
        serials = [one.serial for one in alike if one.serial]
        if serials:
            said = words.ngettext("serial number {numbers}", "serial numbers {numbers}", len(serials))
            column.addWidget(PlainLabel(said.format(numbers=words.gettext(", ").join(serials)), "small", wrap=True))
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_4)
        row.addLayout(column, 1)
        back = self._take_back(alike, f"{dose_grams(words, line.mg)} {line.lot}")
        if back is not None:
            row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return widget

    def _take_back(self, alike: Sequence[VialLine], what: str) -> Button | None:
        """Return the button of a line: typed vials of a lot go together, scanned ones one by one, the newest first."""
        may_go = [one for one in alike if one.may_go]
        if not may_go:
            return None
        ids = (may_go[-1].id,) if may_go[-1].serial else tuple(one.id for one in may_go if not one.serial)
        button = Button(self._wording.gettext("Take back"), "quiet")
        button.setAccessibleName(self._wording.gettext("Take back {what}").format(what=what))
        button.clicked.connect(lambda: self.taken_back.emit(ids))
        return button


def vials_left(dose: Dose, lines: Sequence[VialLine]) -> dict[int, int]:
    """Return how many vials of each planned size are still to be recorded; other sizes hung count by their amount."""
    left = {vial.mg: vial.count for vial in dose.vials}
    missing = sum(vial.mg * vial.count for vial in dose.vials) - sum(line.mg for line in lines)
    for line in lines:
        if left.get(line.mg, 0):
            left[line.mg] -= 1
    for mg in left:
        left[mg] = min(left[mg], max(missing, 0) // mg)
    return left
