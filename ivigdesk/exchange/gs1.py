"""What a scanner read from a vial: product code, lot, expiry and serial number of a GS1 code."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from ivigdesk.messages import Record

if TYPE_CHECKING:
    from biip.gs1_element_strings import GS1ElementStrings
    from biip.gs1_messages import GS1Message

_SEPARATOR = "\x1d"  # what scanners send for FNC1
_SPELT_OUT = re.compile(r"<GS>|\{GS\}|\[GS\]|\x1e|␝", re.IGNORECASE)
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_LONGEST = 300  # a GS1 code holds at most 48 characters as bars, and far fewer than this on any vial
_PRODUCT_ALONE = (13, 14)  # digits of a code of bars that holds nothing but the product; fewer could be a date

_GTIN, _LOT, _EXPIRY, _EXPIRY_WITH_TIME, _SERIAL = "01", "10", "17", "7003", "21"


class ScannedCode(Record, frozen=True):
    """What stands in the code of one container.

    Attributes:
        gtin: product code, 14 digits, with a right check digit.
        lot: batch number; empty where the code has none.
        expires_on: last day of use; None where the code has none, or one that is no date.
        serial: number of this very container; may be empty.
        may_have_run_together: a text of no fixed length stands before others of which none was found: some scanners
            leave out the mark between lot and serial number, and then one swallows the other.
    """

    gtin: str
    lot: str = ""
    expires_on: date | None = None
    serial: str = ""
    may_have_run_together: bool = False


def read_gs1(text: str) -> ScannedCode | None:
    """Return what a scanned text says of a container; None when it is no product code.

    Taken are GS1 element strings with and without a symbology identifier (`]d2`, `]C1`), with the separator as the
    character 29, spelt out, or left out after parts of fixed length; the form that people read, `(01)…(17)…(10)…`;
    and the 13 or 14 digits of a product alone. A day 00 is the last of its month, and the century follows the rule of
    the GS1 specifications.
    """
    from biip import ParseError  # late: nobody but a scan needs it

    cleaned = _cleaned(text)
    if not cleaned or not cleaned.replace(_SEPARATOR, "").isprintable() or not cleaned.isascii():
        return None
    try:
        return _product_alone(cleaned) or _of_message(cleaned)
    except ParseError:
        return None


def check_gtin(text: str) -> str | None:
    """Return the product code in 14 digits; None when it is none, or its check digit is wrong."""
    from biip import ParseError
    from biip.gtin import Gtin

    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) in (8, 12, *_PRODUCT_ALONE)):
        return None
    try:
        return Gtin.parse(digits).as_gtin_14()
    except ParseError:
        return None


def _cleaned(text: str) -> str:
    """Return the text without what scanners and input methods put around it."""
    if len(text) > _LONGEST:
        return ""
    # A scanner types like a keyboard: with a Chinese input method on, wide signs arrive.
    narrow = "".join(chr(ord(one) - 0xFEE0) if "！" <= one <= "～" else one for one in text)
    separated = _SPELT_OUT.sub(_SEPARATOR, narrow).strip()  # strips separators at the ends, too
    return _SYMBOLOGY.sub("", separated, count=1).strip() if separated.startswith("]") else separated


def _product_alone(text: str) -> ScannedCode | None:
    gtin = check_gtin(text) if len(text) in _PRODUCT_ALONE else None
    return None if gtin is None else ScannedCode(gtin=gtin)


def _of_message(text: str) -> ScannedCode | None:
    """Return the parts of an element string.

    Raises:
        ParseError: it is none.
    """
    from biip import ParseConfig
    from biip.gs1_messages import GS1Message

    # A date that is none (000000) must not hide lot and serial number: it is typed instead.
    config = ParseConfig(gs1_element_strings_verify_date=False)
    is_for_people = text.startswith("(")
    read: GS1Message = (GS1Message.parse_hri if is_for_people else GS1Message.parse)(text, config=config)
    parts = read.element_strings
    if any(len({one.value for one in _all(parts, code)}) > 1 for code in (_GTIN, _LOT, _EXPIRY, _SERIAL)):
        return None  # two codes that ran into each other
    product = next(iter(_all(parts, _GTIN)), None)
    if product is None or product.gtin is None:
        return None
    lot, serial = _value(parts, _LOT), _value(parts, _SERIAL)
    expires_on = next((one.date for code in (_EXPIRY, _EXPIRY_WITH_TIME) for one in _all(parts, code)), None)
    is_open = not is_for_people and _SEPARATOR not in text and bool(lot) != bool(serial)
    return ScannedCode(
        gtin=product.gtin.as_gtin_14(),
        lot=lot,
        expires_on=expires_on,
        serial=serial,
        may_have_run_together=is_open and _holds_another(lot or serial),
    )


def _holds_another(text: str) -> bool:
    """Return whether a lot or serial number could hold the other, with its code in front."""
    return any(0 < text.find(code, 1) < len(text) - len(code) for code in (_LOT, _EXPIRY, _SERIAL))


def _all(parts: GS1ElementStrings, code: str) -> GS1ElementStrings:
    found = parts.filter(ai=code)
    return type(found)(one for one in found if one.ai.ai == code)


def _value(parts: GS1ElementStrings, code: str) -> str:
    return next((one.value for one in _all(parts, code)), "")
