"""One finding of a plan as a line on the colour of its severity."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.course.plan.noticed import Noticed
from ivigdesk.ui.widgets.labels import PlainLabel, tip
from ivigdesk.wording import Wording


class NoticedLine(QFrame):
    """The chip of its severity and its sentence; below them code and source, where there is room for them."""

    def __init__(self, one: Noticed, wording: Wording, source: str = "", parent: QWidget | None = None) -> None:
        """Show `one`; `source` is the worded line of code and source, empty leaves it to the tool tip."""
        super().__init__(parent)
        state = one.state(wording)
        theme.set_look(self, f"notice-{state.tone}")
        room = theme.SPACE_8 if source else theme.SPACE_4
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_12, room, theme.SPACE_12, room)
        row.setSpacing(theme.SPACE_12)
        words = bare(QVBoxLayout(), 0)
        words.addWidget(PlainLabel(one.words(wording), "" if source else "small", wrap=True))
        if source:
            words.addWidget(PlainLabel(source, "small", wrap=True))
        row.addWidget(PlainLabel(state.text, "strong"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setToolTip(tip(source or f"{one.finding.code} {one.finding.source}".strip()))
