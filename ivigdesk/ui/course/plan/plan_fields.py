"""The fields from which a course is planned: regimen, first day, weight, product, and what goes beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.actions.library import Library
from ivigdesk.actions.plan_course import PlanForm
from ivigdesk.actions.plan_form import open_choice
from ivigdesk.clinical.findings import Finding
from ivigdesk.clinical.patient import Patient
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, pair
from ivigdesk.ui.course.words import POLICIES, ROUNDINGS, STANDINGS, product_caution
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.widgets.fields.base import Field
from ivigdesk.ui.widgets.fields.date import DateField
from ivigdesk.ui.widgets.fields.text import ChoiceField, LineField, TickField
from ivigdesk.units import centimetres, kilograms, plain
from ivigdesk.wording import Wording

_ASKS_FOR_ROUNDING = ("ROUND-10", "ROUND-TIE", "ROUND-PART")


class PlanFields(QWidget):
    """Every field of a plan; those that a regimen does not need stay hidden.

    Attributes:
        rounding: stands apart, beside the amount that it decides: the page places it.

    Signals:
        edited(): a person changed something.
    """

    edited = Signal()

    def __init__(
        self, library: Library, wording: Wording, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._wording = wording
        self._regimens = {one.id: one for one in library.regimens()}
        self._products = {one.id: one for one in library.products()}
        self._is_dated_by_hand = False
        self._make_fields(today)
        self._lay_out()
        for field in self.fields:
            field.edited.connect(self._note_edit)
        self.weight.edited.connect(self._date_the_weight)
        self.weighed_on.edited.connect(self._keep_the_date)
        self.regimen.edited.connect(self._take_regimen)
        self._take_regimen()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in reading order."""
        return (
            self.regimen, self.first_on, self.weekly_from, self.optional, self.per_kg, self.weight, self.weighed_on,
            self.policy, self.height_cm, self.product, self.rounding, self.antiviral, self.prescriber,
        )  # fmt: skip

    def show_patient(self, patient: Patient, today: date, product_id: str = "") -> None:
        """Begin anew with what is known of the patient; `product_id` is the product that the patient had before."""
        self._is_dated_by_hand = False
        self.clear_mistakes()
        self.first_on.set_value(today)
        self.weight.set_text("" if patient.weight_g is None else plain(kilograms(patient.weight_g)))
        self.weighed_on.set_value(patient.weighed_on if patient.weight_g is not None else today)
        self.height_cm.set_text("" if patient.height_mm is None else plain(centimetres(patient.height_mm)))
        self.optional.set_value(False)
        self.rounding.set_value("")
        # SAFETY: no product is chosen by the alphabet; the patient's own is proposed, or the nurse chooses.
        self.product.set_value(product_id if product_id in self._products else "")
        for field in (self.per_kg, self.antiviral, self.prescriber):
            field.set_text("")
        self._take_regimen()
        self.show_findings(())

    def form(self, patient_id: UUID) -> PlanForm:
        """Return what is typed; hidden fields count as empty."""
        return PlanForm(
            patient_id=patient_id,
            regimen_id=str(self.regimen.value() or ""),
            product_id=str(self.product.value() or ""),
            first_on=self.first_on.text(),
            weekly_from=str(self.weekly_from.value() or "") if not self.weekly_from.isHidden() else "",
            weight=self.weight.text(),
            weighed_on=self.weighed_on.text(),
            height=self.height_cm.text() if not self.height_cm.isHidden() else "",
            policy=str(self.policy.value() or ""),
            rounding=str(self.rounding.value() or ""),
            mg_per_kg=self.per_kg.text() if not self.per_kg.isHidden() else "",
            antiviral=self.antiviral.text(),
            prescriber=self.prescriber.text(),
            include_optional=self.optional.value() and not self.optional.isHidden(),
        )

    def show_mistake(self, mistake: UserMistake) -> bool:
        """Put the sentence under its field; False when no field of this page has that name."""
        self.clear_mistakes()
        for field in self.fields:
            if field.name == mistake.field and not field.isHidden():
                field.show_error(self._wording.say_error(mistake))
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

    def has_typed(self) -> bool:
        """Whether words were typed that leaving would lose."""
        return any(field.text().strip() for field in (self.antiviral, self.prescriber))

    def _make_fields(self, today: Callable[[], date]) -> None:
        _ = self._wording.gettext
        text = self._wording.text
        regimens = [(one.id, text(one.title)) for one in self._regimens.values()]
        products = [("", _("Choose the product")), *((one.id, text(one.title)) for one in self._products.values())]
        self.regimen = ChoiceField("regimen_id", _("Regimen"), regimens)
        self.first_on = DateField("first_on", message(N_("First dose")), self._wording, today)
        self.weekly_from = ChoiceField("weekly_from", _("Weekly doses from"))
        self.optional = TickField("include_optional", "", _("Also the doses that the source calls optional"))
        self.per_kg = LineField(
            "mg_per_kg", _("Dose per kilogram"), unit="mg/kg", hint=_("The source states none: ask the prescriber")
        )
        self.weight = LineField("weight", _("Weight"), unit="kg")
        self.weighed_on = DateField("weighed_on", message(N_("Weighed on")), self._wording, today)
        self.policy = ChoiceField("policy", _("Dosing weight"), [(key, _(word)) for key, word in POLICIES.items()])
        self.height_cm = LineField("height", _("Height"), unit="cm", hint=_("Needed for the adjusted weight"))
        self.product = ChoiceField("product_id", _("Product"), products)
        self.rounding = ChoiceField(
            "rounding",
            _("Rounding"),
            [("", _("Not chosen yet")), *((key, _(word)) for key, word in ROUNDINGS.items())],
        )
        self.antiviral = LineField("antiviral", _("Antiviral with it"))
        self.prescriber = LineField("prescriber", _("Prescriber"))

    def _lay_out(self) -> None:
        column = bare(QVBoxLayout(self), theme.SPACE_4)
        column.addWidget(self.regimen)
        column.addLayout(pair(self.first_on, self.weekly_from))
        column.addWidget(self.optional)
        column.addWidget(self.per_kg)
        column.addLayout(pair(self.weight, self.weighed_on))
        column.addLayout(pair(self.policy, self.height_cm))
        column.addWidget(self.product)
        column.addLayout(pair(self.antiviral, self.prescriber))
        column.addStretch()

    def _take_regimen(self) -> None:
        regimen = self._regimens.get(str(self.regimen.value()))
        if regimen is None:
            return
        self._show_what_it_is(regimen)
        self._offer_first_days(regimen)
        self.optional.setVisible(any(dose.optional for dose in regimen.doses))
        self.per_kg.setVisible(any(dose.mg_per_kg is None for dose in regimen.doses))
        if regimen.weight_policy in POLICIES:
            self.policy.set_value(regimen.weight_policy)
        self._show_what_follows()

    def _show_what_it_is(self, regimen: Regimen) -> None:
        _ = self._wording.gettext
        parts = [_(STANDINGS[regimen.standing]), _("version {version}").format(version=regimen.version)]
        if "antiviral" in regimen.requires:
            parts.insert(1, _("with an antiviral"))
        self.regimen.show_hint(" · ".join(parts), caution=regimen.standing in ("not-routine", "historical"))

    def _offer_first_days(self, regimen: Regimen) -> None:
        choice = open_choice(regimen)
        self.weekly_from.setVisible(choice is not None)
        if choice is None:
            return
        _ = self._wording.gettext
        self.weekly_from.set_choices([(str(day), _("day {n}").format(n=day)) for day in choice[1]])
        self.weekly_from.show_hint(
            _("Left open by the source; your choice is printed."),
            caution=True,
        )

    def _show_what_follows(self) -> None:
        """Show what depends on other fields: the height, and the product's warning."""
        self.height_cm.setVisible(self.policy.value() != "actual")
        product = self._products.get(str(self.product.value()))
        if product is None:
            self.product.show_hint("")
            return
        # SAFETY: a size that waits for the pharmacist is never offered as one that the ward has.
        sizes = self._wording.gettext(", ").join(
            dose_grams(self._wording, vial.mg) for vial in product.vials if vial.confirmed
        )
        said = self._wording.gettext("Vials: {sizes}").format(sizes=sizes)
        caution = product_caution(self._wording, product)
        self.product.show_hint(f"{said}\n{caution}" if caution else said, caution=bool(caution))

    def _date_the_weight(self) -> None:
        # SAFETY: a newly typed weight must not carry the date of the old one.
        if not self._is_dated_by_hand:
            self.weighed_on.set_text("t")

    def _keep_the_date(self) -> None:
        self._is_dated_by_hand = True

    def _note_edit(self) -> None:
        self._show_what_follows()
        self.edited.emit()
