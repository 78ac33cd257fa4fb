"""Reads ARFF tables (attribute-relation files) strictly: a damaged file becomes one sentence with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ivigdesk.errors import KnownError
from ivigdesk.exchange.arff_table import ArffAttribute, ArffRow, ArffTable, AttributeKind, Cell
from ivigdesk.messages import N_, Message, message

MOST_BYTES = 20_000_000
"""Larger files are refused before they are read."""

_KINDS: dict[str, AttributeKind] = {
    "numeric": "numeric",
    "real": "numeric",
    "integer": "numeric",
    "string": "string",
}
_SHOWN = 40
_NUMBER = re.compile(r"[-+]?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[eE][-+]?[0-9]{1,2})?")
# One value: quoted with backslash escapes, or bare without any character that has a meaning of its own.
_VALUE = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^,'"{}%]*))\s*""")
_NAME = re.compile(r"""(?:'((?:[^'\\]|\\.)+)'|"((?:[^"\\]|\\.)+)"|([^\s,'"{}%]+))\s+(.+)""")
_ESCAPE = re.compile(r"\\(.)")


def read_arff(content: bytes, name: str = "ARFF") -> ArffTable:
    """Return the table; numbers are exactly as written.

    Args:
        content: the file as it is on disk.
        name: the file's name, for the sentence.

    Raises:
        KnownError: the file is no such table or is damaged; the sentence names the file and the line, and
            says that nothing was taken.
    """
    text = _text(content, name)
    relation: str | None = None
    attributes: dict[str, ArffAttribute] = {}
    lines = _lines(text)
    for number, line in lines:
        keyword, _, rest = line.partition(" ") if " " in line else line.partition("\t")
        match keyword.lower():
            case "@relation" if relation is None and not attributes:
                relation = _bare(rest)
            case "@attribute" if relation is not None:
                attribute = _attribute(rest.strip(), number, name)
                if attribute.name in attributes:
                    raise _refusal(
                        name,
                        number,
                        message(N_("the column “{value}” is there twice"), value=_short(attribute.name)),
                    )
                attributes[attribute.name] = attribute
            case "@data" if attributes and not rest.strip():
                columns = tuple(attributes.values())
                rows = tuple(_row(cells, columns, at, name) for at, cells in lines)
                if not rows:
                    raise KnownError(message(N_("{file} has no rows after @data. Nothing was taken."), file=name))
                return ArffTable(relation=relation or "", attributes=columns, rows=rows)
            case _:
                raise _refusal(
                    name,
                    number,
                    message(
                        N_("“{value}” is not expected here; @relation, @attribute lines and @data come in this order"),
                        value=_short(line),
                    ),
                )
    raise KnownError(
        message(N_("{file} is not a whole ARFF file: it ends before the line @data. Nothing was taken."), file=name)
    )


