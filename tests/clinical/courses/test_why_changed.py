"""Every change of a dose is told with its revision, who approved it, reason, nurse and time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from ivigdesk.clinical.courses.course import Course, Dose, DoseWeight, Revision
from ivigdesk.clinical.courses.why_changed import change_steps
from ivigdesk.clinical.doses.dosing import DosingWeight
from ivigdesk.wording import LANGUAGES, Wording
from tests.clinical.courses.test_status import with_doses
from tests.clinical.courses.test_why import has, why
from tests.clinical.samples import MONDAY, product
from tests.clinical.stored import a_course

replace = msgspec.structs.replace
AT = datetime(2026, 3, 8, 10, 15, tzinfo=UTC)
WEIGHT = DoseWeight(
    weight_g=60_000, weighed_on=MONDAY, dosing_weight=DosingWeight(exact_kg=(60, 1), policy="actual", kind="actual")
)


def after(course: Course, *doses: Dose, number: int = 2, **changes: Any) -> Revision:
    """The next revision, with these doses changed or added."""
    of: dict[str, Any] = {"reason": "Fever", "nurse": "S. Kaur", "at": AT, "verb": "hold"} | changes
    return replace(with_doses(course, *doses).revision, id=UUID(int=90 + number), number=number, **of)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"due_on": date(2026, 3, 9)}, "moved from Sun 08 Mar 2026 to Mon 09 Mar 2026"),
        ({"state": "held", "changed_at": AT}, "put on hold"),
        ({"state": "held", "needs_release": True, "changed_at": AT}, "put on hold, a prescriber must release it"),
        ({"state": "omitted"}, "omitted"),
        ({"state": "ceased"}, "ceased"),
        ({"is_error": True}, "entered in error"),
        ({"product": product("privigen-10")}, "product switched from"),
        ({"weight": WEIGHT}, "computed anew with 60 kg"),
        ({"is_first_infusion": True}, "begins at the initial rate"),
        ({"due_on": date(2026, 3, 9), "state": "held", "changed_at": AT}, "to Mon 09 Mar 2026, put on hold"),
    ],
)
def test_each_kind_of_change_is_told(changes: dict[str, Any], told: str) -> None:
    course = a_course()
    steps = why(course, 4, after(course, replace(course.dose(4), **changes)))["Why this date"]
    (step,) = [step for step in steps if step.startswith("revision 2")]
    assert told in step
    assert step.endswith("Reason: Fever (S. Kaur, Sun 08 Mar 2026 10:15)")
    assert not has(why(course, 5, after(course, replace(course.dose(4), **changes)))["Why this date"], "revision 2")


def test_the_whole_history_is_told_in_order() -> None:
    course = a_course()
    held = replace(course.dose(4), state="held", needs_release=True, changed_by="S. Kaur", changed_at=AT)
    free = replace(held, state="planned", needs_release=False, due_on=date(2026, 3, 10))
    second = after(course, held, verb="reaction", reason="Anaphylaxis")
    third = after(course, free, number=3, verb="resume", reason="Reviewed", approved_by="Dr S. Kim")
    fourth = after(course, held, number=4, verb="undo", reason="Too early", restores=2)
    steps = [step for step in why(course, 4, second, third, fourth)["Why this date"] if step.startswith("revision")]
    assert [step.split(":")[0] for step in steps] == ["revision 2", "revision 3", "revision 4"]
    assert "put on hold, a prescriber must release it. Reason: Anaphylaxis (S. Kaur" in steps[0]
    assert "to Tue 10 Mar 2026, put back on the calendar. Approved by Dr S. Kim. Reason: Reviewed (S. Kaur" in steps[1]
    assert "undone, as in revision 2 again: moved from Tue 10 Mar 2026 to Sun 08 Mar 2026, put on hold" in steps[2]
    signed = why(course, 4, second, third)["Who and when"]
    assert has(signed, "revision 3: S. Kaur, Sun 08 Mar 2026 10:15; approved by Dr S. Kim. Reason: Reviewed")


def test_an_extra_dose_is_not_of_the_rule_and_leaves_the_others_on_their_days() -> None:
    course = a_course()
    on = date(2026, 3, 17)
    extra = replace(course.dose(8), id=UUID(int=77), number=12, due_on=on, planned_on=on, course_day=16, is_extra=True)
    later = after(course, extra, verb="add", reason="IgG 2.1 g/L", approved_by="Dr S. Kim")
    steps = why(course, 12, later)["Why this date"]
    assert has(steps, "the regimen's rule has no such dose", "revision 2: added for Tue 17 Mar 2026. Approved by Dr S.")
    assert has(steps, "course day: Tue 17 Mar 2026 − Mon 02 Mar 2026, counted from 1 = 16")
    assert not has(steps, "phase “Weekly”")
    assert not has(steps, "is on course day")
    for number in range(1, 12):
        steps_of_rule = why(course, number, later)["Why this date"]
        assert steps_of_rule == why(course, number)["Why this date"], "the rule still has its own eleven doses"


def test_a_replacement_takes_the_place_of_the_wrong_entry_and_has_its_rule() -> None:
    course = a_course()
    wrong = replace(course.dose(2), is_error=True)
    on = date(2026, 3, 5)
    again = replace(
        wrong, id=UUID(int=78), number=12, is_error=False, replaces=wrong.id, due_on=on, planned_on=on, course_day=4
    )
    later = after(course, wrong, again, verb="error", reason="Another patient's", approved_by="Dr S. Kim")
    steps = why(course, 12, later)["Why this date"]
    assert has(
        steps,
        "dose 2 is on course day 3",
        "revision 2: added for Thu 05 Mar 2026; takes the place of dose 2, which was entered in error. Approved by Dr",
        "counted from 1 = 4",
    )
    assert has(why(course, 2, later)["Why this date"], "revision 2: entered in error. Approved by Dr S. Kim")
    assert why(course, 9, later)["Why this date"] == why(course, 9)["Why this date"]


def test_a_dose_before_day_1_is_counted_without_a_day_0() -> None:
    course = a_course()
    on = MONDAY - timedelta(days=1)
    extra = replace(course.dose(1), id=UUID(int=77), number=12, due_on=on, planned_on=on, course_day=-1, is_extra=True)
    steps = why(course, 12, after(course, extra, verb="add"))["Why this date"]
    assert has(steps, "course day: Sun 01 Mar 2026 − Mon 02 Mar 2026 = -1; there is no day 0")


def test_the_volume_is_of_the_product_that_the_dose_is_given_from() -> None:
    course = a_course()
    other = product("privigen-10")
    switched = replace(course.dose(4), product=other)
    steps = why(course, 4, after(course, switched, verb="product"))["Why this amount"]
    assert any(other.title.en in step and "100 g/L" in step for step in steps)
    assert not any(course.product.title.en in step for step in steps)


def test_the_history_can_be_read_in_both_languages() -> None:
    course = a_course()
    held = replace(course.dose(4), state="held", changed_by="S. Kaur", changed_at=AT, needs_release=True)
    for language in LANGUAGES:
        words = Wording(language)
        (step,) = change_steps(course, held, (course.revision, after(course, held)))
        assert "{" not in words.say(step.rule)
