"""The trend of one test of one patient: which values, doses and events it shows, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from ivigdesk.clinical import library
from ivigdesk.clinical.courses.status import SETTLED, CourseView
from ivigdesk.clinical.laboratory.troughs import SampleKind, label_of
from ivigdesk.clinical.laboratory.values import LabTest, LabValue
from ivigdesk.clinical.patients.event_words import details, title_of
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.messages import N_
from ivigdesk.sheets.lab_words import test_and_unit
from ivigdesk.sheets.trend.shapes import Form
from ivigdesk.sheets.trend.values import Trend, TrendDose, TrendEvent, TrendLine, TrendPoint
from ivigdesk.wording import Wording

_LOGARITHMIC: tuple[LabTest, ...] = ("cmv-pcr",)
_LEAST_AHEAD = timedelta(days=35)  # planned doses further ahead would squeeze what was measured
_GIVEN = ("given", "partly given")

# SAFETY: a level measured on treatment is partly infused IgG and must not read as recovery (FACTS Traps T13).
_SAMPLES: dict[SampleKind, tuple[str, Form]] = {
    "before-treatment": (N_("before or after treatment"), "circle"),
    "after-treatment": (N_("before or after treatment"), "circle"),
    "trough": (N_("trough on treatment, partly infused IgG"), "square"),
    "too-soon": (N_("too soon after a dose: not a trough"), "diamond"),
}


def trend_of(
    test: LabTest,
    patient: Patient,
    views: Sequence[CourseView],
    labs: Iterable[LabValue],
    events: Iterable[ClinicalEvent],
    today: date,
    wording: Wording,
) -> Trend:
    """Return the trend of `test`.

    Args:
        test: which test.
        patient: whose.
        views: all courses of the patient, as they stand.
        labs: current laboratory values of any test.
        events: current clinical events.
        today: the ward's date.
        wording: of the reader.
    """
    of_test = sorted((value for value in labs if value.test == test), key=lambda value: (value.taken_on, value.at))
    rule = library.lab_rules().test(test)
    unit = of_test[-1].unit if of_test else rule.unit
    drawn = [value for value in of_test if value.unit == unit]
    given_or_due = dose_days(views)
    doses = _doses(views)
    begin = min((*(value.taken_on for value in drawn), *(dose.on for dose in doses)), default=today)
    horizon = today + max(_LEAST_AHEAD, today - begin)
    return Trend(
        title=test_and_unit(test, unit, wording),
        points=tuple(
            TrendPoint(
                on=value.taken_on,
                value=Decimal(rule.shown(value.value)),
                is_below=value.is_below,
                kind=wording.gettext(kind),
                form=form,
            )
            for value, (kind, form) in ((value, _sample(value, given_or_due)) for value in drawn)
        ),
        today=today,
        doses=tuple(dose for dose in doses if dose.is_given or dose.on <= horizon),
        events=tuple(
            TrendEvent(on=event.on, until=until(event), label=wording.say(title_of(event)))
            for event in sorted(events, key=lambda event: event.on)
        ),
        lines=_lines(views, wording) if test == "igg" else (),
        transplant_on=patient.transplant_on,
        is_log=test in _LOGARITHMIC,
        note=_left_out(of_test, drawn, wording),
    )


def dose_days(views: Iterable[CourseView]) -> tuple[date, ...]:
    """Return the days of all doses given or still to come, which say what an IgG sample is; ascending."""
    return tuple(sorted(dose.on for dose in _doses(views)))


def _doses(views: Iterable[CourseView]) -> tuple[TrendDose, ...]:
    found = []
    for view in views:
        for one in view.doses:
            if one.status in _GIVEN and one.infusion is not None:
                found.append(TrendDose(on=one.infusion.started_at.date(), number=one.dose.number, is_given=True))
            elif one.status not in SETTLED:
                found.append(TrendDose(on=one.dose.due_on, number=one.dose.number, is_given=False))
    return tuple(sorted(found, key=lambda dose: dose.on))


def _sample(value: LabValue, doses_on: tuple[date, ...]) -> tuple[str, Form]:
    """Return what an IgG sample is and its shape; other tests have only one kind."""
    return _SAMPLES[label_of(value.taken_on, doses_on).kind] if value.test == "igg" else ("", "circle")


def until(event: ClinicalEvent) -> date | None:
    """Return the last day of what lasts; the first day of what does not."""
    return event.until if details(event.kind).has_until else event.on


def _lines(views: Iterable[CourseView], wording: Wording) -> tuple[TrendLine, ...]:
    """Return the lines that an IgG is compared with: severely low, and what the regimens in use aim at."""
    _ = wording.gettext
    severe = library.limits().severe_igg_g_per_l
    words = {severe: [_("severely low below {level}").format(level=wording.amount(severe, "g/L"))]}
    rules = [view.course.regimen.stop_rule for view in views if view.next_dose is not None]
    for target in dict.fromkeys(rule.target_igg_g_per_l for rule in rules if rule is not None):
        if target is not None:
            said = _("trough target {level}").format(level=wording.amount(target, "g/L"))
            words.setdefault(target, []).append(said)
    return tuple(TrendLine(value=value, label=_("; ").join(said)) for value, said in sorted(words.items()))


def _left_out(of_test: Sequence[LabValue], drawn: Sequence[LabValue], wording: Wording) -> str:
    """Return how many values are in a unit that does not convert into the one that is drawn; empty for none."""
    n = len(of_test) - len(drawn)
    if not n:
        return ""
    return wording.ngettext(
        "{n} value in another unit is not drawn", "{n} values in another unit are not drawn", n
    ).format(n=n)
