"""Amounts in words: whole vials are equal to the dose, part of a vial never reads so."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical.doses.dosing import VialCount
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.messages import Text
from ivigdesk.ui.dose_words import dose_made_of, made_of, reason_text, taken_from
from ivigdesk.wording import Wording
from tests.conftest import FIRST_MORNING

SMALL = VialCount(mg=2500, ml=Decimal(50), count=1)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("mg", "volume", "vials", "said"),
    [
        (12_500, "250", (VialCount(mg=2500, ml=Decimal(50), count=5),), "12.5 g = 250 mL = 5 × 2.5 g"),
        (930, "18.6", (SMALL,), "0.93 g = 18.6 mL from 1 × 2.5 g (discard 31.4 mL)"),
        (
            3430,
            "68.6",
            (VialCount(mg=2500, ml=Decimal(50), count=2),),
            "3.43 g = 68.6 mL from 2 × 2.5 g (discard 31.4 mL)",
        ),
    ],
)
def test_a_dose_says_what_it_is_taken_from(
    mg: int, volume: str, vials: tuple[VialCount, ...], said: str, english: Wording
) -> None:
    assert _plain(dose_made_of(english, mg, Decimal(volume), vials)) == said


@given(tenths=st.integers(min_value=1, max_value=499))
def test_part_of_a_vial_never_reads_as_equal_to_it(tenths: int) -> None:
    english = Wording("en")
    said = made_of(english, Decimal(tenths) / 10, (SMALL,))
    assert "=" not in said
    assert "discard" in said


def test_several_sizes_are_short_in_a_narrow_column(english: Wording) -> None:
    vials = (
        VialCount(mg=30_000, ml=Decimal(300), count=1),
        VialCount(mg=2500, ml=Decimal(25), count=1),
        VialCount(mg=1000, ml=Decimal(10), count=3),
    )
    assert _plain(taken_from(english, Decimal(355), vials, short=True)) == "30 + 2.5 + 3 × 1 g"
    assert _plain(taken_from(english, Decimal(18), (SMALL,), short=True)) == "from 1 × 2.5 g (discard 32 mL)"


@pytest.mark.parametrize(("language", "said"), [("en", "Anaphylaxis, grade 3"), ("zh_CN", "速发严重过敏反应，3 级")])
def test_the_reason_of_a_hold_is_read_in_one_language(language: str, said: str) -> None:
    effect = SideEffect(
        id=uuid4(),
        dose_id=uuid4(),
        code="AE05",
        term=Text(en="Anaphylaxis", zh_CN="速发严重过敏反应"),
        grade=3,
        onset_at=FIRST_MORNING,
        nurse="A. Wong",
        at=FIRST_MORNING,
    )
    stored = "Anaphylaxis / 速发严重过敏反应, CTCAE 3"
    assert reason_text(Wording(language), stored, (effect,)) == said
    assert reason_text(Wording(language), "Fever", (effect,)) == "Fever"
