"""The laboratory sheet: every value of a patient with its trend, doses marked, and what happened besides."""

from __future__ import annotations

from ivigdesk.clinical.laboratory.values import LabTest, LabValue
from ivigdesk.clinical.patients.event_words import title_of
from ivigdesk.sheets import words
from ivigdesk.sheets.frame import Frame, FramedPages, OfPatient, dotted
from ivigdesk.sheets.lab_words import (
    correction_words,
    event_dates,
    event_details,
    number_words,
    sample_words,
    test_and_unit,
    value_words,
)
from ivigdesk.sheets.paper.blocks import Block, padded, paragraph
from ivigdesk.sheets.paper.table import Cell, Column, Row, Table, table
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.sections import heading
from ivigdesk.sheets.style import BODY, CELL, CELL_STRONG, GAP, MM, SECTION_GAP, WIDTH
from ivigdesk.sheets.trend.of_patient import dose_days, trend_of
from ivigdesk.sheets.trend.paint import trend_block
from ivigdesk.sheets.values import LabSheet
from ivigdesk.wording import Wording

_PLOT = 28 * MM
_DATE, _DAY, _VALUE, _BY = 34 * MM, 26 * MM, 29 * MM, 29 * MM
_WITH_EVENTS: tuple[LabTest, ...] = ("igg", "cmv-pcr")  # of the others the events below say enough
_EVENT_DATES = 62 * MM


def draw_lab(sheet: LabSheet, wording: Wording) -> bytes:
    """Return the laboratory sheet as a PDF file; the same values give the same bytes.

    Raises:
        KnownError: a character cannot be printed, or a text is too long for a page.
    """
    _ = wording.gettext
    pages = FramedPages(_frame(sheet, wording), wording)
    flow = pages.flow
    tests = [test for test in sheet.tests if any(value.test == test for value in sheet.labs)]
    for test in tests:
        flow.add_table(_values(test, sheet, wording), SECTION_GAP, _trend(test, sheet, wording))
    if not tests:
        flow.add(paragraph(_("No laboratory value has been recorded."), WIDTH, BODY))
    if sheet.events:
        flow.add_table(_events(sheet, wording), SECTION_GAP, heading(_("Events")))
    return pages.as_pdf()


def _frame(sheet: LabSheet, wording: Wording) -> Frame:
    _ = wording.gettext
    day = sheet.patient.transplant_day_on(sheet.day)
    shown = wording.date(sheet.day)
    since = shown if day is None else dotted(shown, wording.transplant_day(day))
    return Frame(
        ward=sheet.ward,
        view=OfPatient(sheet.patient),
        printing=sheet.printing,
        title=_("Laboratory values"),
        subtitle=(
            since,
            _("Newest first. A trough on treatment is partly infused IgG."),
        ),
        sheet_name=_("Laboratory sheet"),
        alerts=tuple(words.alerts(sheet.patient, wording)),
        bands=(),
        on=sheet.day,
    )


def _trend(test: LabTest, sheet: LabSheet, wording: Wording) -> Block:
    """Return the drawing above a test's table; a single value needs none."""
    if sum(value.test == test for value in sheet.labs) == 1:
        return Block(0.0)
    events = sheet.events if test in _WITH_EVENTS else ()
    trend = trend_of(test, sheet.patient, sheet.views, sheet.labs, events, sheet.day, wording)
    return padded(trend_block(trend, WIDTH, _PLOT, wording), 0, 0, GAP)


def _values(test: LabTest, sheet: LabSheet, wording: Wording) -> Table:
    """Return the values of one test, newest first."""
    _ = wording.gettext
    found = sorted(
        (one for one in sheet.labs if one.test == test), key=lambda one: (one.taken_on, one.at), reverse=True
    )
    unit = found[0].unit
    columns = (
        Column(_("Date"), _DATE),
        Column(_("Transplant day"), _DAY),
        Column(test_and_unit(test, unit, wording), _VALUE),
        Column(_("What it is"), WIDTH - _DATE - _DAY - _VALUE - _BY),
        Column(_("Recorded by"), _BY),
    )
    return table(columns, [Row(_cells(one, unit, sheet, wording)) for one in found])


def _cells(value: LabValue, unit: str, sheet: LabSheet, wording: Wording) -> tuple[Cell, ...]:
    day = sheet.patient.transplant_day_on(value.taken_on)
    about = (sample_words(value, dose_days(sheet.views), wording), correction_words(value, wording))
    return (
        wording.date(value.taken_on),
        "–" if day is None else wording.transplant_day(day),
        (Run(number_words(value) if value.unit == unit else value_words(value), CELL_STRONG),),
        wording.gettext("; ").join(part for part in about if part),
        value.nurse,
    )


def _events(sheet: LabSheet, wording: Wording) -> Table:
    """Return what happened, newest first."""
    _ = wording.gettext
    columns = (
        Column(_("Days"), _EVENT_DATES),
        Column(_("Event"), WIDTH - _EVENT_DATES - _BY),
        Column(_("Recorded by"), _BY),
    )
    rows = []
    for event in sorted(sheet.events, key=lambda event: event.on, reverse=True):
        more = event_details(event, wording)
        title = Run(wording.say(title_of(event)), CELL_STRONG)
        rows.append(
            Row((event_dates(event, wording), (title, Run(f"  {more}", CELL)) if more else (title,), event.nurse))
        )
    return table(columns, rows)
