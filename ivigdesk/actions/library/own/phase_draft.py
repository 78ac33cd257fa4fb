"""One phase of a regimen, read from its row."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk.actions.library.own.reading import Mistakes, needed, read_amount, read_whole, read_wholes, read_words
from ivigdesk.actions.library.own.regimen_form import PhaseRow
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, Text, message
from ivigdesk.scheduling.regimen import Phase
from ivigdesk.wording import LANGUAGES, Wording

ENDS = ("for_days", "doses", "last_day", "open")
_KEYS = {"mg/kg": "mg_per_kg", "mL/kg": "ml_per_kg", "divided": "divided_mg_per_kg"}
_NUMBERS = {"for_days": N_("Number of days"), "doses": N_("Number of doses"), "last_day": N_("Last day")}
_WEEK = 7


def read_phase(row: PhaseRow, path: str, mistakes: Mistakes) -> Phase | None:
    """Return the phase that a row says; None when something in it cannot be taken, which `mistakes` then holds.

    Args:
        path: of the row among the form's fields: `phases[0]`.
    """
    first_days = mistakes.take(lambda: _days(row.first_day, f"{path}.first_day", message(N_("First day")), "1"), ())
    intervals = mistakes.take(lambda: _days(row.every_days, f"{path}.every_days", message(N_("Every … days")), "7"), ())
    numbers = mistakes.take(lambda: _end(row, path), None)
    amount = mistakes.take(lambda: _amount(row, path), None)
    also_after = mistakes.take(
        lambda: read_wholes(row.also_after, f"{path}.also_after", message(N_("Also after … days")), "3"), ()
    )
    tolerance = mistakes.take(
        lambda: read_whole(row.tolerance, f"{path}.tolerance", message(N_("May move by … days")), "1"), None
    )
    amount_range = mistakes.take(lambda: _range(row, path), None)
    name = mistakes.take(lambda: _name(row, path, intervals[0] if intervals else _WEEK), None)
    if not first_days or not intervals or numbers is None or amount is None or name is None:
        return None
    values: dict[str, object] = {_KEYS.get(row.unit, "mg_per_kg"): amount}
    if row.ends != "open":
        values[row.ends] = numbers[0]
        values[f"{row.ends}_choices"] = _choices(numbers)
    values.pop("for_days_choices", None)
    return Phase(
        name=name,
        first_day=first_days[0],
        first_day_choices=_choices(first_days),
        every_days=intervals[0],
        every_days_choices=_choices(intervals),
        also_after_days=also_after,
        tolerance_days=tolerance or 0,
        mg_per_kg_range=amount_range,
        **values,  # type: ignore[arg-type]
    )


def interval_words(every_days: int, wording: Wording) -> str:
    """Return how often: what a phase without a name of its own is called."""
    _ = wording.gettext
    if every_days == 1:
        return _("Daily")
    if every_days == 2:
        return _("Every other day")
    if every_days == _WEEK:
        return _("Weekly")
    if every_days % _WEEK == 0:
        return _("Every {n} weeks").format(n=every_days // _WEEK)
    return _("Every {n} days").format(n=every_days)


def _days(text: str, field: str, name: Message, example: str) -> tuple[int, ...]:
    return needed(read_wholes(text, field, name, example) or None, field, name)


def _end(row: PhaseRow, path: str) -> tuple[int, ...]:
    if row.ends == "open":
        return ()
    if row.ends not in ENDS:
        raise UserMistake(
            f"{path}.ends", message(N_("“{value}” is not known. Allowed: {allowed}."), value=row.ends, allowed=ENDS)
        )
    name, field = message(_NUMBERS[row.ends]), f"{path}.number"
    if row.ends == "for_days":
        return (needed(read_whole(row.number, field, name, "14"), field, name),)
    return _days(row.number, field, name, "4")


def _amount(row: PhaseRow, path: str) -> Decimal:
    if row.unit not in _KEYS:
        raise UserMistake(
            f"{path}.unit",
            message(N_("“{value}” is not known. Allowed: {allowed}."), value=row.unit, allowed=tuple(_KEYS)),
        )
    name, unit = message(N_("Amount")), "mL/kg" if row.unit == "mL/kg" else "mg/kg"
    return needed(read_amount(row.amount, f"{path}.amount", name, unit), f"{path}.amount", name)


def _range(row: PhaseRow, path: str) -> tuple[Decimal, Decimal] | None:
    """Return the range that the prescriber picks from."""
    least = read_amount(row.least, f"{path}.least", message(N_("Prescriber may pick from")), "mg/kg")
    most = read_amount(row.most, f"{path}.most", message(N_("up to")), "mg/kg")
    if least is None and most is None:
        return None
    return (
        needed(least, f"{path}.least", message(N_("Prescriber may pick from"))),
        needed(most, f"{path}.most", message(N_("up to"))),
    )


def _name(row: PhaseRow, path: str, every_days: int) -> Text:
    name = message(N_("Name of the phase"))
    en = read_words(row.name_en, f"{path}.name_en", name)
    zh = read_words(row.name_zh, f"{path}.name_zh", name)
    if en or zh:
        return Text(en=en or zh, zh_CN=zh or en)
    by_language = {language: interval_words(every_days, Wording(language)) for language in LANGUAGES}
    return Text(en=by_language["en"], zh_CN=by_language["zh_CN"])


def _choices(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Return what is left open, ascending; empty for one number."""
    return tuple(sorted(set(numbers))) if len(numbers) > 1 else ()
