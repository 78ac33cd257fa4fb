"""The rate card of one infusion with clock times: what was set, what runs, what comes."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ivigdesk.actions.infusions.give_infusion import Bedside
from ivigdesk.clinical.infusions.remaining import RemainingCard
from ivigdesk.ui import theme
from ivigdesk.ui.dose_words import rate_text
from ivigdesk.ui.infusion.steps import CardLine, card_lines, planned_lines
from ivigdesk.ui.infusion.words import initials
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

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        _ = wording.gettext
        self._wording = wording
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

    def show_bedside(self, here: Bedside, remains: RemainingCard | None) -> None:
        """Show the card of the dose, with clock times once it was started, as `remains` says how it goes on."""
        self._weight_g = here.course.weight_of(here.dose).weight_g
        card = here.dose.rate_card
        is_begun = here.infusion is not None and remains is not None
        lines = card_lines(here.infusion, remains) if is_begun else planned_lines(here.dose)  # type: ignore[arg-type]
        self.table.show_rows(lines)
        for line in lines:
            if line.state == "now":
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
        if line.from_min is None:
            return "–"
        minutes = int(rounded(line.from_min, Decimal(1)))
        return f"+{minutes // 60}:{minutes % 60:02d}"

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
        match line.state:
            case "done":
                return f"✓ {initials(line.nurse)}"
            case "now":
                return f"▶ {initials(line.nurse)}"
            case "next":
                return _("next")
            case _:
                return ""
