"""What the ward may say of its days, and what is refused in words."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from ivigdesk.actions.desk import Desk, set_ward
from ivigdesk.actions.ward.settings_check import MOST_DOSES_A_DAY, read_days, read_load
from ivigdesk.errors import UserMistake
from ivigdesk.messages import message
from ivigdesk.scheduling.closures import WardDays
from ivigdesk.wording import Wording


def refused(desk: Desk, **chosen: object) -> UserMistake:
    before = desk.settings
    with pytest.raises(UserMistake) as caught:
        set_ward(desk, msgspec.structs.replace(before, **chosen))
    assert desk.settings == before
    return caught.value


@pytest.mark.parametrize(
    ("field", "chosen", "says"),
    [
        ("open_weekdays", {"days": WardDays(open_weekdays=())}, "one weekday at least"),
        ("country", {"country": "XX"}, "“XX” is not known"),
        ("subdivision", {"country": "AU", "subdivision": "ZZ"}, "“ZZ” is none of AU"),
        ("subdivision", {"subdivision": "SA"}, "choose the country first"),
        ("closes_on_holidays", {"closes_on_holidays": True}, "choose the country"),
        ("most_doses_a_day", {"most_doses_a_day": 0}, "“0” cannot be used"),
        ("most_doses_a_day", {"most_doses_a_day": MOST_DOSES_A_DAY + 1}, "1 to 200"),
        ("most_minutes_a_day", {"most_minutes_a_day": -5}, "“-5” cannot be used"),
        ("most_minutes_a_day", {"most_minutes_a_day": 100_000}, "1 to 20000"),
        ("closed_on", {"days": WardDays(closed_on=tuple(map(date.fromordinal, range(738000, 738401))))}, "401 dates"),
        ("also_open_on", {"days": WardDays(also_open_on=tuple(map(date.fromordinal, range(738000, 738401))))}, "401"),
    ],
)
def test_what_no_ward_can_mean_is_refused_at_its_field_and_nothing_is_stored(
    desk: Desk, field: str, chosen: dict[str, object], says: str, english: Wording
) -> None:
    mistake = refused(desk, **chosen)
    assert mistake.field == field
    assert says in english.say_error(mistake)


def test_what_a_ward_may_mean_is_stored_as_it_is(desk: Desk) -> None:
    chosen = msgspec.structs.replace(
        desk.settings,
        country="AU",
        subdivision="SA",
        closes_on_holidays=True,
        most_doses_a_day=5,
        most_minutes_a_day=900,
        days=WardDays(open_weekdays=(0, 2), closed_on=(date(2026, 12, 24),), policy="later"),
    )
    set_ward(desk, chosen)
    assert desk.settings == chosen


@pytest.mark.parametrize(("typed", "number"), [("", None), ("  ", None), ("1", 1), (" 200 ", 200), ("007", 7)])
def test_a_whole_number_or_nothing_is_read(typed: str, number: int | None) -> None:
    assert read_load(typed, field="f", name=message("Most"), limit=200) == number


@pytest.mark.parametrize("typed", ["0", "201", "5.5", "5,5", "-1", "+5", "five", "1e2", "٥", "²", "9" * 5000, "5 6"])
def test_anything_else_is_refused_as_it_was_typed(typed: str, english: Wording) -> None:
    with pytest.raises(UserMistake) as caught:
        read_load(typed, field="f", name=message("Most"), limit=200)
    assert caught.value.field == "f"
    assert f"“{typed}”" in english.say_error(caught.value)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-12-25, 2026-12-24",
        "2026-12-24\n2026-12-25",
        "2026-12-25；2026-12-24、2026-12-25",
        " 2026-12-24,,2026-12-25,",
    ],
)
def test_dates_are_read_apart_by_commas_or_lines_and_kept_ascending_and_once(typed: str) -> None:
    assert read_days(typed, field="f", name=message("Closed on")) == (date(2026, 12, 24), date(2026, 12, 25))


@pytest.mark.parametrize("typed", ["24.12.2026", "2026-02-30", "2026-12-24 Christmas", "3/4/2026", "1026-01-01", "t"])
def test_a_date_that_cannot_be_read_is_refused(typed: str) -> None:
    with pytest.raises(UserMistake) as caught:
        read_days(typed, field="closed_on", name=message("Closed on"))
    assert caught.value.field == "closed_on"
