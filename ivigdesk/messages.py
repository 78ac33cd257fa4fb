"""Sentences that travel through the house unworded: a text, its facts, and both languages of the library.

Rules, records and errors never hold finished sentences, because the same finding is read in English on the
screen and in Chinese on the sheet. They hold a `Message`; `wording.Wording.say` turns it into words at the edge.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


def N_(text: str) -> str:
    """Mark a text for the catalogues without translating it here."""
    return text


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value of the ward: never changed in place, compared by content, written to the journal as it is."""


class Text(Record, frozen=True):
    """A text that carries both languages, as the library's files do."""

    en: str
    zh_CN: str

    def in_language(self, language: str) -> str:
        """Return the text in `language` (`en` or `zh_CN`)."""
        return self.zh_CN if language == "zh_CN" else self.en


class Amount(Record, frozen=True):
    """A number with its unit inside a `Message`; `wording` prints it with a no-break space.

    Attributes:
        value: exact decimal number as text, e.g. "12.5".
        unit: the unit as printed, e.g. "mL/h".
    """

    value: str
    unit: str


class Message(msgspec.Struct, frozen=True):
    """A sentence still to be worded.

    Attributes:
        text: the English sentence with named places, marked with `N_`, e.g. `"Dose {number} moved"`.
        facts: what fills the places: str, int, Decimal, date, datetime, Text, Amount or another Message.
        plural: the English plural form, where `facts["n"]` decides.
    """

    text: str
    facts: Mapping[str, object] = msgspec.field(default_factory=dict)
    plural: str = ""


def message(text: str, /, **facts: object) -> Message:
    """Return the sentence `text` (marked with `N_`) with its facts."""
    return Message(text, facts)


def plural_message(singular: str, plural: str, n: int, /, **facts: object) -> Message:
    """Return a sentence whose form depends on the count `n`; `{n}` may stand in the text."""
    return Message(singular, {"n": n, **facts}, plural)
