"""Which lots a typed or scanned text means: all spellings of one, else those that nearly are it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.words import one_line
from ivigdesk.messages import N_, Record, message

MOST_NEAR = 5
_LONGEST = 200
_LEAST_BEGINNING = 4


class FoundLot(Record, frozen=True):
    """What a text means.

    Attributes:
        asked: the lot that was asked for, as typed, or as the code on the vial says.
        spellings: how the ward's records write it: exactly as asked first; empty when no record has it.
        near: lots of the records that may be meant, where there is no spelling: they differ by one character, or are
            the beginning of it, as when a scanner ran lot and serial number together.
    """

    asked: str
    spellings: tuple[str, ...]
    near: tuple[str, ...] = ()


def find_lot(desk: Desk, text: str) -> FoundLot:
    """Return the lots of the ward's records that `text` means, typed or scanned.

    Case, width, spaces and hyphens make no difference: one nurse types `P1004-71881` and the next `p100471881`.

    Raises:
        UserMistake: nothing was entered, or something that cannot be a lot.
    """
    asked = read_lot(text)
    plain = plain_lot(asked)
    known = desk.ward.lots()
    spellings = sorted((lot for lot in known if plain_lot(lot) == plain), key=lambda lot: (lot != asked, lot))
    near = () if spellings else tuple(_near(plain, known))
    return FoundLot(asked=asked, spellings=tuple(spellings), near=near)


def read_lot(text: str) -> str:
    """Return the lot in a typed text or a scanned code.

    Raises:
        UserMistake: nothing was entered, it is too long, or holds a character that cannot be printed.
    """
    name = message(N_("Lot"))
    scanned = _scanned_lot(text)
    return one_line(scanned or text, field="lot", name=name, most=_LONGEST, required=True)


def plain_lot(lot: str) -> str:
    """Return a lot without what people write differently: case, width, spaces, hyphens, dots and slashes."""
    folded = unicodedata.normalize("NFKC", lot).casefold()
    return "".join(letter for letter in folded if letter.isalnum()) or folded


def _scanned_lot(text: str) -> str:
    """Return the lot that a scanned code states; empty for a text that is no such code."""
    from ivigdesk.exchange.gs1 import read_gs1  # late: its library is large, and most lists are not narrowed to a lot

    code = read_gs1(text)
    return "" if code is None else code.lot


def _near(plain: str, known: Iterable[str]) -> Iterable[str]:
    """Return lots one slip away or contained, those that begin alike first; each plain form once."""
    found: dict[str, str] = {}
    for lot in known:
        other = plain_lot(lot)
        if is_one_slip(plain, other) or (len(other) >= _LEAST_BEGINNING and plain.startswith(other)):
            found.setdefault(other, lot)
    return sorted(found.values(), key=lambda lot: (plain_lot(lot)[:1] != plain[:1], lot))[:MOST_NEAR]


def is_one_slip(one: str, other: str) -> bool:
    """Whether two texts differ by one character that is another one, missing, or swapped with its neighbour."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), None)
    if start is None:
        return True  # the longer one has one character more at its end
    rest, other_rest = one[start:], other[start:]
    if len(one) == len(other):
        return rest[1:] == other_rest[1:] or (rest[1::-1] == other_rest[:2] and rest[2:] == other_rest[2:])
    return rest[1:] == other_rest if len(one) > len(other) else rest == other_rest[1:]
