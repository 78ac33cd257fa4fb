"""When the ward is open, whose public holidays it keeps, and how much it can give in a day."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward import public_holidays
from ivigdesk.actions.ward import settings_check as check
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.clock import today
from ivigdesk.messages import N_
from ivigdesk.scheduling.closures import ClosedDayPolicy
from ivigdesk.ui.settings.weekdays_field import WeekdaysField
from ivigdesk.ui.widgets import ChoiceField, Field, FormSection, LineField, TextField, TickField
from ivigdesk.wording import Wording

_POLICIES: tuple[tuple[ClosedDayPolicy, str], ...] = (
    ("keep", N_("It stays on that day")),
    ("earlier", N_("It goes to the open day before")),
    ("later", N_("It goes to the open day after")),
    ("nearest", N_("It goes to the nearest open day")),
)
_A_YEAR = timedelta(days=366)


class DaysSection(FormSection):
    """Opening days, closures, holidays and the load of a day; says at once which holiday comes next."""

    def __init__(self, desk: Desk, wording: Wording) -> None:
        super().__init__(wording.gettext("Days: when doses are given, and how many"))
        _ = wording.gettext
        self._desk = desk
        self._wording = wording
        dates = _("Dates as year-month-day, with commas between them.")
        self.weekdays = WeekdaysField("open_weekdays", _("Open on"), wording)
        policies = tuple((policy, _(words)) for policy, words in _POLICIES)
        self.policy = ChoiceField("policy", _("A dose that is planned for a closed day"), policies)
        self.closed_on = TextField("closed_on", wording.say(check.CLOSED_ON), lines=2, hint=dates)
        self.also_open_on = TextField("also_open_on", wording.say(check.ALSO_OPEN_ON), lines=2, hint=dates)
        self.country = ChoiceField("country", _("Public holidays of country or region"))
        self.subdivision = ChoiceField("subdivision", _("State or province"))
        self.closes = TickField("closes_on_holidays", "", _("The ward is closed on public holidays"))
        self.most_doses = LineField(
            "most_doses_a_day", wording.say(check.MOST_DOSES), hint=_("Leave it empty for no limit.")
        )
        self.most_minutes = LineField(
            "most_minutes_a_day",
            wording.say(check.MOST_MINUTES),
            unit=_("min"),
            hint=_("All infusions of the day together. Leave it empty for no limit."),
        )
        self.add(self.weekdays, whole_row=True)
        for field in self.fields[1:]:
            self.add(field, whole_row=field is self.closes)
        self.country.edited.connect(self._offer_subdivisions)
        for other in (self.subdivision, self.closes, self.policy):
            other.edited.connect(self._explain)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields, in reading order."""
        return (
            self.weekdays,
            self.policy,
            self.closes,
            self.country,
            self.subdivision,
            self.closed_on,
            self.also_open_on,
            self.most_doses,
            self.most_minutes,
        )

    def show_settings(self, settings: WardSettings) -> None:
        """Show what the ward has chosen."""
        self.weekdays.set_value(settings.days.open_weekdays)
        self.policy.set_value(settings.days.policy)
        self.closed_on.set_text(_written(settings.days.closed_on))
        self.also_open_on.set_text(_written(settings.days.also_open_on))
        self.country.set_choices(self._countries(settings.country))
        self.country.set_value(settings.country)
        self._offer_subdivisions(settings.subdivision)
        self.closes.set_value(settings.closes_on_holidays)
        self.most_doses.set_text(_number(settings.most_doses_a_day))
        self.most_minutes.set_text(_number(settings.most_minutes_a_day))
        self._explain()

    def typed(self) -> tuple[object, ...]:
        """Return what stands in the fields, unread."""
        return (
            self.weekdays.value(),
            self.policy.value(),
            self.closes.value(),
            self.country.value(),
            self.subdivision.value(),
            self.closed_on.text(),
            self.also_open_on.text(),
            self.most_doses.text(),
            self.most_minutes.text(),
        )

    def chosen(self, before: WardSettings) -> WardSettings:
        """Return the settings with what stands in the fields.

        Raises:
            UserMistake: a date or a number cannot be read.
        """
        days = msgspec.structs.replace(
            before.days,
            open_weekdays=self.weekdays.value(),
            policy=self.policy.value(),
            closed_on=check.read_days(self.closed_on.text(), field="closed_on", name=check.CLOSED_ON),
            also_open_on=check.read_days(self.also_open_on.text(), field="also_open_on", name=check.ALSO_OPEN_ON),
        )
        return msgspec.structs.replace(
            before,
            days=days,
            country=str(self.country.value() or ""),
            subdivision=str(self.subdivision.value() or ""),
            closes_on_holidays=self.closes.value(),
            most_doses_a_day=check.read_load(
                self.most_doses.text(), field="most_doses_a_day", name=check.MOST_DOSES, limit=check.MOST_DOSES_A_DAY
            ),
            most_minutes_a_day=check.read_load(
                self.most_minutes.text(),
                field="most_minutes_a_day",
                name=check.MOST_MINUTES,
                limit=check.MOST_MINUTES_A_DAY,
            ),
        )

    def _countries(self, stored: str) -> tuple[tuple[str, str], ...]:
        known = public_holidays.countries(self._wording.language)
        # A code that another version of the program knew is shown as it is, and stays until somebody chooses.
        strange = ((stored, stored),) if stored and not public_holidays.is_known(stored) else ()
        return (("", self._wording.gettext("None: no public holidays are shown")), *strange, *known)

    def _offer_subdivisions(self, stored: str = "") -> None:
        _ = self._wording.gettext
        known = public_holidays.subdivisions(str(self.country.value() or ""))
        strange = ((stored, stored),) if stored and stored not in dict(known) else ()
        self.subdivision.set_choices((("", _("Those of the whole country")), *strange, *known))
        self.subdivision.set_value(stored)
        self.subdivision.setEnabled(bool(known or strange))
        self._explain()

    def _explain(self) -> None:
        _ = self._wording.gettext
        self.country.show_hint(self._next_holiday())
        moves_nothing = self.closes.value() and self.policy.value() == "keep"
        self.policy.show_hint(_("The calendar marks closed days; no dose is moved off them.") if moves_nothing else "")

    def _next_holiday(self) -> str:
        """Return which public holiday comes next: a person sees by it whether country and state are the right ones."""
        _ = self._wording.gettext
        if not self.country.value():
            return ""
        chosen = WardSettings(
            name="", country=str(self.country.value()), subdivision=str(self.subdivision.value() or "")
        )
        day = today(self._desk.clock)
        coming = public_holidays.holidays_between(chosen, day, day + _A_YEAR, self._wording.language)
        kept = [holiday for holiday in coming if not holiday.is_working]
        if not kept:
            return _("No public holiday of the coming year is known.")
        return _("Next: {holiday}, {date}").format(holiday=kept[0].name, date=self._wording.date(kept[0].day))


def _written(days: tuple[date, ...]) -> str:
    return ", ".join(day.isoformat() for day in days)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
