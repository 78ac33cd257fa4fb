"""What makes a library file unfit beside its own words: its name, and sources that nobody can look up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from ivigdesk.clinical.library_file import refusal
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Message, message

if TYPE_CHECKING:
    from ivigdesk.clinical.eligibility.profile import Profile
    from ivigdesk.clinical.evidence import EvidenceList
    from ivigdesk.clinical.products.product import Product
    from ivigdesk.scheduling.regimen import Regimen

Kind = Literal["regimens", "products", "criteria"]

_ONE_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PAGE = re.compile(r"[Ss][0-9]{1,3}")
_GENERAL_KNOWLEDGE = re.compile(r"GK(-[HML])?")


class RefusedFile(msgspec.Struct, frozen=True):
    """A file of the library that was not loaded.

    Attributes:
        kind: folder that it lies in.
        file: its name.
        key: path of the key that is wrong, or a line of the file; empty where the whole file is.
        reason: what is wrong and what is allowed.
        is_own: True for a file of the ward.
        error: the whole sentence.
    """

    kind: Kind
    file: str
    key: Message | str
    reason: Message
    is_own: bool
    error: KnownError


def refused_file(kind: Kind, path: Path, error: KnownError, *, is_own: bool) -> RefusedFile:
    """Return the refusal of a file, taken apart into key and reason."""
    facts = error.message.facts
    key: object = ""
    reason = error.message
    if "key" in facts and isinstance(facts.get("reason"), Message):
        key, reason = facts["key"], facts["reason"]  # type: ignore[assignment]
    elif "problem" in facts and "allowed" in facts:
        place = facts.get("place")
        key = place.facts.get("key", "") if isinstance(place, Message) else ""
        reason = message(N_("{problem} Allowed: {allowed}."), problem=facts["problem"], allowed=facts["allowed"])
    where = key if isinstance(key, Message | str) else str(key)
    return RefusedFile(kind=kind, file=path.name, key=where, reason=reason, is_own=is_own, error=error)


def check_name(path: Path, written_id: str) -> None:
    """Refuse a file that is not called by its id: two files could then claim one id.

    Raises:
        KnownError: names this file and the one that its id belongs to.
    """
    if written_id == path.stem:
        return
    other = path.with_name(f"{written_id}.toml")
    if Path(other.name).name == other.name and other.is_file():
        text = N_("“{value}” is the id of {other} already. Allowed here: “{stem}”, the name of this file.")
    else:
        text = N_("“{value}” is not the name of the file. Allowed: “{stem}”; or call the file {other}.")
    raise refusal(path.name, "id", message(text, value=written_id, other=other.name, stem=path.stem))


def check_sources(file: str, record: Regimen | Product | Profile, evidence: EvidenceList) -> None:
    """Refuse a file with a source that is neither in the evidence nor said in words.

    Raises:
        KnownError: for the first such source.
    """
    for key, source in named_sources(record):
        unknown = unknown_source(source, evidence)
        if unknown:
            raise refusal(
                file,
                key,
                message(
                    N_(
                        "“{value}” is not in the evidence. Allowed: an id of the evidence, or the source in several "
                        "words, such as “{example}”."
                    ),
                    value=unknown,
                    example="Ward protocol 12, 2026",
                ),
            )


def unknown_source(text: str, evidence: EvidenceList) -> str:
    """Return the first part of `text` that looks like an id of the evidence and is none; empty when all are known.

    Sources stand between semicolons: ids between commas, or words, among which only pages such as `S29` are looked up.
    """
    for source in re.split(r"[;；]", text):
        parts = [part.split() for part in source.split(",") if part.strip()]
        are_ids = all(len(words) == 1 for words in parts)
        for words in parts:
            may_be_ids = are_ids or all(_PAGE.fullmatch(word) for word in words)
            for word in words if may_be_ids else ():
                if _ONE_WORD.fullmatch(word) and not _GENERAL_KNOWLEDGE.fullmatch(word) and word not in evidence:
                    return word
    return ""


def named_sources(record: Regimen | Product | Profile) -> Iterator[tuple[str, str]]:
    """Give every source that a library file names, with the key where it stands."""
    for index, source in enumerate(record.sources):
        yield f"sources[{index}]", source
    stop_rule = getattr(record, "stop_rule", None)
    if stop_rule is not None:
        yield "stop_rule.source", stop_rule.source
    for part in ("rules", "ladders"):
        for index, row in enumerate(getattr(record, part, ())):
            yield f"{part}[{index}].source", row.source
    if getattr(record, "risk_cap_source", ""):
        yield "risk_cap_source", record.risk_cap_source  # type: ignore[union-attr]
