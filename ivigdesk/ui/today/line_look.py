"""Where everything of the day line lies, and how it is painted."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from ivigdesk.actions.ward.day_line import HOUR, DayBar, DayLine, HourLoad
from ivigdesk.ui import theme
from ivigdesk.ui.today.line_words import LineWords
from ivigdesk.wording import Wording

HEAD = 20
LOAD = 36
LEAST_ROW, MOST_ROW = 18, 32
_BESIDE = 172
_SIDE = theme.SPACE_12
_LEAST_HOUR = 44  # pixels below which every second hour is written only
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class LineLook:
    """Lays a line out on a size, and paints it."""

    def __init__(self, line: DayLine, width: int, height: int, top: int = 0) -> None:
        """Lay out `line`; `top` bars are scrolled away above."""
        self.line = line
        self.width, self.height = width, height
        room = height - HEAD - LOAD
        bars = max(len(line.bars), 1)
        self.row = min(max(room / bars, LEAST_ROW), MOST_ROW)
        self.visible = max(int(room / self.row), 1)
        self.top = min(max(top, 0), max(len(line.bars) - self.visible, 0))

    @property
    def hidden(self) -> int:
        """How many bars do not fit."""
        return max(len(self.line.bars) - self.visible, 0)

    def x(self, at: datetime) -> float:
        """Return where a moment lies, within the line's edges."""
        left, right = _BESIDE, self.width - _SIDE
        whole = (self.line.last_at - self.line.first_at) / timedelta(seconds=1)
        share = (at - self.line.first_at) / timedelta(seconds=1) / whole
        return left + (right - left) * min(max(share, 0.0), 1.0)

    def bar(self, number: int) -> QRectF:
        """Return where bar `number` lies; an empty place for one that is scrolled away."""
        row = number - self.top
        if not 0 <= row < self.visible:
            return QRectF()
        bar = self.line.bars[number]
        left, right = self.x(bar.span.starts_at), self.x(bar.until)
        return QRectF(left, HEAD + row * self.row + 1.5, max(right - left, 6.0), self.row - 3)

    def hour(self, hour: HourLoad) -> QRectF:
        """Return where the load of an hour lies."""
        left, right = self.x(hour.starts_at), self.x(hour.ends_at)
        return QRectF(left, self.height - LOAD, right - left, LOAD)

    def bar_at(self, place: QPointF) -> int | None:
        """Return the bar under a point, or beside whose name it is."""
        row = int((place.y() - HEAD) // self.row)
        number = row + self.top
        if place.y() < HEAD or not 0 <= row < self.visible or number >= len(self.line.bars):
            return None
        return number if place.x() < _BESIDE or self.bar(number).contains(place) else None

    def hour_at(self, place: QPointF) -> HourLoad | None:
        """Return the hour whose load is under a point."""
        return next((hour for hour in self.line.hours if self.hour(hour).contains(place)), None)


def paint(painter: QPainter, look: LineLook, words: LineWords, wording: Wording, current: int | None) -> None:
    """Paint the whole line; the bar on which the keyboard stands gets a ring."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    small, strong = theme.font(theme.SMALL), theme.font(theme.SMALL, QFont.Weight.Bold)
    _paint_hours(painter, look, wording, small)
    for number in range(look.top, min(look.top + look.visible, len(look.line.bars))):
        _paint_bar(painter, look, words, number, (small, strong))
    _paint_load(painter, look, wording, (small, strong))
    if look.line.is_today:
        x = look.x(look.line.now)
        painter.setPen(QPen(QColor(theme.TONES["serious"].ink), 2))
        painter.drawLine(QPointF(x, HEAD - 4), QPointF(x, look.height - LOAD))
    if current is not None and not look.bar(current).isNull():
        painter.setPen(QPen(QColor(theme.ACCENT), theme.FOCUS_WIDTH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(look.bar(current).adjusted(-3, -2, 3, 2), 7, 7)


def _paint_hours(painter: QPainter, look: LineLook, wording: Wording, small: QFont) -> None:
    wide = look.hour(look.line.hours[0]).width()
    every = next(step for step in (1, 2, 3, 4, 6, 12) if wide * step >= _LEAST_HOUR or step == 12)
    painter.setFont(small)
    at, number = look.line.first_at, 0
    while at <= look.line.last_at:
        x = look.x(at)
        painter.setPen(QPen(QColor(theme.LINE), 1))
        painter.drawLine(QPointF(x, HEAD), QPointF(x, look.height))
        if number % every == 0 and at < look.line.last_at:
            painter.setPen(QColor(theme.SECOND_INK))
            painter.drawText(QRectF(x, 0, wide * every, HEAD), _LEFT, wording.time(at))
        at, number = at + HOUR, number + 1


def _paint_bar(painter: QPainter, look: LineLook, words: LineWords, number: int, fonts: tuple[QFont, QFont]) -> None:
    bar, place = look.line.bars[number], look.bar(number)
    small, strong = fonts
    state = words.state(bar)
    colours = theme.TONES[state.tone]
    ink = QColor(colours.ink)
    is_proposed = bar.span.kind == "proposed"
    painter.setPen(QPen(ink, 1.2, Qt.PenStyle.DashLine if is_proposed else Qt.PenStyle.SolidLine))
    painter.setBrush(QColor(theme.CARD if is_proposed else colours.ground))
    painter.drawRoundedRect(place, 5, 5)
    _paint_rest(painter, look, bar, place, ink)
    name = QRectF(_SIDE, place.top(), _BESIDE - _SIDE - 8, place.height())
    painter.setFont(strong)
    painter.setPen(QColor(theme.INK))
    painter.drawText(name, _LEFT, _fitting(words.beside(bar), strong, name.width()))
    _write_beside(painter, look, words.on_bar(bar), place, small, ink)


def _paint_rest(painter: QPainter, look: LineLook, bar: DayBar, place: QRectF, ink: QColor) -> None:
    """Hatch what is still to run of a running infusion, so that the part that was given stands out without colour."""
    if bar.span.kind != "running" or bar.filled_until is None:
        return
    rest = QRectF(place)
    rest.setLeft(look.x(bar.filled_until))
    painter.fillRect(rest, QColor(theme.CARD))
    hatch = QColor(ink)
    hatch.setAlpha(90)
    painter.fillRect(rest, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 1.2))
    painter.drawRoundedRect(place, 5, 5)


def _write_beside(painter: QPainter, look: LineLook, text: str, place: QRectF, font: QFont, ink: QColor) -> None:
    """Write on the bar where there is room, else right of it, else left of it."""
    wide = QFontMetricsF(font).horizontalAdvance(text) + 8
    where = QRectF(place.left() + 6, place.top(), wide, place.height())
    if wide > place.width() - 6:
        x = place.right() + 4 if place.right() + wide < look.width else place.left() - wide
        where.moveLeft(x)
    else:
        # A plain ground under the words, so that hatching does not run through them.
        painter.fillRect(where.adjusted(-2, 3, -4, -3), QColor(255, 255, 255, 190))
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(where, _LEFT, text)


def _paint_load(painter: QPainter, look: LineLook, wording: Wording, fonts: tuple[QFont, QFont]) -> None:
    """Paint the minutes of nurses as columns; an hour that asks for too many is hatched, signed and dark."""
    small, strong = fonts
    top = look.height - LOAD
    painter.setPen(QPen(QColor(theme.FIELD_LINE), 1))
    painter.drawLine(QPointF(0, top), QPointF(look.width, top))
    painter.setFont(small)
    painter.setPen(QColor(theme.SECOND_INK))
    _ = wording.gettext
    label = QRectF(_SIDE, top, _BESIDE - _SIDE - 8, LOAD)
    painter.drawText(label, _LEFT, _fitting(_("Nurse minutes"), small, label.width()))
    most = max((hour.minutes for hour in look.line.hours), default=0) or 1
    for hour in look.line.hours:
        if hour.infusions:
            _paint_hour(painter, look, hour, most, strong if hour.is_over else small)


def _paint_hour(painter: QPainter, look: LineLook, hour: HourLoad, most: int, font: QFont) -> None:
    place = look.hour(hour).adjusted(2, 3, -2, 0)
    tone = theme.TONES["attention" if hour.is_over else "accent"]
    high = (place.height() - 17) * hour.minutes / most
    column = QRectF(place.left(), place.bottom() - high, place.width(), high)
    painter.fillRect(column, QColor(tone.ground))
    painter.setPen(QPen(QColor(tone.ink), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(column)
    if hour.is_over:
        painter.fillRect(column, QBrush(QColor(tone.ink), Qt.BrushStyle.DiagCrossPattern))
    painter.setPen(QColor(tone.ink if hour.is_over else theme.SECOND_INK))
    painter.setFont(font)
    words = f"! {hour.minutes}" if hour.is_over else str(hour.minutes)
    painter.drawText(QRectF(place.left(), column.top() - 17, place.width(), 16), _MIDDLE, words)


def _fitting(text: str, font: QFont, width: float) -> str:
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
