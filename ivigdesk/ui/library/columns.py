"""The columns of the library's lists."""

from __future__ import annotations

from ivigdesk.actions.library.checks import Kind, RefusedFile
from ivigdesk.actions.library.evidence import kind_words, reference
from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.eligibility.profile import Profile
from ivigdesk.clinical.evidence import Evidence
from ivigdesk.clinical.products.product import Product
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.ui.library.parts.criteria import payment_state
from ivigdesk.ui.library.parts.evidence import kind_states
from ivigdesk.ui.library.parts.refused import KINDS, key_words
from ivigdesk.ui.library.words import concentration, standing_state
from ivigdesk.ui.widgets import Column, State
from ivigdesk.wording import Wording


def regimen_columns(library: Library, wording: Wording) -> tuple[Column[Regimen], ...]:
    """Return row of the fact base, title with owner, and standing."""
    _ = wording.gettext
    return (
        Column(_("Row"), lambda one: one.facts or "–", muted=True, width=76),
        Column(
            _("Regimen"),
            lambda one: _titled(library, "regimens", one, wording),
            small=True,
            stretch=True,
        ),
        Column(
            _("Standing"),
            lambda one: standing_state(one.standing, wording).word,
            state=lambda one: standing_state(one.standing, wording),
            width=150,
        ),
    )


def product_columns(library: Library, wording: Wording) -> tuple[Column[Product], ...]:
    """Return title with owner, and concentration."""
    _ = wording.gettext
    return (
        Column(
            _("Product"),
            lambda one: _titled(library, "products", one, wording),
            small=True,
            stretch=True,
        ),
        Column(
            _("Concentration"),
            lambda one: concentration(one, wording),
            sort_key=lambda one: one.g_per_l,
            width=150,
        ),
    )


def profile_columns(library: Library, wording: Wording) -> tuple[Column[Profile], ...]:
    """Return title with owner, and whether it says who pays."""
    _ = wording.gettext

    def kind(one: Profile) -> State:
        return payment_state(wording) if one.is_payment else State("", _("criteria"), "plain")

    return (
        Column(
            _("Criteria"),
            lambda one: _titled(library, "criteria", one, wording),
            small=True,
            stretch=True,
        ),
        Column(_("Kind"), lambda one: kind(one).word, state=kind, width=150),
    )


def evidence_columns(wording: Wording) -> tuple[Column[Evidence], ...]:
    """Return how it is cited, its title with its type, and a chip for what has no results or says who pays."""
    _ = wording.gettext

    def remarkable(one: Evidence) -> State | None:
        return kind_states(one, wording)[0] if not one.has_results or one.kind == "payment rule" else None

    return (
        Column(
            _("Cited as"),
            reference,
            sort_key=lambda one: (one.statement is None, one.id.rstrip("0123456789"), _number(one.id)),
            small=True,
            width=112,
        ),
        Column(_("Title"), lambda one: one.title, small=True, stretch=True),
        Column(_("Type"), lambda one: kind_words(one.kind, wording), state=remarkable, small=True, width=170),
    )


def refused_columns(wording: Wording) -> tuple[Column[RefusedFile], ...]:
    """Return file, key and reason."""
    _ = wording.gettext
    return (
        Column(_("File"), lambda one: one.file, detail=lambda one: _(KINDS[one.kind]), width=190),
        Column(_("Key"), lambda one: key_words(one, wording), small=True, width=120),
        Column(_("Reason"), lambda one: wording.say(one.reason), small=True, stretch=True),
    )


def _titled(library: Library, kind: Kind, record: Regimen | Product | Profile, wording: Wording) -> str:
    """Return the title, and that it is the ward's own where it is."""
    _ = wording.gettext
    said = wording.text(record.title)
    if not library.is_own(kind, record.id):
        return said
    in_place = library.is_shipped(kind, record.id)
    own = _("the ward's own, in place of the shipped one") if in_place else _("the ward's own")
    return f"{said} · {own}"


def _number(text: str) -> int:
    digits = text[len(text.rstrip("0123456789")) :]
    return int(digits) if digits else 0
