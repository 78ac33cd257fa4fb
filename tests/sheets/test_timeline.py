"""A timeline as shapes: every dose drawn, its state told by shape, words that never lie on others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import combinations
from typing import get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.clinical.courses.status import CourseView, DoseStatus
from ivigdesk.clinical.laboratory.values import LabTest, LabValue
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.messages import Text as Words
from ivigdesk.sheets.timeline.layout import lay_out
from ivigdesk.sheets.timeline.marks import dose_sign
from ivigdesk.sheets.timeline.of_patient import timeline_of
from ivigdesk.sheets.timeline.paint import timeline_block
from ivigdesk.sheets.timeline.site import Drawing
from ivigdesk.sheets.timeline.values import (
    Timeline,
    TimelineCourse,
    TimelineDose,
    TimelineEffect,
    TimelineEvent,
    TimelinePhase,
    TimelineTest,
    TimelineValue,
)
from ivigdesk.sheets.trend.room import Box, Room
from ivigdesk.sheets.trend.shapes import Area, Line, Mark, Polyline, Shape, Text, outline
from ivigdesk.sheets.trend.values import TrendEvent, TrendPoint
from ivigdesk.wording import NO_BREAK, Wording

from . import changed
from .conftest import FIRST_ON, LI_NA, TRANSPLANT_ON, ZONE, a_course, a_given_infusion, a_view, replace, with_dose
from .test_trend import measure

SIZE = 9.0
TODAY = date(2026, 3, 8)
STATUSES: tuple[DoseStatus, ...] = get_args(DoseStatus)
COURSE = UUID(int=9)


def drawn(timeline: Timeline, wording: Wording, width: float = 900) -> Drawing:
    return lay_out(timeline, width, measure, wording, SIZE)


def said(drawing: Drawing) -> list[str]:
    return [shape.words.replace(NO_BREAK, " ") for shape in drawing.shapes if isinstance(shape, Text)]


def corners(shape: Shape) -> Iterable[tuple[float, float]]:
    match shape:
        case Line(start, end):
            return (start, end)
        case Polyline(points):
            return points
        case Mark():
            return outline(shape)
        case Area(left, top, right, bottom):
            return ((left, top), (right, bottom))
    return ()


def must_be_legible(drawing: Drawing, width: float) -> None:
    """Everything inside the drawing, no words on others."""
    room = Room(width, drawing.height, SIZE, measure)
    whole = Box(0, 0, width, drawing.height)
    placed = [(shape.words, room.box_of(shape)) for shape in drawing.shapes if isinstance(shape, Text)]
    for words, box in placed:
        assert whole.holds(box), words
    for (one, box), (other, other_box) in combinations(placed, 2):
        assert not box.meets(other_box), (one, other)
    for shape in drawing.shapes:
        for x, y in corners(shape):
            assert -0.5 <= x <= width + 0.5, shape
            assert -0.5 <= y <= drawing.height + 0.5, shape


def a_dose(number: int, on: date, status: DoseStatus = "planned", moved_from: date | None = None) -> TimelineDose:
    return TimelineDose(number, on, status, moved_from, f"Dose {number}")


def of_doses(*doses: TimelineDose, transplant_on: date | None = TRANSPLANT_ON, **more: object) -> Timeline:
    ordered = tuple(sorted(doses, key=lambda dose: dose.on))
    phase = TimelinePhase("Alternate days", ordered[0].on, ordered[-1].on, "Alternate days")
    course = TimelineCourse(COURSE, "CMV pneumonia: alternate days, then weekly", "C-9F3A77", (phase,), ordered)
    facts: dict[str, object] = {
        "effects": (), "tests": (), "events": (), "today": TODAY, "first_on": ordered[0].on,
        "transplant_on": transplant_on,
    } | more  # fmt: skip
    return Timeline(courses=(course,), **facts)  # type: ignore[arg-type]


def doses_of(drawing: Drawing) -> list[int]:
    return sorted(spot.dose_number for spot in drawing.spots if spot.dose_number is not None)


def every(days: int, count: int, start: date = FIRST_ON) -> list[TimelineDose]:
    return [a_dose(number + 1, start + timedelta(number * days)) for number in range(count)]


EXTREMES = {
    "one dose": of_doses(a_dose(1, FIRST_ON)),
    "one dose, no transplant": of_doses(a_dose(1, FIRST_ON), transplant_on=None),
    "forty doses every other day": of_doses(*every(2, 40)),
    "forty doses every three weeks": of_doses(*every(21, 40)),
    "transplant two years ago": of_doses(*every(7, 12), transplant_on=date(2024, 3, 4)),
    "transplant still to come": of_doses(*every(7, 12), transplant_on=date(2026, 3, 20)),
    "two doses on one day": of_doses(a_dose(1, FIRST_ON, "entered in error"), a_dose(2, FIRST_ON), *every(7, 3)[1:]),
    "all moved": of_doses(
        *(replace(dose, moved_from=dose.on - timedelta(3)) for dose in every(2, 14))
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXTREMES)
@pytest.mark.parametrize("width", [600, 900, 1400])
def test_every_dose_is_drawn_and_every_word_legible(name: str, width: float, wording: Wording) -> None:
    timeline = EXTREMES[name]
    drawing = drawn(timeline, wording, width)
    assert doses_of(drawing) == sorted(dose.number for dose in timeline.courses[0].doses)
    must_be_legible(drawing, width)


def test_doses_on_one_day_lie_below_each_other(english: Wording) -> None:
    drawing = drawn(EXTREMES["two doses on one day"], english)
    one, other = [spot.box for spot in drawing.spots if spot.on == FIRST_ON and spot.dose_number is not None]
    assert one.left == other.left
    assert not one.meets(other)


def test_each_state_has_a_shape_of_its_own_in_black_and_white() -> None:
    def shape_of(status: DoseStatus) -> str:
        return repr([shape._replace(role="text") for shape in dose_sign(status, (0, 0), 10)])

    assert len({shape_of(status) for status in STATUSES}) == len(STATUSES)


def test_the_legend_says_each_state_that_is_drawn_and_no_other(english: Wording) -> None:
    words = said(drawn(of_doses(a_dose(1, FIRST_ON, "given"), a_dose(2, TODAY, "held")), english))
    assert {"given", "on hold"} <= set(words)
    assert not {"planned", "omitted", "ceased"} & set(words)


def test_milestones_and_today_are_named_lines(english: Wording) -> None:
    drawing = drawn(of_doses(*every(7, 6)), english)
    assert {"day 0", "day +30", "day +100", "today, Sun 08 Mar"} <= set(said(drawing))
    tall = [
        shape for shape in drawing.shapes if isinstance(shape, Line) and shape.end[1] - shape.start[1] > SIZE * 4
    ]  # fmt: skip
    assert len([line for line in tall if line.dash]) == 3
    assert len([line for line in tall if not line.dash]) == 1


def test_later_milestones_are_drawn_only_where_the_doses_reach(english: Wording) -> None:
    assert "day +180" not in said(drawn(of_doses(*every(7, 6)), english))
    assert {"day +180", "day +365"} <= set(said(drawn(of_doses(*every(21, 15)), english)))


def test_a_transplant_long_ago_is_told_and_does_not_squeeze_the_doses(english: Wording) -> None:
    drawing = drawn(EXTREMES["transplant two years ago"], english)
    assert "← day 0: 04 Mar 2024" in said(drawing)
    boxes = [spot.box for spot in drawing.spots if spot.dose_number is not None]
    assert boxes[-1].left - boxes[0].left > 900 * 0.6


def test_without_a_transplant_the_axis_counts_course_days(english: Wording) -> None:
    words = said(drawn(of_doses(*every(7, 4), transplant_on=None), english))
    assert "Course day" in words
    assert {"1", "8", "15", "22"} <= set(words)
    assert not [one for one in words if one.startswith("day ")]


def test_a_moved_dose_trails_a_line_from_its_planned_day(english: Wording) -> None:
    still = of_doses(a_dose(1, FIRST_ON), a_dose(2, TODAY))
    gone = of_doses(a_dose(1, FIRST_ON), a_dose(2, TODAY, moved_from=FIRST_ON + timedelta(2)))
    assert "moved from the day first planned" not in said(drawn(still, english))
    assert "moved from the day first planned" in said(drawn(gone, english))


def test_grave_side_effects_are_larger_black_and_on_top(english: Wording) -> None:
    effects = tuple(
        TimelineEffect(FIRST_ON, grade, f"term {grade}", COURSE, 1, f"term {grade}") for grade in (1, 2, 3, 4)
    )
    drawing = drawn(of_doses(a_dose(1, FIRST_ON), effects=effects), english)
    rings = [shape for shape in drawing.shapes if isinstance(shape, Mark) and shape.form == "circle"][:4]
    assert (
        sorted((ring.is_filled, ring.radius > SIZE * 0.7) for ring in rings)
        == [(False, False)] * 2 + [(True, True)] * 2
    )
    assert {"1", "2", "3", "4", "grade 3 or more"} <= set(said(drawing))
    must_be_legible(drawing, 900)


def test_of_too_many_side_effects_on_a_day_the_mildest_are_counted(english: Wording) -> None:
    effects = tuple(
        TimelineEffect(FIRST_ON, grade, f"term {number}", COURSE, 1, "")
        for number, grade in enumerate([1] * 5 + [4, 3, 2])
    )
    drawing = drawn(of_doses(a_dose(1, FIRST_ON), effects=effects), english)
    assert {"2", "3", "4", "2 milder ones are in the list"} <= set(said(drawing))
    must_be_legible(drawing, 900)


def test_values_are_numbers_in_a_lane_of_their_own(english: Wording) -> None:
    def value(on: int, number: str) -> TimelineValue:
        return TimelineValue(TrendPoint(on=FIRST_ON + timedelta(on), value=Decimal(number)), number)

    tests = (
        TimelineTest("IgG, g/L", (value(0, "3.4"), value(9, "5.2"))),
        TimelineTest("CMV PCR, IU/mL", (value(1, "24000"), value(400, "137"))),
    )
    words = said(drawn(of_doses(*every(7, 4), tests=tests), english))
    assert {"IgG, g/L", "3.4", "5.2", "CMV PCR, IU/mL", "24 000"} <= set(words)
    assert "137" not in words
    assert "1 value lies outside these days" in words


@given(
    doses=st.lists(
        st.tuples(st.integers(0, 200), st.sampled_from(STATUSES), st.none() | st.integers(-20, 20)),
        min_size=1,
        max_size=40,
    ),
    effects=st.lists(st.tuples(st.integers(0, 200), st.integers(1, 5)), max_size=12),
    values=st.lists(st.tuples(st.integers(-60, 260), st.decimals(0, 40, places=1)), max_size=20),
    events=st.lists(st.tuples(st.integers(-60, 200), st.none() | st.integers(0, 90)), max_size=6),
    transplant=st.none() | st.integers(-900, 100),
    width=st.sampled_from([600, 800, 1300]),
)
def test_words_never_lie_on_others(
    doses: list[tuple[int, DoseStatus, int | None]],
    effects: list[tuple[int, int]],
    values: list[tuple[int, Decimal]],
    events: list[tuple[int, int | None]],
    transplant: int | None,
    width: float,
) -> None:
    def day(number: int) -> date:
        return FIRST_ON + timedelta(number)

    timeline = of_doses(
        *(
            a_dose(number, day(on), status, None if moved is None else day(on + moved))
            for number, (on, status, moved) in enumerate(doses, start=1)
        ),
        transplant_on=None if transplant is None else day(transplant),
        effects=tuple(TimelineEffect(day(on), grade, "headache", COURSE, 1, "headache") for on, grade in effects),
        tests=(
            TimelineTest(
                "IgG, g/L",
                tuple(TimelineValue(TrendPoint(on=day(on), value=value), "") for on, value in sorted(values)),
            ),
        ),
        events=tuple(
            TimelineEvent(
                TrendEvent(on=day(on), until=None if long is None else day(on + long), label=f"event {on}"), ""
            )
            for on, long in events
        ),
    )
    for language in ("en", "zh_CN"):
        drawing = drawn(timeline, Wording(language), width)
        assert {*doses_of(drawing)} >= set(range(1, len(doses) + 1))
        must_be_legible(drawing, width)


def a_value(test: LabTest, on: date, value: str) -> LabValue:
    return LabValue(
        id=UUID(int=hash((test, on)) % 10**9),
        patient_id=LI_NA.id,
        test=test,
        value=Decimal(value),
        unit={"igg": "g/L", "creatinine": "µmol/L"}.get(test, "IU/mL"),
        taken_on=on,
        entered_value=value,
        entered_unit="",
        nurse="A. Wong",
        at=datetime(2026, 3, 1, 8, 0, tzinfo=ZONE),
    )


def of_patient(*views: CourseView, wording: Wording, labs: Iterable[LabValue] = (), **more: object) -> Timeline:
    events: tuple[ClinicalEvent, ...] = more.get("events", ())  # type: ignore[assignment]
    return timeline_of(LI_NA, views, labs, events, TODAY, wording)


def test_a_dose_is_said_with_day_amount_state_move_and_reason(english: Wording) -> None:
    course = with_dose(a_course(), 3, state="held", reason="fever", due_on=date(2026, 3, 9))
    timeline = of_patient(a_view(course, day=TODAY), wording=english)
    dose = next(dose for dose in timeline.courses[0].doses if dose.number == 3)
    assert dose.words.replace(NO_BREAK, " ") == (
        "Dose 3, Mon 09 Mar 2026, day +79, 12.5 g, on hold, moved from Fri 06 Mar, fever"
    )
    assert (dose.on, dose.moved_from, dose.status) == (date(2026, 3, 9), date(2026, 3, 6), "held")


def test_a_given_dose_stands_on_the_day_of_its_infusion(english: Wording) -> None:
    infusion, _headache = a_given_infusion()
    late = replace(infusion, started_at=infusion.started_at + timedelta(1))
    dose = of_patient(a_view(infusions=(late,), day=TODAY), wording=english).courses[0].doses[0]
    assert (dose.on, dose.moved_from, dose.status) == (date(2026, 3, 3), FIRST_ON, "given")


def test_phases_span_the_regimens_own_doses(english: Wording) -> None:
    course = replace(a_course(), revision=changed.switched()[-1])
    phases = of_patient(a_view(course, day=TODAY), wording=english).courses[0].phases
    assert [(phase.name, phase.first, phase.last) for phase in phases] == [
        ("Alternate days", FIRST_ON, date(2026, 3, 14)),
        ("Weekly", date(2026, 3, 16), date(2026, 4, 6)),
    ]


def test_doses_left_out_are_drawn_but_not_counted(english: Wording) -> None:
    course = with_dose(with_dose(a_course(), 4, state="omitted"), 11, state="ceased")
    infusion, _headache = a_given_infusion()
    timeline = of_patient(a_view(course, infusions=(infusion,), day=TODAY), wording=english)
    assert timeline.courses[0].note.endswith("1 of 9 doses given")
    assert len(timeline.courses[0].doses) == 11


def test_a_level_on_treatment_says_that_it_is_partly_infused(english: Wording) -> None:
    infusion, _headache = a_given_infusion()
    labs = (a_value("igg", FIRST_ON - timedelta(3), "3.4"), a_value("igg", TODAY, "6.1"))
    timeline = of_patient(a_view(infusions=(infusion,), day=TODAY), wording=english, labs=labs)
    (test,) = timeline.tests
    assert test.title == "IgG, g/L"
    assert len({value.point.form for value in test.values}) == 2
    assert "6.1" in test.values[1].words
    assert test.values[1].point.kind in test.values[1].words


def test_side_effects_are_said_with_their_dose(english: Wording) -> None:
    infusion, headache = a_given_infusion()
    timeline = of_patient(a_view(infusions=(infusion,), effects=(headache,), day=TODAY), wording=english)
    (effect,) = timeline.effects
    assert (effect.grade, effect.dose_number, effect.term) == (1, 1, "Headache")
    assert "grade 1 (mild)" in effect.words
    assert "dose 1" in effect.words


def test_several_courses_lie_below_each_other_on_one_axis(wording: Wording) -> None:
    first = a_view(day=TODAY)
    second_course = replace(
        a_course(),
        id=UUID(int=77),
        regimen=replace(a_course().regimen, title=Words(en="Replacement", zh_CN="替代")),
    )
    second = a_view(second_course, day=TODAY)
    drawing = drawn(of_patient(first, second, wording=wording), wording)
    tops = {spot.course_id: spot.box.top for spot in drawing.spots if spot.dose_number == 1}
    lefts = {spot.course_id: spot.box.left for spot in drawing.spots if spot.dose_number == 1}
    assert len(tops) == 2
    assert len(set(tops.values())) == 2
    assert len(set(lefts.values())) == 1
    must_be_legible(drawing, 900)


def test_paper_draws_every_shape(wording: Wording) -> None:
    timeline = of_patient(changed.corrected_view(), wording=wording)
    timeline = replace(timeline, transplant_on=date(2024, 1, 1), today=date(2028, 1, 1))  # both beyond the edges
    block = timeline_block(timeline, 527, wording)
    assert block.height > 80
    assert len(block.marks) > 60
