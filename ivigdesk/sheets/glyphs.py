"""The one door that every printed text passes: what cannot be printed is named, never left blank."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Message, message
from ivigdesk.sheets import fonts

_SHOWN = 40
# SAFETY: controls, direction marks, joiners and loose accents print as nothing or move their neighbours,
# so that a name on paper would no longer read as the name in the record.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Mc", "Me", "Zl", "Zp"})


def check_text(text: str, field: Message | None = None) -> None:
    """Refuse `text` when one of its characters cannot be printed.

    Args:
        text: what is to be drawn; line breaks are allowed.
        field: what the text is, as the nurse knows it; None when the text speaks for itself.

    Raises:
        KnownError: names the character, its code and where it stands.
    """
    refused = _first_refused(text)
    if refused is None:
        return
    raise KnownError(
        message(
            N_(
                "The character {character} in {place} cannot be printed. "
                "Nothing was stored or printed. Write it another way."
            ),
            character=_named(refused),
            place=field if field is not None else message(N_("“{excerpt}”"), excerpt=_excerpt(text, refused)),
        )
    )


@lru_cache(maxsize=20_000)
def clean(text: str) -> str:
    """Return `text` as it is drawn: literally, loose accents joined to their letters, tabs as spaces.

    Nothing downstream reads markup, so that `<b>` and `&` need no escape and print as they are.

    Raises:
        KnownError: a character cannot be printed.
    """
    text = text.replace("\r\n", "\n").replace("\t", " ")
    if any(unicodedata.combining(character) for character in text):
        text = unicodedata.normalize("NFC", text)
    check_text(text)
    return text


@lru_cache(maxsize=20_000)
def _first_refused(text: str) -> str | None:
    for character in text:
        if character == "\n":
            continue
        if unicodedata.category(character) in _REFUSED_CATEGORIES or not fonts.has_glyph(character):
            return character
    return None


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    shown = f"“{character}” " if unicodedata.category(character)[0] not in "CMZ" else ""
    return f"{shown}({code}{', ' + name if name else ''})"


def _excerpt(text: str, refused: str) -> str:
    """Return the words around the first `refused`, so that it is found in a long text too."""
    visible = "".join("\ufffd" if unicodedata.category(character)[0] == "C" else character for character in text)
    if len(visible) <= _SHOWN:
        return visible
    begin = min(max(text.index(refused) - _SHOWN // 2, 0), len(visible) - _SHOWN)
    end = begin + _SHOWN
    return f"{'…' if begin else ''}{visible[begin:end]}{'…' if end < len(visible) else ''}"
