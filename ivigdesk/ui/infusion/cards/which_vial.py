"""The question that is asked once for each product code: which product and size it stands for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.products.product import Product
from ivigdesk.ui import theme
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.widgets.buttons import Button, secondary_button
from ivigdesk.ui.widgets.fields.text import ChoiceField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording


class WhichVial(QFrame):
    """Asks which product and size an unknown code means; no answer is chosen for the nurse.

    Signals:
        answered(str, str, int): product code, product, milligrams.
    """

    answered = Signal(object, object, object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self._gtin = ""
        theme.set_look(self, "notice-attention")
        self.what = PlainLabel("", "strong", wrap=True)
        self.vial = ChoiceField("product_id", _("Product and size on the label"))
        self.vial.box.setMinimumContentsLength(4)
        self.confirm = secondary_button(_("It is this one"))
        self.close_it = Button(_("Cancel"), "quiet", name=_("Do not record this vial"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.close_it)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_12, theme.SPACE_8, theme.SPACE_12, theme.SPACE_8)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self.what)
        column.addWidget(self.vial)
        column.addLayout(buttons)
        self.hide()
        self.confirm.clicked.connect(self._answer)
        self.close_it.clicked.connect(self.hide)

    def ask(self, gtin: str, own: Product, products: Sequence[Product]) -> None:
        """Ask about a product code: the dose's own product first, then every other one."""
        _ = self._wording.gettext
        self._gtin = gtin
        self.what.setText(
            _("Product code {code} is new on this ward. Read the label: which vial is it?").format(code=gtin)
        )
        others = [product for product in products if product.id != own.id]
        choices: list[tuple[object, str]] = [(None, _("Choose…"))]
        for product in (own, *others):
            title = self._wording.text(product.short_title)
            choices += [
                ((product.id, vial.mg), f"{title}, {dose_grams(self._wording, vial.mg)}") for vial in product.vials
            ]
        self.vial.set_choices(choices)
        self.vial.set_value(None)
        self.vial.clear_error()
        self.show()
        self.vial.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer()
            return
        super().keyPressEvent(event)

    def _answer(self) -> None:
        chosen = self.vial.value()
        if not isinstance(chosen, tuple):
            self.vial.show_error(self._wording.gettext("Choose what stands on the label."))
            self.vial.focus()
            return
        self.answered.emit(self._gtin, *chosen)
