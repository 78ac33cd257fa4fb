"""Side effects of this infusion: one touch for the common ones, red for the alarms, and what was recorded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.infusions.grading import holds_course, proposed_action
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clinical.infusions.side_effects import SideEffectCatalogue
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, empty
from ivigdesk.ui.dose_words import effect_text
from ivigdesk.ui.infusion.words import EFFECT_OUTCOMES, term_name
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.flow import FlowLayout
from ivigdesk.ui.widgets.labels import PlainLabel, heading
from ivigdesk.wording import Wording


class SideEffectsCard(Card):
    """Buttons for side effects; what was recorded stands in a widget of its own, beside the pump's buttons.

    Attributes:
        recorded: the side effects of this infusion, newest first; the view places it.

    Signals:
        term_chosen(str): the button of this code was pressed.
        more_requested(): the search over the whole catalogue is wanted.
        late_requested(): something that showed hours or days after the end is to be added.
        correction_requested(SideEffect): this record is to be corrected, or its outcome told.
    """

    term_chosen = Signal(object)
    more_requested = Signal()
    late_requested = Signal()
    correction_requested = Signal(object)

    def __init__(self, catalogue: SideEffectCatalogue, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        _ = wording.gettext
        self._wording = wording
        self._catalogue = catalogue
        self.quick = {code: self._button(code, alarm=False) for code in catalogue.quick}
        self.alarm = {code: self._button(code, alarm=True) for code in catalogue.alarm}
        self.more = Button(_("More…"), bedside=True, name=_("More side effects"))
        self.late = Button(_("Add a late side effect…"), bedside=True)
        self.none = PlainLabel(_("No side effect is recorded."), "small")
        self._buttons = QWidget()
        self.recorded = QWidget()
        self._lines = bare(QVBoxLayout(self.recorded), theme.SPACE_8)
        self._lay_out()
        self.more.clicked.connect(self.more_requested)
        self.late.clicked.connect(self.late_requested)

    def show_effects(self, effects: Sequence[SideEffect], *, is_running: bool, is_started: bool) -> None:
        """Show what was recorded; the buttons while it runs, one for late ones after the end."""
        self._buttons.setVisible(is_running)
        self.late.setVisible(is_started and not is_running)
        empty(self._lines)
        for effect in reversed(effects):
            self._lines.addWidget(self._line(effect))
        self.recorded.setVisible(bool(effects))
        self.none.setVisible(is_started and not effects)

    def _button(self, code: str, *, alarm: bool) -> Button:
        words = self._wording.text(self._catalogue.term(code).button_words)
        button = Button(words, "danger" if alarm else "secondary", bedside=True)
        button.clicked.connect(lambda: self.term_chosen.emit(code))
        return button

    def _line(self, effect: SideEffect) -> QFrame:
        line = QFrame()
        grave = holds_course(effect.grade)
        theme.set_look(line, "notice-serious" if grave else "notice-attention")
        name = term_name(self._catalogue, effect.code, self._wording)
        head = PlainLabel(f"!\u2002{effect_text(self._wording, name, effect)}", "strong", wrap=True)
        said = PlainLabel(self._said(effect), "", wrap=True)
        correct = Button(self._wording.gettext("Correct…"), "quiet")
        correct.setAccessibleName(self._wording.gettext("Correct {name}").format(name=name))
        correct.clicked.connect(lambda: self.correction_requested.emit(effect))
        words = bare(QVBoxLayout(), theme.SPACE_4)
        words.addWidget(head)
        words.addWidget(said)
        row = QHBoxLayout(line)
        row.setContentsMargins(theme.SPACE_12, theme.SPACE_8, theme.SPACE_8, theme.SPACE_8)
        row.addLayout(words, 1)
        row.addWidget(correct)
        return line

    def _said(self, effect: SideEffect) -> str:
        _ = self._wording.gettext
        parts = []
        try:
            term = self._catalogue.term(effect.code)
        except KeyError:
            term = None
        if effect.outcome == "ongoing" and term is not None:
            parts.append(self._wording.text(proposed_action(term, effect.grade).grade_words))
        if holds_course(effect.grade):
            parts.append(_("The remaining doses of the course are on hold."))
        parts.append(_("Outcome: {outcome}.").format(outcome=_(EFFECT_OUTCOMES[effect.outcome])))
        if effect.action:
            parts.append(_("Done: {action}.").format(action=effect.action))
        if effect.notes:
            parts.append(effect.notes)
        return " ".join(parts)

    def _lay_out(self) -> None:
        _ = self._wording.gettext
        head = QHBoxLayout()
        head.addWidget(heading(_("Side effect?")))
        head.addWidget(PlainLabel(_("one touch opens it with time and rate filled in"), "small", wrap=True), 1)
        common, alarms = QWidget(), QWidget()
        flow = FlowLayout(common)
        for button in (*self.quick.values(), self.more):
            flow.addWidget(button)
        flow = FlowLayout(alarms)
        for button in self.alarm.values():
            flow.addWidget(button)
        rows = bare(QVBoxLayout(self._buttons), theme.SPACE_8)
        # SAFETY: on a low screen the lower rows are cut; what cannot wait stands first.
        rows.addWidget(alarms)
        rows.addWidget(common)
        self.body.addLayout(head)
        self.body.addWidget(self._buttons)
        self.body.addWidget(self.late)
        self.body.addWidget(self.none)
