"""The tests and samples that a dose asks for before it is started."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.clinical.tasks.standing import TaskStanding
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, empty
from ivigdesk.ui.task_words import standing_state
from ivigdesk.ui.widgets.cards import separator
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording


class TestsBefore(QWidget):
    """What is to be drawn or known first, with where each stands.

    Attributes:
        lines: as they stand there.
    """

    __test__ = False  # no test of ours, whatever its name begins with

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self.lines: tuple[str, ...] = ()
        self._column = bare(QVBoxLayout(self), 2)
        self.hide()

    def show_tests(self, tests: Sequence[tuple[Task, TaskStanding]]) -> None:
        """Show every test; those that are done stand together in one line below the others."""
        empty(self._column)
        words = self._wording
        self.lines = ()
        self.setVisible(bool(tests))
        if not tests:
            return
        self._column.addWidget(PlainLabel(words.gettext("Draw and look up first"), "label", wrap=True))
        done = [task for task, standing in tests if standing == "done"]
        for task, standing in tests:
            if standing == "done":
                continue
            state = standing_state(standing, words)
            text = words.gettext("{what} ({standing})").format(what=words.say(task.what), standing=state.word)
            label = PlainLabel(f"{state.sign}\u2002{text}", "small", wrap=True)
            self.lines = (*self.lines, label.text())
            if standing == "overdue":
                label.show_ink(state.tone)
            self._column.addWidget(label)
        if done:
            state = standing_state("done", words)
            what = words.gettext("; ").join(words.say(task.what) for task in done)
            text = words.gettext("{what} ({standing})").format(what=what, standing=state.word)
            label = PlainLabel(f"{state.sign}\u2002{text}", "small", wrap=True)
            self.lines = (*self.lines, label.text())
            self._column.addWidget(label)
        self._column.addSpacing(theme.SPACE_4)
        self._column.addWidget(separator())
