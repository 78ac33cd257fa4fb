"""What the criteria ask and no record of the ward says: a question each, which the prescriber answers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.clinical.eligibility.asked import STATED, question
from ivigdesk.clinical.eligibility.profile import Profile
from ivigdesk.clinical.eligibility.questions import asked_in, missing_in
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.widgets.fields.text import ChoiceField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

_NOT_KNOWN = ""
_ANSWER_WIDTH = 140


class StatedFields(QWidget):
    """The questions of the chosen criteria that matter for the plan in view; hidden while there is none.

    A question that was answered stays in sight while the criteria ask it, so that the answer can be taken back.

    Attributes:
        questions: one field for each fact that can be stated, by its name, shown or not.

    Signals:
        edited(): a person gave another answer.
    """

    edited = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self.heading = PlainLabel(_("What the criteria ask"), "strong", wrap=True)
        self.hint = PlainLabel(
            _("No record of the ward says it: ask the prescriber. The answers are printed on the plan."),
            "hint",
            wrap=True,
        )
        self.questions = {fact: _Question(fact, wording) for fact in STATED}
        column = bare(QVBoxLayout(self), theme.SPACE_8)
        column.addSpacing(theme.SPACE_8)
        column.addWidget(self.heading)
        column.addWidget(self.hint)
        for field in self.questions.values():
            column.addWidget(field)
            field.edited.connect(self.edited)
        self.show_plan(None)

    @property
    def fields(self) -> tuple[ChoiceField, ...]:
        """Every question, in reading order, shown or not."""
        return tuple(self.questions.values())

    def answers(self, profile: Profile | None) -> tuple[tuple[str, str], ...]:
        """Return what was answered of what these criteria ask, as (fact, `yes` or `no`) pairs."""
        return tuple((fact, self.questions[fact].answer) for fact in asked_in(profile) if self.questions[fact].answer)

    def begin(self) -> None:
        """Forget every answer: they were given for another course."""
        for field in self.questions.values():
            field.set_value(_NOT_KNOWN)
        self.show_plan(None)

    def show_plan(self, plan: CoursePlan | None) -> None:
        """Ask what the criteria of `plan` need and what was answered already; None asks nothing."""
        asked: set[str] = set()
        if plan is not None:
            # The question in hand stays too: the cursor never leaves by itself while an answer is taken back.
            kept = {fact for fact in asked_in(plan.request.profile) if self.questions[fact].is_in_use}
            asked = kept.union(missing_in(infusion.criteria for infusion in plan.infusions))
        for fact, field in self.questions.items():
            field.setVisible(fact in asked)
        self.setVisible(bool(asked))


class _Question(ChoiceField):
    """A question with its answer beside it."""

    def __init__(self, fact: str, wording: Wording) -> None:
        _ = wording.gettext
        answers = ((_NOT_KNOWN, _("Not known")), ("yes", _("Yes")), ("no", _("No")))
        super().__init__(fact, wording.say(question(fact)), answers)
        self.label.setWordWrap(True)
        self.control.setFixedWidth(_ANSWER_WIDTH)
        self.row.insertWidget(0, self.label, 1)

    @property
    def answer(self) -> str:
        """`yes`, `no`, or empty while it is not known."""
        return str(self.value() or _NOT_KNOWN)

    @property
    def is_in_use(self) -> bool:
        """Whether it was answered, or holds the cursor."""
        return bool(self.answer) or (self.control.hasFocus() and not self.isHidden())
