"""What is known of a regimen: the evidence that its file names, as lines for plan and screen."""

from __future__ import annotations

from ivigdesk.actions.library import Library
from ivigdesk.clinical.evidence import EvidenceKind
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
}


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
        kind = words.gettext(_KINDS[entry.kind])
        lines.append(
            EvidenceLine(reference=_reference(entry.id), kind=Text(en=kind, zh_CN=kind), statement=entry.statement)
        )
    return tuple(lines)


def _reference(evidence_id: str) -> str:
    """Return `[4]` for the article's own reference, else the id as it is cited."""
    number = evidence_id.removeprefix("article-ref-")
    return f"[{number}]" if number != evidence_id else evidence_id
