"""What the source of a regimen leaves open: a field of its own for each value, with the proposed one in it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ivigdesk.actions.courses.plan_form import Picks
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.choices import Open, OpenChoice, open_choices
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.scheduling.rule_words import interval_words
from ivigdesk.ui import theme
from ivigdesk.ui.widgets.fields.base import Field
from ivigdesk.ui.widgets.fields.text import ChoiceField, LineField
from ivigdesk.units import plain, read_number
from ivigdesk.wording import Wording

_HALF = 172  # pixels that a label may take beside another field
_EACH_ITS_OWN = ""

_LABELS: dict[Open, str] = {
    "first_day": N_("First day"),
    "last_day": N_("Last day"),
    "every_days": N_("Interval"),
    "doses": N_("Number of doses"),
    "mg_per_kg": N_("Dose per kilogram"),
}
_LABELS_IN_PHASE: dict[Open, str] = {
    "first_day": N_("{phase}: first day"),
    "last_day": N_("{phase}: last day"),
    "every_days": N_("{phase}: interval"),
    "doses": N_("{phase}: number of doses"),
    "mg_per_kg": N_("{phase}: dose per kilogram"),
}


class OpenFields(QWidget):
    """One field for each value that the regimen leaves open, beside the date of the first dose.

    Attributes:
        listed: fields with a list of values, by what they pick.
        per_kg: a dose inside the source's range, or the prescriber's where the source states none.

    Signals:
        edited(): a person changed something.
    """

    edited = Signal()

    def __init__(self, wording: Wording, beside: Field, parent: QWidget | None = None) -> None:
        """Make the fields; `beside` stands before them in the same rows."""
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self._beside = beside
        self.listed: dict[Open, ChoiceField] = {
            "first_day": ChoiceField("weekly_from", _("First day")),
            "last_day": ChoiceField("last_day", _("Last day")),
            "every_days": ChoiceField("every_days", _("Interval")),
            "doses": ChoiceField("doses", _("Number of doses")),
        }
        self.per_kg = LineField("mg_per_kg", _("Dose per kilogram"), unit="mg/kg")
        self._span: OpenChoice | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_12)
        self._grid.setVerticalSpacing(theme.SPACE_4)
        for column in range(2):
            self._grid.setColumnStretch(column, 1)
        for field in self.fields:
            field.setParent(self)  # shown before it has a place, it would be a window of its own
            field.edited.connect(self.edited)
        self.per_kg.left.connect(self._check_span)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in reading order, shown or not."""
        return (*self.listed.values(), self.per_kg)

    @property
    def shown(self) -> tuple[Field, ...]:
        """The fields that this regimen needs."""
        return tuple(field for field in self.fields if not field.isHidden())

    def show_regimen(self, regimen: Regimen) -> None:
        """Offer what this regimen leaves open, with what it proposes."""
        found = open_choices(regimen)
        for what, field in self.listed.items():
            offered = [choice for choice in found if choice.what == what]
            field.setVisible(bool(offered))
            if offered:
                self._offer(field, regimen, offered)
        self._ask_per_kg(regimen, [choice for choice in found if choice.what == "mg_per_kg"])
        self._lay_out()

    def picks(self) -> Picks:
        """Return what was picked, as typed; what is not open counts as empty."""
        return Picks(
            weekly_from=self._picked("first_day"),
            last_day=self._picked("last_day"),
            every_days=self._picked("every_days"),
            doses=self._picked("doses"),
            mg_per_kg="" if self.per_kg.isHidden() else self.per_kg.text(),
        )

    def _picked(self, what: Open) -> str:
        field = self.listed[what]
        return "" if field.isHidden() else str(field.value() or "")

    def _offer(self, field: ChoiceField, regimen: Regimen, offered: list[OpenChoice]) -> None:
        """Offer the values that every phase allows where the same is open; several phases may keep each its own."""
        _ = self._wording.gettext
        first = offered[0]
        proposed = None if any(one.default != first.default for one in offered) else first.default
        allowed = [value for value in first.allowed if all(value in one.allowed for one in offered)]
        choices = [(plain(value), self._value_words(regimen, first.what, value)) for value in allowed]
        if proposed is None:
            choices.insert(0, (_EACH_ITS_OWN, _("each phase as proposed")))
        field.set_choices(choices)
        field.set_value(_EACH_ITS_OWN if proposed is None else plain(proposed))
        self._call(field, self._label(regimen, offered))
        if proposed is None:
            field.show_hint(_("The source leaves it open."), caution=True)
            return
        hint = _("The source leaves it open; {value} is proposed.")
        field.show_hint(hint.format(value=self._value_words(regimen, first.what, proposed)), caution=True)

    def _ask_per_kg(self, regimen: Regimen, offered: list[OpenChoice]) -> None:
        _ = self._wording.gettext
        is_unstated = any(dose.mg_per_kg is None for dose in regimen.doses)
        self.per_kg.setVisible(is_unstated or bool(offered))
        self._span = offered[0] if offered else None
        if self._span is not None:
            span = self._span
            self._call(self.per_kg, self._label(regimen, offered), "mg/kg")
            self.per_kg.set_text(plain(span.default))
            hint = _("The source leaves it open: {least} to {most}; {value} is proposed.").format(
                least=self._wording.number(span.least or 0),
                most=self._wording.amount(span.most or 0, "mg/kg"),
                value=self._wording.number(span.default),
            )
            self.per_kg.show_hint(hint, caution=True)
            return
        self._call(self.per_kg, _("Dose per kilogram"), "mg/kg")
        self.per_kg.set_text("")
        self.per_kg.show_hint(_("The source leaves it open and states none: ask the prescriber."), caution=True)

    def _value_words(self, regimen: Regimen, what: Open, value: Decimal) -> str:
        _, number = self._wording.gettext, int(value)
        if what == "every_days":
            return interval_words(number, self._wording)
        if what == "doses":
            return self._wording.ngettext("{n} dose", "{n} doses", number).format(n=number)
        if regimen.anchor == "transplant":
            return self._wording.transplant_day(number)
        return _("day {n}").format(n=number)

    def _label(self, regimen: Regimen, offered: list[OpenChoice]) -> str:
        _ = self._wording.gettext
        what = offered[0].what
        if len(regimen.phases) == 1:
            return _(_LABELS[what])
        phases = _(", ").join(self._wording.text(one.phase_name) for one in offered)
        return _(_LABELS_IN_PHASE[what]).format(phase=phases)

    @staticmethod
    def _call(field: Field, label: str, unit: str = "") -> None:
        """Give a field another label, for the eye and for screen readers."""
        field.label.setText(label)
        field.control.setAccessibleName(f"{label}, {unit}" if unit else label)
        if isinstance(field, ChoiceField):
            field.box.view().setAccessibleName(label)

    def _check_span(self) -> None:
        """On leaving, say when the dose is outside the source's range: both ends are named."""
        span, text = self._span, self.per_kg.text().strip()
        if span is None or span.least is None or span.most is None or not text:
            return
        name = message(N_("Dose per kilogram"))
        try:
            read_number(text, field="mg_per_kg", name=name, least=span.least, most=span.most, unit="mg/kg")
        except UserMistake as mistake:
            self.per_kg.show_error(self._wording.say_error(mistake))

    def _lay_out(self) -> None:
        """Put what is shown into two columns; what has a long label takes a row of its own."""
        while self._grid.takeAt(0) is not None:
            pass
        row, column = 0, 0
        fields = (self._beside, *self.shown)
        for place, field in enumerate(fields):
            is_wide = field.label.fontMetrics().horizontalAdvance(field.label.text()) > _HALF
            if is_wide and column:
                row, column = row + 1, 0
            is_alone = is_wide or (column == 0 and place == len(fields) - 1)
            self._grid.addWidget(field, row, column, 1, 2 if is_alone else 1)
            column += 2 if is_alone else 1
            if column > 1:
                row, column = row + 1, 0
