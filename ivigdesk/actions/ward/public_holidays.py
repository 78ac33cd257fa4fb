"""Public holidays of the ward's country, without a network, and the days on which the ward is open because of them."""

from __future__ import annotations

import functools
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from ivigdesk.clinical.ward import WardSettings
from ivigdesk.messages import N_, Record
from ivigdesk.scheduling.closures import WardDays
from ivigdesk.wording import Wording

if TYPE_CHECKING:
    from holidays import HolidayBase

    from ivigdesk.actions.desk import Desk  # which checks settings by this room

_WORKED = N_("working day in place of a holiday")

# How the library is asked to write the day that was swapped, so that it can be written for the reader instead.
_SWAPPED = "\x1f%Y-%m-%d\x1f"


class Holiday(Record, frozen=True):
    """A day that the country keeps, or works in place of one that it keeps.

    Attributes:
        day: the date.
        name: in the reader's language where the library has it, else in one of the country's.
        is_working: whether it is a day of a weekend that is worked in place of a holiday.
    """

    day: date
    name: str
    is_working: bool = False


def holidays_between(where: Desk | WardSettings, first: date, last: date, language: str) -> tuple[Holiday, ...]:
    """Return the public holidays from `first` to `last`, both included, ascending by day; one per day.

    Where the government fixes the swapped days of each year anew (China, by a notice in the autumn before), a year
    without such a notice in the library has the holidays that the law names, and no swapped days.

    Args:
        where: the desk or the ward's settings. A country that the library does not know has no holidays; nor has an
            empty one. An unknown subdivision has those of the whole country.
        first, last: the span.
        language: of the reader, `en` or `zh_CN`.
    """
    settings = where if isinstance(where, WardSettings) else where.settings
    if not settings.country:
        return ()
    return tuple(
        holiday
        for year in range(first.year, last.year + 1)
        for holiday in _of_year(settings.country, settings.subdivision, year, language)
        if first <= holiday.day <= last
    )


def ward_days(desk: Desk, first: date, last: date) -> WardDays:
    """Return when the ward is open from `first` to `last`.

    Where the ward closes on public holidays, these are closed days, and days worked in their place are open. What
    the ward itself says of a single date goes before what the country says.
    """
    settings = desk.settings
    days = settings.days
    if not settings.closes_on_holidays:
        return days
    kept = holidays_between(settings, first, last, "en")
    closed = {holiday.day for holiday in kept if not holiday.is_working} - set(days.also_open_on)
    worked = {holiday.day for holiday in kept if holiday.is_working}
    return msgspec.structs.replace(
        days,
        closed_on=tuple(sorted(closed | set(days.closed_on))),
        also_open_on=tuple(sorted(worked | set(days.also_open_on))),
    )


def is_known(country: str, subdivision: str = "") -> bool:
    """Whether the library knows the country, and the subdivision where one is named."""
    known = _supported().get(country)
    return known is not None and (not subdivision or subdivision in known)


def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of each country that the library knows, by name as the reader's language sorts it.

    Those where the reader's language is spoken most stand first.
    """
    from babel import Locale

    names = Locale.parse(language).territories
    found = [(code, names.get(code, code)) for code in _supported()]
    first = _NEAREST.get(language, ())
    found.sort(key=lambda pair: (first.index(pair[0]) if pair[0] in first else len(first), _sort_key(pair[1])))
    return tuple(found)


def subdivisions(country: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of each state or province with holidays of its own, by name; none for an unknown country."""
    if not is_known(country):
        return ()
    names: dict[str, str] = {}
    for alias, code in _calendar(country).subdivisions_aliases.items():
        names.setdefault(code, alias)
    found = [(code, f"{names[code]} ({code})" if code in names else code) for code in _supported()[country]]
    return tuple(sorted(found, key=lambda pair: _sort_key(pair[1])))


_NEAREST = {"en": ("AU", "CA", "IE", "NZ", "GB", "US"), "zh_CN": ("CN", "HK", "MO", "TW")}


def _sort_key(name: str) -> tuple[str, ...]:
    """Return what sorts names as people look for them: Latin ones without accents, Chinese ones by pinyin."""
    if any(letter >= "\u2e80" for letter in name):
        import pypinyin  # late: it takes a while

        return tuple(pypinyin.lazy_pinyin(name))
    import unicodedata

    split = unicodedata.normalize("NFKD", name.casefold())
    return ("".join(letter for letter in split if not unicodedata.combining(letter)),)


@functools.cache
def _supported() -> dict[str, list[str]]:
    """Return the codes of the countries that the library knows, each with those of its subdivisions."""
    import holidays  # late: it takes a tenth of a second, and a ward without a country never needs it

    return holidays.list_supported_countries(include_aliases=False)


def _calendar(country: str, subdivision: str = "", language: str | None = None) -> HolidayBase:
    import holidays

    subdivision_or_none = subdivision if is_known(country, subdivision) and subdivision else None
    return holidays.country_holidays(country, subdiv=subdivision_or_none, language=language)


@functools.lru_cache(maxsize=128)
def _of_year(country: str, subdivision: str, year: int, language: str) -> tuple[Holiday, ...]:
    """Return the holidays of one year, ascending by day."""
    if not is_known(country):
        return ()
    wording = Wording(language)
    calendar = _calendar(country, subdivision, _language_of(country, language))
    if hasattr(calendar, "substituted_date_format"):
        calendar.substituted_date_format = _SWAPPED
    for near in (year - 1, year, year + 1):  # a day of December may be worked for one of January
        _ = date(near, 1, 1) in calendar
    kept = {day: Holiday(day=day, name=_readable(name, wording)) for day, name in calendar.items() if day.year == year}
    worked = {
        day: Holiday(day=day, name=wording.gettext(_WORKED), is_working=True)
        for day in calendar.weekend_workdays
        if day.year == year and day not in kept
    }
    return tuple((kept | worked)[day] for day in sorted(kept | worked))


def _language_of(country: str, language: str) -> str | None:
    """Return the library's language that is nearest to the reader's; None for the country's own."""
    import holidays

    offered = holidays.list_localized_countries(include_aliases=False).get(country, [])
    wished = (f"{language}_{country}", "en_GB", "en_US") if language == "en" else (language,)
    return next((each for each in wished if each in offered), None)


def _readable(name: str, wording: Wording) -> str:
    """Return a holiday's name with the day that it was swapped with written as the reader writes dates."""
    parts = name.split("\x1f")
    parts[1::2] = [wording.date_plain(date.fromisoformat(part)) for part in parts[1::2]]
    return "".join(parts)
