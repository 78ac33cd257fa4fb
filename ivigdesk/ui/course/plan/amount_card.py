"""The amount of each dose, the largest thing on the planning page, with the arithmetic behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.courses.planning import CoursePlan, PlannedInfusion
from ivigdesk.ui import theme
from ivigdesk.ui.course.words import arithmetic
from ivigdesk.ui.dose_words import dose_grams, dose_made_of, made_of
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

_MOST_GROUPS = 3


@dataclass(frozen=True, slots=True)
class _Group:
    """Doses that are alike: their numbers, and one of them."""

    numbers: tuple[int, ...]
    example: PlannedInfusion


class AmountCard(QFrame):
    """`12.5 g = 250 mL = 5 × 2.5 g`, once for each amount of the course.

    Signals:
        why_requested(): the nurse wants to see how the numbers came about.
    """

    why_requested = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        theme.set_look(self, "amount-card")
        self.why = Button(wording.gettext("Why? F1"), "quiet", name=wording.gettext("Why this amount?"))
        self.head = PlainLabel("", "label")
        self.amount = PlainLabel("", "amount")
        self.made_of = PlainLabel("", wrap=True)
        self.sum = PlainLabel("", "small", wrap=True)
        self.others = PlainLabel("", "strong", wrap=True)
        self._lay_out()
        self.why.clicked.connect(self.why_requested)
        self.show_plan(None)

    def show_plan(self, plan: CoursePlan | None) -> None:
        """Show the amounts of `plan`; None empties the card."""
        self.why.setEnabled(plan is not None and bool(plan.infusions))
        if plan is None or not plan.infusions:
            self.head.setText(self._wording.gettext("Each dose"))
            self.amount.setText("–")
            for label in (self.made_of, self.sum, self.others):
                label.setText("")
            self.others.hide()
            return
        groups = _groups(plan.infusions)
        first = groups[0]
        amount = first.example.amount
        self.head.setText(self._numbers(first) if len(groups) > 1 else self._wording.gettext("Each dose"))
        self.amount.setText(dose_grams(self._wording, amount.dose_mg))
        self.made_of.setText(f"= {made_of(self._wording, amount.volume_ml, amount.vials)}")
        self.sum.setText(self._sum(plan, first))
        self.others.setText("\n".join(self._line(group) for group in groups[1:_MOST_GROUPS]))
        if len(groups) > _MOST_GROUPS:
            self.others.setText(f"{self.others.text()}\n…")
        self.others.setVisible(len(groups) > 1)
        self.setAccessibleName(f"{self.head.text()}: {self.amount.text()} {self.made_of.text()}")

    def _sum(self, plan: CoursePlan, group: _Group) -> str:
        amount = group.example.amount
        return arithmetic(
            self._wording,
            group.example.mg_per_kg,
            plan.dosing_weight.kg,
            amount.exact_mg,
            amount.deviation_percent,
        )

    def _line(self, group: _Group) -> str:
        amount = group.example.amount
        said = dose_made_of(self._wording, amount.dose_mg, amount.volume_ml, amount.vials)
        return f"{self._numbers(group)}: {said}"

    def _numbers(self, group: _Group) -> str:
        _ = self._wording.gettext
        first, last = group.numbers[0], group.numbers[-1]
        if first == last:
            return _("Dose {number}").format(number=first)
        if last - first + 1 == len(group.numbers):
            return _("Doses {first} to {last}").format(first=first, last=last)
        return _("Doses {numbers}").format(numbers=_(", ").join(str(number) for number in group.numbers))

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(theme.SPACE_8)
        figures.addWidget(self.amount, 0, Qt.AlignmentFlag.AlignTop)
        figures.addWidget(self.made_of, 1, Qt.AlignmentFlag.AlignVCenter)
        figures.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_16, theme.SPACE_8, theme.SPACE_8, theme.SPACE_12)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(figures)
        column.addWidget(self.sum)
        column.addWidget(self.others)


def _groups(infusions: Sequence[PlannedInfusion]) -> list[_Group]:
    found: dict[tuple[object, ...], list[PlannedInfusion]] = {}
    for infusion in infusions:
        key = (infusion.mg_per_kg, infusion.amount.dose_mg, infusion.amount.discard_mg, infusion.amount.vials)
        found.setdefault(key, []).append(infusion)
    return [_Group(tuple(one.calendar.number for one in alike), alike[0]) for alike in found.values()]
