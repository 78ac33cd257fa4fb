"""The page of the ward's side effects: the list, the counts, and the recall of a lot."""

from __future__ import annotations

from typing import Literal

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.export_side_effects import titles_of
from ivigdesk.actions.ward.recall import RecallRow, RecallToCome
from ivigdesk.actions.ward.side_effects import (
    SideEffectList,
    SideEffectRow,
    besides_words,
    choices,
    count_words,
    side_effect_list,
)
from ivigdesk.errors import UserMistake
from ivigdesk.ui import theme
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import InfusionPlace, Place, PrintReactionPlace, PrintRecallPlace, SideEffectsPlace
from ivigdesk.ui.side_effects.columns import effect_columns
from ivigdesk.ui.side_effects.counts_part import CountsPart
from ivigdesk.ui.side_effects.filter_bar import FilterBar
from ivigdesk.ui.side_effects.recall_part import RecallPart
from ivigdesk.ui.widgets import EmptyState, PlainLabel, RecordTable, press_with, secondary_button, title
from ivigdesk.wording import Wording

Tab = Literal["effects", "counts", "recall"]
TABS: tuple[Tab, ...] = ("effects", "counts", "recall")


class SideEffectsPage(Page):
    """Three tabs; the first two are narrowed by the same filters and say their denominator above.

    Attributes:
        tabs: which is in view; Alt+1 to Alt+3.
        filters: of the list and the counts.
        summary: how many, among how many infusions.
        table: the side effects.
        counts: per term and month.
        recall: of a lot.
    """

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        self._titles: dict[str, str] = {}
        self._place = SideEffectsPlace()
        self.shown: SideEffectList | None = None
        self.tabs = QTabBar()
        self.filters = FilterBar(wording, lambda: self.today)
        self.summary = PlainLabel("", "heading", wrap=True)
        self.table = RecordTable(
            effect_columns(self._titles, wording), _("Side effects"), row_height=theme.TABLE_ROW_TWO_LINES
        )
        self.counts = CountsPart(wording)
        self.recall = RecallPart(desk, wording)
        self.report = secondary_button(_("Reaction report…"), picture="print")
        self.export = secondary_button(_("Table for a spreadsheet…"), picture="upload")
        self._empty = EmptyState("side-effects", "", "")
        self._parts: tuple[QWidget, ...] = (self._empty, self.table, self.counts, self.recall)
        self._arrange()
        self._connect()

    def show_place(self, place: Place) -> None:
        self.show_banner(None)
        self.filters.offer(*choices(self.desk))
        lot = self.recall.found.lot if self.recall.found is not None else ""
        if isinstance(place, SideEffectsPlace) and place != self._place:
            self._place = place
            lot = place.lot or lot
            if place.tab:
                self.open_tab(place.tab)
        if lot:
            self.recall.look_for(lot)
        self.read()

    def first_control(self) -> QWidget | None:
        if self.tab == "recall":
            found = self.recall.found
            return self.recall.given if found is not None and found.rows else self.recall.lot
        return self._first_list()

    def open_first(self) -> None:
        self._open(self.table.current())

    def help_text(self) -> str:
        return self.wording.gettext(
            "Side effects of the whole ward, always among how many infusions; nothing entered in error counts. Alt+1 "
            "shows the list, Alt+2 the counts, Alt+3 the recall of a lot. Enter opens the record of the infusion, "
            "where a side effect is corrected. Ctrl+P prints: a reaction report, or the recall. Ctrl+S writes the "
            "list as a table."
        )

    @property
    def tab(self) -> Tab:
        """Which part is in view."""
        return TABS[self.tabs.currentIndex()]

    def open_tab(self, tab: Tab) -> None:
        """Show this part."""
        self.tabs.setCurrentIndex(TABS.index(tab))

    def read(self) -> None:
        """Read the list anew, as the filters stand; a filter that cannot be read says so and leaves the list."""
        try:
            found = side_effect_list(self.desk, self.filters.query())
        except UserMistake as mistake:
            self.filters.show_mistake(mistake)
            return
        self.filters.show_mistake(None)
        self.shown = found
        self._titles.update(titles_of(self.desk, found.rows, self.wording))
        self.summary.setText(
            " · ".join(filter(None, (count_words(found, self.wording), besides_words(found, self.wording))))
        )
        self.filters.clear.setVisible(not self.filters.is_empty())
        self.table.show_rows(found.rows)
        self.counts.show_list(found)
        self._show_tab()

    def _show_tab(self, _index: int = 0) -> None:
        _ = self.wording.gettext
        is_recall = self.tab == "recall"
        has_rows = self.shown is not None and bool(self.shown.rows)
        for widget in (self.filters, self.summary, self.report, self.export):
            widget.setVisible(not is_recall)
        self.report.setVisible(self.tab == "effects")
        self.report.setEnabled(has_rows)
        self.export.setEnabled(has_rows)
        if is_recall:
            self._show_part(self.recall)
        elif not has_rows and (self.shown is None or not self.shown.infusions or self.tab == "effects"):
            self._empty.show_words(
                _("No side effect"),
                _("Side effects are recorded at the bedside. Those that the filters let through stand here."),
            )
            self._show_part(self._empty)
        else:
            self._show_part(self.counts if self.tab == "counts" else self.table)

    def _show_part(self, part: QWidget) -> None:
        # Not a stack: it would ask for the height of the tallest part, and the window would scroll for nothing.
        for one in self._parts:
            one.setVisible(one is part)

    def _first_list(self) -> QWidget:
        if not self.table.isHidden():
            return self.table
        return self.filters.patient if self.counts.isHidden() else self.counts.terms

    def _step_to(self, tab: Tab) -> None:
        self.open_tab(tab)
        first = self.first_control()
        if first is not None:
            first.setFocus()

    def _open(self, row: object) -> None:
        if isinstance(row, SideEffectRow):
            self.place_requested.emit(InfusionPlace(row.course_id, row.effect.dose_id))
        elif isinstance(row, (RecallRow, RecallToCome)):
            self.place_requested.emit(InfusionPlace(row.course_id, row.dose_id))

    def _print_report(self) -> None:
        row = self.table.current()
        if isinstance(row, SideEffectRow):
            self.place_requested.emit(PrintReactionPlace(row.effect.id))

    def _print_recall(self, lot: object) -> None:
        self.place_requested.emit(PrintRecallPlace(str(lot)))

    def _export(self) -> None:
        from ivigdesk.ui.side_effects.file_dialog import TableFileDialog  # late: few visits end in a file

        said = TableFileDialog.ask(self.desk, self.filters.query(), self.wording, self)
        if said:
            self.say_saved(said)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.filters.changed.connect(self.read)
        self.table.opened.connect(self._open)
        self.recall.opened.connect(self._open)
        self.recall.print_requested.connect(self._print_recall)
        self.report.clicked.connect(self._print_report)
        self.export.clicked.connect(self._export)
        press_with(self.report, "Ctrl+P")
        press_with(self.recall.print, "Ctrl+P")
        press_with(self.export, "Ctrl+S")
        for number, act in enumerate((self._to_list, self._to_counts, self._to_recall), 1):
            QShortcut(QKeySequence(f"Alt+{number}"), self).activated.connect(act)

    def _to_list(self) -> None:
        self._step_to("effects")

    def _to_counts(self) -> None:
        self._step_to("counts")

    def _to_recall(self) -> None:
        self._step_to("recall")

    def _arrange(self) -> None:
        _ = self.wording.gettext
        self.tabs.setAccessibleName(_("Parts of the side effects"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for text in (_("List"), _("Counts"), _("Recall of a lot")):
            self.tabs.addTab(text)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_12)
        head.addWidget(title(_("Side effects")))
        head.addStretch()
        head.addWidget(self.report)
        head.addWidget(self.export)
        self.body.addLayout(head)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.summary)
        for part in self._parts:
            part.hide()
            self.body.addWidget(part, 1)
