"""The foot of the planning page: what needs a reason, and what to note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, empty
from ivigdesk.ui.course.plan.noticed import Noticed, noticed_of
from ivigdesk.ui.course.plan.noticed_line import NoticedLine
from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.dialogs import AskDialog
from ivigdesk.ui.widgets.states import State, StateChip
from ivigdesk.wording import Wording

_MOST_LINES = 4
_FEW_LINES = 2
_IN_THE_BANNER = "GEN-1"

Room = Literal["none", "some", "much"]


class FindingsBar(Card):
    """The gravest findings in full, and the number of the others.

    Signals:
        all_requested(): the nurse wants to read every finding.
    """

    all_requested = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(margin=theme.SPACE_8, parent=parent)
        self._wording = wording
        self.in_the_way = StateChip()
        self.notes = StateChip()
        self.all = Button(wording.gettext("Show all"), "quiet", name=wording.gettext("Show all findings"))
        self._told: tuple[Noticed, ...] = ()
        self._room: Room = "much"
        self._line_area = QWidget()
        self._lines = bare(QVBoxLayout(self._line_area), theme.SPACE_4)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        for widget in (self.in_the_way, self.notes):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.all)
        self.body.setSpacing(theme.SPACE_4)
        self.body.addWidget(self._line_area)
        self.body.addLayout(row)
        self.all.clicked.connect(self.all_requested)
        self.show_plan(None)

    @property
    def lines(self) -> tuple[NoticedLine, ...]:
        """The findings that are shown in full."""
        found = (self._lines.itemAt(place) for place in range(self._lines.count()))
        widgets = (item.widget() for item in found if item is not None)
        return tuple(widget for widget in widgets if isinstance(widget, NoticedLine))

    def show_plan(self, plan: CoursePlan | None) -> None:
        """Show what the rules noticed about `plan`; None empties the bar."""
        noticed = noticed_of(plan) if plan else ()
        empty(self._lines)
        # The banner above the course says this one already.
        told = [one for one in noticed if one.is_grave and one.finding.code != _IN_THE_BANNER]
        self._told = tuple(told[:_MOST_LINES])
        for one in self._told:
            self._lines.addWidget(NoticedLine(one, self._wording))
        self._show_counts(noticed)
        self._choose_lines()
        self.setVisible(bool(noticed))

    def show_lines(self, room: Room) -> None:
        """Show in full as many of the gravest findings as there is height for; what is in the way goes first."""
        self._room = room
        self._choose_lines()

    def _choose_lines(self) -> None:
        for place, (one, line) in enumerate(zip(self._told, self.lines, strict=True)):
            is_told = place < _FEW_LINES and (self._room == "much" or place == 0)
            line.setVisible(is_told or (one.stands_in_the_way and (self._room == "much" or place < _FEW_LINES)))
        self._line_area.setVisible(self._room != "none" and bool(self._told))

    def _show_counts(self, noticed: Sequence[Noticed]) -> None:
        words = self._wording
        barred = [one for one in noticed if one.stands_in_the_way]
        self.in_the_way.show_state(None)
        self.notes.show_state(None)
        if barred:
            is_blocked = any(one.finding.severity == "block" for one in barred)
            tone: Tone = "serious" if is_blocked else "hold"
            text = words.ngettext("{n} finding needs a reason", "{n} findings need a reason", len(barred))
            self.in_the_way.show_state(State("■", text.format(n=len(barred)), tone))
        others = len(noticed) - len(barred)
        if others:
            text = words.ngettext("{n} note", "{n} notes", others).format(n=others)
            self.notes.show_state(State("", text, "plain"))


class FindingsDialog(AskDialog):
    """Every finding of a plan in full with code and source, gravest first."""

    def __init__(self, plan: CoursePlan, library: Library, wording: Wording, parent: QWidget | None = None) -> None:
        _ = wording.gettext
        super().__init__(wording, _("What the rules noticed"), _("Close"), size=QSize(760, 600), parent=parent)
        self.cancel_button.hide()
        for one in noticed_of(plan):
            self.body.addWidget(NoticedLine(one, wording, one.source_words(library, wording)))
        self.body.addStretch()
        self.confirm_button.setFocus()
