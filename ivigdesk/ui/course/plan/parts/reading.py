"""A part that is only read: lines in an area that the keys scroll, made when they are looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, empty
from ivigdesk.ui.widgets.labels import PlainLabel


class ReadingPart(QFrame):
    """A card of lines about a plan. A subclass words them in `lines_of`.

    They are made when the part is in view: a plan that changes with each key costs nothing behind a tab.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make a part that screen readers call `name`."""
        super().__init__(parent)
        theme.set_look(self, "card")
        self._plan: CoursePlan | None = None
        self._is_made = True
        content = self._content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(theme.SPACE_12, theme.SPACE_8, theme.SPACE_12, theme.SPACE_8)
        self._column.setSpacing(theme.SPACE_8)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(name)
        self.area.setWidget(content)
        content.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)
        outer = bare(QVBoxLayout(self))
        outer.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        outer.addWidget(self.area)

    @property
    def words(self) -> str:
        """Everything that stands here, a line for each label."""
        return "\n".join(label.text() for label in self._content.findChildren(PlainLabel) if label.isVisible())

    def lines_of(self, plan: CoursePlan) -> Sequence[QWidget]:
        """Return the lines about `plan`, in reading order."""
        raise NotImplementedError

    def show_plan(self, plan: CoursePlan | None) -> None:
        """Show what there is about `plan`; None empties the part."""
        self._plan = plan
        self._is_made = False
        if self.isVisible():
            self._make()

    def showEvent(self, event: QShowEvent) -> None:
        self._make()
        super().showEvent(event)

    def _make(self) -> None:
        if self._is_made:
            return
        empty(self._column)
        for line in self.lines_of(self._plan) if self._plan is not None else ():
            self._column.addWidget(line)
        self._column.addStretch()
        self._is_made = True


def line(left: QWidget, *below: QWidget, width: int) -> QWidget:
    """Return one line: `left` of a fixed width, and beside it one thing below the other."""
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE_12)
    left.setFixedWidth(width)
    column = bare(QVBoxLayout(), 0)
    for one in below:
        column.addWidget(one)
    row.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(column, 1)
    return widget
