"""One phase of a regimen as fields: the usual ones in sight, the rare ones behind a button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.library.own import PhaseRow
from ivigdesk.messages import N_
from ivigdesk.ui import theme
from ivigdesk.ui.library.editor.form_fields import grid, put, text_of
from ivigdesk.ui.widgets import ChoiceField, Field, LineField, PlainLabel, TickField, quiet_button
from ivigdesk.wording import Wording

_UNITS = {
    "mg/kg": N_("mg/kg each dose"),
    "mL/kg": N_("mL/kg each dose"),
    "divided": N_("mg/kg in all, divided"),
}
_ENDS = {
    "doses": N_("after a number of doses"),
    "for_days": N_("after a number of days"),
    "last_day": N_("on a last day"),
    "open": N_("open: until it is reviewed"),
}
_NUMBERS = {"doses": N_("Number of doses"), "for_days": N_("Number of days"), "last_day": N_("Last day")}
_NAMES = ("name_en", "name_zh")
_RARE = ("least", "most", "also_after", "tolerance", *_NAMES)


class PhaseCard(QFrame):
    """The fields of one phase.

    Signals:
        removed(): the phase is not wanted.
    """

    removed = Signal()

    def __init__(self, index: int, row: PhaseRow, wording: Wording, *, is_only: bool) -> None:
        super().__init__()
        _ = wording.gettext
        self._wording = wording
        theme.set_look(self, "card")
        self._path = f"phases[{index}]"
        self._title = PlainLabel(_("Phase {n}").format(n=index + 1), "strong")
        self.remove = quiet_button(_("Remove"), name=_("Remove phase {n}").format(n=index + 1))
        if is_only:
            self.remove.hide()
        self.more = TickField(f"{self._path}.more", "", _("More: range, extra days, name"))
        self.fields: dict[str, Field] = self._make_fields()
        self._rare = QWidget()
        self._lay_out()
        for name, field in self.fields.items():
            put(field, getattr(row, name))
        has_rare = any(getattr(row, name) for name in _RARE if name not in _NAMES)
        self.more.set_value(has_rare)
        self._show_rare()
        self._show_end()
        self.more.edited.connect(self._show_rare)
        self.fields["ends"].edited.connect(self._show_end)
        self.remove.clicked.connect(self.removed)

    def row(self) -> PhaseRow:
        """Return what is typed; a number that the chosen end does not need counts as empty."""
        typed = {name: text_of(field) for name, field in self.fields.items()}
        if typed["ends"] == "open":
            typed["number"] = ""
        return PhaseRow(**typed)

    def reveal(self, field: Field) -> None:
        """Open the rare fields when `field` is one of them."""
        if any(self.fields[name] is field for name in _RARE) and not self.more.value():
            self.more.set_value(True)
            self._show_rare()

    def _make_fields(self) -> dict[str, Field]:
        _ = self._wording.gettext
        units = [(key, _(word)) for key, word in _UNITS.items()]
        ends = [(key, _(word)) for key, word in _ENDS.items()]
        return {
            "amount": LineField(self._name("amount"), _("Amount"), required=True),
            "unit": ChoiceField(self._name("unit"), _("Unit"), units),
            "first_day": LineField(self._name("first_day"), _("First day"), required=True),
            "every_days": LineField(self._name("every_days"), _("Every … days"), required=True),
            "ends": ChoiceField(self._name("ends"), _("Ends"), ends),
            "number": LineField(self._name("number"), _("Number of doses"), required=True),
            "least": LineField(self._name("least"), _("Prescriber may pick from"), unit="mg/kg"),
            "most": LineField(self._name("most"), _("up to"), unit="mg/kg"),
            "also_after": LineField(
                self._name("also_after"), _("Also after … days"), hint=_("3 with every 7 days: twice weekly")
            ),
            "tolerance": LineField(self._name("tolerance"), _("May move by … days")),
            "name_en": LineField(self._name("name_en"), _("Name of the phase"), hint=_("empty: the interval says it")),
            "name_zh": LineField(self._name("name_zh"), _("Chinese name")),
        }

    def _name(self, part: str) -> str:
        return f"{self._path}.{part}"

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_12, theme.SPACE_8, theme.SPACE_12, theme.SPACE_8)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(head)
        one = self.fields
        grid(
            column, ((one["amount"], one["unit"]), (one["first_day"], one["every_days"]), (one["ends"], one["number"]))
        )
        column.addWidget(self.more)
        inside = QVBoxLayout(self._rare)
        inside.setContentsMargins(0, 0, 0, 0)
        rare = [one[name] for name in _RARE]
        grid(inside, (rare[0:2], rare[2:4], rare[4:6]))
        column.addWidget(self._rare)

    def _show_rare(self) -> None:
        self._rare.setVisible(self.more.value())

    def _show_end(self) -> None:
        ends = text_of(self.fields["ends"])
        number = self.fields["number"]
        number.setVisible(ends != "open")
        label = self._wording.gettext(_NUMBERS.get(ends, _NUMBERS["doses"]))
        number.label.setText(f"{label}\u00a0*")
        number.control.setAccessibleName(label)
