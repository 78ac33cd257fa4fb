"""A trend on the screen: the same shapes as on paper, in the theme's colours."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ivigdesk.sheets.trend.layout import lay_out
from ivigdesk.sheets.trend.shapes import Line, Mark, Polyline, Role, Shape, Shapes, Text, outline
from ivigdesk.sheets.trend.values import Trend
from ivigdesk.ui import theme
from ivigdesk.wording import Wording

_INKS: dict[Role, str] = {
    "ground": theme.CARD,
    "frame": theme.FIELD_LINE,
    "grid": theme.LINE,
    "series": theme.ACCENT,
    "dose": theme.TONES["running"].ink,
    "line": theme.TONES["attention"].ink,
    "event": theme.TONES["hold"].ink,
    "text": theme.INK,
    "second": theme.SECOND_INK,
}


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
                lay_out(self._trend, width, height, _measure, self._wording, float(theme.SMALL)),
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
            _paint(painter, shape)
        painter.end()


def _measure(words: str, size: float, is_bold: bool) -> float:
    return QFontMetricsF(_font(size, is_bold)).horizontalAdvance(words)


def _font(size: float, is_bold: bool) -> QFont:
    return theme.font(int(size), QFont.Weight.Bold if is_bold else QFont.Weight.Normal)


def _paint(painter: QPainter, shape: Shape) -> None:
    ink = QColor(_INKS[shape.role])
    match shape:
        case Line(start, end, _, thickness, dash):
            painter.setPen(_pen(ink, thickness, dash))
            painter.drawLine(QPointF(*start), QPointF(*end))
        case Polyline(points, _, thickness):
            painter.setPen(_pen(ink, thickness * 1.4, None))
            painter.drawPolyline(QPolygonF([QPointF(*point) for point in points]))
        case Mark():
            painter.setPen(_pen(ink, 1.4, None))
            painter.setBrush(ink if shape.is_filled else QColor(theme.CARD))
            painter.drawPolygon(QPolygonF([QPointF(*point) for point in outline(shape)]))
        case Text((x, y), words, size):
            painter.setPen(ink)
            painter.setFont(_font(size, shape.is_bold))
            wide = _measure(words, size, shape.is_bold)
            painter.drawText(QPointF(x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor], y), words)


def _pen(ink: QColor, thickness: float, dash: tuple[float, float] | None) -> QPen:
    pen = QPen(ink, thickness)
    if dash is not None:
        pen.setDashPattern([length / thickness for length in dash])  # Qt counts in widths of the pen
    return pen
