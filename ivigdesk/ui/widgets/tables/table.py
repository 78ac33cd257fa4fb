"""Tables over tuples of records, chosen by row, used by keyboard, painted by one delegate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ivigdesk.ui import theme
from ivigdesk.ui.widgets.tables.cells import CellDelegate
from ivigdesk.ui.widgets.tables.columns import Column
from ivigdesk.ui.widgets.tables.model import Index, RecordModel, RecordProxy


class RecordTable(QTableView):
    """A table of records. Rows are chosen whole; Enter or a double click opens one.

    Signals:
        opened(record): Enter or a double click on it, or a click on its button.
        chosen(record | None): the current row changed.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(
        self,
        columns: tuple[Column[Any], ...],
        name: str,
        *,
        row_height: int = theme.TABLE_ROW,
        sortable: bool = True,
        section: Callable[[Any], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make a table with `columns`.

        Args:
            columns: from left to right.
            name: what screen readers call it.
            row_height: pixels of a record's row.
            sortable: True lets a click on a head sort.
            section: returns the heading for a row that is no record but a heading over those below it, else "".
        """
        super().__init__(parent)
        self.records: RecordModel[Any] = RecordModel(columns, section, self)
        self.proxy = RecordProxy(self)
        self.proxy.setSourceModel(self.records)
        self.setModel(self.proxy)
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self, columns))
        self._dress(row_height, sortable)
        self._set_widths(columns)
        self.doubleClicked.connect(self._open_index)
        self.clicked.connect(self._press_button)
        self.selectionModel().currentRowChanged.connect(self._note_current)

    def show_rows(self, rows: tuple[Any, ...]) -> None:
        """Show other records; the row that was current stays current when it is still there."""
        before = self.current()
        self.records.show_rows(rows)
        self._span_sections()
        if before in rows:
            self.choose(before)
        else:
            self.choose_first()
        self._note_current()

    def choose_first(self) -> None:
        """Make the first record that is shown the current row."""
        for row in range(self.proxy.rowCount()):
            index = self.proxy.index(row, 0)
            if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentIndex(index)
                return

    def show_only(self, text: str) -> None:
        """Keep the rows that hold every word of `text`."""
        self.proxy.show_only(text)

    def choose(self, record: object) -> None:
        """Make `record` the current row, when it is shown."""
        for source_row, row in enumerate(self.records.rows):
            if row == record:
                index = self.proxy.mapFromSource(self.records.index(source_row, 0))
                if index.isValid():
                    self.setCurrentIndex(index)
                    self.scrollTo(index)
                return

    def current(self) -> Any:
        """Return the current record, or None."""
        return self._record(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open_index(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _dress(self, row_height: int, sortable: bool) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setAccessibleName(self.accessibleName())
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionsClickable(sortable)
        if sortable:
            self.setSortingEnabled(True)
            head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _span_sections(self) -> None:
        """Let headings take the whole width and less height; a row that was a heading before gets its height back."""
        self.clearSpans()
        usual = self.verticalHeader().defaultSectionSize()
        for row in range(len(self.records.rows)):
            is_heading = bool(self.records.section(row))
            if is_heading:
                self.setSpan(row, 0, 1, len(self.records.columns))
            height = theme.SPACE_32 if is_heading else usual
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)

    def _set_widths(self, columns: tuple[Column[Any], ...]) -> None:
        head = self.horizontalHeader()
        for number, column in enumerate(columns):
            if column.stretch:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
            elif column.width:
                head.resizeSection(number, column.width)
            else:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.ResizeToContents)

    def _record(self, index: Index) -> Any:
        if not index.isValid():
            return None
        return self.records.rows[self.proxy.mapToSource(index).row()]

    def _open_index(self, index: QModelIndex) -> None:
        record = self._record(index)
        if record is not None and not self.records.section(self.proxy.mapToSource(index).row()):
            self.opened.emit(record)

    def _press_button(self, index: QModelIndex) -> None:
        if self.records.columns[index.column()].button and index.data():
            self._open_index(index)

    def _note_current(self) -> None:
        self.chosen.emit(self.current())
