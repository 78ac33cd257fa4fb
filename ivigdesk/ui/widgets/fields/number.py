"""A field for a number: a line, a unit and the one strict reader; never a spin box."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk.errors import UserMistake
from ivigdesk.messages import Message
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.units import plain, read_number
from ivigdesk.wording import Wording


class NumberField(LineField):
    """A number between two limits.

    SAFETY: `1.5` and `1,5` are both one and a half; `1,500`, `.5` and `1e3` are refused. A spin box would turn
    `1,5` into 15 in some languages.
    """

    def __init__(
        self,
        name: str,
        label: Message,
        wording: Wording,
        *,
        unit: str,
        least: Decimal,
        most: Decimal,
        hint: str = "",
        required: bool = False,
    ) -> None:
        """Make a field that takes numbers from `least` to `most`, both allowed, in `unit`."""
        super().__init__(name, wording.say(label), unit=unit, hint=hint, required=required)
        self._label = label
        self._wording = wording
        self._unit = unit
        self._least = least
        self._most = most
        self.left.connect(self._check)

    def value(self) -> Decimal | None:
        """Return the number; None when the field is empty and need not be filled.

        Raises:
            UserMistake: what was typed is no plain number, or out of range, or missing.
        """
        if not self.text().strip() and not self.required:
            return None
        return read_number(
            self.text(), field=self.name, name=self._label, least=self._least, most=self._most, unit=self._unit
        )

    def set_value(self, number: Decimal | int | None) -> None:
        """Show `number` without trailing zeros; None empties the field."""
        self.set_text("" if number is None else plain(number))

    def _check(self) -> None:
        if not self.text().strip():
            return
        try:
            self.value()
        except UserMistake as mistake:
            self.show_error(self._wording.say_error(mistake))
