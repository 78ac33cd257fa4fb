"""An ARFF table (attribute-relation file) as values: columns, rows, cells."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from ivigdesk.messages import Record

AttributeKind = Literal["numeric", "nominal", "string"]
Cell = Decimal | str | None


class ArffAttribute(Record, frozen=True):
    """One column.

    Attributes:
        name: as in the file.
        kind: numeric, nominal (one of `values`) or string.
        values: what a nominal column allows, in the file's order; empty for the others.
    """

    name: str
    kind: AttributeKind
    values: tuple[str, ...] = ()


class ArffRow(Record, frozen=True):
    """One row.

    Attributes:
        line: line of the file, from 1.
        cells: one per attribute: an exact number, a text, or None where the file has `?`.
    """

    line: int
    cells: tuple[Cell, ...]


class ArffTable(Record, frozen=True):
    """A whole file.

    Attributes:
        relation: its name.
        attributes: columns in order.
        rows: in the file's order; at least one.
    """

    relation: str
    attributes: tuple[ArffAttribute, ...]
    rows: tuple[ArffRow, ...]

    def attribute(self, name: str) -> ArffAttribute:
        """Return the column with this name.

        Raises:
            KeyError: there is no such column.
        """
        return self.attributes[self.position(name)]

    def position(self, name: str) -> int:
        """Return where the column stands, from 0.

        Raises:
            KeyError: there is no such column.
        """
        for index, attribute in enumerate(self.attributes):
            if attribute.name == name:
                return index
        raise KeyError(name)
