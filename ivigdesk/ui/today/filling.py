"""Fills what stands below the day's list, and adds to the list what takes longer to work out."""

from __future__ import annotations

from datetime import date, timedelta

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.as_they_begin import as_they_begin
from ivigdesk.actions.ward.day_line import day_line
from ivigdesk.actions.ward.day_list import DayList, day_list
from ivigdesk.actions.ward.day_tasks import day_tasks
from ivigdesk.actions.ward.planned_times import day_spans
from ivigdesk.actions.ward.tick_task import tick_task, untick_task
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui.today.below import BelowTheList
from ivigdesk.ui.today.rows import DayWords
from ivigdesk.ui.today.tests_card import Tick, patient_tests
from ivigdesk.ui.widgets import State
from ivigdesk.wording import Wording


class Filling:
    """Asks the actions and hands what they return to the widgets."""

    def __init__(self, desk: Desk, wording: Wording, words: DayWords, below: BelowTheList) -> None:
        self._desk = desk
        self._wording = wording
        self._words = words
        self._below = below
        self.over: State | None = None
        self.all_over = ""

    def empty(self) -> None:
        """Show nothing until another day is read."""
        self._below.tests.show_tasks(None)
        self.over = None

    def read(self, shown: DayList) -> DayList:
        """Show tests, checks and the line of a day; return its list with the rates that its doses begin with.

        Raises:
            KnownError: something of the day cannot be read.
        """
        tasks = day_tasks(self._desk, shown.day)
        filled = as_they_begin(self._desk, shown) if shown.is_today else shown
        self._words.set_day(filled)
        self._words.set_tasks(tasks)
        self._below.tests.show_tasks(tasks, is_today=shown.is_today)
        lines = patient_tests(tasks, self._wording)
        late = {row.patient.id for row in tasks.rows if row.standing == "overdue"}
        self._below.show_counts(len(lines), len(late))
        self.draw_line(filled)
        return filled

    def draw_line(self, shown: DayList) -> State | None:
        """Draw the day's line as it is seen now; return the chip of the hours that ask for too many nurses."""
        spans = day_spans(self._desk, shown)
        line = day_line(self._desk, shown, spans)
        self._words.set_spans(spans)
        self._below.line.show_line(line)
        self.over = self._below.line.words.over(line)
        self.all_over = self._below.line.words.all_over(line)
        return self.over

    def read_day_after(self, day: date, *, is_tomorrow: bool) -> None:
        """Show the day after `day`.

        Raises:
            KnownError: something of that day cannot be read.
        """
        after = day + timedelta(days=1)
        shown = day_list(self._desk, after)
        tasks = day_tasks(self._desk, after) if shown.rows else None
        self._below.tomorrow.show_day(shown, tasks, is_tomorrow=is_tomorrow)

    def tick(self, tick: Tick, patient: Patient) -> str:
        """Tick a check off, or take its tick back; return what was done in words.

        Raises:
            KnownError: it may not be ticked now.
        """
        _ = self._wording.gettext
        if tick.is_back:
            untick_task(self._desk, tick.dose_id, tick.item)
            sentence = _("{name}: taken back: {what}")
        else:
            tick_task(self._desk, tick.dose_id, tick.item)
            sentence = _("{name}: done: {what}")
        self._below.tests.note_ticked(tick, patient)
        return sentence.format(name=patient.name, what=tick.words)
