"""The chosen dose of a course, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.courses.status import LEFT_OUT, SETTLED, DoseView
from ivigdesk.clinical.products.product import Product
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, scrolling_in_card
from ivigdesk.ui.dose_words import dose_made_of
from ivigdesk.ui.outcome_words import outcome_state
from ivigdesk.ui.widgets.buttons import primary_button, quiet_button, secondary_button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.keys import press_with
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.states import StateChip
from ivigdesk.wording import Wording

_MOST_NOTES = 92  # pixels, after which sentences are scrolled


class DoseCard(Card):
    """One dose in words, and its buttons.

    Signals:
        give_requested(): start its infusion, or open its record.
        move_requested(): put it on another day.
        change_requested(Button): another change; the button below which the menu opens.
        print_requested(): its bedside sheet.
        why_requested(): why it is as it is.
        criteria_requested(): what each rule of the criteria says of it.
        late_effect_requested(): a side effect showed after it.
    """

    give_requested = Signal()
    move_requested = Signal()
    change_requested = Signal(object)
    print_requested = Signal()
    why_requested = Signal()
    criteria_requested = Signal()
    late_effect_requested = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(margin=theme.SPACE_12, parent=parent)
        _ = wording.gettext
        self._wording = wording
        self.head = PlainLabel("", "heading")
        self.facts = PlainLabel("", wrap=True)
        self.notes = PlainLabel("", "small", wrap=True)
        self.criteria = StateChip()
        self.rules = quiet_button(_("Rules…"), name=_("Rules of the criteria for this dose"))
        self.why = quiet_button(_("Why?  F1"), name=_("Why is this dose as it is?"))
        self.give = primary_button(_("Start infusion"))
        self.move_dose = secondary_button(_("Postpone…"))
        self.change = secondary_button(_("Change…"), name=_("Change this dose"))
        self.print = secondary_button(_("Print bedside sheet"), picture="print")
        self.late_effect = secondary_button(_("Late effect…"), name=_("Add a late side effect of this dose"))
        self._notes_area = scrolling_in_card(self.notes)
        self._notes_area.setAccessibleName(_("What to know"))
        self._lay_out()
        self._connect()

    def show_dose(
        self,
        one: DoseView | None,
        notes: Sequence[str],
        *,
        can_change: bool,
        has_changes: bool = False,
        product: Product | None = None,
    ) -> None:
        """Show a dose with the sentences about it.

        Args:
            one: the dose; None hides the card.
            notes: the sentences.
            can_change: False for a superseded revision, which is only read.
            has_changes: whether there is something to choose in the menu of its changes.
            product: what it is given from.
        """
        self.setVisible(one is not None)
        if one is None:
            return
        self._show_words(one, notes, product)
        self.change.setVisible(has_changes)
        _ = self._wording.gettext
        waits = can_change and one.status in ("due", "overdue")
        running = can_change and one.status == "running"
        over = one.infusion is not None and one.infusion.end is not None
        self.give.show_text(_("Open infusion") if running else _("Open record") if over else _("Start infusion"))
        self.give.show_weight("primary" if waits or running else "secondary")
        self.give.setVisible(waits or running or over)
        self.move_dose.setVisible(can_change and one.status not in (*SETTLED, "running"))
        self.print.setVisible(can_change and one.status not in LEFT_OUT)
        self.late_effect.setVisible(can_change and one.status in ("given", "partly given"))

    def _show_words(self, one: DoseView, notes: Sequence[str], product: Product | None) -> None:
        dose, words = one.dose, self._wording
        head = words.gettext("Dose {number} · {day}")
        self.head.setText(head.format(number=dose.number, day=words.date(dose.due_on)))
        facts = (
            dose_made_of(words, dose.planned_dose_mg, dose.volume_ml, dose.vials),
            "" if product is None else words.text(product.short_title),
        )
        self.facts.setText(" · ".join(fact for fact in facts if fact))
        sentences = [*notes, *(words.say(one.message) for one in dose.findings if one.severity != "info")]
        self.notes.setText("\n".join(sentences))
        self._notes_area.setVisible(bool(sentences))
        self._fit_notes()
        criteria = dose.criteria
        self.criteria.show_state(None if criteria is None else outcome_state(criteria.outcome, words))
        self.rules.setVisible(criteria is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_notes()

    def _fit_notes(self) -> None:
        """Take the height that the sentences need, up to a few lines: the table above needs the rest."""
        needed = self.notes.heightForWidth(max(self._notes_area.viewport().width(), 1))
        self._notes_area.setFixedHeight(min(max(needed, 1), _MOST_NOTES))
        is_cut = needed > _MOST_NOTES  # then the arrow keys scroll it
        self._notes_area.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_cut else Qt.FocusPolicy.NoFocus)

    def _connect(self) -> None:
        self.give.clicked.connect(self.give_requested)
        self.move_dose.clicked.connect(self.move_requested)
        self.change.clicked.connect(lambda: self.change_requested.emit(self.change))
        press_with(self.change, "Alt+C")
        self.print.clicked.connect(self.print_requested)
        self.late_effect.clicked.connect(self.late_effect_requested)
        self.why.clicked.connect(self.why_requested)
        self.rules.clicked.connect(self.criteria_requested)

    def _lay_out(self) -> None:
        self.body.setSpacing(theme.SPACE_4)
        asked = QHBoxLayout()
        asked.setSpacing(theme.SPACE_8)
        for widget in (self.criteria, self.rules, self.why):
            asked.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        asked.addStretch()
        asked.addWidget(self.print)
        words = bare(QVBoxLayout(), 0)
        words.addWidget(self.head)
        words.addWidget(self.facts)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_12)
        for button in (self.late_effect, self.change, self.move_dose, self.give):
            buttons.addWidget(button)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_12)
        row.addLayout(words, 1)
        row.addLayout(buttons)
        self.body.addLayout(row)
        self.body.addLayout(asked)
        self.body.addWidget(self._notes_area, 0, Qt.AlignmentFlag.AlignTop)
