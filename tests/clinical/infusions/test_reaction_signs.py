"""The boxes of a report: the shipped ones fit the catalogue, and a term never ticks two of them."""

from __future__ import annotations

import pytest

from ivigdesk import resources
from ivigdesk.clinical import library
from ivigdesk.clinical.infusions.reaction_signs import parse_reaction_signs
from ivigdesk.clinical.infusions.side_effect_file import parse_catalogue
from ivigdesk.errors import KnownError
from ivigdesk.wording import Wording

SYSTEMS = ["Cardiovascular", "Cutaneous", "Pain", "Respiratory", "Renal", "Blood", "Generalised"]


def test_the_shipped_systems_are_those_of_the_form_in_both_languages() -> None:
    systems = library.reaction_signs().systems
    assert [system.name.en for system in systems] == SYSTEMS
    assert all(sign.name.en and sign.name.zh_CN for system in systems for sign in system.signs)


def test_every_code_is_a_term_of_the_catalogue() -> None:
    path = resources.folder("side_effects.toml")
    known = {term.code for term in parse_catalogue(path.read_bytes(), path.name).terms}
    codes = [code for system in library.reaction_signs().systems for sign in system.signs for code in sign.codes]
    assert set(codes) <= known


def test_what_is_no_sign_of_the_form_is_left_to_its_own_name() -> None:
    signs = library.reaction_signs()
    assert signs.has("AE11")
    assert not signs.has("AE01"), "aseptic meningitis is a diagnosis: the report names it"


def test_a_term_that_ticks_two_boxes_is_refused() -> None:
    path = resources.folder("procedure", "reaction-signs.toml")
    twice = path.read_text(encoding="utf-8").replace('codes = ["AE25"]', 'codes = ["AE25", "AE24"]')
    with pytest.raises(KnownError) as refused:
        parse_reaction_signs(twice.encode(), "ours.toml")
    assert "AE24" in Wording("en").say_error(refused.value)