def _text(content: bytes, name: str) -> str:
    if len(content) > MOST_BYTES:
        raise KnownError(
            message(
                N_("{file} has more than {most} MB, which is no list of patients. Nothing was taken."),
                file=name,
                most=MOST_BYTES // 1_000_000,
            )
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refusal(name, line, message(N_("this is not UTF-8 text"))) from error
    place = text.find("\0")
    if place >= 0:
        raise _refusal(name, text.count("\n", 0, place) + 1, message(N_("this is not a text file")))
    return text


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line that is neither blank nor a comment, with its number from 1.

    Lines end as files write them; `str.splitlines` would also cut at characters inside a text.
    """
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        stripped = line.strip()
        if stripped and not stripped.startswith("%"):
            yield number, stripped


def _attribute(rest: str, line: int, file: str) -> ArffAttribute:
    found = _NAME.fullmatch(rest)
    if found is None:
        raise _refusal(file, line, message(N_("an @attribute needs a name and a type")))
    name = _unquoted(found[1] or found[2] or found[3])
    written = found[4].strip()
    if written.startswith("{"):
        return ArffAttribute(name=name, kind="nominal", values=_nominal_values(written, name, line, file))
    kind = _KINDS.get(written.lower())
    if kind is None:
        raise _refusal(
            file,
            line,
            message(
                N_("the type “{value}” of column “{column}” is not read. Allowed: {allowed}"),
                value=_short(written),
                column=_short(name),
                allowed=(*_KINDS, "{a, b, ...}"),
            ),
        )
    return ArffAttribute(name=name, kind=kind)


def _nominal_values(written: str, column: str, line: int, file: str) -> tuple[str, ...]:
    values = _split(written[1:-1]) if written.endswith("}") else None
    if values is None or not all(value for value, _ in values):
        raise _refusal(
            file, line, message(N_("the values of column “{column}” need the form {{a, b}}"), column=_short(column))
        )
    words = tuple(value for value, _ in values)
    if len(set(words)) != len(words):
        raise _refusal(file, line, message(N_("column “{column}” names a value twice"), column=_short(column)))
    return words


def _row(text: str, attributes: tuple[ArffAttribute, ...], line: int, file: str) -> ArffRow:
    if text.startswith("{"):
        raise _refusal(file, line, message(N_("sparse rows in curly brackets are not read; every value must be there")))
    values = _split(text)
    if values is None:
        raise _refusal(
            file, line, message(N_("a value with a quotation mark, a bracket or % must stand whole in quotation marks"))
        )
    if len(values) != len(attributes):
        raise _refusal(
            file,
            line,
            message(
                N_("{found} values, but the file has {needed} columns; it may be cut off"),
                found=len(values),
                needed=len(attributes),
            ),
        )
    cells = (_cell(*value, attribute, line, file) for value, attribute in zip(values, attributes, strict=True))
    return ArffRow(line=line, cells=tuple(cells))


def _cell(text: str, quoted: bool, attribute: ArffAttribute, line: int, file: str) -> Cell:
    if text == "?" and not quoted:
        return None
    column = _short(attribute.name)
    if not text and not quoted:
        raise _refusal(
            file, line, message(N_("column “{column}” is empty; a missing value is written ?"), column=column)
        )
    if attribute.kind == "numeric":
        if not _NUMBER.fullmatch(text):
            raise _refusal(
                file,
                line,
                message(
                    N_("“{value}” in column “{column}” is not a number such as 12.5"), value=_short(text), column=column
                ),
            )
        return Decimal(text)
    if attribute.kind == "nominal" and text not in attribute.values:
        raise _refusal(
            file,
            line,
            message(
                N_("“{value}” is not a value of column “{column}”. Allowed: {allowed}"),
                value=_short(text),
                column=column,
                allowed=_short(", ".join(attribute.values), 200),
            ),
        )
    return text


def _split(text: str) -> list[tuple[str, bool]] | None:
    """Return the values between commas, each with whether it was quoted; None when one is not well formed."""
    values: list[tuple[str, bool]] = []
    place = 0
    while True:
        found = _VALUE.match(text, place)
        if found is None:
            return None
        single, double, bare = found.groups()
        if bare is None:
            values.append((_unquoted(single if single is not None else double), True))
        else:
            values.append((bare.strip(), False))
        place = found.end()
        if place == len(text):
            return values
        if text[place] != ",":
            return None
        place += 1


def _bare(text: str) -> str:
    stripped = text.strip()
    if len(stripped) > 1 and stripped[0] == stripped[-1] and stripped[0] in "'\"":
        return _unquoted(stripped[1:-1])
    return stripped


def _unquoted(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)


def _short(text: str, most: int = _SHOWN) -> str:
    """Return the text as a sentence can carry it: one line of printable characters, cut when long."""
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
    return shown if len(shown) <= most else shown[:most] + "…"


def _refusal(file: str, line: int, reason: Message) -> KnownError:
    return KnownError(
        message(N_("{file}, line {line}: {reason}. Nothing was taken."), file=file, line=line, reason=reason)
    )
