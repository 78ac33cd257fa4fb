"""Side effects of the whole ward with their denominator, and who got a lot."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from ivigdesk.store import EffectFilter, Ward
from ivigdesk.store.records import recall, side_effect_rows
from ivigdesk.store.records.questions import listed
from tests.store import samples
from tests.store.conftest import Save

replace = msgspec.structs.replace
FIRST, SECOND, THIRD = (samples.named(f"dose one {number}") for number in (1, 2, 3))
MARCH = date(2026, 3, 1)


def count(ward: Ward, **wanted: Any) -> int:
    return sum(infusions for _, infusions in ward.infusions_by_month(EffectFilter(**wanted)))


def effects(ward: Ward, **wanted: Any) -> list[int]:
    """Return the grades of what is found, by onset, the latest first."""
    return [row.effect.grade for row in ward.effect_rows(EffectFilter(**wanted))]


@pytest.fixture(autouse=True)
def two_infusions(save: Save) -> None:
    """Two patients; the first has two infusions with a side effect at one, the second an infusion without."""
    first, second = samples.an_infusion(), samples.an_infusion("one", 2, samples.later(7 * 24 * 60))
    other = samples.an_infusion("two", 1, samples.later(60))
    save(
        samples.a_patient(),
        samples.a_course(),
        samples.a_patient("zhao", family_name="赵"),
        samples.a_course("two", "zhao", 2, regimen=replace(samples.A_REGIMEN, id="weekly")),
        first,
        second,
        other,
        samples.a_vial(first),
        samples.a_vial(second, lot="L-2026 2"),
        samples.a_vial(other, product_id="cn-10"),
        samples.a_side_effect(first.dose_id),
    )


def test_a_row_says_whose_dose_which_one_and_from_what(ward: Ward) -> None:
    (row,) = ward.effect_rows(EffectFilter())
    assert (row.patient, row.course_id) == (samples.a_patient(), samples.named("course one"))
    assert (row.number, row.doses_in_all, row.day, row.is_given) == (1, 3, samples.DAY, True)
    assert (row.product_id, row.product_title) == ("cn-5", samples.a_product().short_title)
    assert (row.product_ids, row.lots) == (("cn-5",), ("L20261",))
    assert row.effect == samples.a_side_effect(FIRST)


def test_every_infusion_that_was_begun_is_in_the_denominator(ward: Ward, save: Save) -> None:
    assert ward.infusions_by_month(EffectFilter()) == ((MARCH, 3),)
    save(samples.an_infusion("one", 3, samples.later(40 * 24 * 60)))
    assert ward.infusions_by_month(EffectFilter()) == ((MARCH, 3), (date(2026, 4, 1), 1))


def test_the_month_is_that_of_the_wards_own_date(ward: Ward, save: Save) -> None:
    """Half past midnight on the first of April is still March in UTC."""
    save(samples.an_infusion("one", 3, datetime(2026, 4, 1, 0, 30, tzinfo=samples.SHANGHAI)))
    assert ward.infusions_by_month(EffectFilter())[-1] == (date(2026, 4, 1), 1)
    assert count(ward, first=date(2026, 4, 1)) == 1
    assert count(ward, last=date(2026, 3, 31)) == 3


@pytest.mark.parametrize(
    ("wanted", "grades", "infusions"),
    [
        ({"patient_text": "wang"}, [2], 2),
        ({"patient_text": "zhao"}, [], 1),
        ({"patient_text": "nobody"}, [], 0),
        ({"patient_text": "N-wang 王"}, [2], 2),
        ({"product_id": "cn-5"}, [2], 2),
        ({"product_id": "cn-10"}, [], 1),
        ({"lots": ("L20261",)}, [2], 2),
        ({"lots": ("L-2026 2",)}, [], 1),
        ({"lots": ()}, [], 0),
        ({"regimen_id": "cmv"}, [2], 2),
        ({"regimen_id": "weekly"}, [], 1),
        ({"first": samples.DAY + timedelta(days=1)}, [], 1),
        ({"last": samples.DAY}, [2], 2),
        ({"first": date.min, "last": date.max}, [2], 3),
        ({"least_grade": 3}, [], 3),
    ],
    ids=str,
)
def test_a_filter_narrows_side_effects_and_denominator_alike(
    ward: Ward, wanted: dict[str, Any], grades: list[int], infusions: int
) -> None:
    assert effects(ward, **wanted) == grades
    assert count(ward, **wanted) == infusions


def test_a_product_is_that_of_the_plan_where_no_vial_is_recorded(ward: Ward, save: Save) -> None:
    planned = samples.a_course("five", doses=1)
    (dose,) = planned.doses
    switched = replace(planned.revision, doses=(replace(dose, product=samples.a_product("cn-20")),))
    save(replace(planned, revision=switched), samples.an_infusion("five"))
    assert (count(ward, product_id="cn-20"), count(ward, product_id="cn-5")) == (1, 2)


def test_what_was_not_given_is_no_infusion_and_its_side_effect_says_so(ward: Ward, save: Save) -> None:
    save(samples.an_end(samples.an_infusion(), outcome="not given", given_ml=Decimal(0), given_dose_mg=0, reason="ill"))
    (row,) = ward.effect_rows(EffectFilter())
    assert not row.is_given
    assert count(ward) == 2


def test_an_end_that_was_corrected_counts_as_it_is_now(ward: Ward, save: Save) -> None:
    wrong = samples.an_end(samples.an_infusion(), outcome="not given", given_ml=Decimal(0), given_dose_mg=0)
    save(wrong)
    save(samples.an_end(samples.an_infusion(), "right", replaces=wrong.id))
    assert count(ward) == 3
    assert ward.effect_rows(EffectFilter())[0].is_given


def test_a_side_effect_of_a_dose_without_a_record_does_not_count(ward: Ward, save: Save) -> None:
    save(samples.a_side_effect(THIRD, grade=1))
    rows = ward.effect_rows(EffectFilter())
    assert [(row.number, row.is_given, row.day) for row in rows if not row.is_given] == [
        (3, False, samples.a_course().doses[2].due_on)
    ]


def test_nothing_entered_in_error_counts(ward: Ward, save: Save) -> None:
    course = samples.a_course()
    one, *rest = course.doses
    save(samples.a_revision("one", 2, (replace(one, is_error=True), *rest), verb="error"))
    assert effects(ward) == []
    assert count(ward) == 2


def test_a_correction_takes_the_place_of_what_it_corrects(ward: Ward, save: Save) -> None:
    wrong = samples.a_side_effect(FIRST)
    save(samples.a_side_effect(FIRST, "right", grade=1, replaces=wrong.id))
    assert effects(ward) == [1]
    assert ward.dose_of_side_effect(wrong.id) == FIRST
    assert ward.dose_of_side_effect(samples.named("nothing")) is None


def test_the_latest_onset_comes_first(ward: Ward, save: Save) -> None:
    save(samples.a_side_effect(SECOND, "late", grade=1, onset_at=samples.later(9000)))
    assert effects(ward) == [1, 2]


def test_regimens_and_products_are_those_of_the_courses(ward: Ward) -> None:
    regimens, products = ward.regimens_and_products()
    assert regimens == (("cmv", samples.text("CMV")), ("weekly", samples.text("CMV")))
    assert products == (("cn-5", samples.a_product().short_title),)


def test_every_lot_is_known_once_hung_or_made_ready(ward: Ward, save: Save) -> None:
    save(samples.a_prepared_vial(THIRD, lot="READY-1"), samples.a_prepared_vial(THIRD, "b", lot="L20261"))
    assert ward.lots() == ("L-2026 2", "L20261", "READY-1")


def test_who_got_a_lot_whatever_became_of_the_dose(ward: Ward, save: Save) -> None:
    course = samples.a_course()
    one, *rest = course.doses
    save(samples.an_end(samples.an_infusion("two"), outcome="partly given", reason="fever"))
    save(samples.a_revision("one", 2, (replace(one, is_error=True), *rest), verb="error"))
    mine, theirs = ward.given_of_lots(["L20261"])
    assert (mine.dose.patient.id, mine.dose.is_error, mine.end) == (samples.named("patient wang"), True, None)
    assert (mine.vials, mine.side_effects) == (
        (samples.a_vial(samples.an_infusion()),),
        (samples.a_side_effect(FIRST),),
    )
    assert theirs.dose.patient.id == samples.named("patient zhao")
    assert theirs.end is not None
    assert theirs.end.outcome == "partly given"
    assert (mine.nurse, mine.started_at, mine.dose.number) == ("Li Na", samples.MORNING, 1)


def test_a_vial_whose_lot_was_corrected_counts_with_the_lot_that_it_has_now(ward: Ward, save: Save) -> None:
    wrong = samples.a_vial(samples.an_infusion())
    save(samples.a_vial(samples.an_infusion(), "right", lot="L20299", replaces=wrong.id))
    assert [one.dose.patient.id for one in ward.given_of_lots(["L20261"])] == [samples.named("patient zhao")]
    assert [one.dose.dose_id for one in ward.given_of_lots(["L20299"])] == [FIRST]


def test_what_lies_ready_for_a_dose_not_started(ward: Ward, save: Save) -> None:
    ready = samples.a_prepared_vial(THIRD)
    gone = samples.a_prepared_vial(THIRD, "gone")
    save(ready, gone, samples.a_prepared_vial(FIRST), samples.a_prepared_vial(SECOND, lot="another"))
    save(samples.a_prepared_vial(THIRD, "back", replaces=gone.id, is_withdrawn=True))
    (waiting,) = ward.prepared_of_lots(["L20261"])
    assert (waiting.dose.dose_id, waiting.vials) == (THIRD, (ready,))


def test_who_could_still_get_the_product(ward: Ward, save: Save) -> None:
    assert [(one.dose.patient.id, one.dose.number) for one in ward.waiting_with_products(["cn-5"])] == [
        (samples.named("patient zhao"), 2),
        (samples.named("patient wang"), 3),
    ]
    course = samples.a_course()
    one, two, three = course.doses
    save(samples.a_revision("one", 2, (one, two, replace(three, state="ceased", reason="over")), verb="cease"))
    assert [one.dose.number for one in ward.waiting_with_products(["cn-5"])] == [2]
    assert ward.waiting_with_products(["cn-10"]) == ()
    assert ward.waiting_with_products([]) == ()


@pytest.mark.parametrize(
    ("question", "parameters", "index"),
    [
        (recall.OF_LOTS, [listed(["L20261"])], "vials_by_lot"),
        (recall._DISTINCT.format(table="vials"), [], "vials_by_lot"),
        (recall._DISTINCT.format(table="prepared_vials"), [], "prepared_vials_by_lot"),
    ],
)
def test_a_lot_is_found_by_its_index(ward: Ward, question: str, parameters: list[Any], index: str) -> None:
    plan = ward.ask(lambda db: db.conn.execute(f"EXPLAIN QUERY PLAN {question}", parameters).fetchall())
    steps = [row[3] for row in plan]
    assert any(f"{index} (lot" in step for step in steps), steps
    table = index.removesuffix("_by_lot")
    assert not [step for step in steps if step in (f"SCAN {table}", "SCAN later")], "no table is read from end to end"


def test_a_stretch_of_time_is_found_by_the_index_of_the_start(ward: Ward) -> None:
    asked: list[tuple[str, Any]] = []

    def noting(db: Any, sql: str, parameters: Any = ()) -> list[Any]:
        asked.append((sql, parameters))
        return []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(side_effect_rows, "ask", noting)
        ward.infusions_by_month(EffectFilter(first=samples.DAY))
    ((sql, parameters),) = asked
    plan = ward.ask(lambda db: db.conn.execute(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall())
    assert any("infusions_by_start" in row[3] for row in plan), [row[3] for row in plan]
