"""Parts that several kinds of file share: whose file it is, what it rests on, how it is filed."""

from __future__ import annotations

from collections.abc import Iterable

from ivigdesk.actions.library.checks import Kind
from ivigdesk.actions.library.evidence import source_titles
from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.eligibility.profile import Profile
from ivigdesk.clinical.products.product import Product
from ivigdesk.messages import Text
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.ui.library.detail import Part, pair
from ivigdesk.ui.library.words import whose
from ivigdesk.ui.widgets import State
from ivigdesk.wording import LANGUAGES, Wording


def whose_state(library: Library, kind: Kind, file_id: str, wording: Wording) -> State:
    """Return the chip that says whose file it is."""
    return whose(library.is_own(kind, file_id), library.is_shipped(kind, file_id), wording)


def other_language(text: Text, wording: Wording) -> tuple[Part, ...]:
    """Return the title as the other language has it; nothing where it is the same."""
    other = next(language for language in LANGUAGES if language != wording.language)
    said = text.in_language(other)
    is_same = "".join(said.split()) == "".join(wording.text(text).split())
    return () if is_same else (Part("line", said),)


def source_parts(library: Library, sources: Iterable[str], wording: Wording) -> tuple[Part, ...]:
    """Return the sources by their titles."""
    titles = source_titles(library, sources, wording)
    return (pair(wording.gettext("Sources"), "\n".join(f"•\u2002{title}" for title in titles)),)


def file_parts(record: Regimen | Product | Profile, wording: Wording) -> tuple[Part, ...]:
    """Return name and version of the file, and who wrote it where a ward did."""
    _ = wording.gettext
    parts = []
    author, written_on = getattr(record, "author", ""), getattr(record, "written_on", None)
    if author and written_on:
        by = _("{date}, by {who}").format(date=wording.date_plain(written_on), who=author)
        parts.append(pair(_("Written"), by))
    file = _("{file}, version {version}").format(file=f"{record.id}.toml", version=record.version)
    parts.append(pair(_("File"), file))
    return tuple(parts)
