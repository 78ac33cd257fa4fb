"""The reason of a change: written, or picked from what is often the reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.widgets.buttons import Button, secondary_button
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.flow import FlowLayout
from ivigdesk.wording import NO_BREAK, Wording


class ReasonField(LineField):
    """A line, with reasons to pick below it: one that is picked stands in the line and can be written on.

    Attributes:
        picks: the reasons to pick.
    """

    def __init__(self, wording: Wording, reasons: Sequence[str]) -> None:
        """Make a field; `reasons` are worded."""
        super().__init__("reason", wording.gettext("Reason"), required=True)
        self._wording = wording
        self._reasons = tuple(reasons)
        self.picks: list[Button] = []

    def pick_area(self) -> QWidget:
        """Return the reasons as buttons, in as many rows as they need."""
        area = QWidget()
        flow = FlowLayout(spacing=theme.SPACE_8)
        for reason in self._reasons:
            button = secondary_button(reason.replace(" ", NO_BREAK))
            button.setAccessibleName(self._wording.gettext("Reason: {reason}").format(reason=reason))
            button.clicked.connect(lambda _checked=False, reason=reason: self.pick(reason))
            self.picks.append(button)
            flow.addWidget(button)
        column = bare(QVBoxLayout(area), 0)
        column.addLayout(flow)
        area.setVisible(bool(self._reasons))
        return area

    def pick(self, reason: str) -> None:
        """Put a reason into the line: in place of another that was picked, behind what was written."""
        written = self.text().strip()
        joined = reason if not written or written in self._reasons else f"{written}; {reason}"
        self.set_text(joined)
        self._note_edit()
        self.focus()
