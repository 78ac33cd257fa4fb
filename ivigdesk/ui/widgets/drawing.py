"""Shapes of a drawing on the screen, in the theme's colours: for every widget that paints what paper shows too."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from ivigdesk.sheets.trend.shapes import Area, Line, Mark, Polyline, Role, Shape, Text, outline
from ivigdesk.ui import theme

_INKS: dict[Role, str] = {
    "ground": theme.CARD,
    "band": theme.TONES["plain"].ground,
    "frame": theme.FIELD_LINE,
    "grid": theme.LINE,
    "series": theme.ACCENT,
    "dose": theme.TONES["running"].ink,
    "given": theme.TONES["given"].ink,
    "held": theme.TONES["hold"].ink,
    "overdue": theme.TONES["serious"].ink,
    "running": theme.TONES["running"].ink,
    "line": theme.TONES["attention"].ink,
    "event": theme.TONES["hold"].ink,
    "text": theme.INK,
    "second": theme.SECOND_INK,
}


def measure(words: str, size: float, is_bold: bool) -> float:
    """Return how wide words are on the screen, in logical pixels."""
    return QFontMetricsF(_font(size, is_bold)).horizontalAdvance(words)


def _font(size: float, is_bold: bool) -> QFont:
    return theme.font(int(size), QFont.Weight.Bold if is_bold else QFont.Weight.Normal)


def paint(painter: QPainter, shape: Shape) -> None:
    """Paint one shape."""
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
        case Area(left, top, right, bottom, _, edge):
            painter.setPen(Qt.PenStyle.NoPen if edge is None else _pen(QColor(_INKS[edge]), 1.0, None))
            painter.setBrush(ink)
            painter.drawRect(QRectF(left, top, right - left, bottom - top))
        case Text((x, y), words, size):
            painter.setPen(ink)
            painter.setFont(_font(size, shape.is_bold))
            wide = measure(words, size, shape.is_bold)
            painter.drawText(QPointF(x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor], y), words)


def _pen(ink: QColor, thickness: float, dash: tuple[float, float] | None) -> QPen:
    pen = QPen(ink, thickness)
    if dash is not None:
        pen.setDashPattern([length / thickness for length in dash])  # Qt counts in widths of the pen
    return pen
