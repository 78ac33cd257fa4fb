"""Vital signs: what was measured, what is still to be measured and when, and one line to enter the next set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ivigdesk.clinical.infusions.infusion import Observation
from ivigdesk.clinical.infusions.remarks import Remark
from ivigdesk.errors import UserMistake
from ivigdesk.ui.infusion.cards.observation_columns import observation_columns
from ivigdesk.ui.infusion.cards.observation_entry import ObservationEntry
from ivigdesk.ui.infusion.schedule import ObservationLine
from ivigdesk.ui.infusion.words import countdown
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.labels import PlainLabel, heading
from ivigdesk.ui.widgets.notices import Notice, NoticeBar
from ivigdesk.ui.widgets.states import State, StateChip
from ivigdesk.ui.widgets.tables import RecordTable
from ivigdesk.wording import Wording

_ROW = 38
_MOST_ROWS = 3
_COMING = 3  # times of the schedule that are shown ahead


class ObservationsCard(Card):
    """The observations of an infusion, the schedule of those to come, and the line for the next one.

    Attributes:
        noticed: what of the newest observation lies outside the limits.
        coming: the schedule ahead, the one that is due marked.

    Signals:
        observation_entered(ObservationForm): Enter was pressed in the line's last field.
    """

    observation_entered = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        _ = wording.gettext
        self._wording = wording
        self._marks: Mapping[UUID, tuple[Remark, ...]] = {}
        self.due = StateChip()
        columns = observation_columns(wording, lambda one: self._marks.get(one.id, ()))
        self.table = RecordTable(columns, _("Observations"), row_height=_ROW, sortable=False)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.noticed = NoticeBar(wording, closable=False)
        self.coming = PlainLabel("", "small", wrap=True)
        self.entry = ObservationEntry(wording)
        self.none = PlainLabel(_("Nothing was observed."), "small")
        head = QHBoxLayout()
        head.addWidget(heading(_("Observations")))
        head.addStretch()
        head.addWidget(self.due)
        self.body.addLayout(head)
        for widget in (self.table, self.none, self.noticed, self.coming, self.entry):
            self.body.addWidget(widget)
        self.entry.entered.connect(self.observation_entered)
        # Short names for what a nurse works with.
        self.edits, self.error, self.save = self.entry.edits, self.entry.error, self.entry.save

    def show_observations(
        self,
        observations: Sequence[Observation],
        marks: Mapping[UUID, tuple[Remark, ...]],
        coming: Sequence[ObservationLine],
        *,
        can_enter: bool,
    ) -> None:
        """Show what was measured, oldest first, the newest in view, and what comes.

        Args:
            marks: of each observation what lies outside the limits.
            coming: as `still_to_observe` returns them.
        """
        self._marks = marks
        self.table.show_rows(tuple(observations))
        shown = min(max(len(observations), 1), _MOST_ROWS)
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + _ROW * shown + 6)
        self.table.setVisible(bool(observations))
        self.none.setVisible(not observations)
        if observations:
            self.table.choose(observations[-1])
        self._show_noticed(observations)
        self._show_coming(coming)
        self.entry.setVisible(can_enter)

    def show_due(self, coming: Sequence[ObservationLine], now: datetime) -> None:
        """Say what is due, or how long until the next."""
        _ = self._wording.gettext
        due = next((line for line in coming if line.is_due), None)
        after = next((line for line in coming if line.at > now), None)
        state = None
        if due is not None:
            state = State("!", _("Due now: {reason}").format(reason=self._wording.say(due.reason)), "attention")
        elif after is not None:
            left = countdown(int((after.at - now).total_seconds()))
            text = _("Next at {time}, in {left}").format(time=self._wording.time(after.at), left=left)
            state = State("", text, "plain")
        if state is None or state.text != self.due.text() or self.due.isHidden():
            self.due.show_state(state)

    def show_mistake(self, mistake: UserMistake) -> bool:
        """Mark the field and say why under the line; False when no field has that name."""
        return self.entry.show_mistake(mistake)

    def clear_entry(self) -> None:
        """Empty the line after it was saved, ready for the next set."""
        self.entry.clear()

    def has_typed(self) -> bool:
        """Whether something stands in the line."""
        return not self.entry.isHidden() and self.entry.has_typed()

    def _show_coming(self, coming: Sequence[ObservationLine]) -> None:
        """Write the schedule ahead in one sentence: `◎ 10:16 before the rate goes up; ○ 10:31 at the end`."""
        words = self._wording
        said = [
            f"{'◎' if line.is_due else '○'}\u00a0{words.time(line.at)} {words.say(line.reason)}"
            for line in coming[:_COMING]
        ]
        self.coming.setText(words.gettext("; ").join(said))
        self.coming.setVisible(bool(said))

    def _show_noticed(self, observations: Sequence[Observation]) -> None:
        remarks = self._marks.get(observations[-1].id, ()) if observations else ()
        if not remarks:
            self.noticed.show_notice(None)
            return
        words = self._wording
        said = words.gettext("; ").join(words.say(remark.message) for remark in remarks)
        text = words.gettext("{when}: {what}").format(when=words.time(observations[-1].at), what=said)
        is_grave = any(remark.severity == "stop" for remark in remarks)
        self.noticed.show_notice(Notice(text, "serious" if is_grave else "attention"))
