"""What an entry of the evidence says: type, statement, citation; a protocol says that it has no results."""

from __future__ import annotations

import re

from ivigdesk.actions.library.evidence import kind_words, reference, source_titles
from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.evidence import Confidence, Evidence
from ivigdesk.messages import N_
from ivigdesk.ui.library.detail import Part, pair
from ivigdesk.ui.library.parts.criteria import payment_state
from ivigdesk.ui.widgets import State
from ivigdesk.wording import Wording

_CONFIDENCE: dict[Confidence, str] = {"high": N_("high"), "medium": N_("medium"), "low": N_("low")}

_LONGEST_WORD = 40
_PIECE = re.compile(r".{1,39}(?<=[/_?=&-])|.{1,39}")


def kind_states(entry: Evidence, wording: Wording) -> tuple[State, ...]:
    """Return what an entry is, as chips; a protocol and a payment rule stand out."""
    if not entry.has_results:
        return (State("!", wording.gettext("Protocol: no results"), "attention"),)
    if entry.kind == "payment rule":
        return (payment_state(wording),)
    return (State("", kind_words(entry.kind, wording), "accent" if entry.statement else "plain"),)


def evidence_parts(entry: Evidence, library: Library, wording: Wording) -> tuple[Part, ...]:
    """Return every part, from what is read first to where it stands."""
    _ = wording.gettext
    parts = [Part("heading", entry.title), Part("chips", states=kind_states(entry, wording))]
    if not entry.has_results:
        parts.append(Part("warning", _("A plan of a study: it reports no results.")))
    if entry.kind == "payment rule":
        parts.append(Part("warning", _("This says who pays. It says nothing about what is right for the patient.")))
    if entry.statement:
        parts.append(pair(_("What it says"), wording.text(entry.statement)))
    if entry.citation:
        parts.append(pair(_("Citation"), _breakable(entry.citation)))
    if entry.address:
        parts.append(pair(_("Where it stands"), _breakable(entry.address.replace(" ; ", "\n"))))
    if entry.confidence:
        parts.append(pair(_("Confidence in the statement"), _(_CONFIDENCE[entry.confidence])))
    if entry.basis:
        parts.append(pair(_("What was read for it"), "\n".join(source_titles(library, (entry.basis,), wording))))
    parts.append(pair(_("Cited as"), reference(entry)))
    return tuple(parts)


def _breakable(text: str) -> str:
    """Return the text with long addresses on several lines, each but the last ended by a stroke or a dash."""
    return re.sub(rf"\S{{{_LONGEST_WORD},}}", lambda found: "\n".join(_PIECE.findall(found[0])), text)
