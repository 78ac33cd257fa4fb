"""The rate card of one infusion with clock times: what was set, what runs, what comes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ivigdesk.actions.infusions.give_infusion import Bedside
from ivigdesk.ui import theme
from ivigdesk.ui.dose_words import rate_text
from ivigdesk.ui.infusion.steps import CardLine, card_lines
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.labels import PlainLabel, heading
from ivigdesk.ui.widgets.tables import Column, RecordTable
from ivigdesk.units import rounded
from ivigdesk.wording import Wording

_ROW = 38
_MOST_ROWS = 8
_VOLUME = Decimal("0.1")
_PER_KG = Decimal("0.01")


class RateCardTable(Card):
    """The rate card. Before the start its times count from the start.

    Signals:
        print_requested(): the bedside sheet is wanted on paper.
    """

    print_requested = Signal()

    def __init__(self, wording: Wording, hold_min: int, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        _ = wording.gettext
        self._wording = wording
        self._hold_min = hold_min
        self._weight_g = 1
        self.print = Button(_("Print"), picture="print", name=_("Print the bedside sheet"))
        self.table = RecordTable(self._columns(), _("Rate card"), row_height=_ROW, sortable=False)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.highest = PlainLabel("", "small", wrap=True)
        head = QHBoxLayout()
        head.addWidget(heading(_("Rate card")))
        head.addWidget(PlainLabel(_("this patient, this product only"), "small"), 1)
        head.addWidget(self.print)
        self.body.addLayout(head)
        self.body.addWidget(self.table)
        self.body.addWidget(self.highest)
        self.print.clicked.connect(self.print_requested)

    def show_bedside(self, here: Bedside, now: datetime) -> None:
        """Show the card of the dose, with clock times once it was started."""
        self._weight_g = here.course.weight_g
        card = here.dose.rate_card
        lines: tuple[CardLine | str, ...]
        if here.infusion is None:
            rows = [
                CardLine(None, row.ml_per_h, row.ml_total, "later" if row.ml_per_h else "end", str(row.from_min))
                for row in card.rows
            ]
            lines = tuple(rows)
        else:
            lines = card_lines(card, here.infusion, now, here.dose.volume_ml, self._hold_min)
        self.table.show_rows(lines)
        for line in lines:
            if isinstance(line, CardLine) and line.state == "now":
                self.table.choose(line)
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(head + _ROW * min(len(lines), _MOST_ROWS) + 6)
        self.highest.setText(
            self._wording.gettext("Never faster than {rate} for this patient.").format(
                rate=rate_text(self._wording, card.max_ml_per_h)
            )
        )
        theme.set_look(self.highest, "small")

    def _columns(self) -> tuple[Column[CardLine], ...]:
        _ = self._wording.gettext
        return (
            Column(_("Clock"), self._clock, strong=True, width=72),
            Column(_("Rate"), self._rate, strong=True, width=112),
            Column("mL/kg/h", self._per_kg, muted=True, width=76),
            Column(_("mL in"), self._total, width=60),
            Column(_("Done"), self._done, stretch=True),
        )

    def _clock(self, line: CardLine) -> str:
        if line.at is not None:
            return self._wording.time(line.at)
        if line.nurse and line.state in ("later", "end"):
            minutes = int(rounded(Decimal(line.nurse), Decimal(1)))
            return f"+{minutes // 60}:{minutes % 60:02d}"
        return "–"

    def _rate(self, line: CardLine) -> str:
        if line.state == "end":
            return self._wording.gettext("end")
        return rate_text(self._wording, line.ml_per_h) if line.ml_per_h else self._wording.gettext("stands still")

    def _per_kg(self, line: CardLine) -> str:
        if not line.ml_per_h:
            return ""
        return self._wording.number(rounded(line.ml_per_h * 1000 / self._weight_g, _PER_KG))

    def _total(self, line: CardLine) -> str:
        return "" if line.ml_total is None else self._wording.number(rounded(line.ml_total, _VOLUME))

    def _done(self, line: CardLine) -> str:
        _ = self._wording.gettext
        if line.state in ("done", "now"):
            return f"✓ {_initials(line.nurse)}"
        return _("next") if line.state == "next" else ""


def _initials(name: str) -> str:
    """Return `AW` for A. Wong; a short name as it is."""
    parts = name.replace(".", " ").split()
    return name if len(parts) < 2 else "".join(part[0].upper() for part in parts)
