"""A trend on the screen: the same shapes as on paper, in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ivigdesk.sheets.trend.layout import lay_out
from ivigdesk.sheets.trend.shapes import Shapes
from ivigdesk.sheets.trend.values import Trend
from ivigdesk.ui import theme
from ivigdesk.ui.widgets.drawing import measure, paint
from ivigdesk.wording import Wording


class TrendView(QWidget):
    """One painted trend. It takes no focus: the table beside it says the same in words."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._trend: Trend | None = None
        self._drawn: tuple[QSize, Shapes] = (QSize(), ())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_trend(self, trend: Trend | None) -> None:
        """Draw another trend; None draws nothing."""
        self._trend = trend
        self._drawn = (QSize(), ())
        self.setAccessibleName(trend.title if trend else "")
        self.update()

    @property
    def shapes(self) -> Shapes:
        """What is drawn at the widget's present size."""
        if self._trend is None:
            return ()
        if self._drawn[0] != self.size():
            width, height = float(self.width()), float(self.height())
            self._drawn = (
                self.size(),
                lay_out(self._trend, width, height, measure, self._wording, float(theme.SMALL)),
            )
        return self._drawn[1]

    def sizeHint(self) -> QSize:
        return QSize(560, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 220)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in self.shapes:
            paint(painter, shape)
        painter.end()
