"""How the library's own values read."""

from __future__ import annotations

from ivigdesk.clinical.product import Product, RateLadder
from ivigdesk.messages import N_
from ivigdesk.scheduling.regimen import Standing
from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets import State
from ivigdesk.wording import Wording

_STANDINGS: dict[Standing, tuple[str, str, Tone]] = {
    "treatment": ("✓", N_("Treatment"), "accent"),
    "replacement": ("✓", N_("Replacement"), "accent"),
    "label": ("✓", N_("Product label"), "accent"),
    "not-routine": ("!", N_("Not routine"), "attention"),
    "historical": ("!", N_("Historical"), "attention"),
}
_USES = {"first": N_("First infusion"), "later": N_("Later infusions"), "any": N_("Every infusion")}
_SUGARS = {"none": N_("none"), "maltose": N_("maltose"), "sucrose": N_("sucrose"), "sorbitol": N_("sorbitol")}


def standing_state(standing: Standing, wording: Wording) -> State:
    """Return how the source stands to the use, as a chip."""
    sign, word, tone = _STANDINGS[standing]
    return State(sign, wording.gettext(word), tone)


def standing_warning(standing: Standing, wording: Wording) -> str:
    """Return the warning of a regimen that is not for routine use; empty otherwise."""
    _ = wording.gettext
    if standing == "not-routine":
        return _("Not for routine use: the sources advise against it. The prescriber must give a reason.")
    if standing == "historical":
        return _("Historical: kept to read old courses. The sources no longer support it.")
    return ""


def concentration(product: Product, wording: Wording) -> str:
    """Return `50 g/L (5 %)`."""
    return f"{wording.amount(product.g_per_l, 'g/L')} ({wording.amount(product.g_per_l / 10, '%')})"


def ladder_lines(ladder: RateLadder, wording: Wording) -> tuple[str, ...]:
    """Return the rungs in words, slowest first."""
    _ = wording.gettext
    lines = []
    for step in ladder.steps:
        rate = wording.amount(step.rate, ladder.unit)
        if step.minutes is None:
            lines.append(_("{rate}, to the end").format(rate=rate))
        else:
            lines.append(_("{rate} for {duration}").format(rate=rate, duration=wording.duration(step.minutes)))
    return tuple(lines)


def ladder_title(ladder: RateLadder, wording: Wording) -> str:
    """Return which infusions a ladder is for."""
    use = wording.gettext(_USES[ladder.use])
    return use if ladder.indication == "any" else f"{use} ({ladder.indication})"


def sugar(product: Product, wording: Wording) -> str:
    """Return the sugar that matters for meters and kidneys."""
    return wording.gettext(_SUGARS[product.sugar])
