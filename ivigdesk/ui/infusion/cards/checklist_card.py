"""The checklist before an infusion: each line is ticked with the nurse's name and the time.

Above it stand the tests and samples that this dose asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.infusions.infusion import Check
from ivigdesk.clinical.infusions.procedure import ChecklistItem
from ivigdesk.clinical.tasks.standing import TaskStanding
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, empty
from ivigdesk.ui.task_words import standing_state
from ivigdesk.ui.widgets.cards import Card, separator
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording


class ChecklistCard(Card):
    """The lines of the checklist. Critical ones say so; a stored tick cannot be taken back.

    Attributes:
        boxes: the ticks by code.
        tests: the tests and samples of this dose, as they stand on the card.

    Signals:
        ticked(str): the line with this code was ticked.
        unticked(str): it was taken back, which is possible before the start only.
    """

    ticked = Signal(object)
    unticked = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(wording.gettext("Before the start"), parent=parent)
        self._wording = wording
        self.boxes: dict[str, QCheckBox] = {}
        self.tests: tuple[str, ...] = ()
        self._critical: tuple[str, ...] = ()
        self._lines = bare(QVBoxLayout(), 0)
        self.left = PlainLabel("", "small", wrap=True)
        self._tests = QWidget()
        self._test_lines = bare(QVBoxLayout(self._tests), theme.SPACE_4)
        self._tests.hide()
        self.body.addWidget(self._tests)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.left)
        self.body.addStretch()

    def show_tests(self, tests: Sequence[tuple[Task, TaskStanding]]) -> None:
        """Show what is to be drawn or known before this dose, with where each stands; nothing hides it."""
        empty(self._test_lines)
        words = self._wording
        self.tests = ()
        self._tests.setVisible(bool(tests))
        if not tests:
            return
        self._test_lines.addWidget(PlainLabel(words.gettext("Draw and look up first"), "label", wrap=True))
        for task, standing in tests:
            state = standing_state(standing, words)
            text = words.gettext("{what} ({standing})").format(what=words.say(task.what), standing=state.word)
            label = PlainLabel(f"{state.sign}\u2002{text}", wrap=True)
            self.tests = (*self.tests, label.text())
            if standing == "overdue":
                label.show_ink(state.tone)
            self._test_lines.addWidget(label)
        self._test_lines.addWidget(separator())

    def show_items(self, items: tuple[ChecklistItem, ...], ticked: Mapping[str, Check | None], *, stored: bool) -> None:
        """Show the lines.

        Args:
            ticked: code → its stored tick; None for one that is not stored yet.
            stored: True once the infusion began: what is ticked stays ticked.
        """
        empty(self._lines)
        self.boxes = {}
        for item in items:
            self._lines.addWidget(self._line(item, ticked, stored))
        self._critical = tuple(item.code for item in items if item.is_critical)
        self._show_open()

    def _show_open(self) -> None:
        """Say how many lines are open that must not be left out."""
        missing = [code for code in self._critical if not self.boxes[code].isChecked()]
        text = self._wording.ngettext(
            "{n} check that must not be left out (*) is open", "{n} checks that must not be left out (*) are open",
            len(missing),
        )  # fmt: skip
        self.left.setText(text.format(n=len(missing)))
        self.left.setVisible(bool(missing))
        theme.set_look(self.left, "caution")

    def _line(self, item: ChecklistItem, ticked: Mapping[str, Check | None], stored: bool) -> QWidget:
        words = self._wording.text(item.text)
        box = QCheckBox()
        box.setAccessibleName(words)
        box.setChecked(item.code in ticked)
        box.setEnabled(not (stored and item.code in ticked))
        self.boxes[item.code] = box
        check = ticked.get(item.code)
        said = f"{words}\u00a0*" if item.is_critical else words
        if check is not None:
            said = f"{said}  ({self._wording.time(check.at)} {check.nurse})"
        text = _TickText(said, box)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_4)
        box.setFixedWidth(34)
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        text.setMinimumHeight(theme.TARGET - 4)
        box.toggled.connect(lambda on, code=item.code: self._toggle(code, on))
        return line

    def _toggle(self, code: str, on: bool) -> None:
        self._show_open()
        (self.ticked if on else self.unticked).emit(code)


class _TickText(PlainLabel):
    """The words of a line; a click on them is a click on its box."""

    def __init__(self, text: str, box: QCheckBox) -> None:
        super().__init__(text, wrap=True)
        self._box = box

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's name
        self._box.click()
