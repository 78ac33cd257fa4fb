"""Find a term of the catalogue by words of either language, or by how the Chinese name sounds."""

from __future__ import annotations

from ivigdesk.clinical.infusions.grading import find_terms
from ivigdesk.clinical.infusions.side_effects import SideEffectCatalogue, SideEffectTerm


def find_side_effects(
    catalogue: SideEffectCatalogue, text: str, *, late_first: bool = False
) -> tuple[SideEffectTerm, ...]:
    """Return the terms that fit; all of them for an empty text.

    Words come first, as `find_terms` orders them; then names whose pinyin, or its first letters, begins with the text.

    Args:
        late_first: with an empty text, put what shows hours or days after an infusion first.
    """
    found = find_terms(catalogue, text)
    if not text.strip():
        late = tuple(catalogue.term(code) for code in catalogue.late) if late_first else ()
        return (*late, *(term for term in found if term not in late))
    sounds = "".join(text.casefold().split())
    if not (sounds.isascii() and sounds.isalpha()):
        return found
    by_sound = (term for term in catalogue.terms if term not in found and _sounds_like(term, sounds))
    return (*found, *by_sound)


def _sounds_like(term: SideEffectTerm, sounds: str) -> bool:
    from pypinyin import Style, lazy_pinyin  # late: only a search by pinyin needs it

    name = term.name.zh_CN
    return any(
        "".join(lazy_pinyin(name, style=style)).startswith(sounds) for style in (Style.NORMAL, Style.FIRST_LETTER)
    )
