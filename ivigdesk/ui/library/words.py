"""How the library's own values read."""

from __future__ import annotations

from ivigdesk.clinical.library import weight_rules
from ivigdesk.clinical.products.product import Product, RateLadder
from ivigdesk.messages import N_
from ivigdesk.scheduling.choices import OpenChoice
from ivigdesk.scheduling.regimen import Immunoglobulin, Standing
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
STANDINGS: dict[str, str] = {standing: word for standing, (_, word, _) in _STANDINGS.items()}
USES = {"any": N_("Every infusion"), "first": N_("First infusion"), "later": N_("Later infusions")}
SUGARS = {
    "unknown": N_("not known: read the pack"),
    "none": N_("none"),
    "maltose": N_("maltose"),
    "sucrose": N_("sucrose"),
    "sorbitol": N_("sorbitol"),
}
IMMUNOGLOBULINS: dict[Immunoglobulin, str] = {
    "normal": N_("normal immunoglobulin"),
    "cmv": N_("CMV immunoglobulin"),
}
INDICATIONS = {
    "general": N_("general"),
    "cmv": N_("CMV disease"),
    "prophylaxis": N_("prophylaxis"),
    "replacement": N_("replacement of missing IgG"),
    "itp": N_("immune thrombocytopenia (ITP)"),
    "parvovirus": N_("parvovirus B19"),
    "measles": N_("measles"),
    "severe-infection": N_("severe infection"),
    "desensitisation": N_("desensitisation"),
    "primary-immunodeficiency": N_("primary immunodeficiency"),
    "cidp": N_("chronic polyneuropathy (CIDP)"),
}
ANY_INDICATION = N_("every indication")
_OPEN = {
    "first_day": N_("{phase}: first day {values}"),
    "last_day": N_("{phase}: last day {values}"),
    "every_days": N_("{phase}: every {values} days"),
    "doses": N_("{phase}: {values} doses"),
    "mg_per_kg": N_("{phase}: {values} mg/kg"),
}


def standing_state(standing: Standing, wording: Wording) -> State:
    """Return how the source stands to the use, as a chip."""
    sign, word, tone = _STANDINGS[standing]
    return State(sign, wording.gettext(word), tone)


def standing_warning(standing: Standing, wording: Wording) -> str:
    """Return the warning of a regimen that is not for routine use; empty otherwise."""
    _ = wording.gettext
    if standing == "not-routine":
        return _("Guidelines advise against routine use. The prescriber must give a written reason.")
    if standing == "historical":
        return _(
            "Historical: guidelines advise against routine use, and the source is no longer followed. The prescriber "
            "must give a written reason."
        )
    return ""


def indication_words(indication: str, wording: Wording) -> str:
    """Return an indication in words; a ward's own one as it is written."""
    if indication == "any":
        return wording.gettext(ANY_INDICATION)
    known = INDICATIONS.get(indication)
    return wording.gettext(known) if known else indication


def choice_words(choice: OpenChoice, wording: Wording) -> str:
    """Return what a source leaves open: `Weekly: first day 15, 20 or 21; usually 15`."""
    _ = wording.gettext
    if choice.allowed:
        *first, last = (wording.number(value) for value in choice.allowed)
        values = _("{words} or {last}").format(words=_(", ").join(first), last=last)
    else:
        values = _("{least} to {most}").format(
            least=wording.number(choice.least or 0), most=wording.number(choice.most or 0)
        )
    said = _(_OPEN[choice.what]).format(phase=wording.text(choice.phase_name), values=values)
    return _("{said}; usually {default}").format(said=said, default=wording.number(choice.default))


def policy_words(policy: str, wording: Wording) -> str:
    """Return a policy of the dosing weight in words."""
    return wording.text(next(rule.title for rule in weight_rules().policies if rule.id == policy))


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
    use = wording.gettext(USES[ladder.use])
    if ladder.indication == "any":
        return use
    return wording.gettext("{use}: {indication}").format(
        use=use, indication=indication_words(ladder.indication, wording)
    )


def sugar(product: Product, wording: Wording) -> str:
    """Return the sugar that matters for meters and kidneys."""
    return wording.gettext(SUGARS[product.sugar])


def whose(is_own: bool, is_shipped: bool, wording: Wording) -> State:
    """Return whose file it is, as a chip."""
    _ = wording.gettext
    if is_own and is_shipped:
        return State("●", _("The ward's own, in place of the shipped one"), "running")
    if is_own:
        return State("●", _("The ward's own"), "running")
    return State("", _("Shipped"), "plain")
