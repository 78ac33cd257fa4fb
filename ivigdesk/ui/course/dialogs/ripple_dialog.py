"""Move a dose: what would become of every dose, side by side, before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.courses.postpone_dose import Ripple, RippleRow, postpone_dose, ripple
from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clock import today
from ivigdesk.errors import UserMistake, WordedError
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.changes import Reach
from ivigdesk.ui import theme
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.outcome_words import outcome_state
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.fields.date import DateField
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.flow import FlowLayout
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.notices import Notice, NoticeBar
from ivigdesk.ui.widgets.states import State, status_state
from ivigdesk.ui.widgets.tables import Column, RecordTable
from ivigdesk.wording import Wording

PREVIEW_AFTER_MS = 150
_CRITERIA = 5  # column

REACHES: tuple[tuple[Reach, str], ...] = (
    ("this", N_("This dose only")),
    ("phase", N_("The rest of its phase")),
    ("rest", N_("Everything after it")),
)


class RippleDialog(FormDialog):
    """Asks for the new date, how far the change reaches, and why.

    Up and down choose the reach; Enter in a line confirms once there is a date that fits and a reason.
    """

    def __init__(
        self, desk: Desk, view: CourseView, number: int, wording: Wording, *, to: date | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        _ = wording.gettext
        super().__init__(
            wording,
            _("Move dose {number} of {day}").format(number=number, day=wording.date(view.course.dose(number).due_on)),
            _("Confirm the move  Enter"),
            cancel=_("Leave it"),
            width=1080,
            parent=parent,
        )
        self._desk = desk
        self._view = view
        self._number = number
        self._ripple: Ripple | None = None
        self.course: Course | None = None
        self.to = DateField("to", message(N_("New date")), wording, lambda: today(desk.clock))
        self.reason = LineField("reason", _("Reason"), required=True)
        self.reach = QButtonGroup(self)
        self.table = RecordTable(_columns(wording), _("Before and after"), sortable=False)
        self.outcome = PlainLabel("", "small", wrap=True)
        self.warning = NoticeBar(wording, closable=False)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._arrange_content()
        self._connect()
        self.to.set_value(to or _proposed_day(view, number, today(desk.clock)))
        self.compute()
        self.to.focus()

    @classmethod
    def ask(
        cls, desk: Desk, view: CourseView, number: int, wording: Wording, parent: QWidget | None = None
    ) -> Course | None:
        """Return the course with its new revision, or None when nothing was changed."""
        dialog = cls(desk, view, number, wording, parent=parent)
        dialog.exec()
        return dialog.course

    @property
    def ripple(self) -> Ripple | None:
        """What would be stored; None while the date does not fit."""
        return self._ripple

    def compute(self) -> None:
        """Bring the two columns up to date with the fields, now."""
        self._soon.stop()
        self._ripple = None
        try:
            day = self.to.value()
            if day is not None:
                self._ripple = ripple(
                    self._desk, self._view.course.id, number=self._number, to=day, reach=self.chosen_reach()
                )
        except WordedError as error:
            self._show_mistake(error)
        else:
            self._show_ripple()
        self._allow()

    def chosen_reach(self) -> Reach:
        """Return how far the change reaches."""
        return REACHES[max(self.reach.checkedId(), 0)][0]

    def submit(self) -> None:
        self.compute()
        if self._ripple is None:
            raise UserMistake("to", message(N_("New date: nothing was moved. Choose a date that fits.")))
        self.course = postpone_dose(self._desk, self._ripple, self.reason.text())

    def has_unsaved(self) -> bool:
        return bool(self.reason.text().strip()) and self.course is None

    def hideEvent(self, event: QHideEvent) -> None:
        self._soon.stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self.reach.button((self.reach.checkedId() + step) % len(REACHES)).click()
            return
        super().keyPressEvent(event)

    def _show_mistake(self, error: WordedError) -> None:
        sentence = self.wording.say_error(error)
        if isinstance(error, UserMistake) and error.field == "to":
            self.to.show_error(sentence)
        else:
            self.notices.show_notice(Notice(sentence, "serious"))
        self.table.setEnabled(False)
        self.outcome.setText(self.wording.gettext("Nothing can be moved to this date."))
        self.warning.show_notice(None)

    def _show_ripple(self) -> None:
        words = self.wording
        if self.to.error:
            self.to.clear_error()
        self.notices.show_notice(None)
        self.table.setEnabled(self._ripple is not None)
        if self._ripple is None:
            return
        self.table.show_rows(self._ripple.rows)
        for row in self._ripple.rows:
            if row.before.dose.number == self._number:
                self.table.choose(row)
        moved = sum(row.is_moved for row in self._ripple.rows)
        now = self._ripple.view.course.revision.number
        said = words.ngettext(
            "{n} dose moves. This becomes revision {new}; prints of revision {old} are then superseded.",
            "{n} doses move. This becomes revision {new}; prints of revision {old} are then superseded.",
            moved,
        )
        self.outcome.setText(said.format(n=moved, new=now + 1, old=now))
        self.table.setColumnHidden(_CRITERIA, all(row.criteria is None for row in self._ripple.rows))
        self._show_warning(self._ripple.rows)

    def _show_warning(self, rows: Sequence[RippleRow]) -> None:
        """Say which doses want a second look, by number: the table below says why."""
        words = self.wording
        unmet = [row.before.dose.number for row in rows if _stops_being_met(row)]
        noted = [row.before.dose.number for row in rows if row.notes and not _stops_being_met(row)]
        said = []
        if unmet:
            text = words.ngettext(
                "The criteria stop being met on the new date of dose {numbers}.",
                "The criteria stop being met on the new dates of doses {numbers}.",
                len(unmet),
            )
            said.append(text.format(numbers=words.ranges(unmet)))
        if noted:
            text = words.ngettext(
                "See in the table what to know about dose {numbers}.",
                "See in the table what to know about doses {numbers}.",
                len(noted),
            )
            said.append(text.format(numbers=words.ranges(noted)))
        self.warning.show_notice(Notice(" ".join(said), "attention") if said else None)

    def _note_edit(self) -> None:
        self._ripple = None
        self._allow()
        self._soon.start(PREVIEW_AFTER_MS)

    def _allow(self) -> None:
        self.confirm_button.setEnabled(bool(self.reason.text().strip()) and self._ripple is not None)

    def confirm(self) -> None:
        if self._soon.isActive():
            self.compute()
        super().confirm()

    def _arrange_content(self) -> None:
        _ = self.wording.gettext
        choices = QWidget()
        flow = FlowLayout(choices)
        for index, (_reach, word) in enumerate(REACHES):
            button = Button(_(word))
            button.setCheckable(True)
            button.setChecked(index == 1)
            self.reach.addButton(button, index)
            flow.addWidget(button)
        right = bare(QVBoxLayout(), theme.SPACE_4)
        right.addWidget(PlainLabel(_("What about the doses after it? Up and down choose."), "label"))
        right.addWidget(choices)
        right.addStretch()
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE_24)
        self.to.setFixedWidth(260)
        top.addWidget(self.to)
        top.addLayout(right, 1)
        self.table.setMinimumHeight(340)
        self.body.addLayout(top)
        self.body.addWidget(self.warning)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.outcome)
        self.watch((self.to, self.reason))

    def _connect(self) -> None:
        self._soon.timeout.connect(self.compute)
        self.to.edited.connect(self._note_edit)
        self.reach.idClicked.connect(self.compute)
        self.reason.edited.connect(self._allow)


def _columns(wording: Wording) -> tuple[Column[RippleRow], ...]:
    _ = wording.gettext

    def state(row: RippleRow) -> State | None:
        if row.is_moved:
            days = (row.due_on - row.before.dose.due_on).days
            text = wording.ngettext("moves by {days} day", "moves by {days} days", abs(days))
            return State("→", text.format(days=wording.signed(days)), "accent")
        if row.before.status in ("planned", "due"):
            return None
        return status_state(row.before.status, wording)

    def criteria(row: RippleRow) -> State | None:
        return outcome_state(row.criteria.outcome, wording, short=True) if row.criteria else None

    def notes(row: RippleRow) -> str:
        return " ".join(f"!\u2002{wording.say(note)}" for note in row.notes)

    return (
        Column(_("Dose"), lambda row: str(row.before.dose.number), strong=True),
        Column(_("Before"), lambda row: wording.date(row.before.dose.due_on), muted=True),
        Column(
            _("After"),
            lambda row: wording.date(row.due_on),
            ink=lambda row: "accent" if row.is_moved else None,
            strong=True,
        ),
        Column(
            _("Day +N"),
            lambda row: "" if row.transplant_day is None else wording.signed(row.transplant_day),
            muted=True,
        ),
        Column(_("State"), lambda row: found.word if (found := state(row)) else "", state=state),
        Column(_("Criteria"), lambda row: found.word if (found := criteria(row)) else "", state=criteria),
        Column(_("What to know"), notes, small=True, ink=lambda row: "attention" if row.notes else None, stretch=True),
    )


def _stops_being_met(row: RippleRow) -> bool:
    before, after = row.before.dose.criteria, row.criteria
    return before is not None and after is not None and before.outcome == "met" and after.outcome != "met"


def _proposed_day(view: CourseView, number: int, day: date) -> date:
    """Return where the dose would go first: the day after, or today for one that is overdue."""
    due = view.course.dose(number).due_on
    return day if due < day else due + timedelta(days=1)
