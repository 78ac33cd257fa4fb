"""The foot of the planning page: what needs a reason, what to note, and the sums of the course."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.findings import Finding, standing_in_the_way, worst
from ivigdesk.clinical.planning import CoursePlan
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, empty
from ivigdesk.ui.course.words import by_weight
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.dialogs import AskDialog
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.notices import FindingLine
from ivigdesk.ui.widgets.states import State, StateChip
from ivigdesk.units import grams, rounded
from ivigdesk.wording import Wording

_MOST_LINES = 2


class FindingsBar(Card):
    """The gravest findings in full, the number of the others, and the sums.

    Signals:
        all_requested(): the nurse wants to read every finding.
    """

    all_requested = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(margin=theme.SPACE_12, parent=parent)
        self._wording = wording
        self.in_the_way = StateChip()
        self.notes = StateChip()
        self.sums = PlainLabel("", "small", wrap=True)
        self.all = Button(wording.gettext("Show all"), "quiet", name=wording.gettext("Show all findings"))
        self._line_area = QWidget()
        self._lines = bare(QVBoxLayout(self._line_area), theme.SPACE_4)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        for widget in (self.in_the_way, self.notes):
            row.addWidget(widget)
        row.addWidget(self.sums, 100)
        row.addStretch(1)
        row.addWidget(self.all)
        self.body.addWidget(self._line_area)
        self.body.addLayout(row)
        self.all.clicked.connect(self.all_requested)
        self.show_plan(None)

    def show_plan(self, plan: CoursePlan | None) -> None:
        """Show what the rules noticed about `plan`; None empties the bar."""
        findings = by_weight(plan.all_findings) if plan else ()
        self._show_lines(findings)
        self._show_counts(plan, findings)
        self.sums.setText(self._sums(plan) if plan else "")
        self.all.setVisible(bool(findings))

    def show_lines(self, shown: bool) -> None:
        """Show the gravest findings in full, or only their numbers where there is no height for them."""
        self._line_area.setVisible(shown)
        self.sums.setVisible(shown)

    def _show_lines(self, findings: tuple[Finding, ...]) -> None:
        empty(self._lines)
        grave = [finding for finding in findings if finding.severity != "info"]
        for finding in grave[:_MOST_LINES]:
            self._lines.addWidget(FindingLine(finding, self._wording))

    def _show_counts(self, plan: CoursePlan | None, findings: tuple[Finding, ...]) -> None:
        words = self._wording
        barred = standing_in_the_way(findings)
        self.in_the_way.show_state(None)
        self.notes.show_state(None)
        if plan is None:
            return
        if barred:
            tone: Tone = "serious" if worst(barred) == "block" else "hold"
            text = words.ngettext("{n} finding needs a reason", "{n} findings need a reason", len(barred))
            self.in_the_way.show_state(State("■", text.format(n=len(barred)), tone))
        others = len(findings) - len(barred)
        if others:
            text = words.ngettext("{n} note", "{n} notes", others).format(n=others)
            self.notes.show_state(State("", text, "plain"))

    def _sums(self, plan: CoursePlan) -> str:
        _ = self._wording.gettext
        counts: dict[int, int] = {}
        for infusion in plan.infusions:
            for vial in infusion.amount.vials:
                counts[vial.mg] = counts.get(vial.mg, 0) + vial.count
        vials = " + ".join(f"{counts[mg]}\u00a0×\u00a0{dose_grams(self._wording, mg)}" for mg in sorted(counts)[::-1])
        per_kg = rounded(Decimal(plan.total_mg) / 1000 / _decimal(plan), Decimal("0.01"))
        days = plan.infusions[-1].calendar.course_day
        return " · ".join(
            (
                _("In all {amount}").format(amount=self._wording.amount(grams(plan.total_mg), "g")),
                _("vials {vials}").format(vials=vials),
                _("{per_kg} over {days} days").format(per_kg=self._wording.amount(per_kg, "g/kg"), days=days),
            )
        )


class FindingsDialog(AskDialog):
    """Every finding of a plan in full, gravest first."""

    def __init__(self, plan: CoursePlan, wording: Wording, parent: QWidget | None = None) -> None:
        _ = wording.gettext
        super().__init__(wording, _("What the rules noticed"), _("Close"), size=QSize(760, 600), parent=parent)
        self.cancel_button.hide()
        for finding in by_weight(plan.all_findings):
            self.body.addWidget(FindingLine(finding, wording))
        self.body.addStretch()
        self.confirm_button.setFocus()


def _decimal(plan: CoursePlan) -> Decimal:
    kg = plan.dosing_weight.kg
    return Decimal(kg.numerator) / Decimal(kg.denominator)
