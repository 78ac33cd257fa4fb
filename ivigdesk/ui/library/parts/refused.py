"""What is said of a file that the library refused."""

from __future__ import annotations

from ivigdesk.actions.library.checks import Kind, RefusedFile
from ivigdesk.messages import N_
from ivigdesk.ui.library.detail import Part, pair
from ivigdesk.wording import Wording

KINDS: dict[Kind, str] = {"regimens": N_("Regimen"), "products": N_("Product"), "criteria": N_("Criteria")}


def key_words(refused: RefusedFile, wording: Wording) -> str:
    """Return the key, or the line, that is wrong; a dash where the whole file is."""
    key = refused.key
    return (key if isinstance(key, str) else wording.say(key)) or "–"


def refused_parts(refused: RefusedFile, wording: Wording) -> tuple[Part, ...]:
    """Return the file, its key and the reason."""
    _ = wording.gettext
    whose = _("The ward's own") if refused.is_own else _("Shipped")
    return (
        Part("heading", refused.file),
        Part("warning", _("This file was not loaded. All others are.")),
        pair(_("Kind"), f"{_(KINDS[refused.kind])} · {whose}"),
        pair(_("Key"), key_words(refused, wording)),
        pair(_("Reason"), wording.say(refused.reason)),
    )
