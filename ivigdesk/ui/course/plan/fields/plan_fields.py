"""Every field of a plan: regimen, first day, what is left open, weight, product, and what goes beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ivigdesk.actions.courses.plan_form import PlanForm
from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.findings import Finding
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.products.product import Product
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.course.plan.fields.beside_fields import BesideFields
from ivigdesk.ui.course.plan.fields.open_fields import OpenFields
from ivigdesk.ui.course.plan.fields.stated_fields import StatedFields
from ivigdesk.ui.course.plan.fields.weight_fields import WeightFields
from ivigdesk.ui.course.words import ROUNDINGS, STANDINGS, product_caution
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.widgets.fields.base import Field
from ivigdesk.ui.widgets.fields.date import DateField
from ivigdesk.ui.widgets.fields.text import ChoiceField, TickField
from ivigdesk.wording import NO_BREAK, Wording

_LAYOUT_DEPTH = 4  # a field, its group, all fields, the area that scrolls them
_ASKS_FOR_ROUNDING = ("ROUND-10", "ROUND-TIE", "ROUND-PART")
_SAME_FIELD = {"first_day": "weekly_from", "by": "prescriber"}
"""Fields of this page by the other names that a mistake may carry."""


class PlanFields(QWidget):
    """Every field of a plan; those that a regimen does not need stay hidden.

    Attributes:
        open: what the regimen leaves open.
        sized: weight and dosing weight.
        beside: criteria, antiviral, approval, prescriber.
        stated: what the criteria ask and the prescriber answers.
        rounding: stands apart, beside the amount that it decides: the page places it.

    Signals:
        edited(): a person changed something.
    """

    edited = Signal()

    def __init__(self, desk: Desk, wording: Wording, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wording = wording
        self._regimens: dict[str, Regimen] = {}
        self._products: dict[str, Product] = {}
        self._make_fields(today)
        self._lay_out()
        self._connect()
        self._read_library()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in reading order."""
        return (
            self.regimen, self.first_on, *self.open.fields, self.optional, *self.sized.fields, self.product,
            *self.beside.fields, *self.stated.fields, self.rounding,
        )  # fmt: skip

    def show_patient(self, patient: Patient, today: date, product_id: str = "") -> None:
        """Begin anew with what is known of the patient; `product_id` is the product that the patient had before."""
        self.clear_mistakes()
        self._read_library()  # the ward may have written a regimen of its own since
        self.first_on.set_value(today)
        self.sized.show_patient(patient, today)
        self.optional.set_value(False)
        self.rounding.set_value("")
        # SAFETY: no product is chosen by the alphabet; the patient's own is proposed, or the nurse chooses.
        self.product.set_value(product_id if product_id in self._products else "")
        self.beside.begin()
        self.stated.begin()
        self._take_regimen()
        self.show_findings(())

    def form(self, patient_id: UUID) -> PlanForm:
        """Return what is typed; hidden fields count as empty."""
        picks = self.open.picks()
        return PlanForm(
            patient_id=patient_id,
            regimen_id=str(self.regimen.value() or ""),
            product_id=str(self.product.value() or ""),
            first_on=self.first_on.text(),
            weekly_from=picks.weekly_from,
            last_day=picks.last_day,
            every_days=picks.every_days,
            doses=picks.doses,
            mg_per_kg=picks.mg_per_kg,
            weight=self.sized.weight.text(),
            weighed_on=self.sized.weighed_on.text(),
            height=self.sized.height_text,
            policy=self.sized.chosen,
            policy_reason=self.sized.reason,
            rounding=str(self.rounding.value() or ""),
            antiviral=self.beside.antiviral.text(),
            prescriber=self.beside.prescriber.text(),
            profile=str(self.beside.profile.value() or ""),
            approved_g=self.beside.approved.text(),
            approved_until=self.beside.approved_until.text(),
            stated=self.stated.answers(self.beside.chosen_profile),
            include_optional=self.optional.value() and not self.optional.isHidden(),
        )

    def show_mistake(self, mistake: UserMistake) -> bool:
        """Put the sentence under its field; False when no field of this page has that name."""
        self.clear_mistakes()
        name = _SAME_FIELD.get(mistake.field, mistake.field)
        for field in self.fields:
            if field.name == name and not field.isHidden():
                field.show_error(self._wording.say_error(mistake))
                self._bring_into_view(field)
                return True
        return False

    def clear_mistakes(self) -> None:
        """Take every sentence away."""
        for field in self.fields:
            if field.error:
                field.clear_error()

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Offer the rounding when the ±10 % rule asks for it; a choice that was made stays in sight."""
        asked = any(finding.code in _ASKS_FOR_ROUNDING for finding in findings)
        self.rounding.setVisible(asked or bool(self.rounding.value()))

    def _make_fields(self, today: Callable[[], date]) -> None:
        _ = self._wording.gettext
        self.regimen = ChoiceField("regimen_id", _("Regimen"))
        self.first_on = DateField("first_on", message(N_("First dose")), self._wording, today)
        self.open = OpenFields(self._wording, self.first_on)
        self.optional = TickField("include_optional", "", _("Also the doses that the source calls optional"))
        self.sized = WeightFields(self._wording, today)
        self.product = ChoiceField("product_id", _("Product"))
        self.rounding = ChoiceField(
            "rounding",
            _("Rounding"),
            [("", _("Not chosen yet")), *((key, _(word)) for key, word in ROUNDINGS.items())],
        )
        self.beside = BesideFields(self._wording, today)
        self.stated = StatedFields(self._wording)

    def _lay_out(self) -> None:
        column = bare(QVBoxLayout(self), theme.SPACE_4)
        for widget in (self.regimen, self.open, self.optional, self.sized, self.product, self.beside, self.stated):
            column.addWidget(widget)
        column.addStretch()

    def _connect(self) -> None:
        for field in (self.regimen, self.first_on, self.optional, self.product, self.rounding):
            field.edited.connect(self._note_edit)
        for group in (self.open, self.sized, self.beside, self.stated):
            group.edited.connect(self._note_edit)
        self.regimen.edited.connect(self._take_regimen)

    def _read_library(self) -> None:
        """Offer what the library holds now; what was chosen stays chosen while it is there."""
        _, text = self._wording.gettext, self._wording.text
        library = self._desk.library
        self._regimens = {one.id: one for one in library.regimens()}
        self._products = {one.id: one for one in library.products()}
        own = _("{title} (the ward's own)")
        self.regimen.set_choices(
            [
                (one.id, own.format(title=text(one.title)) if one.author else text(one.title))
                for one in self._regimens.values()
            ]
        )
        self.product.set_choices(
            [("", _("Choose the product")), *((one.id, text(one.title)) for one in self._products.values())]
        )
        self.beside.show_profiles(library.profiles(), self._desk.settings.profile)
        self._take_regimen()

    def _take_regimen(self) -> None:
        regimen = self._regimens.get(str(self.regimen.value()))
        if regimen is None:
            return
        self._show_what_it_is(regimen)
        self.open.show_regimen(regimen)
        self.optional.setVisible(any(dose.optional for dose in regimen.doses))
        self.sized.propose(regimen, self._desk.settings.weight_policy)
        self.beside.show_regimen(regimen)
        self._show_product()

    def _show_what_it_is(self, regimen: Regimen) -> None:
        _ = self._wording.gettext
        parts = [_(STANDINGS[regimen.standing]), _("version {version}").format(version=regimen.version)]
        if "antiviral" in regimen.requires:
            parts.insert(1, _("with an antiviral"))
        self.regimen.show_hint(" · ".join(parts), caution=regimen.standing in ("not-routine", "historical"))

    def _show_product(self) -> None:
        """Show the product's confirmed vials and its warning."""
        product = self._products.get(str(self.product.value()))
        if product is None:
            self.product.show_hint("")
            return
        # SAFETY: a size that waits for the pharmacist is never offered as one that the ward has.
        sizes = self._wording.gettext(", ").join(
            dose_grams(self._wording, vial.mg) for vial in product.vials if vial.confirmed
        )
        _ = self._wording.gettext
        said = _("Vials: {sizes}").format(sizes=sizes) if sizes else _("no vial size is confirmed yet")
        # The box cuts a long title off before its strength: the short one says which product it is.
        parts = [f"{self._wording.text(product.short_title)}{NO_BREAK}· {said}"]
        if caution := product_caution(self._wording, product):
            parts.append(caution)
        self.product.show_hint("\n".join(parts), caution=bool(caution) or not sizes)

    def _bring_into_view(self, field: Field) -> None:
        """Scroll to a field whose sentence must be read, unless the cursor is in it."""
        area: QWidget | None = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea) and area.isAncestorOf(field) and not field.control.hasFocus():
            for _ in range(_LAYOUT_DEPTH):  # the sentence has just made the field higher, and all that it stands in
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            area.ensureWidgetVisible(field)

    def _note_edit(self) -> None:
        self._show_product()
        self.edited.emit()
