"""Reads a file of criteria, and refuses one that asks for what nobody knows or says two things at once."""

from __future__ import annotations

from collections.abc import Iterator

from ivigdesk.clinical.eligibility.asked import FACT_NAMES, WORDS, FactKind, kind_of
from ivigdesk.clinical.eligibility.profile import Clause, Profile, Rule
from ivigdesk.clinical.library_file import read_record, refusal
from ivigdesk.messages import N_, Message, Text, message

Fault = tuple[str, Message]

_COMPARISONS: dict[FactKind, tuple[str, ...]] = {
    "number": ("at_least", "at_most", "above", "below"),
    "word": ("one_of", "none_of"),
    "yes-no": ("is_true",),
}
_ALL = tuple(name for names in _COMPARISONS.values() for name in names)


def parse_profile(content: bytes, name: str) -> Profile:
    """Return the profile of a TOML file.

    Args:
        content: the file as it is on disk.
        name: the file's name, for the sentence.

    Raises:
        KnownError: a key is unknown or missing, a value does not fit, a condition asks for an unknown fact or compares
            it twice, or a code stands twice. The sentence names file, key and reason.
    """
    profile = read_record(content, name, Profile)
    for key, reason in _faults(profile):
        raise refusal(name, key, reason)
    return profile


def _faults(profile: Profile) -> Iterator[Fault]:
    yield from _empty_texts("version", profile.version)
    yield from _empty_texts("title", profile.title)
    if profile.note is not None:
        yield from _empty_texts("note", profile.note)
    if not profile.sources:
        yield "sources", message(N_("at least one source is needed."))
    if profile.otherwise == "met":
        yield "otherwise", message(N_("what no rule speaks of is never met."))
    if not profile.rules:
        yield "rules", message(N_("at least one rule is needed."))
    seen: set[tuple[str, bool]] = set()
    for index, rule in enumerate(profile.rules):
        key = f"rules[{index}]"
        # A rule may say again, as an `otherwise`, what it says where it does not hold.
        code = (rule.code, rule.part == "otherwise")
        if code in seen:
            yield f"{key}.code", message(N_("“{value}” stands here twice; each may stand once."), value=rule.code)
        seen.add(code)
        for inner, reason in _rule(rule):
            yield f"{key}.{inner}", reason


def _rule(rule: Rule) -> Iterator[Fault]:
    yield from _empty_texts("code", rule.code)
    yield from _empty_texts("title", rule.title)
    yield from _empty_texts("source", rule.source)
    # SAFETY: only a grant says met; a slip in any other part must not turn a warning into a permission.
    if (rule.part == "grant") != (rule.outcome == "met"):
        yield "outcome", message(N_("a grant says met, and nothing else does."))
    if not rule.when and not rule.any_of and not rule.ways:
        yield "when", message(N_("at least one condition is needed."))
    for part in ("when", "any_of"):
        for index, clause in enumerate(getattr(rule, part)):
            yield from _clause(clause, f"{part}[{index}]")
    for way_index, way in enumerate(rule.ways):
        if not way:
            yield f"ways[{way_index}]", message(N_("at least one condition is needed."))
        for index, clause in enumerate(way):
            yield from _clause(clause, f"ways[{way_index}][{index}]")


def _clause(clause: Clause, key: str) -> Iterator[Fault]:
    if clause.fact not in FACT_NAMES:
        allowed = ", ".join(FACT_NAMES)
        text = N_("“{value}” is no fact that criteria can ask for. Allowed: {allowed}.")
        yield f"{key}.fact", message(text, value=clause.fact, allowed=allowed)
        return
    compared = [name for name in _ALL if getattr(clause, name) not in (None, ())]
    fitting = _COMPARISONS[kind_of(clause.fact)]
    if len(compared) != 1 or compared[0] not in fitting:
        text = N_("“{fact}” is compared by exactly one of these: {allowed}.")
        yield key, message(text, fact=clause.fact, allowed=", ".join(fitting))
        return
    possible = WORDS.get(clause.fact, ())
    for word in (*clause.one_of, *clause.none_of):
        if not word.strip() or (possible and word not in possible):
            text = N_("“{value}” cannot be. Allowed: {allowed}.")
            yield f"{key}.{compared[0]}", message(text, value=word, allowed=", ".join(possible) or "itp, cmv, …")


def _empty_texts(key: str, text: Text | str) -> Iterator[Fault]:
    parts = {key: text} if isinstance(text, str) else {f"{key}.en": text.en, f"{key}.zh_CN": text.zh_CN}
    for place, written in parts.items():
        if not written.strip():
            yield place, message(N_("this text must not be empty."))
