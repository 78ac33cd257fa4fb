"""Finds medicines that matter in what somebody wrote about a patient."""

from __future__ import annotations

import re
from functools import cache

from ivigdesk.clinical import library
from ivigdesk.clinical.safety.thresholds import Medicine

_LATIN = "a-zà-ÿ"


def medicines_in(*texts: str) -> tuple[Medicine, ...]:
    """Return the medicines named in the texts, each once, in the order of the library's list.

    Brand and generic names in both languages are known; capitals make no difference.

    Source: resources/safety/medicines.toml.
    """
    if not any(text.strip() for text in texts):
        return ()
    pattern, by_word = _words()
    found = {by_word[word] for text in texts for word in pattern.findall(text.casefold())}
    return tuple(medicine for medicine in library.medicines().medicines if medicine.id in found)


def names_a_medicine(text: str) -> bool:
    """Whether the field of a medicine names one: neither empty nor “none” or “无”."""
    said = text.strip().casefold().rstrip(".。")
    return bool(said) and said not in library.medicines().no_medicine


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    by_word = {word.casefold(): medicine.id for medicine in library.medicines().medicines for word in medicine.words}
    # The longest word first, and no Latin letter before it: valganciclovir is not ganciclovir.
    longest_first = sorted(by_word, key=len, reverse=True)
    return re.compile(f"(?<![{_LATIN}])(?:{'|'.join(map(re.escape, longest_first))})"), by_word
