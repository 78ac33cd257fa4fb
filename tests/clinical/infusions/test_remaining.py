"""The rate card goes on from what the pump was really set to: exact, never beyond the bag, never by the clock alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ivigdesk.clinical.infusions.infusion import RateAction, RateChange
from ivigdesk.clinical.infusions.procedure import clock_rows
from ivigdesk.clinical.infusions.remaining import RemainingCard, remaining_card, settings_of
from ivigdesk.clinical.products.rate_cards import rate_card, volume_given
from ivigdesk.clinical.products.rates import RateCard, RateRow
from tests.clinical.samples import product, shipped_products
from tests.conftest import FIRST_MORNING

VOLUME = Decimal(200)
STEP = Decimal("0.1")
CARD = RateCard(
    ladder="first",
    rows=(
        RateRow(from_min=Decimal(0), ml_per_h=Decimal(60), ml_total=Decimal(0)),
        RateRow(from_min=Decimal(15), ml_per_h=Decimal(120), ml_total=Decimal(15)),
        RateRow(from_min=Decimal(30), ml_per_h=Decimal(180), ml_total=Decimal(45)),
        RateRow(from_min=Decimal("81.7"), ml_per_h=Decimal(0), ml_total=VOLUME),
    ),
    volume_ml=VOLUME,
    duration_min=Decimal("81.7"),
    max_ml_per_h=Decimal(180),
)

Setting = tuple[int, int | Decimal, RateAction]


def at(minutes: float) -> datetime:
    return FIRST_MORNING + timedelta(minutes=minutes)


def changes(*settings: Setting) -> tuple[RateChange, ...]:
    own = uuid4()
    return tuple(
        RateChange(
            id=uuid4(), infusion_id=own, action=action, ml_per_h=Decimal(rate), reason="", nurse="A", at=at(minute)
        )
        for minute, rate, action in settings
    )


def remains(now: float, *settings: Setting, card: RateCard = CARD, most: Decimal | None = None) -> RemainingCard:
    return remaining_card(
        card,
        changes(*settings),
        at(now),
        volume_ml=card.volume_ml,
        pump_step=STEP,
        most_ml_per_h=card.max_ml_per_h if most is None else most,
        hold_min=15,
    )


def lines(card: RemainingCard) -> list[tuple[float, int]]:
    """Minute and rate of each row but the end."""
    return [((row.at - FIRST_MORNING).total_seconds() / 60, int(row.ml_per_h)) for row in card.rows[:-1]]


def test_right_after_the_start_it_is_the_printed_card() -> None:
    card = remains(0, (0, 60, "start"))
    assert lines(card) == [(0, 60), (15, 120), (30, 180)]
    assert [row.ml_total for row in card.rows] == [0, 15, 45, 200]
    assert card.ends_at == at(81) + timedelta(seconds=40)
    assert (card.given_ml, card.left_ml, card.is_paused) == (0, 200, False)


def test_a_step_that_was_taken_late_shifts_all_that_follows() -> None:
    assert lines(remains(20, (0, 60, "start"), (20, 120, "increase"))) == [(20, 120), (35, 180)]


def test_a_step_that_is_overdue_is_due_now_and_since_when_is_said() -> None:
    card = remains(25, (0, 60, "start"))
    assert lines(card) == [(0, 60), (25, 120), (40, 180)]
    assert card.step_due_at == at(15)
    assert card.next_step is not None
    assert card.next_step.at == at(25)


def test_while_it_stands_still_no_end_is_told_but_what_remains() -> None:
    card = remains(30, (0, 60, "start"), (10, 0, "pause"))
    assert (card.rows, card.ends_at, card.is_paused) == ((), None, True)
    assert (card.given_ml, card.left_ml) == (10, 190)
    assert card.next_step is None


def test_before_the_start_everything_remains() -> None:
    card = remains(0)
    assert (card.given_ml, card.left_ml, card.ends_at) == (0, 200, None)


def test_after_a_pause_the_present_rate_is_kept_for_its_whole_length_again() -> None:
    settings: tuple[Setting, ...] = ((0, 60, "start"), (15, 120, "increase"), (20, 0, "pause"), (50, 120, "resume"))
    assert lines(remains(50, *settings)) == [(50, 120), (65, 180)]


def test_after_slowing_down_it_goes_up_rung_by_rung_and_not_above_what_it_was_slowed_from() -> None:
    slowed: tuple[Setting, ...] = ((0, 60, "start"), (15, 120, "increase"), (20, 60, "slow"))
    assert lines(remains(20, *slowed)) == [(20, 60), (35, 120)], "180 was never tolerated"
    again = remains(35, *slowed, (35, 120, "increase"))
    assert lines(again) == [(35, 120), (50, 180)], "120 is run again, so that one step more may follow"


def test_two_reactions_leave_the_lower_rate_as_the_limit() -> None:
    settings: tuple[Setting, ...] = (
        (0, 60, "start"), (15, 120, "increase"), (30, 180, "increase"), (40, 120, "slow"), (45, 60, "slow"),
    )  # fmt: skip
    assert lines(remains(45, *settings)) == [(45, 60), (60, 120)]
    assert lines(remains(60, *settings, (60, 120, "increase"))) == [(60, 120), (75, 180)]


def test_resumed_slower_after_a_stop_is_slowed_too() -> None:
    settings: tuple[Setting, ...] = ((0, 60, "start"), (15, 120, "increase"), (20, 0, "stop"), (60, 30, "resume"))
    assert lines(remains(60, *settings)) == [(60, 30), (75, 60), (90, 120)]


def test_a_rate_between_two_rungs_is_kept_as_long_as_the_lower_one() -> None:
    settings: tuple[Setting, ...] = ((0, 60, "start"), (15, 120, "increase"), (20, 90, "slow"))
    assert lines(remains(20, *settings)) == [(20, 90), (35, 120)]


def test_setting_the_same_rate_again_does_not_begin_its_time_anew() -> None:
    assert lines(remains(10, (0, 60, "start"), (10, 60, "set")))[1] == (15, 120)


def test_never_faster_than_what_was_tolerated_before() -> None:
    card = remains(0, (0, 60, "start"), most=Decimal("100.05"))
    assert [row.ml_per_h for row in card.rows] == [60, 100, 0]


def test_a_bag_that_is_empty_has_ended_and_takes_no_more() -> None:
    card = remains(500, (0, 60, "start"))
    assert (card.given_ml, card.left_ml, card.is_paused) == (200, 0, False)
    assert card.ends_at == at(200)
    assert [row.ml_total for row in card.rows] == [0, 200]
    empty = remains(600, (0, 60, "start"), (300, 0, "stop"))
    assert (empty.is_paused, empty.left_ml) == (False, 0)


def test_a_single_rate_waits_the_wards_interval_after_slowing() -> None:
    one = RateCard(
        ladder="any",
        rows=(
            RateRow(from_min=Decimal(0), ml_per_h=Decimal(60), ml_total=Decimal(0)),
            RateRow(from_min=Decimal(200), ml_per_h=Decimal(0), ml_total=VOLUME),
        ),
        volume_ml=VOLUME,
        duration_min=Decimal(200),
        max_ml_per_h=Decimal(60),
    )
    assert lines(remains(10, (0, 60, "start"), (10, 30, "slow"), card=one)) == [(10, 30), (25, 60)]


_ACTIONS = st.tuples(
    st.integers(0, 90), st.sampled_from([0, 0, 15, 30, 60, 61, 90, 120, 150, 180]), st.just("set")
)  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> tuple[tuple[Setting, ...], int]:
    """A start and settings of the pump, ascending, and a moment after them."""
    minute, settings = 0, [(0, 60, "start")]
    for wait, rate, action in draw(st.lists(_ACTIONS, max_size=6)):
        minute += wait
        settings.append((minute, rate, action))
    return tuple(settings), minute + draw(st.integers(0, 120))  # type: ignore[arg-type]


@given(histories())
def test_it_ends_exactly_at_the_volume_ascends_and_never_goes_beyond_the_bag(
    history: tuple[tuple[Setting, ...], int],
) -> None:
    settings, now = history
    card = remains(now, *settings)
    assert 0 <= card.given_ml <= VOLUME
    assert card.given_ml + card.left_ml == VOLUME
    if not card.rows:
        assert card.ends_at is None
        return
    assert card.rows[-1].ml_total == VOLUME
    assert card.rows[-1].ml_per_h == 0
    assert all(one.at <= other.at and one.ml_total <= other.ml_total for one, other in pairwise(card.rows))
    assert all(row.ml_per_h <= CARD.max_ml_per_h for row in card.rows)
    # As it is planned, so it runs: the pump that follows the plan has given the volume at the end, and a second
    # before it has not.
    followed = [*settings_of(changes(*settings)), *((row.at, row.ml_per_h) for row in card.rows[1:-1])]
    end = card.rows[-1].at
    assert volume_given(followed, end, Decimal(10_000)) >= VOLUME or end == card.rows[0].at
    if end > max(card.rows[-2].at, at(now)):
        assert volume_given(followed, end - timedelta(seconds=1), Decimal(10_000)) < VOLUME


@given(histories(), st.integers(1, 240))
def test_what_is_given_only_grows_with_time(history: tuple[tuple[Setting, ...], int], later: int) -> None:
    settings, now = history
    assert remains(now, *settings).given_ml <= remains(now + later, *settings).given_ml


@given(histories(), st.integers(1, 240))
def test_pausing_never_adds_volume(history: tuple[tuple[Setting, ...], int], minutes: int) -> None:
    settings, now = history
    rate = settings[-1][1]
    assume(rate > 0)
    straight = remains(now, *settings)
    paused = remains(now + minutes, *settings, (now, 0, "pause"))
    assert paused.given_ml == straight.given_ml
    resumed = remains(now + minutes, *settings, (now, 0, "pause"), (now + minutes, rate, "resume"))
    assert resumed.given_ml == straight.given_ml
    assert straight.ends_at is not None
    assert resumed.ends_at is not None
    if straight.left_ml > 0:
        assert resumed.ends_at >= straight.ends_at + timedelta(minutes=minutes) - timedelta(seconds=1)


@given(
    st.sampled_from([brand.id for brand in shipped_products()]),
    st.integers(5, 800),
    st.integers(3_000, 150_000),
    st.booleans(),
)
def test_of_every_product_the_printed_card_is_what_remains_at_its_start(
    product_id: str, ml: int, weight_g: int, first: bool
) -> None:
    card = rate_card(
        product(product_id), indication="cmv", weight_g=Fraction(weight_g), volume_ml=Decimal(ml), first=first
    )
    start = (0, card.rows[0].ml_per_h, "start")
    whole = remains(0, start, card=card, most=card.max_ml_per_h)  # type: ignore[arg-type]
    printed = clock_rows(card, FIRST_MORNING)
    assert [(row.at, row.ml_per_h) for row in whole.rows[:-1]] == [(when, row.ml_per_h) for when, row in printed[:-1]]
    assert all(
        abs(row.ml_total - Fraction(line.ml_total)) <= Fraction(1, 20)
        for row, (_, line) in zip(whole.rows, printed, strict=True)
    )
    assert abs(whole.rows[-1].at - printed[-1][0]) <= timedelta(seconds=10)


@pytest.mark.parametrize("rate", [Decimal("0.1"), Decimal("13.7"), Decimal("59.9")])
def test_odd_rates_end_exactly_too(rate: Decimal) -> None:
    card = remains(0, (0, rate, "start"))
    assert card.rows[-1].ml_total == 200
