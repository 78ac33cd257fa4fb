"""Read-only model over a tuple of records, and the proxy that sorts and filters it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QWidget

from ivigdesk.ui.widgets.labels import tip
from ivigdesk.ui.widgets.tables.cells import CellRole
from ivigdesk.ui.widgets.tables.columns import Cell, Column, Row, cell_of

Index = QModelIndex | QPersistentModelIndex


class RecordModel(QAbstractTableModel, Generic[Row]):
    """Read-only table of a tuple of records."""

    def __init__(
        self,
        columns: tuple[Column[Row], ...],
        section: Callable[[Row], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = columns
        self._section = section
        self.rows: tuple[Row, ...] = ()
        self._cells: list[list[Cell]] = []
        self._search: list[str] = []

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show other records."""
        self.beginResetModel()
        self.rows = rows
        self._cells = [self._worked_out(row) for row in rows]
        self._search = [
            " ".join(part for cell in cells for part in (cell.text, cell.detail)).casefold() for cells in self._cells
        ]
        self.endResetModel()

    def section(self, row: int) -> str:
        """Return the heading that stands in this row instead of a record's cells; empty for a record."""
        return self._cells[row][0].section

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.section(index.row()):
            return Qt.ItemFlag.NoItemFlags  # the arrow keys step over it
        return super().flags(index)

    def _worked_out(self, row: Row) -> list[Cell]:
        heading = self._section(row) if self._section else ""
        if heading:
            return [Cell(heading, "", None, None, False, heading) for _ in self.columns]
        return [cell_of(column, row) for column in self.columns]

    def search_text(self, row: int) -> str:
        """Return everything that stands in the row, for the filter."""
        return self._search[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt asks for a default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt asks for a default
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, cell = self.columns[index.column()], self._cells[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(column, cell)
            case Qt.ItemDataRole.ToolTipRole:
                return tip("\n".join(part for part in (cell.text, cell.detail) if part))
            case CellRole.CELL:
                return cell
            case CellRole.SORT:
                row = self.rows[index.row()]
                return column.sort_key(row) if column.sort_key else cell.text
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    @staticmethod
    def _spoken(column: Column[Row], cell: Cell) -> str:
        said = ", ".join(part for part in (cell.state.word if cell.state else cell.text, cell.detail) if part)
        return f"{column.title}: {said or '–'}" if column.title else said or "–"


class RecordProxy(QSortFilterProxyModel):
    """Sorts by the columns' own keys and keeps the rows that hold every word of the filter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()

    def show_only(self, text: str) -> None:
        """Keep the rows that hold every word of `text`; an empty text keeps all."""
        self.beginFilterChange()
        self._words = tuple(text.casefold().split())
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        model = self.sourceModel()
        if not isinstance(model, RecordModel) or source_parent.isValid():
            return True
        return all(word in model.search_text(source_row) for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        model = self.sourceModel()
        return bool(model.data(left, CellRole.SORT) < model.data(right, CellRole.SORT))
