"""What a day, its load and a carried dose are called."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import msgspec

from ivigdesk.actions.ward.public_holidays import Holiday
from ivigdesk.ui.calendar.scene import Carried, Scene
from ivigdesk.ui.calendar.words import CalendarWords, Capacity
from ivigdesk.wording import Wording
from tests.ui.calendar.making import WANG, days, dose, on

FESTIVAL = Holiday(day=on(5, 4), name="Tomb-Sweeping Day")
WORKED = Holiday(day=on(4, 4), name="worked", is_working=True)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def scene_of(*doses: object, most: int | None = None, **more: object) -> Scene:
    scene = Scene(first=on(1), last=on(31), today=on(2))
    scene.show_days({day.day: day for day in days(on(1), on(31), doses, most=most, **more)})  # type: ignore[arg-type]
    return scene


def test_the_load_says_doses_grams_and_hours_and_is_shortened_from_the_end(english: Wording) -> None:
    (day,) = days(on(4), on(4), (dose(1, on(4)), dose(2, on(4), course=WANG)))
    assert [plain(text) for text in CalendarWords(english).load(day)] == [
        "2 doses, 25 g, 3 h",
        "2 doses, 25 g",
        "2 doses",
    ]
    limited = CalendarWords(english, Capacity(5, 720)).load(day)
    assert plain(limited[0]) == "2 of 5 doses, 25 g, 3 h of 12 h"
    assert plain(limited[-1]) == "2 of 5"


def test_an_overfull_day_is_said_with_a_sign_and_a_word_however_narrow_the_cell(english: Wording) -> None:
    doses = tuple(dose(number, on(4)) for number in range(1, 4))
    (day,) = days(on(4), on(4), doses, most=2)
    texts = [plain(text) for text in CalendarWords(english, Capacity(2)).load(day)]
    assert texts[0].startswith("! Over: 3 of 2")
    assert texts[-1] == "! Over"
    assert [plain(text) for text in CalendarWords(english, Capacity(2)).heads(day)[0]] == ["! Over: 3 of 2", "! Over"]
    long = msgspec.structs.replace(day, minutes=800)
    assert plain(CalendarWords(english, Capacity(None, 720)).load(long)[1]) == "! Over: 13 h of 12 h"


def test_the_head_of_a_day_says_each_number_once(english: Wording) -> None:
    (day,) = days(on(4), on(4), (dose(1, on(4)), dose(2, on(4), course=WANG)))
    for capacity, count in ((Capacity(), ["2 doses"]), (Capacity(4), ["2 of 4 doses", "2 of 4"])):
        first, second = CalendarWords(english, capacity).heads(day)
        assert [plain(text) for text in first] == count
        assert all("g" in text for text in second)


def test_a_cell_names_a_holiday_without_what_stands_in_brackets(english: Wording) -> None:
    for name in ("Day off (substituted from 2026-02-28)", "Day off（2026-02-28）", "Day off"):
        festival = msgspec.structs.replace(FESTIVAL, name=name)
        (day,) = days(festival.day, festival.day, holidays=(festival,))
        mark = CalendarWords(english).mark(day)
        assert mark is not None
        assert mark.word == "Day off"


def test_the_share_is_that_of_what_is_scarcer(english: Wording) -> None:
    (day,) = days(on(4), on(4), (dose(1, on(4)), dose(2, on(4), course=WANG)))
    assert Capacity(4, 200).share(day) == Fraction(180, 200)
    assert Capacity(2, 900).share(day) == 1
    assert Capacity().share(day) is None
    assert CalendarWords(english).load(days(on(4), on(4))[0]) == ()


def test_closed_days_holidays_and_worked_days_differ_in_sign_and_word(english: Wording) -> None:
    first, last = on(3, 4), on(6, 4)
    made = days(first, last, closed=(on(5, 4), on(6, 4)), holidays=(FESTIVAL, WORKED))
    words = CalendarWords(english)
    marks = [words.mark(day) for day in made]
    assert [mark.text.replace("\u00a0", " ") if mark else "" for mark in marks] == [
        "",
        "＋ Working day",
        "× Tomb-Sweeping Day",
        "× Closed",
    ]
    kept = days(on(5, 4), on(5, 4), holidays=(FESTIVAL,))[0]
    mark = words.mark(kept)
    assert mark is not None
    assert mark.sign == "◇"  # a holiday on which the ward gives doses
    assert plain(words.mark_in_full(made[2])) == "public holiday: Tomb-Sweeping Day · the ward is closed"


def test_what_speaks_against_a_day_is_said_in_words(english: Wording) -> None:
    mine, next_one = dose(4, on(10)), dose(5, on(12))
    scene = scene_of(mine, next_one, dose(2, on(14), course=WANG), most=1, closed=(on(14),))
    words = CalendarWords(english, Capacity(1))

    def against(day: date) -> tuple[str, ...]:
        return tuple(plain(one) for one in words.carried(Carried(mine, day), scene)[1])

    assert against(on(11)) == ()
    assert against(on(12))[0] == "dose 5 of this course is on this day"
    assert against(on(14)) == (
        "it passes dose 5 of this course",
        "the ward is closed",
        "over what the ward can give: 2 doses, 3 h",
    )
    assert against(on(1)) == ("this day is past",)


def test_where_a_dose_goes_is_said_with_weekday_and_transplant_day(english: Wording) -> None:
    mine = dose(4, on(10))
    words, scene = CalendarWords(english), scene_of(mine)
    assert plain(words.carried(Carried(mine, on(9)), scene)[0]) == "Dose 4 to Mon 09 Mar 2026: 1 day earlier · day +79"
    assert plain(words.carried(Carried(mine, on(10)), scene)[0]) == "Dose 4 stays on Tue 10 Mar 2026"
    assert words.carried(Carried(mine, None), scene)[0] == "Dose 4: no day here"
    bare = msgspec.structs.replace(mine, transplant_day=None)
    assert plain(words.carried(Carried(bare, on(12)), scene)[0]) == "Dose 4 to Thu 12 Mar 2026: 2 days later"


def test_doses_that_still_have_to_be_done_come_first(english: Wording) -> None:
    given = dose(1, on(10), status="given", bed="01", may_move=False)
    left_out = dose(2, on(10), status="omitted", bed="02", may_move=False)
    late = dose(3, on(10), status="overdue", bed="09")
    waiting = dose(4, on(10), bed="08")
    scene = scene_of(given, left_out, waiting, late)
    assert scene.doses(on(10)) == (late, waiting, given, left_out)
    assert CalendarWords(english).state(late).sign == "!"


def test_doses_hidden_by_filters_are_counted(english: Wording) -> None:
    (day,) = days(on(4), on(4), (dose(1, on(4)),))
    hiding = msgspec.structs.replace(day, hidden=3)
    assert "3 doses are hidden by the filters" in CalendarWords(english).day(on(4), hiding)
    assert "hidden" not in CalendarWords(english).day(on(4), day)
