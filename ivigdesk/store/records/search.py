"""What a patient can be found by: names in any case and accent, pinyin, initials, record number, bed."""

from __future__ import annotations

import itertools
import unicodedata

from ivigdesk.clinical.patients.patient import Patient

_WORDS = 50  # SQLite refuses a question of a thousand conditions
_READINGS = 24  # a name of three characters with two readings each has eight


def normalised(text: str) -> str:
    """Return the text without case, accents and width: `Müller` and `MULLER` are the same."""
    split = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in split if not unicodedata.combining(letter))
    return unicodedata.normalize("NFKC", kept).replace("ł", "l").replace("đ", "d").replace("ø", "o")


def search_words(patient: Patient) -> str:
    """Return everything that the patient can be found by, one form per line."""
    family, given = patient.family_name, patient.given_name
    forms = [family + given, f"{family} {given}", f"{given} {family}", patient.local_name]
    forms += [patient.record_number, patient.bed]
    for name in {family + given, patient.local_name}:
        forms += pinyin_forms(name)
    return "\n".join(dict.fromkeys(normalised(form) for form in forms if form.strip()))


def find_words(text: str) -> list[str]:
    """Return the LIKE patterns that must all match, with `\\` as escape."""
    found = []
    for word in list(dict.fromkeys(normalised(text).split()))[:_WORDS]:
        literal = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        found.append(f"%{literal}%")
    return found


def pinyin_forms(name: str) -> list[str]:
    """Return the full pinyin and the initials of a name in Chinese characters, for each of its readings."""
    if not any(letter >= "\u2e80" for letter in name):
        return []
    import pypinyin  # late: it takes a while, and many wards never need it

    syllables = pypinyin.pinyin(name, style=pypinyin.Style.NORMAL, heteronym=True)
    forms: list[str] = []
    for reading in itertools.islice(itertools.product(*syllables), _READINGS):
        full = "".join(reading)
        forms += [full, "".join(syllable[:1] for syllable in reading)]
        if "v" in full:  # ü is typed as v or as u
            forms.append(full.replace("v", "u"))
    return forms
