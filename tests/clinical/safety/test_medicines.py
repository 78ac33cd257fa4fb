"""Medicines are found in what somebody wrote, in both languages."""

from __future__ import annotations

import pytest

from ivigdesk import resources
from ivigdesk.clinical import library
from ivigdesk.clinical.evidence import parse_evidence, source_ids
from ivigdesk.clinical.safety.medicines import medicines_in
from ivigdesk.clinical.safety.thresholds import parse_medicines
from ivigdesk.errors import KnownError

FILE = resources.folder("safety", "medicines.toml").read_bytes()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Foscarnet 60 mg/kg", ["foscarnet"]),
        ("膦甲酸钠，环孢素A", ["foscarnet", "ciclosporin"]),
        ("CYCLOSPORINE; Prograf", ["ciclosporin", "tacrolimus"]),
        ("FK-506 (Advagraf)", ["tacrolimus"]),
        ("Valganciclovir 900 mg", ["valganciclovir"]),
        ("缬更昔洛韦", ["valganciclovir"]),
        ("ganciclovir then valcyte", ["ganciclovir", "valganciclovir"]),
        ("两性霉素B脂质体, 万古霉素, 阿米卡星", ["amphotericin", "vancomycin", "amikacin"]),
        ("AmBisome+gentamicin/tobramycin", ["amphotericin", "gentamicin", "tobramycin"]),
        ("速尿 20 mg", ["furosemide"]),
        ("Lasix, torsemide, 布美他尼", ["furosemide", "torasemide", "bumetanide"]),
        ("letermovir, aciclovir, omeprazole", []),
        ("", []),
    ],
)
def test_names_and_brands_are_found_in_both_languages(text: str, ids: list[str]) -> None:
    assert [medicine.id for medicine in medicines_in(text)] == ids


def test_a_medicine_named_twice_is_found_once() -> None:
    assert [medicine.id for medicine in medicines_in("foscarnet", "Foscavir 膦甲酸")] == ["foscarnet"]


def test_every_medicine_has_a_source_that_the_evidence_has() -> None:
    evidence = parse_evidence(resources.folder("evidence.toml").read_bytes(), "evidence.toml")
    for medicine in library.medicines().medicines:
        assert source_ids(medicine.source), medicine.id
        assert all(one in evidence for one in source_ids(medicine.source)), medicine.id


def test_a_word_for_two_medicines_is_refused() -> None:
    with pytest.raises(KnownError, match="medicines"):
        parse_medicines(FILE.replace(b'"vistide"', b'"Foscavir"'), "mine.toml")
