"""What stands in the ripple dialog: choices on the left, the calendar before and after on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.courses.changing.form import ChangeForm
from ivigdesk.actions.courses.changing.rows import Ripple
from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.scheduling.changes.slots import Grid, Reach, Verb
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.course.ripple.fields import RippleFields
from ivigdesk.ui.course.ripple.lines import lines_as_they_are, lines_of, summary_of, warnings_of
from ivigdesk.ui.course.ripple.reach import ReachChoice
from ivigdesk.ui.course.ripple.reason import ReasonField
from ivigdesk.ui.course.ripple.table import RippleTable
from ivigdesk.ui.course.ripple.verbs import VERBS, reach_word
from ivigdesk.ui.course.words import by_weight
from ivigdesk.ui.widgets.fields.base import Field
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.notices import Notice, NoticeBar
from ivigdesk.ui.widgets.states import severity_state
from ivigdesk.wording import Wording

_CHOICES, _FEWER = 292, 264  # pixels of the left column, in a wide dialog and in a narrow one
_WIDE = 1100  # pixels
_SIDE_BY_SIDE = 900  # pixels, below which the calendar stands under the choices
_MOST_FINDINGS = 3
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_TURNS = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_WIDEST = 16_777_215  # Qt's own

_FIRST_REACH: dict[Verb, Reach] = {
    "postpone": "phase",
    "bring-forward": "phase",
    "cease": "rest",
    "product": "rest",
    "weight": "rest",
    "realign": "phase",
    "first-day": "phase",
}


class RippleParts(QWidget):
    """Fields, reach and reason of one change, and the table of what it would do.

    Attributes:
        meaning: what the verb does, in a sentence.
        fields, reach, reason: what is asked.
        summary, warning, table: what it would do.
    """

    def __init__(
        self, desk: Desk, verb: Verb, number: int | None, wording: Wording, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._verb = verb
        self._number = number
        self._wording = wording
        self._had_choices = False
        self.meaning = PlainLabel("", wrap=True)
        self.fields = RippleFields(desk, verb, number, wording)
        self.reach = ReachChoice(wording)
        self.reason = ReasonField(wording, [wording.gettext(reason) for reason in VERBS[verb].reasons])
        self.summary = PlainLabel("", "heading", wrap=True)
        self.warning = NoticeBar(wording, closable=False)
        self.table = RippleTable(wording)
        self._left = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._arrange()

    def watched(self) -> tuple[Field, ...]:
        """Return every field under which a mistake may stand."""
        return (*self.fields.all(), self.reason)

    def show_view(self, view: CourseView, form: ChangeForm) -> None:
        """Offer what the course leaves open as it stands; what was chosen before stays chosen."""
        self.fields.show_view(view)
        words = VERBS[self._verb]
        offered = words.reaches if self._number is not None else ()
        chosen = self.reach.reach() if self._had_choices else _reach_of(form, self._verb)
        grid: Grid = "keep" if form.grid == "keep" else "re-anchor"
        grid = (self.reach.grid() or grid) if self._had_choices else grid
        named = [(reach, self._wording.gettext(reach_word(self._verb, reach))) for reach in offered]
        self.reach.offer(named, chosen, grid, moves=words.moves)
        self._had_choices = True

    def show_ripple(self, ripple: Ripple) -> None:
        """Show what a change would do."""
        words = self._wording
        self.fields.show_needs_prescriber(ripple.needs_prescriber)
        self.summary.setText(summary_of(ripple, words))
        findings = [one for one in by_weight(ripple.findings) if one.severity != "info"]
        said = [warnings_of(ripple, words)]
        said += [
            f"{severity_state(one.severity, words).word}: {words.say(one.message)}" for one in findings[:_MOST_FINDINGS]
        ]
        text = "\n".join(one for one in said if one)
        self.warning.show_notice(Notice(text, "attention") if text else None)
        self.table.setEnabled(True)
        self.table.show_lines(lines_of(ripple, words))

    def show_unchanged(self, view: CourseView, sentence: str) -> None:
        """Show the calendar as it stands, under a sentence that says why nothing changes."""
        self.summary.setText(sentence)
        self.warning.show_notice(None)
        self.table.show_lines(lines_as_they_are(view, self._wording), self._number)

    def take_key(self, event: QKeyEvent) -> bool:
        """Choose reach or grid with an arrow key; return False for any other key."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.reach.step(_STEPS[key])
        elif key in _TURNS:
            self.reach.turn()
        return key in _STEPS or key in _TURNS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Before the area around it scrolls on the arrow keys.
        if not self.take_key(event):
            super().keyPressEvent(event)

    def show_error(self, name: str, sentence: str) -> bool:
        """Put a sentence where the value called `name` was asked for; return False where it is not asked for."""
        if name in ("reach", "grid") and not self.reach.isHidden():
            self.reach.show_error(sentence)
            return True
        for field in self.watched():
            if field.name == name and not field.isHidden():
                field.show_error(sentence)
                return True
        return False

    def clear_errors(self) -> None:
        """Take away what stood under the fields that the calendar follows from."""
        self.reach.show_error("")
        for field in self.fields.all():
            if field.error:
                field.clear_error()

    def fit_to(self, width: int) -> None:
        """Stand side by side where `width` pixels allow it, else one above the other."""
        beside = width >= _SIDE_BY_SIDE
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(direction)
        wanted = _CHOICES if width >= _WIDE else _FEWER
        self._left.setMaximumWidth(wanted if beside else _WIDEST)
        self._left.setMinimumWidth(wanted if beside else 0)

    def _arrange(self) -> None:
        left = bare(QVBoxLayout(self._left))
        for widget in (self.meaning, self.fields, self.reach):
            left.addWidget(widget)
        left.addStretch(1)  # and nothing to the fields, which would part
        why = QHBoxLayout()
        why.setSpacing(theme.SPACE_12)
        why.addWidget(self.reason, 1)
        why.addWidget(self.reason.pick_area(), 2)
        right = bare(QVBoxLayout(), theme.SPACE_8)
        right.addWidget(self.summary)
        right.addWidget(self.warning)
        self.table.setMinimumHeight(theme.TABLE_ROW * 5)
        right.addWidget(self.table, 1)
        right.addLayout(why)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(theme.SPACE_24)
        self._halves.addWidget(self._left)
        self._halves.addLayout(right, 1)


def _reach_of(form: ChangeForm, verb: Verb) -> Reach:
    """Return the reach that a form asks for, or the verb's own."""
    for reach in VERBS[verb].reaches:
        if reach == form.reach:
            return reach
    return _FIRST_REACH.get(verb, "this")
