"""The vials of a dose: what is to be hung, what is hung with its lot, and the line to enter the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.actions.infusions.prepare_infusion import VialForm
from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.products.product import Product
from ivigdesk.errors import UserMistake
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, empty, pair
from ivigdesk.ui.dose_words import dose_grams, made_of
from ivigdesk.ui.widgets.buttons import Button, secondary_button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.fields.base import Field
from ivigdesk.ui.widgets.fields.text import ChoiceField, LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording


@dataclass(frozen=True, slots=True)
class VialLine:
    """A vial as the card shows it: milligrams, lot, expiry; `form` is set while it may still be taken back."""

    mg: int
    lot: str
    expires: date | str
    form: VialForm | None = None


class VialsCard(Card):
    """Vials by lot. Several vials of one lot are entered at once.

    Signals:
        vials_entered(tuple of VialForm): one form for each vial.
        vials_removed(tuple of VialForm): vials of one lot that are not stored yet were taken back.
    """

    vials_entered = Signal(object)
    vials_removed = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(wording.gettext("Vials and lots"), parent=parent)
        _ = wording.gettext
        self._wording = wording
        self._product: Product | None = None
        self._left: dict[int, int] = {}
        self.planned = PlainLabel("", "small", wrap=True)
        self._lines = bare(QVBoxLayout(), theme.SPACE_4)
        self.vial_size = ChoiceField("mg", _("Vial size"))
        self.count = ChoiceField("count", _("How many"))
        self.lot = LineField("lot", _("Lot number"))
        self.expires = LineField("expires_on", _("Expiry"), example="2027-09")
        self.add = secondary_button(_("Record  Enter"), name=_("Record these vials"))
        self._entry = QWidget()
        for choice in (self.vial_size, self.count):
            choice.box.setMinimumContentsLength(4)  # both stand side by side in a narrow column
        self._lay_out()
        self.add.clicked.connect(self._enter)
        self.vial_size.edited.connect(self._offer_counts)
        for field in (self.lot, self.expires):
            field.line.returnPressed.connect(self._enter)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the entry line."""
        return (self.vial_size, self.count, self.lot, self.expires)

    def show_vials(self, product: Product, dose: Dose, lines: Sequence[VialLine], *, is_open: bool) -> None:
        """Show what is hung and, while `is_open`, the line to enter more vials of the dose's product."""
        self._product = product
        words = self._wording
        left = _left(dose, lines)
        in_all = made_of(words, dose.volume_ml, dose.vials)
        missing = sum(left.values())
        text = words.ngettext(
            "Planned {vials}; {n} vial is still to be recorded",
            "Planned {vials}; {n} vials are still to be recorded",
            missing,
        )
        if not missing:
            text = words.gettext("Planned {vials}; every vial is recorded")
        self.planned.setText(text.format(vials=in_all, n=missing))
        empty(self._lines)
        lots: dict[tuple[int, str, str], list[VialLine]] = {}
        for line in lines:
            lots.setdefault((line.mg, line.lot, str(line.expires)), []).append(line)
        for alike in lots.values():
            self._lines.addWidget(self._line(alike))
        self._left = left
        if not is_open or not missing:
            self._entry.hide()
            return
        self._entry.show()
        self.vial_size.set_choices([(mg, dose_grams(words, mg)) for mg in sorted({vial.mg for vial in product.vials})])
        self.vial_size.set_value(next(mg for mg, count in left.items() if count))
        self._offer_counts()

    def show_mistake(self, mistake: UserMistake) -> bool:
        """Put the sentence under its field; False when it belongs to none of them."""
        self.lot.clear_error()
        self.expires.clear_error()
        for field in self.fields:
            if field.name == mistake.field and not self._entry.isHidden():
                field.show_error(self._wording.say_error(mistake))
                field.focus()
                return True
        return False

    def clear_entry(self) -> None:
        """Empty the line after it was recorded."""
        for field in (self.lot, self.expires):
            field.clear_error()
            field.set_text("")

    def has_typed(self) -> bool:
        """Whether a lot or an expiry stands in the line."""
        return not self._entry.isHidden() and bool(self.lot.text().strip() or self.expires.text().strip())

    def _offer_counts(self) -> None:
        size = self.vial_size.value()
        most = self._left.get(size, 0) if isinstance(size, int) else 0
        self.count.set_choices([(n, f"{n}") for n in range(1, max(most, 1) + 1)])
        self.count.set_value(max(most, 1))

    def _enter(self) -> None:
        size, count = self.vial_size.value(), self.count.value()
        if self._product is None or not isinstance(size, int) or not isinstance(count, int):
            return
        self.vials_entered.emit(
            tuple(
                VialForm(product_id=self._product.id, mg=size, lot=self.lot.text(), expires_on=self.expires.text())
                for _ in range(count)
            )
        )

    def _line(self, alike: Sequence[VialLine]) -> QWidget:
        """Return the line of one lot: `4 × 2.5 g`, the lot, the expiry."""
        line = alike[0]
        expiry = self._wording.date_plain(line.expires) if isinstance(line.expires, date) else line.expires
        text = self._wording.gettext("{n} × {size}, lot {lot}, expiry {expiry}").format(
            n=len(alike), size=dose_grams(self._wording, line.mg), lot=line.lot, expiry=expiry
        )
        widget = QWidget()
        column = bare(QVBoxLayout(widget), 0)
        column.addWidget(PlainLabel(f"✓\u2002{text}", wrap=True))
        forms = tuple(one.form for one in alike if one.form is not None)
        if forms:
            remove = Button(self._wording.gettext("Take back"), "quiet")
            remove.clicked.connect(lambda: self.vials_removed.emit(forms))
            column.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
        return widget

    def _lay_out(self) -> None:
        entry = bare(QVBoxLayout(self._entry), theme.SPACE_4)
        entry.addLayout(pair(self.vial_size, self.count))
        entry.addWidget(self.lot)
        entry.addWidget(self.expires)
        entry.addWidget(self.add)
        self.body.addWidget(self.planned)
        self.body.addLayout(self._lines)
        self.body.addWidget(self._entry)


def _left(dose: Dose, lines: Sequence[VialLine]) -> dict[int, int]:
    """Return how many vials of each planned size are still to be recorded; other sizes hung count by their amount."""
    left = {vial.mg: vial.count for vial in dose.vials}
    missing = sum(vial.mg * vial.count for vial in dose.vials) - sum(line.mg for line in lines)
    for line in lines:
        if left.get(line.mg, 0):
            left[line.mg] -= 1
    for mg in left:
        left[mg] = min(left[mg], max(missing, 0) // mg)
    return left
