"""What a patient is called where a name must not stand."""

from __future__ import annotations

from ivigdesk.clinical.patients.patient import Patient

_FIRST_HAN = "\u2e80"

_SURNAMES = {"曾": "z", "单": "s", "解": "x", "仇": "q", "区": "o", "查": "z", "乐": "y", "翟": "z", "覃": "q"}
"""Characters that begin otherwise as a surname than as a word."""


def initials(patient: Patient) -> str:
    """Return the initials, family name first: `LN` for Li Na as for 李娜; empty where a name has no letter."""
    if any(letter >= _FIRST_HAN for letter in patient.family_name + patient.given_name):
        return _of_characters(patient.family_name, patient.given_name)
    words = (*patient.family_name.split()[:1], *patient.given_name.split())
    letters = (next((letter for letter in word if letter.isalpha()), "") for word in words)
    return "".join(letters).upper()


def _of_characters(family_name: str, given_name: str) -> str:
    from pypinyin import Style, lazy_pinyin  # late: only a Chinese name needs it

    syllables = [
        *lazy_pinyin(family_name, style=Style.FIRST_LETTER),
        *lazy_pinyin(given_name, style=Style.FIRST_LETTER),
    ]
    if family_name[:1] in _SURNAMES:
        syllables[0] = _SURNAMES[family_name[:1]]
    return "".join(syllable[:1] for syllable in syllables if syllable[:1].isalpha()).upper()
