"""The checklist of an infusion: each line is ticked, or left open with a reason, with the nurse's name and the time.

Before the start every line stands there, and above them the tests and samples that this dose asks for. Afterwards the
card folds: what is done is one line, what is open stands in full.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ivigdesk.actions.infusions.preparing import Prepared
from ivigdesk.clinical.infusions.procedure import ChecklistItem
from ivigdesk.clinical.tasks.standing import TaskStanding
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.errors import UserMistake
from ivigdesk.ui.course.layout import bare, empty
from ivigdesk.ui.infusion.cards.checklist_lines import CheckLine, done_in_short
from ivigdesk.ui.infusion.cards.reason_question import ReasonQuestion
from ivigdesk.ui.infusion.cards.tests_before import TestsBefore
from ivigdesk.ui.widgets.buttons import quiet_button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.labels import PlainLabel, heading
from ivigdesk.wording import Wording


class ChecklistCard(Card):
    """The lines of the checklist. Critical ones say so; a tick can be taken back until the pump starts.

    Attributes:
        boxes: the ticks by code.
        tests: the tests and samples of this dose, as they stand on the card.
        question: asks why a critical line is left open.

    Signals:
        ticked(str): the line with this code was ticked.
        unticked(str): it was taken back, which is possible before the start only.
        left_open(str, str): the line with this code is left open for this reason.
        all_ticked(): the last open line was ticked; the cursor has nowhere to go here.
    """

    ticked = Signal(object)
    unticked = Signal(object)
    left_open = Signal(object, object)
    all_ticked = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        _ = wording.gettext
        self.title = heading(_("Before the start"))
        self._wording = wording
        self.boxes: dict[str, QCheckBox] = {}
        self._items: tuple[ChecklistItem, ...] = ()
        self._ready = Prepared()
        self._is_started = self._is_open = self._is_unfolded = False
        self.lines: dict[str, CheckLine] = {}
        self.done = PlainLabel("", "small", wrap=True)
        self.left = PlainLabel("", "caution", wrap=True)
        self.question = ReasonQuestion(
            wording, _("Why is it left open?"), _("Leave it open"), spoken_cancel=_("Do not leave it open")
        )
        self.leave = quiet_button(_("Leave a check open…"))
        self.unfold = quiet_button("")
        self._tests = TestsBefore(wording)
        self._lines = bare(QVBoxLayout(), 0)
        self.body.addWidget(self.title)
        self.body.addWidget(self._tests)
        self.body.addWidget(self.done)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.left)
        self._lines.addWidget(self.question)
        for button in (self.leave, self.unfold):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch()
        self.leave.clicked.connect(self._ask_first)
        self.unfold.clicked.connect(self._turn)
        self.question.answered.connect(self.left_open)

    @property
    def tests(self) -> tuple[str, ...]:
        """The tests and samples of this dose, as they stand on the card."""
        return self._tests.lines

    def show_tests(self, tests: Sequence[tuple[Task, TaskStanding]]) -> None:
        """Show what is to be drawn or known before this dose, with where each stands; nothing hides it."""
        self._tests.show_tests(tests)

    def show_items(self, items: tuple[ChecklistItem, ...], ready: Prepared, *, is_started: bool, is_open: bool) -> None:
        """Show the lines with what was said about each.

        Args:
            is_started: the pump ran: what was ticked stays ticked, and the card folds.
            is_open: more may still be ticked.
        """
        if [item.code for item in items] != [item.code for item in self._items]:
            self._is_unfolded = False
        self._items, self._ready, self._is_started, self._is_open = items, ready, is_started, is_open
        shown = [item for item in items if not self._is_folded_away(item)]
        if [item.code for item in shown] != list(self.lines):
            self._make_lines(shown)
        for code, line in self.lines.items():
            check = ready.check(code)
            line.show_check(check, is_fixed=not is_open or (is_started and check is not None))
        self._show_sums()

    def _is_folded_away(self, item: ChecklistItem) -> bool:
        """Whether a line is done and the card folded: then it counts in the sum only."""
        check = self._ready.check(item.code)
        return self._is_started and not self._is_unfolded and check is not None and not check.reason

    def _make_lines(self, items: Sequence[ChecklistItem]) -> None:
        focused = next((code for code, box in self.boxes.items() if box.hasFocus()), None)
        self._lines.removeWidget(self.question)
        empty(self._lines)
        self._lines.addWidget(self.question)
        self.lines = {item.code: CheckLine(item, self._wording) for item in items}
        self.boxes = {code: line.box for code, line in self.lines.items()}
        for line in self.lines.values():
            line.toggled.connect(self._toggle)
            line.box.installEventFilter(self)
            self._lines.insertWidget(self._lines.count() - 1, line)
        if focused in self.boxes:
            self.boxes[focused].setFocus()

    def ask_why(self, code: str) -> None:
        """Ask why this critical line is left open."""
        item = next((item for item in self._items if item.code == code), None)
        if item is None:
            return
        line = self.lines.get(code)
        place = self._lines.indexOf(line) + 1 if line is not None else self._lines.count()
        self._lines.removeWidget(self.question)
        self._lines.insertWidget(place, self.question)
        self.question.ask(code, self._wording.text(item.text))

    def show_mistake(self, mistake: UserMistake) -> bool:
        """Put the sentence under the reason; False when it is about something else."""
        return self.question.show_mistake(mistake)

    def first_open(self) -> QCheckBox | None:
        """Return the box of the first line that nobody ticked or left open; None when there is none."""
        return next((self.boxes[code] for code in self.boxes if self._ready.check(code) is None), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys go from line to line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            step = steps.get(Qt.Key(event.key()), 0)
            boxes = list(self.boxes.values())
            if step and watched in boxes:
                place = boxes.index(watched) + step
                if 0 <= place < len(boxes):
                    boxes[place].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _toggle(self, code: str, on: bool) -> None:
        had_focus = self.boxes[code].hasFocus()
        (self.ticked if on else self.unticked).emit(code)
        if on and had_focus:
            following = self.first_open()
            if following is not None:
                following.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self.all_ticked.emit()

    def _show_sums(self) -> None:
        words = self._wording
        self.title.setText(words.gettext("Checks") if self._is_started else words.gettext("Before the start"))
        critical = [item for item in self._items if item.is_critical and self._ready.check(item.code) is None]
        text = words.ngettext(
            "{n} check that must not be left out (*) is open", "{n} checks that must not be left out (*) are open",
            len(critical),
        )  # fmt: skip
        self.left.setText(text.format(n=len(critical)))
        self.left.setVisible(bool(critical) and self._is_open)
        self.leave.setVisible(bool(critical) and self._is_open)
        if not critical or not self._is_open:
            self.question.close_question()
        short = done_in_short(self._items, self._ready, words) if self._is_started else ""
        self.done.setText(short)
        self.done.setVisible(bool(short))
        self.unfold.setVisible(bool(short))
        self.unfold.show_text(words.gettext("Show fewer") if self._is_unfolded else words.gettext("Show every check"))

    def _ask_first(self) -> None:
        """Ask about the critical line that the cursor is on, else about the first open one."""
        missing = [item.code for item in self._items if item.is_critical and self._ready.check(item.code) is None]
        if missing:
            self.ask_why(missing[0])

    def _turn(self) -> None:
        self._is_unfolded = not self._is_unfolded
        self.show_items(self._items, self._ready, is_started=self._is_started, is_open=self._is_open)
