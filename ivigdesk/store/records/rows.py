"""A record as a row of its table, and back: one column per value, the wall time with its offset beside it."""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from ivigdesk.messages import Record
from ivigdesk.store.records import codec

R = TypeVar("R", bound=Record)
Row = dict[str, Any]

_PLAIN = (str, int)


class Table(Generic[R]):
    """How one kind of record lies in its table.

    A date is ISO text. A moment is two columns, UTC text and the offset in minutes, so that it sorts by instant
    and comes back as the wall time that the nurse saw. An exact number is text. What is never asked for by its
    parts (a copy of a regimen, a rate card, findings) is canonical JSON text.

    Attributes:
        record: the record's class.
        name: the table's name.
        left_out: fields that lie in other tables.
    """

    def __init__(self, record: type[R], name: str, left_out: Collection[str] = ()) -> None:
        self.record = record
        self.name = name
        self.left_out = tuple(left_out)

    @functools.cached_property
    def kinds(self) -> dict[str, Any]:
        """Type of each field that is a column here, without `| None`."""
        hints = typing.get_type_hints(self.record)
        return {name: _without_none(hints[name]) for name in self.record.__struct_fields__ if name not in self.left_out}

    @functools.cached_property
    def _moments(self) -> tuple[tuple[str, str, str], ...]:
        """Fields that are moments, each with its two columns."""
        names = (name for name, kind in self.kinds.items() if kind is datetime)
        return tuple((name, f"{name}_utc", f"{name}_offset_minutes") for name in names)

    @functools.cached_property
    def _readers(self) -> tuple[tuple[str, Callable[[Any], object] | None], ...]:
        """How each other field is read; None where it is stored as it is. Every row of a ward comes this way."""
        return tuple((name, _reader(kind)) for name, kind in self.kinds.items() if kind is not datetime)

    @functools.cached_property
    def columns(self) -> tuple[str, ...]:
        """The table's columns that come from the record, in order."""
        names: list[str] = []
        for name, kind in self.kinds.items():
            names += [f"{name}_utc", f"{name}_offset_minutes"] if kind is datetime else [name]
        return tuple(names)

    def to_row(self, record: R) -> Row:
        """Return the record's values by column."""
        row: Row = {}
        for name, kind in self.kinds.items():
            value = getattr(record, name)
            if kind is datetime:
                row[f"{name}_utc"], row[f"{name}_offset_minutes"] = _moment_columns(value)
            elif value is None:
                row[name] = None
            elif kind is bool:
                row[name] = int(value)
            elif _is_copy(kind):
                row[name] = codec.encode(value)
            else:
                row[name] = codec.to_plain(value)
        return row

    def from_row(self, row: Mapping[str, Any], **left_out: object) -> R:
        """Return the record of a row; fields that lie elsewhere are handed in."""
        values = dict(left_out)
        for name, utc, offset in self._moments:
            values[name] = _moment(row[utc], row[offset])
        for name, read in self._readers:
            stored = row[name]
            values[name] = stored if stored is None or read is None else read(stored)
        return self.record(**values)

    def is_same(self, record: R, row: Mapping[str, Any]) -> bool:
        """Whether the row holds this record's content already."""
        stored = self.as_written_now(row)
        return all(stored[column] == value for column, value in self.to_row(record).items())

    def as_written_now(self, row: Mapping[str, Any]) -> Row:
        """Return a row as this program would write it.

        A copy of a regimen that an earlier program wrote lacks the fields that were added since; both say the same.
        """
        return dict(row) | {
            name: codec.encode(codec.decode(row[name], kind))
            for name, kind in self.kinds.items()
            if kind is not datetime and _is_copy(kind) and row[name] is not None
        }


def utc_text(at: datetime) -> str:
    """Return the instant as UTC text that sorts by time.

    Raises:
        ValueError: the time has no offset.
    """
    if at.tzinfo is None:
        raise ValueError("a wall time needs its offset")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat()


def offset_minutes(at: datetime) -> int:
    """Return the offset from UTC in minutes.

    Raises:
        ValueError: there is none, or it is not whole minutes.
    """
    offset = at.utcoffset()
    if offset is None:
        raise ValueError("a wall time needs its offset")
    minutes, rest = divmod(offset, timedelta(minutes=1))
    if rest:
        raise ValueError(f"an offset of {offset} is not whole minutes")
    return minutes


def _moment_columns(at: datetime | None) -> tuple[str | None, int | None]:
    return (None, None) if at is None else (utc_text(at), offset_minutes(at))


def _moment(utc: str | None, minutes: int | None) -> datetime | None:
    if utc is None or minutes is None:
        return None
    zone = UTC if minutes == 0 else timezone(timedelta(minutes=minutes))
    return datetime.fromisoformat(utc).replace(tzinfo=UTC).astimezone(zone)


def _reader(kind: Any) -> Callable[[Any], object] | None:
    """Return what makes a value of this type from its column; None for one that is stored as it is."""
    if kind is date:
        return date.fromisoformat
    if kind in (bool, UUID, Decimal):
        read: Callable[[Any], object] = kind
        return read
    return None if _is_plain(kind) else functools.partial(codec.decode, kind=kind)


def _is_copy(kind: Any) -> bool:
    """Whether a value of this type lies in its column as JSON."""
    return not _is_plain(kind) and kind not in (bool, date, datetime, UUID, Decimal)


def _is_plain(kind: Any) -> bool:
    return kind in _PLAIN or typing.get_origin(kind) is Literal


def _without_none(hint: Any) -> Any:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        (kind,) = (part for part in typing.get_args(hint) if part is not types.NoneType)
        return kind
    return hint
