"""The fields of one laboratory value: number, unit, day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from ivigdesk.actions.patients.record_lab_value import LabForm
from ivigdesk.clinical import library
from ivigdesk.clinical.laboratory.values import LabTest, LabValue
from ivigdesk.messages import N_, message
from ivigdesk.sheets.lab_words import unit_words
from ivigdesk.ui.widgets import ChoiceField, DateField, Field, LineField
from ivigdesk.wording import Wording


class LabFields:
    """Value, unit and date of the sample, for the test that is chosen; unread: the action reads them.

    Attributes:
        value, unit, taken_on: the fields.
    """

    def __init__(self, wording: Wording, today: Callable[[], date]) -> None:
        _ = wording.gettext
        self._wording = wording
        self.value = LineField("value", _("Value"), required=True)
        self.unit = ChoiceField("unit", _("Unit"))
        self.taken_on = DateField("taken_on", message(N_("Date of the sample")), wording, today, required=True)

    @property
    def all(self) -> tuple[Field, ...]:
        """The fields, in reading order."""
        return (self.value, self.unit, self.taken_on)

    def show_test(self, test: LabTest) -> None:
        """Offer the units of `test`, its own one chosen."""
        rule = library.lab_rules().test(test)
        self.unit.set_choices([(unit, unit_words(unit)) for unit in rule.units])
        self.unit.set_value(rule.unit)
        below = self._wording.gettext("Below the limit of detection: write < and then the limit")
        self.value.show_hint(below if rule.may_be_below else "")

    def show_value(self, value: LabValue) -> None:
        """Show a value as it was typed."""
        self.show_test(value.test)
        self.value.set_text(value.entered_value)
        self.unit.set_value(value.entered_unit)
        self.taken_on.set_value(value.taken_on)

    def fill(self, form: LabForm) -> LabForm:
        """Return `form` with what stands in the fields."""
        return msgspec.structs.replace(
            form, value=self.value.text(), unit=str(self.unit.value() or ""), taken_on=self.taken_on.text()
        )
