"""What a drafted product would come to at the pump: concentration, vials and every ladder in mL/h for one weight."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.actions.library.own import LadderRow, ProductForm
from ivigdesk.actions.library.own.ladder_draft import example_rates
from ivigdesk.ui import theme
from ivigdesk.ui.library.detail import Detail, Part, pair, scrolling_detail
from ivigdesk.ui.library.words import USES, indication_words
from ivigdesk.ui.widgets import Card, LineField
from ivigdesk.units import exact
from ivigdesk.wording import Wording

EXAMPLE_KG = "70"


class RatesPreview(QWidget):
    """The right side of the product editor.

    Signals:
        edited(): another example weight was given.
    """

    edited = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self.weight = LineField("example_weight", _("Example: weight of a patient"), unit="kg")
        self.weight.set_text(EXAMPLE_KG)
        self.detail = Detail(wording)
        top = Card()
        top.body.addWidget(self.weight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_12)
        column.addWidget(top)
        column.addWidget(scrolling_detail(self.detail, _("Rates of the example")), 1)
        self.weight.edited.connect(self.edited)

    def show_product(self, form: ProductForm) -> None:
        """Show what is typed; what cannot be computed yet is said."""
        _, wording = self._wording.gettext, self._wording
        g_per_l = exact(form.g_per_l)
        parts = [Part("heading", form.title.strip() or _("New product"))]
        if g_per_l:
            strength = f"{wording.amount(g_per_l, 'g/L')} ({wording.amount(g_per_l / 10, '%')})"
            parts.append(pair(_("Concentration"), strength))
        else:
            parts.append(Part("line", _("Give the concentration: the pump rates then appear here.")))
        weight = exact(self.weight.text())
        if weight:
            parts += [self._ladder_part(row, weight, g_per_l) for row in form.ladders]
        else:
            parts.append(Part("warning", _("The example needs a weight, such as 70.")))
        self.detail.show_parts(tuple(parts))

    def _ladder_part(self, row: LadderRow, weight: Decimal, g_per_l: Decimal | None) -> Part:
        _, wording = self._wording.gettext, self._wording
        title = _("{use}, {indication}: pump rates at {weight}").format(
            use=_(USES.get(row.use, USES["any"])),
            indication=indication_words(row.indication, wording),
            weight=wording.amount(weight, "kg"),
        )
        rates = example_rates(row, weight, g_per_l)
        if not rates:
            return pair(title, _("not yet: rates from slow to fast, between commas"))
        return pair(title, " → ".join(wording.amount(rate, "mL/h") for rate in rates))
