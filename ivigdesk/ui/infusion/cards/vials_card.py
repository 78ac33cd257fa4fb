"""The vials of a dose: what is to be hung, what is recorded with its lot, and the line to scan or type the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.actions.infusions.prepare_infusion import VialForm
from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.products.product import Product
from ivigdesk.errors import UserMistake
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, pair
from ivigdesk.ui.dose_words import dose_grams, made_of
from ivigdesk.ui.infusion.cards.vial_lines import VialLine, VialLines, vials_left
from ivigdesk.ui.infusion.cards.which_vial import WhichVial
from ivigdesk.ui.widgets.buttons import secondary_button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.fields.base import Field
from ivigdesk.ui.widgets.fields.text import ChoiceField, LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.notices import Notice, NoticeBar
from ivigdesk.units import grams
from ivigdesk.wording import Wording


class VialsCard(Card):
    """Vials by lot. One scan records one vial; several of one lot are typed at once.

    Attributes:
        is_open: whether more vials may be recorded.
        scan: takes a scanned code, or one that is typed; it never needs the cursor for a scanner.
        said: what the last scan came to, refused or warned.
        question: asks once what an unknown product code stands for.

    Signals:
        code_scanned(str): Enter was pressed in the scan field.
        vials_entered(tuple of VialForm): one form for each vial.
        vials_taken_back(tuple of UUID): vials that stand ready and are not hung were taken back.
    """

    code_scanned = Signal(object)
    vials_entered = Signal(object)
    vials_taken_back = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(wording.gettext("Vials and lots"), parent=parent)
        _ = wording.gettext
        self._wording = wording
        self._product: Product | None = None
        self._left: dict[int, int] = {}
        self._serial = ""
        self.is_open = False
        self.sum = PlainLabel("", "strong", wrap=True)
        self.planned = PlainLabel("", "small", wrap=True)
        self.lines = VialLines(wording)
        self.scan = LineField("code", _("Scan a vial (F6)"), example=_("scan, or type the code"))
        self.said = NoticeBar(wording)
        self.question = WhichVial(wording)
        self.vial_size = ChoiceField("mg", _("Vial size"))
        self.count = ChoiceField("count", _("How many"))
        self.lot = LineField("lot", _("Lot number"))
        self.expires = LineField("expires_on", _("Expiry"), example="2027-09")
        self.reason = LineField("reason", _("Why one more vial"), required=True)
        self.add = secondary_button(_("Record  Enter"), name=_("Record these vials"))
        self._entry = QWidget()
        for choice in (self.vial_size, self.count):
            choice.box.setMinimumContentsLength(4)  # both stand side by side in a narrow column
        self._lay_out()
        self._connect()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the entry line."""
        return (self.vial_size, self.count, self.lot, self.expires, self.reason)

    def show_vials(self, product: Product, dose: Dose, lines: Sequence[VialLine], *, is_open: bool) -> None:
        """Show what is recorded and, while `is_open`, the fields for more vials of the dose's product."""
        self._product = product
        words = self._wording
        self._left = vials_left(dose, lines)
        self._show_sums(dose, lines)
        self.lines.show_lines(lines)
        missing = sum(self._left.values())
        # What is entered is of the vials that are missing; one more than planned is scanned, and asks for a reason.
        self._entry.setVisible(is_open and (bool(missing) or not self.reason.isHidden()))
        self.is_open = is_open
        self.scan.setVisible(is_open and bool(missing))
        if not is_open:
            self.question.hide()
            self.said.show_notice(None)
            return
        self.vial_size.set_choices([(mg, dose_grams(words, mg)) for mg in sorted({vial.mg for vial in product.vials})])
        first = next((mg for mg, count in self._left.items() if count), None)
        if first is not None:
            self.vial_size.set_value(first)
        self._offer_counts()

    def show_scanned(self, form: VialForm | None, warnings: Sequence[str]) -> None:
        """Show what a scan says beside what it recorded; a form that is not whole goes into the fields to be typed.

        Args:
            form: the vial that is still to be completed; None for one that was recorded.
            warnings: sentences.
        """
        self.scan.set_text("")
        self.scan.clear_error()
        self.question.hide()
        self.said.show_notice(Notice(" ".join(warnings), "attention") if warnings else None)
        if form is None:
            return
        self._serial = form.serial
        self._entry.show()
        self.vial_size.set_value(form.mg)
        self.count.set_choices([(1, "1")])
        self.lot.set_text(form.lot)
        self.expires.set_text(form.expires_on)
        is_extra = not sum(self._left.values()) or not self._left.get(form.mg, 0)
        self.reason.setVisible(is_extra)
        empty_field = next((field for field in (self.lot, self.expires) if not field.text()), None)
        (empty_field or (self.reason if is_extra else self.lot)).focus()

    def show_refused(self, sentence: str) -> None:
        """Show why a scan was refused; nothing was recorded, and what was typed stays."""
        self.question.hide()
        self.said.show_notice(Notice(sentence, "serious"))
        if self.scan.text():
            self.scan.focus()
            self.scan.line.selectAll()

    def show_mistake(self, mistake: UserMistake) -> bool:
        """Put the sentence under its field; False when it belongs to none of them."""
        for line in (self.lot, self.expires, self.reason):
            line.clear_error()
        for field in self.fields:
            if field.name == mistake.field and not self._entry.isHidden():
                # Sizes are chosen: what is wrong with one is that it is a vial too many, and that takes a reason.
                asked = self.reason if field is self.vial_size else field
                asked.show()
                asked.show_error(self._wording.say_error(mistake))
                asked.focus()
                return True
        return False

    def clear_entry(self) -> None:
        """Empty the fields after a vial was recorded."""
        self._serial = ""
        for field in (self.lot, self.expires, self.scan, self.reason):
            field.clear_error()
            field.set_text("")
        self.vial_size.clear_error()
        self.reason.hide()
        self.question.hide()
        self.said.show_notice(None)

    def has_typed(self) -> bool:
        """Whether a lot or an expiry stands in the line."""
        return not self._entry.isHidden() and bool(self.lot.text().strip() or self.expires.text().strip())

    def start_scan(self) -> None:
        """Put the cursor where a code may be typed."""
        if self.is_open:
            self.scan.show()
            self.scan.focus()
            self.scan.line.selectAll()

    def _show_sums(self, dose: Dose, lines: Sequence[VialLine]) -> None:
        words, missing = self._wording, sum(self._left.values())
        recorded = sum(line.mg for line in lines)
        needed = dose.planned_dose_mg + dose.discard_mg
        text = words.gettext("{given} of {dose}").format(
            given=words.number(grams(recorded)), dose=dose_grams(words, needed)
        )
        self.sum.setText(f"✓\u2002{text}" if recorded >= needed else text)
        text = words.ngettext(
            "Planned {vials}; {n} vial is still to be recorded",
            "Planned {vials}; {n} vials are still to be recorded",
            missing,
        )
        if not missing:
            text = words.gettext("Planned {vials}; every vial is recorded")
        self.planned.setText(text.format(vials=made_of(words, dose.volume_ml, dose.vials), n=missing))

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
                VialForm(
                    product_id=self._product.id,
                    mg=size,
                    lot=self.lot.text(),
                    expires_on=self.expires.text(),
                    serial=self._serial,
                    reason="" if self.reason.isHidden() else self.reason.text(),
                )
                for _ in range(count)
            )
        )

    def _scan(self) -> None:
        if self.scan.text().strip():
            self.code_scanned.emit(self.scan.text())

    def _connect(self) -> None:
        self.scan.line.returnPressed.connect(self._scan)
        self.add.clicked.connect(self._enter)
        self.vial_size.edited.connect(self._offer_counts)
        self.lines.taken_back.connect(self.vials_taken_back)
        for field in (self.lot, self.expires, self.reason):
            field.line.returnPressed.connect(self._enter)

    def _lay_out(self) -> None:
        entry = bare(QVBoxLayout(self._entry), theme.SPACE_4)
        entry.addLayout(pair(self.vial_size, self.count))
        entry.addLayout(pair(self.lot, self.expires))
        entry.addWidget(self.reason)
        entry.addWidget(self.add)
        self.reason.hide()
        for widget in (self.sum, self.planned, self.lines, self.scan, self.said, self.question, self._entry):
            self.body.addWidget(widget)
