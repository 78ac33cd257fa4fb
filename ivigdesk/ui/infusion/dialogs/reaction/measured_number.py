"""The number that grades a side effect by itself: a temperature, a pressure, a creatinine, a count."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.actions.infusions.grade_by_number import GradedNumber
from ivigdesk.clinical.infusions.side_effects import Scale
from ivigdesk.errors import UserMistake
from ivigdesk.ui.course.layout import bare, pair
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.wording import Wording

GradeIt = Callable[[str, str, str, str], GradedNumber]
"""Grades a number: value, unit, upper limit and lower limit as typed."""

_LIMITS = ("upper_limit", "lower_limit")


class MeasuredNumber(QWidget):
    """A number as it was measured, with what it was compared with. A limit of normal is asked for once it is needed.

    Signals:
        graded(int): the number has this grade of the term.
    """

    graded = Signal(object)

    def __init__(
        self, scales: Sequence[Scale], grade_it: GradeIt, wording: Wording, parent: QWidget | None = None
    ) -> None:
        """Make a field for the scales of one term: one scale, or the two blood pressures."""
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self._grade_it = grade_it
        self._is_pressure = len(scales) > 1
        self.found: GradedNumber | None = None
        name = _("Blood pressure") if self._is_pressure else wording.text(scales[0].name)
        self._name = name
        self._unit = scales[0].unit
        hint = _("grades itself; another unit may be typed after the number")
        self.value = LineField("value", name, unit=self._unit, hint=hint, example="150/95" if self._is_pressure else "")
        self._hint = hint
        self.limits = {
            "upper_limit": LineField("upper_limit", _("Upper limit of normal"), hint=_("of your laboratory")),
            "lower_limit": LineField("lower_limit", _("Lower limit of normal"), hint=_("of your laboratory")),
        }
        column = bare(QVBoxLayout(self))
        column.addWidget(self.value)
        column.addLayout(pair(*self.limits.values()))
        for field in self.limits.values():
            field.hide()
        for field in (self.value, *self.limits.values()):
            field.edited.connect(lambda: self._grade(is_typing=True))
            field.left.connect(lambda: self._grade(is_typing=False))

    def has_typed(self) -> bool:
        """Whether a number was typed."""
        return bool(self.value.text().strip())

    def words(self) -> str:
        """Return the number as it is written into the record: `Temperature 39.2 °C`; empty for none that was read."""
        if self.found is None:
            return ""
        typed = self.value.text().strip()
        number, unit = _parted(typed)
        return f"{self._name} {number}\u00a0{unit or self._unit}"

    def say_mismatch(self, grade: int) -> None:
        """Say that somebody chose another grade than the number has."""
        found = self.found
        if found is None or found.grade is None or not found.fits or found.grade == grade:
            return
        text = self._wording.gettext("The number is grade {number}; grade {grade} is chosen.")
        self.value.show_hint(text.format(number=found.grade, grade=grade), caution=True)

    def _grade(self, *, is_typing: bool) -> None:
        if not self.has_typed():
            self.found = None
            self.value.show_hint(self._hint)
            return
        before = self.found
        try:
            number, unit = _parted(self.value.text())
            upper, lower = (self.limits[name].text() for name in _LIMITS)
            self.found = self._grade_it(number, unit, upper, lower)
        except UserMistake as mistake:
            self.found = None
            self._show_mistake(mistake, is_typing=is_typing)
            return
        if is_typing or before is None:
            self._show_found(self.found)

    def _show_found(self, found: GradedNumber) -> None:
        _, words = self._wording.gettext, self._wording
        against = (
            _("Before: {value}.").format(value=words.amount(found.before, found.unit))
            if found.before is not None
            else ""
        )
        if found.grade is None:
            said = _("No grade by this number alone: choose the line that fits.")
        elif not found.fits:
            said = _("Grade {grade} by the number, which this side effect does not have: choose the line that fits.")
        else:
            said = _("Grade {grade}: {name} {value}.")
        said = said.format(grade=found.grade, name=words.text(found.name), value=words.amount(found.value, found.unit))
        self.value.show_hint(f"{said} {against}".strip(), caution=found.grade is None or not found.fits)
        if found.grade is not None and found.fits:
            self.graded.emit(found.grade)

    def _show_mistake(self, mistake: UserMistake, *, is_typing: bool) -> None:
        sentence = self._wording.say_error(mistake)
        if mistake.field in _LIMITS:
            limit = self.limits[mistake.field]
            limit.show()
            self.value.show_hint(self._hint)
            if limit.text().strip() and not is_typing:
                limit.show_error(sentence)
            else:
                # The limit is read in the unit of the number: another one would be off by a factor.
                unit = _parted(self.value.text())[1] or self._unit
                limit.show_hint(
                    self._wording.gettext("needed for the grade, in {unit}").format(unit=unit), caution=True
                )
        elif is_typing:
            self.value.show_hint(self._hint)  # half a number is no mistake yet
        else:
            self.value.show_error(sentence)


def _parted(text: str) -> tuple[str, str]:
    """Return number and unit of what was typed as `1.8 mg/dL`."""
    number, _space, unit = text.strip().partition(" ")
    return number, unit.strip()
