"""The parts that a month and a week are painted of: marks, loads, chips, rings, and the dose that is carried."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from ivigdesk.actions.ward.ward_calendar import CalendarDay, CalendarDose
from ivigdesk.ui import theme
from ivigdesk.ui.calendar.scene import Scene
from ivigdesk.ui.calendar.words import CalendarWords
from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets import State

CHIP = 20
DATE = 20
LINE = 18
BAR = 5
PAD = 4
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BUBBLE = 340


@functools.lru_cache(maxsize=16)
def small(weight: QFont.Weight = QFont.Weight.Normal, *, struck: bool = False) -> QFont:
    """Return the font of everything small; made once, because a month writes some hundred texts."""
    font = theme.font(theme.SMALL, weight)
    font.setStrikeOut(struck)
    return font


def fitting(texts: Sequence[str], font: QFont, width: int) -> str:
    """Return the first text that fits `width`; the last one, cut, when none does."""
    metrics = _metrics(font)
    for text in texts:
        if metrics.horizontalAdvance(text) <= width:
            return text
    return metrics.elidedText(texts[-1], Qt.TextElideMode.ElideRight, width) if texts else ""


def wide(text: str, font: QFont) -> int:
    """Return how many pixels wide `text` is."""
    return _metrics(font).horizontalAdvance(text)


_METRICS: dict[str, QFontMetrics] = {}
"""Metrics by the key of their font: a month measures a thousand texts in a handful of fonts."""


def start_fonts_anew() -> None:
    """Forget fonts and metrics: another language of the window sets other letters in the same fonts."""
    small.cache_clear()
    _METRICS.clear()


def _metrics(font: QFont) -> QFontMetrics:
    key = font.key()
    if key not in _METRICS:
        _METRICS[key] = QFontMetrics(font)
    return _METRICS[key]


def write(painter: QPainter, place: QRect, text: str, ink: str, font: QFont, *, right: bool = False) -> int:
    """Write one line into `place`, cut where it ends; return how wide it is."""
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = fitting((text,), font, place.width())
    painter.drawText(place, _RIGHT if right else _LEFT, shown)
    return wide(shown, font)


def paint_ground(painter: QPainter, place: QRect, scene: Scene, day: date) -> None:
    """Paint the ground of a day: pale beside the month, hatched where the ward is closed."""
    known = scene.day(day)
    is_inside = scene.inside[0] <= day <= scene.inside[1]
    painter.fillRect(place, QColor(theme.CARD if is_inside else theme.FAINT))
    if known is not None and not known.is_open:
        painter.fillRect(place, QColor(theme.DISABLED_GROUND))
        hatch = QColor(theme.FIELD_LINE)
        hatch.setAlphaF(0.35)
        painter.save()
        painter.setClipRect(place)
        painter.setPen(QPen(hatch, 1))
        for offset in range(-place.height(), place.width(), 14):
            painter.drawLine(place.left() + offset, place.bottom(), place.left() + offset + place.height(), place.top())
        painter.restore()
    painter.setPen(QPen(QColor(theme.LINE), 1))
    painter.drawLine(place.topLeft(), place.topRight())
    painter.drawLine(place.topLeft(), place.bottomLeft())


def paint_date(painter: QPainter, place: QRect, text: str, scene: Scene, day: date) -> int:
    """Write the date of a day, ringed when it is today; return how wide it is."""
    is_today = day == scene.today
    is_inside = scene.inside[0] <= day <= scene.inside[1]
    font = small(QFont.Weight.Bold if is_today else QFont.Weight.Medium)
    width = wide(text, font)
    painter.setFont(font)
    ring = QRect(place.left(), place.top(), width + 14, place.height())
    if is_today:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ACCENT))
        painter.drawRoundedRect(QRectF(ring), place.height() / 2, place.height() / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(theme.ON_DARK))
    else:
        painter.setPen(QColor(theme.INK if is_inside else theme.SECOND_INK))
    painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, text)
    return ring.width()


def paint_mark(painter: QPainter, place: QRect, mark: State, *, right: bool = False) -> None:
    """Write that a day is closed, a holiday or worked."""
    write(painter, place, mark.text, theme.TONES[mark.tone].ink, small(QFont.Weight.Medium), right=right)


def paint_load(
    painter: QPainter, place: QRect, known: CalendarDay | None, words: CalendarWords, *, right: bool = False
) -> None:
    """Write the load of a day, as much of it as fits; nothing for a day without doses."""
    if known is not None:
        _write_load(painter, place, words.load(known), is_over=known.is_over, right=right)


def paint_load_in_two(painter: QPainter, place: QRect, known: CalendarDay | None, words: CalendarWords) -> None:
    """Write the load of a day in two lines, the first of them in `place`."""
    if known is not None:
        first, second = words.heads(known)
        _write_load(painter, place, first, is_over=known.is_over)
        _write_load(painter, place.translated(0, LINE), second, is_over=False)


def _write_load(painter: QPainter, place: QRect, texts: Sequence[str], *, is_over: bool, right: bool = False) -> None:
    if not texts:
        return
    font = small(QFont.Weight.Bold if is_over else QFont.Weight.Normal)
    ink = theme.TONES["serious"].ink if is_over else theme.SECOND_INK
    write(painter, place, fitting(texts, font, place.width()), ink, font, right=right)


def paint_share(painter: QPainter, place: QRect, known: CalendarDay | None, words: CalendarWords) -> None:
    """Paint a bar of how much a day takes of what the ward can give; none where the ward has no limit."""
    share = words.capacity.share(known) if known is not None and known.count else None
    if share is not None:
        _paint_bar(painter, place, share)


def _paint_bar(painter: QPainter, place: QRect, share: Fraction) -> None:
    """Paint how full a day is; beyond what the ward can give, a notch shows where the limit lies."""
    tone: Tone = "serious" if share > 1 else "attention" if share == 1 else "accent"
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.TONES["plain"].ground))
    painter.drawRoundedRect(QRectF(place), 2, 2)
    filled = int(min(share, Fraction(1)) * place.width())
    painter.setBrush(QColor(theme.TONES[tone].ink))
    painter.drawRoundedRect(QRectF(place.left(), place.top(), filled, place.height()), 2, 2)
    if share > 1:
        limit = place.left() + int(place.width() / share)
        painter.fillRect(limit - 1, place.top() - 1, 3, place.height() + 2, QColor(theme.CARD))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_chip(painter: QPainter, place: QRect, dose: CalendarDose, words: CalendarWords, *, chosen: bool) -> None:
    """Paint a dose in one line: sign of its state, bed, name, number."""
    state = words.state(dose)
    paint_plate(painter, place, state.tone, chosen=chosen)
    ink = theme.TONES[state.tone].ink
    inner = place.adjusted(PAD, 0, -PAD, 0)
    x = inner.left() + write(painter, inner, state.sign, ink, small(QFont.Weight.Bold)) + PAD
    thin = left_out_font(dose)
    if dose.bed:
        x += (
            write(painter, inner.adjusted(x - inner.left(), 0, 0, 0), dose.bed, theme.INK, small(QFont.Weight.Bold))
            + PAD
        )
    number, room = _number_and_room(dose, words, thin, inner.right() - PAD - x)
    write(painter, inner, number, ink, thin, right=True)
    if room > 2 * theme.SPACE_8:
        name = fitting(words.names(dose), thin, room)
        write(painter, QRect(x, inner.top(), room, inner.height()), name, theme.INK, thin)


def _number_and_room(dose: CalendarDose, words: CalendarWords, font: QFont, width: int) -> tuple[str, int]:
    """Return the number of a dose and the pixels left for the name; the name goes before the count of all doses."""
    least = wide(words.names(dose)[-1], font)
    number, room = "", width
    for number in (words.number_in_short(dose), str(dose.number)):
        room = width - wide(number, font)
        if room >= least:
            break
    return number, room


def left_out_font(dose: CalendarDose) -> QFont:
    """Return the small font, struck through for a dose that does not take place."""
    return small(struck=not dose.counts)


def paint_plate(painter: QPainter, place: QRect, tone: Tone, *, chosen: bool) -> None:
    """Paint the ground of a dose in the colour of its state, with a thick line around the one that is chosen."""
    painter.setBrush(QColor(theme.TONES[tone].ground))
    painter.setPen(QPen(QColor(theme.ACCENT), theme.FOCUS_WIDTH) if chosen else Qt.PenStyle.NoPen)
    shape = QRectF(place).adjusted(1, 1, -1, -1) if chosen else QRectF(place)
    painter.drawRoundedRect(shape, 5, 5)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_ring(painter: QPainter, place: QRect, *, focused: bool) -> None:
    """Paint the ring of the day on which the keyboard stands, thin while the keyboard is elsewhere."""
    pen = QPen(QColor(theme.ACCENT if focused else theme.FIELD_LINE), theme.FOCUS_WIDTH if focused else 1)
    painter.setPen(pen)
    painter.drawRoundedRect(QRectF(place).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)


def paint_frame(painter: QPainter, place: QRect) -> None:
    """Paint the line at the right and at the foot of all days."""
    painter.setPen(QPen(QColor(theme.LINE), 1))
    painter.drawLine(place.topRight(), place.bottomRight())
    painter.drawLine(place.bottomLeft(), place.bottomRight())


def paint_target(painter: QPainter, place: QRect) -> None:
    """Paint where a carried dose would go."""
    veil = QColor(theme.ACCENT_GROUND)
    veil.setAlphaF(0.3)
    painter.setBrush(veil)
    painter.setPen(QPen(QColor(theme.ACCENT), theme.FOCUS_WIDTH, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(QRectF(place).adjusted(2, 2, -2, -2), 6, 6)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_ghost(painter: QPainter, at: QPoint, width: int, dose: CalendarDose, words: CalendarWords) -> None:
    """Paint the dose that is carried, through which the calendar can be seen."""
    painter.save()
    painter.setOpacity(0.8)
    paint_chip(painter, QRect(at.x(), at.y(), width, CHIP + 2 * PAD), dose, words, chosen=True)
    painter.restore()


def paint_bubble(painter: QPainter, near: QRect, room: QRect, text: str, against: Sequence[str]) -> None:
    """Write where a carried dose would go and what speaks against it, beside the day `near` and inside `room`."""
    strong, plain = small(QFont.Weight.Bold), small()
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
    lines = [(text, strong), *((f"!\u2002{one}", plain) for one in against)]
    widest = max(QFontMetrics(font).horizontalAdvance(line) for line, font in lines) + 2 * theme.SPACE_8 + PAD
    width = min(widest, _BUBBLE, room.width() - 2 * PAD)
    heights = [
        QFontMetrics(font).boundingRect(QRect(0, 0, width - 2 * theme.SPACE_8, room.height()), flags, line).height()
        for line, font in lines
    ]
    height = sum(heights) + 2 * theme.SPACE_8
    left = max(room.left() + PAD, min(near.center().x() - width // 2, room.right() - width - PAD))
    is_below = near.bottom() + PAD + height <= room.bottom()
    top = near.bottom() + PAD if is_below else max(room.top(), near.top() - PAD - height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.INK))
    painter.drawRoundedRect(QRectF(left, top, width, height), 6, 6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    y = top + theme.SPACE_8
    for (line, font), high in zip(lines, heights, strict=True):
        painter.setFont(font)
        painter.setPen(QColor(theme.ON_DARK if font is strong else theme.FOCUS_ON_DARK))
        painter.drawText(QRect(left + theme.SPACE_8, y, width - 2 * theme.SPACE_8, high), flags, line)
        y += high
