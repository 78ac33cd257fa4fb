"""The fields of a product: what it is, its vials, its rates, its limits, and what the label says beside them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.actions.library.own import LadderRow, ProductForm, VialRow
from ivigdesk.ui.library.editor.form_fields import FormFields, grid, put, section_label, text_of
from ivigdesk.ui.library.editor.product_rows import LadderCard, VialLine
from ivigdesk.ui.library.words import IMMUNOGLOBULINS, SUGARS
from ivigdesk.ui.widgets import ChoiceField, Field, LineField, TextField, TickField, secondary_button
from ivigdesk.wording import Wording


class ProductFields(FormFields[ProductForm]):
    """Every field of a product.

    Attributes:
        in_place: for a copy of a shipped file: whether it is used in its place.
        vials, ladders: the rows.
    """

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(wording, parent)
        _ = wording.gettext
        self._form = ProductForm()
        self.vials: list[VialLine] = []
        self.ladders: list[LadderCard] = []
        self._fixed = {field.name: field for field in (*self._identity(), *self._limits(), *self._words())}
        self.in_place = TickField("in_place", "", _("Use it in place of the shipped one"))
        self.add_vial = secondary_button(_("Add a vial size"), picture="plus")
        self.add_ladder = secondary_button(_("Add a rate ladder"), picture="plus")
        self._vial_column, self._ladder_column = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        self.watch((*self._fixed.values(), self.in_place))
        self.add_vial.clicked.connect(self._add_vial)
        self.add_ladder.clicked.connect(self._add_ladder)

    def all_fields(self) -> Iterable[Field]:
        for name, field in self._fixed.items():
            yield field
            if name == "units_per_ml":
                for line in self.vials:
                    yield from line.fields.values()
                for card in self.ladders:
                    yield from card.fields.values()

    def show_form(self, form: ProductForm) -> None:
        self._form = form
        self.forget_touches()
        for name, field in self._fixed.items():
            put(field, getattr(form, name))
            if field.error:
                field.clear_error()
        self.in_place.setVisible(form.base is not None and not form.id)
        self.in_place.set_value(False)
        self._show_vials(form.vials)
        self._show_ladders(form.ladders)

    def form(self) -> ProductForm:
        typed: dict[str, object] = {
            name: field.value() if isinstance(field, TickField) else text_of(field)
            for name, field in self._fixed.items()
        }
        own_id = self._form.id
        if self.in_place.value() and self._form.base is not None:
            own_id = self._form.base.id
        return ProductForm(
            id=own_id,
            base=self._form.base,
            language=self._form.language,
            vials=tuple(line.row() for line in self.vials),
            ladders=tuple(card.row() for card in self.ladders),
            **typed,  # type: ignore[arg-type]
        )

    def _identity(self) -> tuple[Field, ...]:
        _ = self.wording.gettext
        sugars = [(key, _(word)) for key, word in SUGARS.items()]
        kinds = [(key, _(word)) for key, word in IMMUNOGLOBULINS.items()]
        return (
            LineField("title", _("Name of the product"), required=True, hint=_("The file gets its name from it")),
            LineField("short_title", _("Short name"), required=True),
            LineField("maker", _("Maker"), required=True),
            LineField("g_per_l", _("Concentration"), unit="g/L", required=True, hint=_("50 is 5 %")),
            ChoiceField("immunoglobulin", _("Kind of immunoglobulin"), kinds),
            ChoiceField("sugar", _("Sugar"), sugars),
            TickField("proline", "", _("Contains L-proline")),
            LineField("iga_max", _("IgA as on the label")),
            LineField("iga_max_ug_per_ml", _("Most IgA"), unit="µg/mL"),
            LineField("units_per_ml", _("Activity"), unit="U/mL"),
        )

    def _limits(self) -> tuple[Field, ...]:
        _ = self.wording.gettext
        return (
            LineField(
                "risk_cap_mg_per_kg_min",
                _("Fastest at risk"),
                unit="mg/kg/min",
                hint=_("empty: the first rate throughout"),
            ),
            LineField("risk_cap_source", _("Source of this limit")),
            LineField("risk_cap_note", _("Where this limit is from")),
            LineField(
                "small_patient_cap_mg_per_kg_min",
                _("Fastest for a small patient"),
                unit="mg/kg/min",
                hint=_("needed for a ladder in mL/min"),
            ),
            LineField("absolute_cap_ml_per_h", _("Fastest for anybody"), unit="mL/h"),
            LineField("max_mg_per_kg", _("Most per infusion"), unit="mg/kg"),
        )

    def _words(self) -> tuple[Field, ...]:
        _ = self.wording.gettext
        return (
            LineField("stabiliser", _("Stabiliser"), required=True),
            LineField("storage", _("Storage"), required=True),
            LineField("after_opening", _("After opening")),
            LineField("dilution", _("Dilution")),
            LineField("flush", _("Flush")),
            LineField("line_filter", _("Filter")),
            TextField("contraindications", _("Contraindications"), lines=3, hint=_("one in each line")),
            TextField("note", _("Note"), lines=2),
            LineField("to_confirm", _("Waits for the pharmacist"), hint=_("empty: nothing is open")),
            TextField(
                "sources",
                _("Sources"),
                required=True,
                lines=2,
                hint=_("Between semicolons: the label with its date, or ids of the evidence"),
            ),
            TickField("compared", "", _("Compared with the label of the pack"), hint=_("by you, today, every number")),
        )

    def _show_vials(self, rows: tuple[VialRow, ...]) -> None:
        _drop(self._vial_column, self.vials)
        self.vials = []
        for index, row in enumerate(rows):
            line = VialLine(index, row, self.wording, is_only=len(rows) == 1)
            line.removed.connect(self._remove_vial)
            self.watch(line.fields.values())
            self.vials.append(line)
            self._vial_column.addWidget(line)

    def _show_ladders(self, rows: tuple[LadderRow, ...]) -> None:
        _drop(self._ladder_column, self.ladders)
        self.ladders = []
        for index, row in enumerate(rows):
            card = LadderCard(index, row, self.wording)
            card.removed.connect(self._remove_ladder)
            self.watch(card.fields.values())
            self.ladders.append(card)
            self._ladder_column.addWidget(card)

    def _add_vial(self) -> None:
        self._show_vials((*(line.row() for line in self.vials), VialRow()))
        self.vials[-1].fields["grams"].focus()
        self.edited.emit()

    def _add_ladder(self) -> None:
        self._show_ladders((*(card.row() for card in self.ladders), LadderRow()))
        self.ladders[-1].fields["rates"].focus()
        self.edited.emit()

    def _remove_vial(self) -> None:
        gone = self.sender()
        self._show_vials(tuple(line.row() for line in self.vials if line is not gone))
        self.add_vial.setFocus()
        self.edited.emit()

    def _remove_ladder(self) -> None:
        gone = self.sender()
        self._show_ladders(tuple(card.row() for card in self.ladders if card is not gone))
        self.add_ladder.setFocus()
        self.edited.emit()

    def _lay_out(self) -> None:
        _, one, column = self.wording.gettext, self._fixed, self.column
        grid(column, ((one["title"],), (self.in_place,), (one["short_title"], one["maker"])))
        grid(column, ((one["g_per_l"], one["sugar"]), (one["immunoglobulin"],), (one["proline"],)))
        grid(column, ((one["iga_max"],), (one["iga_max_ug_per_ml"], one["units_per_ml"])))
        column.addWidget(section_label(_("Vials")))
        column.addLayout(self._vial_column)
        column.addWidget(self.add_vial)
        column.addWidget(section_label(_("Rates")))
        column.addLayout(self._ladder_column)
        column.addWidget(self.add_ladder)
        column.addWidget(section_label(_("Limits")))
        grid(column, ((one["risk_cap_mg_per_kg_min"], one["risk_cap_source"]), (one["risk_cap_note"],)))
        grid(column, ((one["small_patient_cap_mg_per_kg_min"], one["absolute_cap_ml_per_h"]), (one["max_mg_per_kg"],)))
        column.addWidget(section_label(_("What the label says")))
        names = ("stabiliser", "storage", "after_opening", "dilution", "flush", "line_filter")
        grid(column, tuple((one[name],) for name in names))
        rest = ("contraindications", "note", "to_confirm", "sources", "compared")
        grid(column, tuple((one[name],) for name in rest))
        column.addStretch()


def _drop(column: QVBoxLayout, widgets: Iterable[QWidget]) -> None:
    for widget in widgets:
        widget.hide()
        column.removeWidget(widget)
        widget.deleteLater()
