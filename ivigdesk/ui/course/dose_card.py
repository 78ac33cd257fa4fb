"""The chosen dose of a course, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.status import SETTLED, DoseView
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.dose_words import dose_made_of
from ivigdesk.ui.widgets.buttons import primary_button, secondary_button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording


class DoseCard(Card):
    """One dose in words, and its buttons.

    Signals:
        give_requested(): start its infusion, or open its record.
        move_requested(): put it on another day.
        print_requested(): its bedside sheet.
    """

    give_requested = Signal()
    move_requested = Signal()
    print_requested = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        _ = wording.gettext
        self._wording = wording
        self.head = PlainLabel("", "heading")
        self.facts = PlainLabel("", wrap=True)
        self.notes = PlainLabel("", "small", wrap=True)
        self.give = primary_button(_("Start infusion"))
        self.move_dose = secondary_button(_("Postpone…"))
        self.print = secondary_button(_("Print bedside sheet"), picture="print")
        self._lay_out()
        self.give.clicked.connect(self.give_requested)
        self.move_dose.clicked.connect(self.move_requested)
        self.print.clicked.connect(self.print_requested)

    def show_dose(self, one: DoseView | None, notes: Sequence[str], *, can_change: bool) -> None:
        """Show a dose with the sentences about it.

        Args:
            can_change: False for a superseded revision, which is only read.
        """
        self.setVisible(one is not None)
        if one is None:
            return
        self._show_words(one, notes)
        _ = self._wording.gettext
        waits = can_change and one.status in ("due", "overdue")
        running = can_change and one.status == "running"
        over = one.infusion is not None and one.infusion.end is not None
        self.give.show_text(_("Open infusion") if running else _("Open record") if over else _("Start infusion"))
        self.give.show_weight("primary" if waits or running else "secondary")
        self.give.setVisible(waits or running or over)
        self.move_dose.setVisible(can_change and one.status not in (*SETTLED, "running"))
        self.print.setVisible(can_change and one.status not in ("omitted", "ceased"))

    def _show_words(self, one: DoseView, notes: Sequence[str]) -> None:
        dose, words = one.dose, self._wording
        head = words.gettext("Dose {number} · {day}")
        self.head.setText(head.format(number=dose.number, day=words.date(dose.due_on)))
        self.facts.setText(dose_made_of(words, dose.planned_dose_mg, dose.volume_ml, dose.vials))
        sentences = [*notes, *(words.say(one.message) for one in dose.findings if one.severity != "info")]
        self.notes.setText("\n".join(sentences))
        self.notes.setVisible(bool(sentences))

    def _lay_out(self) -> None:
        words = bare(QVBoxLayout(), theme.SPACE_4)
        for label in (self.head, self.facts, self.notes):
            words.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_12)
        row.addLayout(words, 1)
        for button in (self.print, self.move_dose, self.give):
            row.addWidget(button)
        self.body.addLayout(row)
