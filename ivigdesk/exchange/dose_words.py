"""What an exported event says of a dose: enough for a nurse, and by default nothing that names a patient."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ivigdesk.clinical.doses.dosing import VialCount
from ivigdesk.messages import Text
from ivigdesk.units import grams
from ivigdesk.wording import Wording

_BETWEEN = " · "


def summary(words: Wording, dose_mg: int, *, whose: Sequence[str], number: int, in_all: int, state: str = "") -> str:
    """Return `IVIG 12.5 g · bed 12 · dose 4 of 11`, and where it stands when it does not simply wait.

    Args:
        whose: bed, initials or name, as far as they may be said.
        state: a word such as `omitted`; empty for a dose that waits.
    """
    _ = words.gettext
    parts = (
        _("IVIG {amount}").format(amount=words.amount(grams(dose_mg), "g")),
        *whose,
        _("dose {number} of {count}").format(number=number, count=in_all),
        state,
    )
    return _plain(_BETWEEN.join(part for part in parts if part))


def what_is_given(words: Wording, product: Text, volume_ml: Decimal, vials: Sequence[VialCount]) -> str:
    """Return product, volume and vials in one line."""
    parts = (
        words.text(product),
        words.amount(volume_ml, "mL"),
        words.gettext(", ").join(f"{vial.count} × {words.amount(grams(vial.mg), 'g')}" for vial in vials),
    )
    return _plain(_BETWEEN.join(part for part in parts if part))


def transplant_day(words: Wording, day: int | None) -> str:
    """Return `day +14`; an empty text without a transplant date."""
    return "" if day is None else _plain(words.transplant_day(day))


def _plain(text: str) -> str:
    """Return the text with plain spaces: other programs search it."""
    return text.replace("\u00a0", " ")
