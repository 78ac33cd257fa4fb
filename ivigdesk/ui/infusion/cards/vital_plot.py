"""Temperature, pulse and systolic pressure over one infusion, above the steps of its rate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ivigdesk.clinical.infusions.infusion import Observation, RateChange
from ivigdesk.ui.infusion.cards.vital_shapes import Lane, lanes_of, shapes_of
from ivigdesk.ui.widgets.drawing import paint
from ivigdesk.wording import Wording

LANE_HEIGHT = 32
"""Pixels of one lane; the hours stand below the last."""

_FOOT = 18


class VitalPlot(QWidget):
    """Small lanes one above the other, each with a mark of its own shape, so that no colour is needed.

    Attributes:
        is_worth_it: whether there is a course to be seen, which one observation alone is not.
    """

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._lanes: tuple[Lane, ...] = ()
        self._until: datetime | None = None
        self._since: datetime | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.is_worth_it = False

    def show_course(self, observations: Sequence[Observation], changes: Sequence[RateChange], until: datetime) -> None:
        """Show what was measured and set up to `until`."""
        times = [one.at for one in observations] + [change.at for change in changes]
        self.is_worth_it = len(observations) > 1
        if not times:
            return
        self._since, self._until = min(times), max(until, *times)
        self._lanes = lanes_of(observations, changes, self._until, self._wording)
        self.setAccessibleName(self._wording.gettext("Course of the vital signs"))
        self.setAccessibleDescription(self._wording.gettext("; ").join(lane.spoken for lane in self._lanes))
        self.updateGeometry()
        self.update()

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """What it shows, from above."""
        return self._lanes

    def sizeHint(self) -> QSize:
        return QSize(420, LANE_HEIGHT * max(len(self._lanes), 1) + _FOOT)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        if self._since is None or self._until is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in shapes_of(
            self._lanes, self._since, self._until, float(self.width()), float(LANE_HEIGHT), self._wording
        ):
            paint(painter, shape)
        painter.end()
