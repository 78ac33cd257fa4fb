"""What is known and where it stands: references, studies, labels and pages that the library names as sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from ivigdesk.clinical.library_file import read_record, refusal
from ivigdesk.messages import N_, Message, Record, Text, message

EvidenceKind = Literal[
    "systematic review",
    "randomised trial",
    "comparative study",
    "cohort",
    "abstract",
    "chapter",
    "guideline",
    "protocol",
    "payment rule",
    "label",
    "page",
    "fact base",
    "general knowledge",
    "design",
]
Confidence = Literal["high", "medium", "low"]

_NO_PAGE: tuple[EvidenceKind, ...] = ("fact base", "general knowledge", "design")
# What names an entry inside a source: the fact base's own ways of writing, a page, and ids with a hyphen in them.
_NAMES = re.compile(
    r"\bFACTS\b|\bGK(?:-[HML])?\b|\bgeneral knowledge\b|(?<![\w-])design\b|\b[sS]\d+\b"
    r"|\b[a-z][a-z0-9]*(?:-[a-z0-9]+)+\b"
)


class Evidence(Record, frozen=True):
    """One reference, study, label or page.

    Attributes:
        id: what sources are named by, e.g. `article-ref-4`, `ruutu-1997`, `s28`, `octagam-10-label`.
        kind: what it is; a `protocol` is a plan of a study and reports no outcome. `fact base`, `general knowledge`
            and `design` are no pages: what rests on the last two waits for the ward.
        title: of the work or the page.
        address: where it stands; several with ` ; ` between them; empty for what is no page.
        statement: what it says, in our own neutral words; None for a page that is only named.
        citation: in full; empty for a page.
        has_results: False for a protocol.
        confidence: how sure the fact base is of the statement; None where it does not say.
        basis: what was read for it: ids of other entries or words; empty for a page.
    """

    id: str
    kind: EvidenceKind
    title: str
    address: str = ""
    statement: Text | None = None
    citation: str = ""
    has_results: bool = True
    confidence: Confidence | None = None
    basis: str = ""


class EvidenceList(Record, frozen=True):
    """The shipped evidence.

    Attributes:
        version: year and month of the last check.
        entries: the article's references in their order, further studies, pages, labels.
    """

    version: str
    entries: tuple[Evidence, ...]

    def entry(self, evidence_id: str) -> Evidence:
        """Return the entry with this id, or with the way the fact base writes it: `S28`, `GK-M`, `FACTS 4.2`.

        Raises:
            KeyError: there is no such entry.
        """
        for entry in self.entries:
            if entry.id == _as_id(evidence_id):
                return entry
        raise KeyError(evidence_id)

    def __contains__(self, evidence_id: object) -> bool:
        return isinstance(evidence_id, str) and any(entry.id == _as_id(evidence_id) for entry in self.entries)


def parse_evidence(content: bytes, name: str) -> EvidenceList:
    """Return the evidence that the file states.

    Args:
        content: the file, TOML in UTF-8.
        name: the file's name, for the sentence.

    Raises:
        KnownError: the file does not fit; the sentence names the file, the key and what is allowed.
    """
    evidence = read_record(content, name, EvidenceList)
    for key, reason in _mistakes(evidence):
        raise refusal(name, key, reason)
    return evidence


def source_ids(source: str) -> tuple[str, ...]:
    """Return the ids that a file's source names, in their order, each once; an unknown one is among them.

    A source is a list of ids, or a text as the fact base writes it: `FACTS 4.2 (design, GK-M)` names the fact base,
    a choice of this program and general knowledge.
    """
    named = (_as_id(match.group()) for match in _NAMES.finditer(source))
    return tuple(dict.fromkeys(named)) or ((source,) if source and " " not in source else ())


def _as_id(named: str) -> str:
    """Return the id of an entry for a name as the fact base writes it."""
    lower = named.lower()
    if lower.startswith("facts"):
        return "fact-base"
    if re.fullmatch("gk(-[hml])?|general knowledge", lower):
        return "general-knowledge"
    return "program-design" if lower == "design" else lower


def _mistakes(evidence: EvidenceList) -> Iterator[tuple[str, Message]]:
    seen: set[str] = set()
    for index, entry in enumerate(evidence.entries):
        where = f"entries[{index}]"
        if entry.id != entry.id.lower():
            yield f"{where}.id", message(N_("“{value}” must be written in small letters."), value=entry.id)
        if entry.id in seen:
            yield f"{where}.id", message(N_("“{value}” stands here twice; each may stand once."), value=entry.id)
        seen.add(entry.id)
        for key, text in _needed_texts(entry):
            if not text.strip():
                yield f"{where}.{key}", message(N_("this text must not be empty."))
        is_page = entry.kind not in _NO_PAGE
        # SAFETY: a plan of a study must never be read as its outcome (FACTS Traps T27).
        if (entry.kind == "protocol") == entry.has_results:
            yield f"{where}.has_results", message(N_("false is needed for a protocol, and only for one."))
        if is_page and entry.statement is not None and not entry.citation:
            yield f"{where}.citation", message(N_("a statement needs its citation."))


def _needed_texts(entry: Evidence) -> Iterator[tuple[str, str]]:
    yield "id", entry.id
    yield "title", entry.title
    if entry.kind not in _NO_PAGE:
        yield "address", entry.address
    if entry.statement is not None:
        yield "statement.en", entry.statement.en
        yield "statement.zh_CN", entry.statement.zh_CN
