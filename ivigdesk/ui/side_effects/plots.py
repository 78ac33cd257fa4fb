"""Two plots of side effects: per term by grade, and per month among the infusions. The tables say the same in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ivigdesk.actions.ward.side_effects import GRADES, MonthCount, TermCount
from ivigdesk.ui import theme
from ivigdesk.ui.side_effects.words import grade_state, month_words
from ivigdesk.wording import Wording

MOST_TERMS = 8
MOST_MONTHS = 18
_BAR, _STEP = 16, 28

# Told apart by pattern, so that print, a poor screen and any eye read them.
PATTERNS: dict[int, tuple[str, Qt.BrushStyle]] = {
    1: (theme.SECOND_INK, Qt.BrushStyle.NoBrush),
    2: (theme.TONES["attention"].ink, Qt.BrushStyle.Dense6Pattern),
    3: (theme.TONES["serious"].ink, Qt.BrushStyle.BDiagPattern),
    4: (theme.TONES["serious"].ink, Qt.BrushStyle.DiagCrossPattern),
    5: (theme.INK, Qt.BrushStyle.SolidPattern),
}
_WITH_EFFECT = Qt.BrushStyle.Dense4Pattern


class TermPlot(QWidget):
    """One bar per term, the most frequent first, in parts by grade."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._terms: tuple[TermCount, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_terms(self, terms: Sequence[TermCount]) -> None:
        """Draw other counts."""
        self._terms = tuple(terms[:MOST_TERMS])
        words = self._wording
        self.setAccessibleName(words.gettext("Side effects by term and grade"))
        self.setAccessibleDescription(
            words.gettext("; ").join(f"{words.text(term.term)} {term.count}" for term in self._terms)
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, _STEP * len(self._terms) + 2 * _STEP)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SMALL))
        metrics = QFontMetricsF(painter.font())
        names = min(self.width() * 45 // 100, 220)
        room = self.width() - names - 44
        most = max((term.count for term in self._terms), default=1)
        for row, term in enumerate(self._terms):
            top = row * _STEP
            name = metrics.elidedText(self._wording.text(term.term), Qt.TextElideMode.ElideRight, names - theme.SPACE_8)
            painter.setPen(QColor(theme.INK))
            painter.drawText(QPointF(0, top + 13), name)
            left = float(names)
            for grade, count in zip(GRADES, term.grades, strict=True):
                if count:
                    wide = room * count / most
                    paint_part(painter, QRectF(left, top, wide, _BAR), grade)
                    left += wide
            painter.setPen(QColor(theme.INK))
            painter.drawText(QPointF(left + theme.SPACE_8, top + 13), str(term.count))
        self._paint_legend(painter, metrics, _STEP * len(self._terms) + theme.SPACE_4)
        painter.end()

    def _paint_legend(self, painter: QPainter, metrics: QFontMetricsF, top: int) -> None:
        left = 0.0
        for grade in sorted({grade for term in self._terms for grade in GRADES if term.grades[grade - 1]}):
            words = grade_state(grade, self._wording).word
            wide = _BAR + theme.SPACE_4 + metrics.horizontalAdvance(words) + theme.SPACE_16
            if left and left + wide > self.width():
                left, top = 0.0, top + _STEP - 6
            paint_part(painter, QRectF(left, top, _BAR, _BAR - 2), grade)
            painter.setPen(QColor(theme.SECOND_INK))
            painter.drawText(QPointF(left + _BAR + theme.SPACE_4, top + 12), words)
            left += wide


class MonthPlot(QWidget):
    """One bar per month: its infusions as an outline, those with a side effect filled, both numbers above."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._months: tuple[MonthCount, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_months(self, months: Sequence[MonthCount]) -> None:
        """Draw other counts; of a long time, the last months."""
        self._months = tuple(months[-MOST_MONTHS:])
        words = self._wording
        self.setAccessibleName(words.gettext("Infusions by month, and those with a side effect"))
        self.setAccessibleDescription(
            words.gettext("; ").join(
                f"{month_words(one.month, words)} {one.with_effect}/{one.infusions}" for one in self._months
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 190)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 190)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        if not self._months:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SMALL))
        metrics = QFontMetricsF(painter.font())
        base, room = self.height() - 40.0, self.height() - 64.0
        step = min(self.width() / len(self._months), 72.0)
        most = max(one.infusions for one in self._months) or 1
        for place, one in enumerate(self._months):
            left, wide = place * step + 3, min(step - 6, 34.0)
            tall = room * one.infusions / most
            filled = room * one.with_effect / most
            painter.setBrush(QColor(theme.CARD))
            painter.setPen(QPen(QColor(theme.FIELD_LINE), 1.2))
            painter.drawRect(QRectF(left, base - tall, wide, tall))
            if filled:
                _paint_pattern(painter, QRectF(left, base - filled, wide, filled), theme.ACCENT, _WITH_EFFECT)
            painter.setPen(QColor(theme.INK))
            middle = left + wide / 2
            _centred(painter, metrics, middle, base - tall - 5, f"{one.with_effect}/{one.infusions}", step)
            painter.setPen(QColor(theme.SECOND_INK))
            _centred(painter, metrics, middle, base + 15, self._wording.month(one.month.month), step)
            if place == 0 or one.month.month == 1:
                _centred(painter, metrics, middle, base + 31, str(one.month.year), step * 2)
        painter.end()


def paint_part(painter: QPainter, rect: QRectF, grade: int) -> None:
    """Paint part of a bar in the pattern of a grade."""
    _paint_pattern(painter, rect, *PATTERNS[grade])


def _paint_pattern(painter: QPainter, rect: QRectF, ink: str, pattern: Qt.BrushStyle) -> None:
    painter.setPen(QPen(QColor(ink), 1.2))
    painter.setBrush(QColor(theme.CARD))
    painter.drawRect(rect)
    painter.setBrush(QBrush(QColor(ink), pattern))
    painter.drawRect(rect)


def _centred(painter: QPainter, metrics: QFontMetricsF, middle: float, y: float, words: str, room: float) -> None:
    wide = metrics.horizontalAdvance(words)
    if wide <= room:
        painter.drawText(QPointF(max(0.0, middle - wide / 2), y), words)
