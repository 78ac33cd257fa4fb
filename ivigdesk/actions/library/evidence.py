"""What is known of a regimen: the evidence that its file names, as lines for plan and screen."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.evidence import Evidence, EvidenceKind, EvidenceList
from ivigdesk.messages import N_, Text
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.sheets.values import EvidenceLine
from ivigdesk.wording import Wording

_KINDS: dict[EvidenceKind, str] = {
    "systematic review": N_("systematic review"),
    "randomised trial": N_("randomised trial"),
    "comparative study": N_("comparative study"),
    "cohort": N_("cohort"),
    "abstract": N_("conference abstract"),
    "chapter": N_("textbook chapter"),
    "guideline": N_("guideline"),
    "protocol": N_("protocol without results"),
    "payment rule": N_("payment rule"),
    "label": N_("label"),
    "page": N_("page"),
    "fact base": N_("clinical fact base"),
    "general knowledge": N_("general knowledge"),
    "design": N_("choice of this program"),
}
_CONFIDENCE = {
    "-H": N_("general knowledge, high confidence"),
    "-M": N_("general knowledge, medium confidence"),
    "-L": N_("general knowledge, low confidence"),
}
_PLAIN_KNOWLEDGE = N_("general knowledge")
_PAGE = re.compile(r"\b[Ss][0-9]{1,3}\b")
_NAMED = re.compile(r"\b[Ss][0-9]{1,3}\b|\b[a-z][a-z0-9]*(?:-[a-z0-9]+)+\b")
_TRAPS = re.compile(r",? ?\bTraps T[0-9]+(?:, T[0-9]+)*")
_FACTS = re.compile(r"\bFACTS ([0-9]+(?:\.[0-9]+)?)")
_GENERAL = re.compile(r"\bGK(-[HML])?\b")


def evidence_lines(library: Library, regimen: Regimen, words: Wording) -> tuple[EvidenceLine, ...]:
    """Return one line for each source of the regimen that states something, in the order of its file."""
    evidence = library.evidence()
    lines = []
    for source in regimen.sources:
        if source not in evidence:
            continue
        entry = evidence.entry(source)
        if entry.statement is None:
            continue
        kind = kind_words(entry.kind, words)
        lines.append(
            EvidenceLine(reference=_reference(entry.id), kind=Text(en=kind, zh_CN=kind), statement=entry.statement)
        )
    return tuple(lines)


def kind_words(kind: EvidenceKind, words: Wording) -> str:
    """Return what an entry is: a trial, a review, a protocol without results, a payment rule."""
    return words.gettext(_KINDS[kind])


def source_titles(library: Library, sources: Iterable[str], words: Wording) -> tuple[str, ...]:
    """Return each source by its title, each once, in order.

    Args:
        sources: evidence ids, lists of them between commas or semicolons, or words. Sections of the fact base and
            general knowledge are said in words; pages that such words name follow them with their titles.
    """
    evidence = library.evidence()
    titles: dict[str, None] = {}
    for source in sources:
        parts = [part.strip() for part in re.split(r"[;,]", source)]
        if all(part in evidence for part in parts):
            named = parts
        else:
            named = [name for name in _NAMED.findall(source) if name in evidence]
            titles[said_in_words(_without(source, named), words)] = None
        titles.update((_titled(evidence, name, words), None) for name in named)
    return tuple(titles)


def _without(source: str, named: Iterable[str]) -> str:
    """Return a source in words without the names whose titles follow it, where they only stand in a list.

    The fact base's list of traps is for those who build the program; it goes too.
    """
    left = _TRAPS.sub("", source)
    for name in named:
        left = re.sub(rf"(?:, |^){re.escape(name)}(?=,|$| \()", "", left)
    return left.strip(", ") or source


def _titled(evidence: EvidenceList, evidence_id: str, words: Wording) -> str:
    entry = evidence.entry(evidence_id)
    if not entry.address:  # no page: its section, how sure it is, or what it is
        said = said_in_words(evidence_id, words)
        return said if said != evidence_id else kind_words(entry.kind, words)
    return words.gettext("{title} ({kind}, {reference})").format(
        title=entry.title, kind=kind_words(entry.kind, words), reference=reference(entry)
    )


def said_in_words(source: str, words: Wording) -> str:
    """Return words of a file with the fact base's own abbreviations written out."""
    _ = words.gettext
    said = _FACTS.sub(lambda found: _("fact base, section {section}").format(section=found[1]), source)
    return _GENERAL.sub(lambda found: _(_CONFIDENCE.get(found[1], _PLAIN_KNOWLEDGE)), said)


def reference(entry: Evidence) -> str:
    """Return how an entry is cited in short: `[4]` for the article's own reference, `S28` for a page."""
    short = _reference(entry.id)
    return short.upper() if _PAGE.fullmatch(short) else short


def _reference(evidence_id: str) -> str:
    """Return `[4]` for the article's own reference, else the id as it is cited."""
    number = evidence_id.removeprefix("article-ref-")
    return f"[{number}]" if number != evidence_id else evidence_id
