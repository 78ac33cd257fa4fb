"""A trend as shapes: exact labels, words that never lie on others, and the same drawing for screen and paper."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.sheets.trend.layout import lay_out
from ivigdesk.sheets.trend.paint import trend_block
from ivigdesk.sheets.trend.room import Box, Room
from ivigdesk.sheets.trend.scales import day_ticks, days, linear, logarithmic
from ivigdesk.sheets.trend.shapes import Line, Mark, Shapes, Text
from ivigdesk.sheets.trend.values import Trend, TrendDose, TrendEvent, TrendLine, TrendPoint
from ivigdesk.wording import Wording

WIDTH, HEIGHT, SIZE = 520.0, 300.0, 9.0
START = date(2026, 3, 2)
TRANSPLANT = date(2026, 1, 20)


def measure(words: str, size: float, is_bold: bool) -> float:
    """A plain letter is half as wide as high, a Chinese one as wide as high."""
    return sum(size if character >= "\u2e80" else size * 0.55 for character in words)


def a_day(number: int) -> date:
    return START + timedelta(number)


def a_trend(*values: str, every_days: int = 7, **more: object) -> Trend:
    points = tuple(TrendPoint(on=a_day(index * every_days), value=Decimal(value)) for index, value in enumerate(values))
    return Trend(title="IgG, g/L", points=points, today=a_day(20), **more)  # type: ignore[arg-type]


def drawn(trend: Trend, wording: Wording, width: float = WIDTH, height: float = HEIGHT) -> Shapes:
    return lay_out(trend, width, height, measure, wording, SIZE)


def said(shapes: Shapes) -> list[str]:
    return [shape.words.replace("\u00a0", " ") for shape in shapes if isinstance(shape, Text)]


def marks(shapes: Shapes, role: str = "series") -> list[Mark]:
    """Return the marks inside the drawing, without those of the legend."""
    bottom = max(line.start[1] for line in shapes if isinstance(line, Line) and line.role == "frame")
    return [shape for shape in shapes if isinstance(shape, Mark) and shape.role == role and shape.at[1] < bottom + 12]


def boxes(shapes: Shapes, width: float, height: float) -> list[tuple[str, Box]]:
    room = Room(width, height, SIZE, measure)
    return [(shape.words, room.box_of(shape)) for shape in shapes if isinstance(shape, Text)]


def must_be_legible(shapes: Shapes, width: float = WIDTH, height: float = HEIGHT) -> None:
    """Every word inside the drawing, none on another."""
    placed = boxes(shapes, width, height)
    for words, box in placed:
        assert Box(0, 0, width, height).holds(box), words
    for (one, box), (other, other_box) in combinations(placed, 2):
        assert not box.meets(other_box), (one, other)


def test_numbers_beside_the_axis_are_exact_decimals(english: Wording) -> None:
    words = said(drawn(a_trend("0.1", "0.2", "0.3"), english))
    assert {"0", "0.05", "0.1", "0.15", "0.2", "0.25", "0.3"} <= set(words)


def test_a_range_far_from_zero_does_not_begin_there() -> None:
    assert linear([Decimal(92), Decimal(118)]).least == 90
    assert linear([Decimal("2.8"), Decimal(8)]).least == 0


def test_equal_values_still_have_an_axis() -> None:
    scale = linear([Decimal(5), Decimal(5)])
    assert (scale.least, scale.most) == (0, 10)
    assert linear([Decimal(0)]).most == 1


@given(st.lists(st.decimals(min_value=0, max_value=5000, places=2), min_size=1, max_size=40))
def test_every_value_lies_on_its_axis(values: list[Decimal]) -> None:
    scale = linear(values)
    assert scale.least <= min(values) <= max(values) <= scale.most
    assert 2 <= len(scale.ticks) <= 8
    assert len({after - before for before, after in pairwise(scale.ticks)}) == 1
    assert all(0 <= scale.share(value) <= 1 for value in values)


@given(st.lists(st.decimals(min_value=0, max_value=999_999_999, places=0), min_size=1, max_size=40))
def test_a_logarithmic_axis_has_whole_powers_of_ten(values: list[Decimal]) -> None:
    scale = logarithmic(values)
    assert all(after == before * 10 for before, after in pairwise(scale.ticks))
    assert all(0 <= scale.share(value) <= 1 for value in values)


def test_tenfold_steps_are_equally_high() -> None:
    scale = logarithmic([Decimal(10), Decimal(10_000)])
    assert scale.share(Decimal(100)) == pytest.approx(1 / 3)
    assert scale.share(Decimal(1000)) == pytest.approx(2 / 3)


def test_long_numbers_are_written_in_groups(english: Wording) -> None:
    words = said(drawn(a_trend("137", "240000", is_log=True), english))
    assert {"1000", "100 000", "1 000 000", "240 000"} <= set(words)


def test_a_value_below_the_limit_is_an_open_mark_with_its_sign(english: Wording) -> None:
    points = (TrendPoint(on=START, value=Decimal(137), is_below=True), TrendPoint(on=a_day(7), value=Decimal(900)))
    shapes = drawn(Trend(title="CMV PCR, IU/mL", points=points, today=START, is_log=True), english)
    assert [mark.is_filled for mark in marks(shapes)] == [False, True]
    assert "< 137" in said(shapes)
    assert "open: below the limit of detection" in said(shapes)


def test_kinds_differ_in_shape_and_are_explained(english: Wording) -> None:
    points = (
        TrendPoint(on=START, value=Decimal(3), kind="before treatment"),
        TrendPoint(on=a_day(9), value=Decimal(5), kind="trough on treatment", form="square"),
    )
    shapes = drawn(Trend(title="IgG, g/L", points=points, today=START), english)
    assert [mark.form for mark in marks(shapes)] == ["circle", "square"]
    assert {"before treatment", "trough on treatment"} <= set(said(shapes))


def test_given_doses_are_filled_and_planned_ones_open(english: Wording) -> None:
    doses = (TrendDose(on=START, number=1, is_given=True), TrendDose(on=a_day(14), number=2, is_given=False))
    shapes = drawn(a_trend("3", "4", doses=doses), english)
    assert [mark.is_filled for mark in marks(shapes, "dose")] == [True, False]
    assert {"1", "2", "dose given", "dose planned"} <= set(said(shapes))


def test_the_days_since_transplant_that_matter_stand_below_the_dates(english: Wording) -> None:
    words = said(drawn(a_trend(*"3456789", every_days=14, transplant_on=TRANSPLANT), english))
    assert "day +100" in words
    assert "day +60" in words


def test_without_a_transplant_there_is_no_second_axis(english: Wording) -> None:
    assert not [words for words in said(drawn(a_trend("3", "4"), english)) if words.startswith("day")]


def test_the_year_is_said_once_and_when_it_changes(english: Wording) -> None:
    words = said(drawn(a_trend("3", "4", "5", every_days=150), english))
    years = [one for one in words if one.endswith(("2026", "2027"))]
    assert len(years) <= 2


def test_one_value_alone_is_drawn(english: Wording) -> None:
    shapes = drawn(a_trend("3.1"), english)
    assert len(marks(shapes)) == 1
    assert "3.1" in said(shapes)


def test_no_value_says_so_and_still_shows_the_doses(english: Wording) -> None:
    shapes = drawn(a_trend(doses=(TrendDose(on=START, number=1, is_given=True),)), english)
    assert "No value has been recorded." in said(shapes)
    assert len(marks(shapes, "dose")) == 1


def test_four_hundred_values_keep_one_mark_each_and_only_the_last_number(wording: Wording) -> None:
    trend = a_trend(*(str(70 + index * 7 % 50) for index in range(400)), every_days=1)
    shapes = drawn(trend, wording)
    assert len(marks(shapes)) == 400
    must_be_legible(shapes)


def test_lines_to_compare_with_are_dashed_and_named(english: Wording) -> None:
    lines = (TrendLine(value=Decimal(4), label="severely low below 4 g/L"), TrendLine(value=Decimal(6), label="target"))
    shapes = drawn(a_trend("3", "5", lines=lines), english)
    assert len([line for line in shapes if isinstance(line, Line) and line.role == "line" and line.dash]) == 2
    assert {"severely low below 4 g/L", "target"} <= set(said(shapes))


def test_the_newest_events_are_drawn_and_the_others_counted(english: Wording) -> None:
    events = tuple(TrendEvent(on=a_day(index), until=None, label=f"event {index}") for index in range(7))
    words = said(drawn(a_trend("3", "5", "4", events=events), english))
    assert "event 6" in words
    assert "event 0" not in words
    assert "3 more events are in the list" in words


def test_an_event_from_before_the_axis_has_no_flag(english: Wording) -> None:
    events = (
        TrendEvent(on=a_day(-300), until=a_day(2), label="old"),
        TrendEvent(on=a_day(3), until=a_day(3), label="new"),
    )
    shapes = drawn(a_trend("3", "5", "4", events=events), english)
    assert len([shape for shape in shapes if isinstance(shape, Mark) and shape.form == "flag"]) == 1


def test_every_axis_of_days_has_room_at_both_ends() -> None:
    for known in ([START], [START, a_day(1)], [START, a_day(4000)]):
        scale = days(known, START)
        assert scale.first < known[0]
        assert known[-1] < scale.last
        assert day_ticks(scale)


@given(
    values=st.lists(st.tuples(st.integers(0, 900), st.decimals(0, 40, places=1), st.booleans()), max_size=40),
    doses=st.lists(st.integers(0, 900), max_size=60),
    events=st.lists(st.tuples(st.integers(-50, 900), st.none() | st.integers(0, 300)), max_size=8),
    is_log=st.booleans(),
)
def test_words_never_lie_on_others(
    values: list[tuple[int, Decimal, bool]],
    doses: list[int],
    events: list[tuple[int, int | None]],
    is_log: bool,
) -> None:
    trend = Trend(
        title="IgG, g/L",
        points=tuple(
            TrendPoint(on=a_day(on), value=value, is_below=is_below) for on, value, is_below in sorted(values)
        ),
        doses=tuple(
            TrendDose(on=a_day(on), number=index + 1, is_given=on < 99) for index, on in enumerate(sorted(doses))
        ),
        events=tuple(
            TrendEvent(on=a_day(on), until=None if long is None else a_day(on + long), label=f"an event of {on}")
            for on, long in events
        ),
        lines=(TrendLine(value=Decimal(4), label="severely low"), TrendLine(value=Decimal(6), label="target")),
        transplant_on=TRANSPLANT,
        today=a_day(60),
        is_log=is_log,
    )
    for language in ("en", "zh_CN"):
        must_be_legible(drawn(trend, Wording(language)))


def test_paper_draws_every_shape_and_takes_the_height_that_it_needs(wording: Wording) -> None:
    bare = trend_block(a_trend("3", "4"), WIDTH, 90, wording)
    full = trend_block(
        a_trend("3", "4", events=(TrendEvent(on=START, until=None, label="CMV"),), transplant_on=TRANSPLANT),
        WIDTH,
        90,
        wording,
    )
    assert bare.height > 90
    assert full.height > bare.height
    assert len(full.marks) > len(bare.marks)
