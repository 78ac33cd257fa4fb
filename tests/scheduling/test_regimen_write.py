"""A regimen is written as the file that it is read from, and nothing is lost on the way."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.messages import Text
from ivigdesk.scheduling.regimen import Phase, Regimen, StopRule
from ivigdesk.scheduling.regimen_check import check_regimen
from ivigdesk.scheduling.regimen_file import parse_regimen
from ivigdesk.scheduling.regimen_write import write_regimen

from .build import FILES, listed, phase, regimen, shipped

AMOUNTS = st.decimals("0.001", "3000", places=3) | st.integers(1, 3000).map(Decimal)
WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(str.strip)
TEXTS = st.builds(Text, en=WORDS, zh_CN=WORDS)


@st.composite
def phases(draw: st.DrawFn) -> tuple[Phase, ...]:
    """One or two checked phases with every way to state an amount, an interval and an end."""
    every = draw(st.integers(2, 30))
    least = draw(st.decimals("0.001", "1000", places=3))
    amount: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"mg_per_kg": least, "mg_per_kg_range": (least, least + draw(AMOUNTS.filter(lambda x: x <= 2000)))},
                {"mg_per_kg": draw(AMOUNTS)},
                {"mg_per_kg": None, "ml_per_kg": draw(st.decimals("0.001", "30", places=3))},
                {"mg_per_kg": None, "divided_mg_per_kg": Decimal(1200)},
            ]
        )
    )
    first = phase(1, every, None, doses=2, doses_choices=(2, 4), also_after_days=(1,), tolerance_days=1)
    second = phase(draw(st.integers(100, 140)), every, last_day=200, last_day_choices=(180, 200))
    first = msgspec.structs.replace(first, name=draw(TEXTS), **amount)
    return (first, second) if draw(st.booleans()) else (first,)


@st.composite
def regimens(draw: st.DrawFn) -> Regimen:
    """A checked regimen as a ward would write it."""
    if draw(st.booleans()):
        made = regimen(*draw(phases()))
    else:
        rule = StopRule(text=draw(TEXTS), source="s1", igg_trough_g_per_l=draw(st.decimals("0.1", "40", places=1)))
        open_phase = phase(1, 28, draw(AMOUNTS), every_days_choices=(21, 28))
        made = regimen(open_phase, review_after_doses=6, stop_rule=draw(st.none() | st.just(rule)))
    made = msgspec.structs.replace(
        made,
        title=draw(TEXTS),
        note=draw(st.none() | TEXTS),
        sources=tuple(draw(st.lists(WORDS, min_size=1, max_size=3))),
        author=draw(st.just("") | WORDS),
        written_on=draw(st.none() | st.dates()),
        exposure_within_days=draw(st.none() | st.integers(1, 30)),
    )
    check_regimen(made, "made.toml")
    return made


@pytest.mark.parametrize("row", FILES)
def test_a_shipped_regimen_reads_back_equal(row: str) -> None:
    made = shipped(row)
    assert parse_regimen(write_regimen(made), "own.toml") == made


@given(regimens())
def test_any_regimen_reads_back_equal(made: Regimen) -> None:
    assert parse_regimen(write_regimen(made), "own.toml") == made


def test_a_list_of_doses_reads_back_equal() -> None:
    made = regimen(doses=(*listed(1, 2), *listed(7, mg_per_kg=None), *listed(9, optional=True)))
    assert parse_regimen(write_regimen(made), "own.toml") == made


@pytest.mark.parametrize("amount", ["0.1", "2.675", "400", "0.1000000000000000000000001"])
def test_an_amount_stays_exact(amount: str) -> None:
    content = write_regimen(regimen(phase(1, 7, amount, doses=1)))
    assert parse_regimen(content, "own.toml").phases[0].mg_per_kg == Decimal(amount)
    assert f"mg_per_kg = {amount}\n" in content.decode()


def test_the_file_is_made_for_people() -> None:
    made = msgspec.structs.replace(
        regimen(phase(1, 28, doses=3, every_days_choices=(21, 28))), author="Dr Lin", written_on=date(2026, 11, 22)
    )
    assert (
        write_regimen(made).decode()
        == """\
id = "made-here"
version = "2026-11"
anchor = "first-dose"
standing = "treatment"
sources = [
    "test",
]
author = "Dr Lin"
written_on = 2026-11-22

[title]
en = "Made here"
zh_CN = "测试"

[[phases]]
first_day = 1
every_days = 28
mg_per_kg = 400
doses = 3
every_days_choices = [
    21,
    28,
]

[phases.name]
en = "Stretch"
zh_CN = "阶段"
"""
    )


def test_what_a_missing_key_means_is_not_written() -> None:
    table = tomllib.loads(write_regimen(regimen(phase(1, 7, doses=1))).decode())
    assert sorted(table) == ["anchor", "id", "phases", "sources", "standing", "title", "version"]
