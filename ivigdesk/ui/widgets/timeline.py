"""The timeline on the screen: the same shapes as on paper, with marks that can be pointed at and walked along."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ivigdesk.sheets.timeline.layout import lay_out
from ivigdesk.sheets.timeline.site import Drawing, Spot
from ivigdesk.sheets.timeline.values import Timeline
from ivigdesk.ui import theme
from ivigdesk.ui.widgets.drawing import measure, paint
from ivigdesk.ui.widgets.labels import tip
from ivigdesk.wording import Wording

_LEAST_WIDTH = 480
_REACH = 4  # pixels around a mark that still mean it


class TimelineView(QWidget):
    """One painted timeline, as high as its lanes need.

    Left and right walk along the marks by date, Home and End go to the first and the last; Enter or a click on a dose,
    or on a side effect of one, opens it.

    Signals:
        dose_opened(Spot): this dose of this course is to be opened.
    """

    dose_opened = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._timeline: Timeline | None = None
        self._drawn: tuple[int, Drawing] = (-1, Drawing((), 0.0, ()))
        self._at = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(wording.gettext("Timeline"))

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Draw another timeline; None draws nothing."""
        if timeline == self._timeline:
            return
        self._timeline = timeline
        self._drawn = (-1, Drawing((), 0.0, ()))
        self._at = -1
        self.setAccessibleDescription(self._said())
        self._fit()
        self.update()

    @property
    def drawing(self) -> Drawing:
        """What is drawn at the widget's present width."""
        return self._at_width(max(self.width(), _LEAST_WIDTH))

    @property
    def current(self) -> Spot | None:
        """The mark on which the keyboard stands."""
        spots = self.drawing.spots
        return spots[self._at] if 0 <= self._at < len(spots) else None

    def sizeHint(self) -> QSize:
        return QSize(max(self.width(), _LEAST_WIDTH), int(self.drawing.height) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in self.drawing.shapes:
            paint(painter, shape)
        current = self.current
        if current is not None and self.hasFocus():
            box = current.box
            ring = QRectF(box.left, box.top, box.right - box.left, box.bottom - box.top)
            painter.setPen(QPen(QColor(theme.ACCENT), theme.FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ring.adjusted(-4, -4, 4, 4), 5, 5)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self.drawing.spots) - 1
        if key == Qt.Key.Key_Right:
            self._go(min(self._at + 1, last))
        elif key == Qt.Key.Key_Left:
            self._go(max(self._at - 1, 0))
        elif key == Qt.Key.Key_Home:
            self._go(0)
        elif key == Qt.Key.Key_End:
            self._go(last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._at < 0:
            self._go(self._nearest_to_today())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        spot = self.spot_at(event.position().x(), event.position().y())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go(self.drawing.spots.index(spot))
            self._open(spot)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spot = self.spot_at(event.pos().x(), event.pos().y())
            if spot is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), tip(spot.words), self)
            return True
        return super().event(event)

    def spot_at(self, x: float, y: float) -> Spot | None:
        """Return the mark under a point: the smallest of several."""
        found = [
            spot
            for spot in self.drawing.spots
            if spot.box.left - _REACH <= x <= spot.box.right + _REACH
            and spot.box.top - _REACH <= y <= spot.box.bottom + _REACH
        ]
        return min(found, key=lambda spot: abs(spot.box.left + spot.box.right - 2 * x), default=None)

    def _fit(self) -> None:
        """Be as high as the drawing is at the present width.

        Qt's own height for a width is asked before a scroll bar makes the page narrower, and comes out too small.
        """
        self.setFixedHeight(int(self.drawing.height) + 1)

    def _at_width(self, width: int) -> Drawing:
        if self._drawn[0] != width and self._timeline is not None:
            made = lay_out(self._timeline, float(width), measure, self._wording, float(theme.SMALL))
            self._drawn = (width, made)
        return self._drawn[1]

    def _nearest_to_today(self) -> int:
        """Return the mark from which walking begins: the first of the doses from today on."""
        if self._timeline is None:
            return -1
        spots = self.drawing.spots
        ahead = (n for n, spot in enumerate(spots) if spot.dose_number and spot.on >= self._timeline.today)
        return next(ahead, 0 if spots else -1)

    def _go(self, at: int) -> None:
        self._at = at
        current = self.current
        if current is not None and self.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, current.words))
        self.update()

    def _open(self, spot: Spot | None) -> None:
        if spot is not None and spot.course_id is not None:
            self.dose_opened.emit(spot)

    def _said(self) -> str:
        """Return everything that is drawn, in words, by date under the names of the courses."""
        timeline = self._timeline
        if timeline is None:
            return ""
        said = []
        for course in timeline.courses:
            said.append(f"{course.title} ({course.note})")
            said.extend(phase.words for phase in course.phases)
            said.extend(dose.words for dose in course.doses)
        said.extend(effect.words for effect in timeline.effects)
        said.extend(value.words for test in timeline.tests for value in test.values)
        said.extend(event.words for event in timeline.events)
        return self._wording.gettext("; ").join(said)
