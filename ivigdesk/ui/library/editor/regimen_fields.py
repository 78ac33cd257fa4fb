"""The fields of a regimen: what it is, its doses, why and whence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.actions.library.own import PhaseRow, RegimenForm
from ivigdesk.messages import N_
from ivigdesk.scheduling.regimen import WEIGHT_POLICIES
from ivigdesk.ui.library.editor.form_fields import FormFields, grid, put, section_label, text_of
from ivigdesk.ui.library.editor.phase_card import PhaseCard
from ivigdesk.ui.library.words import IMMUNOGLOBULINS, INDICATIONS, STANDINGS, indication_words, policy_words
from ivigdesk.ui.widgets import ChoiceField, Field, LineField, PlainLabel, TextField, TickField, secondary_button
from ivigdesk.wording import Wording

_ANCHORS = {"first-dose": N_("from the first dose (day 1)"), "transplant": N_("from the transplant (day 0)")}
_SHAPES = {"phases": N_("Phases with an interval"), "days": N_("A list of days")}


class RegimenFields(FormFields[RegimenForm]):
    """Every field of a regimen.

    Attributes:
        in_place: for a copy of a shipped file: whether it is used in its place.
        cards: the phases.
    """

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(wording, parent)
        self._form = RegimenForm()
        self.cards: list[PhaseCard] = []
        self._fixed = self._make_fields()
        _ = wording.gettext
        self.in_place = TickField("in_place", "", _("Use it in place of the shipped one"))
        self.add_phase = secondary_button(_("Add a phase"), picture="plus")
        self._phases = QWidget()
        self._phase_column = QVBoxLayout(self._phases)
        self._days = QWidget()
        self._lay_out()
        self.watch((*self._fixed.values(), self.in_place))
        self._fixed["shape"].edited.connect(self._show_shape)
        self._fixed["anchor"].edited.connect(self._show_shape)
        self._fixed["amounts_open"].edited.connect(self._show_shape)
        self.add_phase.clicked.connect(self._add_phase)

    def all_fields(self) -> Iterable[Field]:
        for name, field in self._fixed.items():
            yield field
            if name == "shape":
                for card in self.cards:
                    yield from card.fields.values()

    def show_form(self, form: RegimenForm) -> None:
        self._form = form
        self.forget_touches()
        indications = list(INDICATIONS)
        if form.indication not in indications:
            indications.append(form.indication)
        choices = [(one, indication_words(one, self.wording)) for one in indications]
        self._choice("indication").set_choices(choices)
        for name, field in self._fixed.items():
            put(field, getattr(form, name))
            if field.error:
                field.clear_error()
        is_copy_of_shipped = form.base is not None and not form.id
        self.in_place.setVisible(is_copy_of_shipped)
        self.in_place.set_value(False)
        self._show_phases(form.phases)
        self._show_shape()

    def form(self) -> RegimenForm:
        typed: dict[str, object] = {
            name: field.value() if isinstance(field, TickField) else text_of(field)
            for name, field in self._fixed.items()
        }
        own_id = self._form.id
        if self.in_place.value() and self._form.base is not None:
            own_id = self._form.base.id
        if typed["shape"] != "phases":
            typed["review_after"] = ""
        if typed["anchor"] != "transplant":
            typed["window_to"] = ""
        return RegimenForm(
            id=own_id,
            base=self._form.base,
            phases=tuple(card.row() for card in self.cards),
            **typed,  # type: ignore[arg-type]
        )

    def reveal(self, field: Field) -> None:
        for card in self.cards:
            card.reveal(field)

    def _make_fields(self) -> dict[str, Field]:
        _ = self.wording.gettext
        days_hint = _("Numbers between commas; day −1 is the day before the transplant")
        fields: tuple[Field, ...] = (
            LineField("title_en", _("Title"), required=True, hint=_("The file gets its name from it")),
            LineField("title_zh", _("Chinese title"), hint=_("empty: the same words")),
            ChoiceField("anchor", _("Days are counted"), self._worded(_ANCHORS)),
            ChoiceField("shape", _("Doses are written as"), self._worded(_SHAPES)),
            LineField("days", _("Days"), required=True, example="1, 2, 7, 14, 21", hint=days_hint),
            LineField(
                "amounts", _("Amounts"), unit="mg/kg", hint=_("one for all days, or one for each"), required=True
            ),
            LineField("optional_days", _("Only if the prescriber asks")),
            TickField("amounts_open", "", _("The prescriber sets the amount")),
            LineField("review_after", _("Review after"), unit=_("doses"), hint=_("for a last phase without an end")),
            LineField("window_to", _("First dose up to day"), hint=_("empty: on its day only")),
            LineField("max_mg_per_kg", _("Most per infusion"), unit="mg/kg"),
            ChoiceField("standing", _("Standing"), self._worded(STANDINGS)),
            ChoiceField("indication", _("Indication"), self._worded(INDICATIONS)),
            ChoiceField(
                "weight_policy", _("Dosing weight"), [(one, policy_words(one, self.wording)) for one in WEIGHT_POLICIES]
            ),
            ChoiceField("immunoglobulin", _("Kind of immunoglobulin"), self._worded(IMMUNOGLOBULINS)),
            TickField("needs_antiviral", "", _("Only together with an antiviral")),
            TextField("note_en", _("Rationale"), required=True, lines=3, hint=_("For whom, why, what to watch")),
            TextField("note_zh", _("Chinese rationale"), lines=2, hint=_("empty: the same words")),
            TextField(
                "sources",
                _("Sources"),
                required=True,
                lines=2,
                hint=_("Between semicolons: who ordered it and where it is written, or ids of the evidence"),
            ),
        )
        return {field.name: field for field in fields}

    def _worded(self, words: Mapping[Any, str]) -> list[tuple[object, str]]:
        return [(key, self.wording.gettext(word)) for key, word in words.items()]

    def _choice(self, name: str) -> ChoiceField:
        field = self._fixed[name]
        if not isinstance(field, ChoiceField):
            raise TypeError(f"{name} is no list")
        return field

    def _show_phases(self, rows: tuple[PhaseRow, ...]) -> None:
        """Make the cards anew: their fields are named by their place."""
        for card in self.cards:
            card.hide()
            self._phase_column.removeWidget(card)
            card.deleteLater()
        self.cards = []
        for index, row in enumerate(rows):
            card = PhaseCard(index, row, self.wording, is_only=len(rows) == 1)
            card.removed.connect(self._remove_phase)
            self.watch(card.fields.values())
            self.cards.append(card)
            self._phase_column.addWidget(card)

    def _add_phase(self) -> None:
        rows = tuple(card.row() for card in self.cards)
        self._show_phases((*rows, PhaseRow(amount=rows[-1].amount if rows else "")))
        self.cards[-1].fields["first_day"].focus()
        self.edited.emit()

    def _remove_phase(self) -> None:
        gone = self.sender()
        self._show_phases(tuple(card.row() for card in self.cards if card is not gone))
        self.cards[-1].fields["amount"].focus()
        self.edited.emit()

    def _show_shape(self) -> None:
        """Show what belongs to phases, or to a list of days, and to the anchor."""
        is_list = text_of(self._fixed["shape"]) == "days"
        is_open = self._fixed["amounts_open"]
        self._phases.setVisible(not is_list)
        self.add_phase.setVisible(not is_list)
        self._fixed["review_after"].setVisible(not is_list)
        self._days.setVisible(is_list)
        self._fixed["window_to"].setVisible(text_of(self._fixed["anchor"]) == "transplant")
        self._fixed["amounts"].setEnabled(not (isinstance(is_open, TickField) and is_open.value()))

    def _lay_out(self) -> None:
        _ = self.wording.gettext
        one = self._fixed
        column = self.column
        grid(column, ((one["title_en"], one["title_zh"]), (self.in_place,), (one["anchor"], one["shape"])))
        self._phase_column.setContentsMargins(0, 0, 0, 0)
        several = _(
            "Several numbers in one field, such as 15, 20, 21, leave the choice to the prescriber; the first is the "
            "usual one."
        )
        self._phase_column.addWidget(PlainLabel(several, "hint", wrap=True))
        column.addWidget(self._phases)
        column.addWidget(self.add_phase)
        inside = QVBoxLayout(self._days)
        inside.setContentsMargins(0, 0, 0, 0)
        grid(inside, ((one["days"],), (one["amounts"], one["optional_days"]), (one["amounts_open"],)))
        column.addWidget(self._days)
        grid(column, ((one["max_mg_per_kg"], one["review_after"]), (one["window_to"],)))
        column.addWidget(section_label(_("For what, and with what")))
        grid(column, ((one["indication"], one["standing"]), (one["weight_policy"], one["immunoglobulin"])))
        column.addWidget(one["needs_antiviral"])
        column.addWidget(section_label(_("Why, and on whose word")))
        grid(column, ((one["note_en"],), (one["note_zh"],), (one["sources"],)))
        column.addStretch()
