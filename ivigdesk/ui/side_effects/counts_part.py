"""How often, and how grave: per term and per month, as tables and as plots."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.ward.side_effects import GRADES, MonthCount, SideEffectList, TermCount, infusion_words
from ivigdesk.ui import theme
from ivigdesk.ui.side_effects.plots import MonthPlot, TermPlot
from ivigdesk.ui.side_effects.words import NOTHING, month_words
from ivigdesk.ui.widgets import Card, Column, RecordTable, scrolling
from ivigdesk.wording import Wording


class CountsPart(QWidget):
    """Tables of terms and months, each with its plot beside it.

    Attributes:
        terms, months: the tables.
    """

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self._infusions = 0
        self.terms = RecordTable(self._term_columns(), _("By side effect"))
        self.months = RecordTable(self._month_columns(), _("By month"))
        self.term_plot = TermPlot(wording)
        self.month_plot = MonthPlot(wording)
        self._arrange()

    def show_list(self, found: SideEffectList) -> None:
        """Show the counts of a list."""
        self._infusions = found.infusions
        self.terms.show_rows(found.by_term)
        self.months.show_rows(tuple(reversed(found.by_month)))
        self.term_plot.show_terms(found.by_term)
        self.month_plot.show_months(found.by_month)

    def _term_columns(self) -> tuple[Column[TermCount], ...]:
        _ = self._wording.gettext
        words = self._wording

        def grade(number: int) -> Column[TermCount]:
            return Column(
                _("Gr. {n}").format(n=number),
                lambda one: str(one.grades[number - 1] or NOTHING),
                sort_key=lambda one: one.grades[number - 1],
                right=True,
                width=52,
            )

        return (
            Column(_("Side effect"), lambda one: words.text(one.term), strong=True, stretch=True),
            Column(_("Count"), lambda one: str(one.count), sort_key=lambda one: one.count, right=True, width=64),
            *(grade(number) for number in GRADES),
            Column(_("Infusions"), self._among, sort_key=lambda one: one.infusions, small=True, width=180),
        )

    def _month_columns(self) -> tuple[Column[MonthCount], ...]:
        _ = self._wording.gettext
        words = self._wording
        return (
            Column(
                _("Month"),
                lambda one: month_words(one.month, words),
                sort_key=lambda one: one.month,
                strong=True,
                stretch=True,
            ),
            Column(_("Count"), lambda one: str(one.count), sort_key=lambda one: one.count, right=True, width=70),
            Column(
                _("Infusions"),
                lambda one: infusion_words(one.with_effect, one.infusions, words),
                sort_key=lambda one: one.infusions,
                width=250,
            ),
        )

    def _among(self, one: TermCount) -> str:
        return infusion_words(one.infusions, self._infusions, self._wording)

    def _arrange(self) -> None:
        _ = self._wording.gettext
        plots = QWidget()
        column = QVBoxLayout(plots)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_12)
        for text, plot in ((_("By side effect"), self.term_plot), (_("By month"), self.month_plot)):
            card = Card(text)
            card.body.addWidget(plot)
            column.addWidget(card)
        column.addStretch()
        tables = QVBoxLayout()
        tables.setSpacing(theme.SPACE_12)
        tables.addWidget(self.terms, 3)
        tables.addWidget(self.months, 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_16)
        row.addLayout(tables, 3)
        row.addWidget(scrolling(plots), 2)
