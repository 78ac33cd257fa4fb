"""Words for the edge: one `Wording` per reader, passed in, never global."""

from __future__ import annotations

import datetime as dt
import gettext
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby

from ivigdesk import resources
from ivigdesk.errors import KnownError, WordedError
from ivigdesk.messages import N_, Amount, Message, Text, message

LANGUAGES = ("en", "zh_CN")
NO_BREAK = "\u00a0"
MINUS = "\u2212"

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip

_STATUSES = {
    "planned": N_("planned"),
    "due": N_("due"),
    "overdue": N_("overdue"),
    "running": N_("running"),
    "given": N_("given"),
    "partly given": N_("partly given"),
    "not given": N_("not given"),
    "held": N_("on hold"),
    "omitted": N_("omitted"),
    "ceased": N_("ceased"),
    "entered in error": N_("entered in error"),
}


class Wording:
    """Turns texts, numbers, dates and messages into words of one language.

    Attributes:
        language: `en` or `zh_CN`.
    """

    def __init__(self, language: str) -> None:
        """Load the catalogue of `language`.

        Raises:
            KnownError: the language is not one of the program's, or its catalogue is missing.
        """
        if language not in LANGUAGES:
            raise KnownError(
                message(
                    N_("Language “{value}” is not known. Allowed: {allowed}."),
                    value=language,
                    allowed=", ".join(LANGUAGES),
                )
            )
        self.language = language
        self._catalogue: gettext.NullTranslations = gettext.NullTranslations()
        if language != "en":
            path = resources.folder("locale", language, "LC_MESSAGES", "ivigdesk.mo")
            try:
                with path.open("rb") as file:
                    self._catalogue = gettext.GNUTranslations(file)
            except OSError as error:
                raise KnownError(
                    message(N_("The words for {value} are not installed. Run “make setup” again."), value=language)
                ) from error

    def gettext(self, text: str) -> str:
        """Return `text` in this language. Bind it to `_` so that Babel finds the text."""
        return self._catalogue.gettext(text) if text else ""

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the form of the text that fits the count `n`."""
        return self._catalogue.ngettext(singular, plural, n)

    def text(self, text: Text) -> str:
        """Return a library text in this language."""
        return text.in_language(self.language)

    def say(self, sentence: Message) -> str:
        """Return a message as a sentence."""
        if sentence.plural:
            count = sentence.facts["n"]
            if not isinstance(count, int):
                raise ValueError("a plural message needs a whole number as its fact n")
            template = self.ngettext(sentence.text, sentence.plural, count)
        else:
            template = self.gettext(sentence.text)
        return template.format(**self._facts(sentence.facts))

    def say_error(self, error: WordedError) -> str:
        """Return what the reader of an error should see."""
        return self.say(error.message)

    def date(self, day: dt.date) -> str:
        """Return `Tue 06 Oct 2026` or `2026年10月6日 周二`."""
        if self.language == "zh_CN":
            return f"{day.year}年{day.month}月{day.day}日{NO_BREAK}{self.weekday(day)}"
        return f"{self.weekday(day)}{NO_BREAK}{self._day_month(day)}{NO_BREAK}{day.year}"

    def date_plain(self, day: dt.date) -> str:
        """Return a date without weekday, as for a birth date: `06 Oct 2026` or `2026年10月6日`."""
        if self.language == "zh_CN":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{self._day_month(day)}{NO_BREAK}{day.year}"

    def date_short(self, day: dt.date) -> str:
        """Return a date without year: `Tue 06 Oct` or `10月6日 周二`."""
        if self.language == "zh_CN":
            return f"{day.month}月{day.day}日{NO_BREAK}{self.weekday(day)}"
        return f"{self.weekday(day)}{NO_BREAK}{self._day_month(day)}"

    def day_month(self, day: dt.date) -> str:
        """Return a date without weekday and year, for an axis: `06 Oct` or `10月6日`."""
        return f"{day.month}月{day.day}日" if self.language == "zh_CN" else self._day_month(day)

    def weekday(self, day: dt.date) -> str:
        """Return the short weekday."""
        return self.gettext(_WEEKDAYS[day.weekday()])

    def month(self, number: int) -> str:
        """Return the short name of month `number` (1 to 12)."""
        return self.gettext(_MONTHS[number - 1])

    def time(self, at: dt.datetime) -> str:
        """Return the clock time, 24 h."""
        return f"{at:%H:%M}"

    def moment(self, at: dt.datetime) -> str:
        """Return date and clock time."""
        return f"{self.date(at.date())}{NO_BREAK}{self.time(at)}"

    def transplant_day(self, day: int) -> str:
        """Return `day +14`, `day −1` or `day 0`; in Chinese `移植后第14天` and its like."""
        if day < 0:
            return self.gettext("day −{n}").format(n=-day)
        if day == 0:
            return self.gettext("day 0")
        return self.gettext("day +{n}").format(n=day)

    def signed(self, number: int) -> str:
        """Return `+14`, `−1` or `0`, for a column that is headed as transplant day."""
        return f"+{number}" if number > 0 else f"{MINUS}{-number}" if number < 0 else "0"

    def ranges(self, numbers: Iterable[int]) -> str:
        """Return whole numbers in short, ascending: `1, 3–5, 8`."""
        parts = []
        for _offset, group in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
            run = [number for _index, number in group]
            parts.append(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}")
        return self.gettext(", ").join(parts)

    def number(self, number: Decimal | int) -> str:
        """Return digits without exponent or trailing zero, with a real minus sign."""
        text = format(Decimal(number), "f")
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return text.replace("-", MINUS) if text != "-0" else "0"

    def amount(self, number: Decimal | int, unit: str) -> str:
        """Return `12.5 g`: number, no-break space, unit."""
        return f"{self.number(number)}{NO_BREAK}{unit}"

    def percent(self, deviation: Decimal) -> str:
        """Return a deviation as `+1.3 %`, `−4.8 %` or `0 %`; the sign is always shown."""
        sign = "+" if deviation > 0 else ""
        return f"{sign}{self.number(deviation)}{NO_BREAK}%"

    def duration(self, minutes: int) -> str:
        """Return whole minutes as `1 h 17 min`."""
        hours, rest = divmod(minutes, 60)
        if not hours:
            return self.amount(rest, self.gettext("min"))
        whole = self.amount(hours, self.gettext("h"))
        return f"{whole}{NO_BREAK}{self.amount(rest, self.gettext('min'))}" if rest else whole

    def status(self, status: str) -> str:
        """Return where a dose stands (`clinical.status.DoseStatus`) in one word or two."""
        return self.gettext(_STATUSES[status])

    def _day_month(self, day: dt.date) -> str:
        return f"{day.day:02d}{NO_BREAK}{self.month(day.month)}"

    def _facts(self, facts: Mapping[str, object]) -> dict[str, object]:
        return {name: self._fact(value) for name, value in facts.items()}

    def _fact(self, value: object) -> object:
        match value:
            case Message():
                return self.say(value)
            case Text():
                return self.text(value)
            case Amount():
                return f"{value.value.replace('-', MINUS)}{NO_BREAK}{value.unit}"
            case dt.datetime():
                return self.moment(value)
            case dt.date():
                return self.date(value)
            case dt.timedelta():
                return self.duration(int(value.total_seconds() // 60))
            case Decimal():
                return self.number(value)
            case tuple() | list():
                return self.gettext(", ").join(str(self._fact(item)) for item in value)
            case _:
                return value
