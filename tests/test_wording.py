"""Dates, amounts and sentences, as a nurse reads them in English and in Chinese."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk import resources
from ivigdesk.clinical.courses.status import DoseStatus
from ivigdesk.errors import KnownError
from ivigdesk.messages import Amount, Text, message, plural_message
from ivigdesk.wording import LANGUAGES, NO_BREAK, Wording

DAY = dt.date(2026, 10, 6)
AT = dt.datetime(2026, 10, 6, 9, 5, tzinfo=dt.UTC)


def spaced(text: str) -> str:
    return text.replace(NO_BREAK, " ")


def test_a_date_is_read_in_one_way_only(english: Wording, chinese: Wording) -> None:
    assert spaced(english.date(DAY)) == "Tue 06 Oct 2026"
    assert spaced(english.date_plain(DAY)) == "06 Oct 2026"
    assert spaced(english.date_short(DAY)) == "Tue 06 Oct"
    assert spaced(english.moment(AT)) == "Tue 06 Oct 2026 09:05"
    assert spaced(chinese.date(DAY)) == "2026年10月6日 周二"
    assert chinese.date_plain(DAY) == "2026年10月6日"
    assert spaced(chinese.date_short(DAY)) == "10月6日 周二"
    assert spaced(chinese.moment(AT)) == "2026年10月6日 周二 09:05"


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_a_date_never_breaks_across_lines_and_no_two_days_read_alike(day: dt.date) -> None:
    for wording in (Wording("en"), Wording("zh_CN")):
        assert " " not in wording.date(day)
        assert wording.date(day) != wording.date(day + dt.timedelta(days=1))
        assert str(day.year) in wording.date(day)


def test_every_weekday_and_month_has_a_word_of_its_own(english: Wording, chinese: Wording) -> None:
    week = [dt.date(2026, 3, 2) + dt.timedelta(days=n) for n in range(7)]
    assert " ".join(english.weekday(day) for day in week) == "Mon Tue Wed Thu Fri Sat Sun"
    assert " ".join(chinese.weekday(day) for day in week) == "周一 周二 周三 周四 周五 周六 周日"
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
    assert " ".join(english.month(number) for number in range(1, 13)) == months
    assert len({chinese.month(number) for number in range(1, 13)}) == 12


@pytest.mark.parametrize(
    ("number", "read"),
    [(Decimal("12.50"), "12.5 g"), (Decimal("0.50"), "0.5 g"), (10, "10 g"), (Decimal("-1.5"), "−1.5 g"), (0, "0 g")],
)
def test_an_amount_has_a_space_that_does_not_break_and_no_trailing_zero(
    english: Wording, number: Decimal | int, read: str
) -> None:
    assert english.amount(number, "g") == read.replace(" ", NO_BREAK)


@pytest.mark.parametrize(
    ("deviation", "read"),
    [("1.30", "+1.3 %"), ("-4.76", "−4.76 %"), ("0.00", "0 %"), ("-0.00", "0 %"), ("10", "+10 %")],
)
def test_a_deviation_always_shows_its_sign(english: Wording, chinese: Wording, deviation: str, read: str) -> None:
    assert spaced(english.percent(Decimal(deviation))) == read
    assert spaced(chinese.percent(Decimal(deviation))) == read


@pytest.mark.parametrize(
    ("minutes", "in_english", "in_chinese"),
    [(0, "0 min", "0 分钟"), (59, "59 min", "59 分钟"), (60, "1 h", "1 小时"), (77, "1 h 17 min", "1 小时 17 分钟")],
)
def test_a_duration_is_hours_and_minutes(
    english: Wording, chinese: Wording, minutes: int, in_english: str, in_chinese: str
) -> None:
    assert spaced(english.duration(minutes)) == in_english
    assert spaced(chinese.duration(minutes)) == in_chinese


@pytest.mark.parametrize(
    ("day", "in_english", "in_chinese", "signed"),
    [(14, "day +14", "移植后第14天", "+14"), (0, "day 0", "移植第0天", "0"), (-1, "day −1", "移植前第1天", "−1")],
)
def test_a_transplant_day_has_a_sign_and_day_0_none(
    english: Wording, chinese: Wording, day: int, in_english: str, in_chinese: str, signed: str
) -> None:
    assert english.transplant_day(day) == in_english
    assert chinese.transplant_day(day) == in_chinese
    assert english.signed(day) == signed


def test_every_standing_of_a_dose_has_a_word_in_both_languages(english: Wording, chinese: Wording) -> None:
    from typing import get_args

    for status in get_args(DoseStatus):
        assert english.status(status)
        assert not chinese.status(status).isascii()
    assert english.status("held") == "on hold"


def test_a_sentence_is_filled_with_facts_of_every_kind(english: Wording) -> None:
    sentence = message(
        "{text} {amount} {number} {day} {at} {length} {inner} {several} {plain}",
        text=Text(en="fever", zh_CN="发热"),
        amount=Amount("-12.5", "mL/h"),
        number=Decimal("1.50"),
        day=DAY,
        at=AT,
        length=dt.timedelta(minutes=77),
        inner=message("dose {n}", n=3),
        several=(1, Decimal("2.0"), Text(en="x", zh_CN="y")),
        plain="as it is",
    )
    assert spaced(english.say(sentence)) == (
        "fever −12.5 mL/h 1.5 Tue 06 Oct 2026 Tue 06 Oct 2026 09:05 1 h 17 min dose 3 1, 2, x as it is"
    )


def test_what_was_typed_is_never_read_as_a_place_to_fill(english: Wording) -> None:
    assert english.say(message("{name}: “{value}”", name="Bed", value="{name}{0}%s")) == "Bed: “{name}{0}%s”"


def test_a_count_chooses_the_form_of_its_sentence(english: Wording, chinese: Wording) -> None:
    one, two = (plural_message("{n} dose planned", "{n} doses planned", n) for n in (1, 2))
    assert (english.say(one), english.say(two)) == ("1 dose planned", "2 doses planned")
    assert "1" in chinese.say(one)
    with pytest.raises(ValueError, match="whole number"):
        english.say(plural_message("{n} dose", "{n} doses", Decimal("1.5")))  # type: ignore[arg-type]


def test_nothing_is_nothing_and_not_the_head_of_a_catalogue(chinese: Wording) -> None:
    assert chinese.gettext("") == ""


def test_an_unknown_language_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(KnownError, match="“fr” is not known"):
        Wording("fr")


def test_a_catalogue_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "folder", lambda *parts: resources._PACKAGE.joinpath("nowhere", *parts))
    assert Wording("en").gettext("Today") == "Today"
    with pytest.raises(KnownError, match="not installed"):
        Wording("zh_CN")


def test_a_library_text_is_read_in_the_readers_language(english: Wording, chinese: Wording) -> None:
    text = Text(en="fever", zh_CN="发热")
    assert (english.text(text), chinese.text(text)) == ("fever", "发热")
    assert [Wording(language).language for language in LANGUAGES] == list(LANGUAGES)


def test_whole_numbers_are_told_in_ranges() -> None:
    assert Wording("en").ranges([8, 1, 3, 4, 5]) == "1, 3–5, 8"
    assert Wording("en").ranges([]) == ""
    assert Wording("zh_CN").ranges([1, 2, 4]) == "1–2、4"
