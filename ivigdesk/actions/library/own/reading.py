"""How the texts of the library's forms are read: every mistake is kept for its field, and none stops the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from ivigdesk.actions.library.checks import Kind, unknown_source
from ivigdesk.actions.library.files import Library
from ivigdesk.actions.patients.patient_form import Refused
from ivigdesk.actions.words import one_line
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, Text, message
from ivigdesk.units import read_number

LEAST_MG_PER_KG = Decimal("0.01")
MOST_MG_PER_KG = Decimal(3000)
MOST_WORDS = 600

_Value = TypeVar("_Value")
_Other = TypeVar("_Other")
_BETWEEN = re.compile(r"[,;，、；\s]+")
_WHOLE = re.compile(r"[+-]?[0-9]{1,4}")
_MINUS_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-"})
_LONGEST_ID = 60


class Mistakes:
    """Gathers what cannot be taken of a form."""

    def __init__(self) -> None:
        self._found: list[UserMistake] = []

    def take(self, read: Callable[[], _Value], otherwise: _Other) -> _Value | _Other:
        """Return what `read` returns; when it raises a mistake, keep that and return `otherwise`."""
        try:
            return read()
        except UserMistake as mistake:
            self._found.append(mistake)
            return otherwise

    def add(self, field: str, sentence: Message) -> None:
        """Keep a mistake for `field`."""
        self._found.append(UserMistake(field, sentence))

    def concerns(self, *fields: str) -> bool:
        """Whether one of these fields cannot be taken."""
        return any(mistake.field in fields for mistake in self._found)

    def refuse(self) -> None:
        """Refuse the form when anything was wrong with it.

        Raises:
            Refused: with every mistake.
        """
        if self._found:
            raise Refused(tuple(self._found))


def read_amount(
    text: str, field: str, name: Message, unit: str, most: Decimal = MOST_MG_PER_KG, least: Decimal = LEAST_MG_PER_KG
) -> Decimal | None:
    """Return the number in `text`; None when nothing was typed.

    Raises:
        UserMistake: no plain number, or out of range.
    """
    if not text.strip():
        return None
    return read_number(text, field=field, name=name, least=least, most=most, unit=unit)


def needed(value: _Value | None, field: str, name: Message) -> _Value:
    """Return `value`.

    Raises:
        UserMistake: nothing was typed where something is needed.
    """
    if value is None:
        raise UserMistake(field, message(N_("{name}: nothing was entered. It is needed."), name=name))
    return value


def read_wholes(text: str, field: str, name: Message, example: str) -> tuple[int, ...]:
    """Return the whole numbers in `text` as typed, between commas or spaces; a day before the transplant is negative.

    Raises:
        UserMistake: a part is no whole number.
    """
    numbers = []
    for part in (one for one in _BETWEEN.split(text.translate(_MINUS_SIGNS)) if one):
        if not part.isascii() or not _WHOLE.fullmatch(part):
            raise UserMistake(
                field,
                message(
                    N_("{name}: “{value}” is no whole number. Allowed: whole numbers, such as {example}."),
                    name=name,
                    value=part,
                    example=example,
                ),
            )
        numbers.append(int(part))
    return tuple(numbers)


def read_whole(text: str, field: str, name: Message, example: str) -> int | None:
    """Return the one whole number in `text`; None when nothing was typed.

    Raises:
        UserMistake: it is no whole number, or there is more than one.
    """
    numbers = read_wholes(text, field, name, example)
    if len(numbers) > 1:
        raise UserMistake(
            field,
            message(
                N_("{name}: {n} numbers were entered. Allowed: one, such as {example}."),
                name=name,
                n=len(numbers),
                example=example,
            ),
        )
    return numbers[0] if numbers else None


def read_amounts(text: str, field: str, name: Message, unit: str) -> tuple[Decimal, ...]:
    """Return the numbers in `text`, between semicolons or spaces, or between commas that a space follows.

    SAFETY: `1,5` is one and a half and not two numbers, as in every other field.

    Raises:
        UserMistake: a part is no plain number, or out of range.
    """
    parts = (one for one in re.split(r"[;，、；]|,(?=\s)|\s", text) if one.strip(" ,"))
    return tuple(
        read_number(part.strip(" ,"), field=field, name=name, least=LEAST_MG_PER_KG, most=MOST_MG_PER_KG, unit=unit)
        for part in parts
    )


def read_words(text: str, field: str, name: Message, *, required: bool = False) -> str:
    """Return words in one line: the lines of `text` are joined.

    Raises:
        UserMistake: needed and empty, too long, or with a character that cannot be printed.
    """
    return one_line(" ".join(text.split()), field=field, name=name, most=MOST_WORDS, required=required)


def in_both(en: str, zh: str) -> Text | None:
    """Return a text in both languages; what was written in one stands in the other; None when in neither."""
    return Text(en=en or zh, zh_CN=zh or en) if en or zh else None


def read_sources(text: str, library: Library, *, required: bool = True, field: str = "sources") -> tuple[str, ...]:
    """Return sources, written between semicolons: ids of the evidence, or words.

    Raises:
        UserMistake: none, or one that looks like an id and is none.
    """
    name = message(N_("Sources"))
    words = read_words(text, field, name, required=required)
    unknown = unknown_source(words, library.evidence())
    if unknown:
        raise UserMistake(
            field,
            message(
                N_(
                    "{name}: “{value}” is not in the evidence. Allowed: an id of the evidence, or the source in "
                    "several words, such as “{example}”."
                ),
                name=name,
                value=unknown,
                example="Ward protocol 12, 2026",
            ),
        )
    return tuple(part.strip() for part in re.split(r"[;；]", words) if part.strip())


def id_from(title: Text | None) -> str:
    """Return an id made of a title: small letters, digits and hyphens; of a Chinese title its pinyin."""
    if title is None:
        return ""
    plain = _slug(title.en)
    if plain:
        return plain
    from pypinyin import lazy_pinyin  # late: only a Chinese title needs it

    return _slug(" ".join(lazy_pinyin(title.zh_CN)))


def free_id(library: Library, kind: Kind, wanted: str, field: str) -> str:
    """Return `wanted` when no file has it.

    Raises:
        UserMistake: nothing is left of the title, or the library has a file with this id.
    """
    if not wanted:
        raise UserMistake(field, message(N_("The title has no letter or digit. Give the file a name by them.")))
    if library.is_shipped(kind, wanted) or library.is_own(kind, wanted):
        raise UserMistake(
            field,
            message(
                N_("The library has “{value}” already. Give another title, or change that file instead."), value=wanted
            ),
        )
    return wanted


def _slug(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_LONGEST_ID].strip("-")
