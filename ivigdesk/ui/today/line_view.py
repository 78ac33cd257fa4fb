"""The day line on the page: one painted widget that can be pointed at, walked along and heard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QToolTip, QWidget

from ivigdesk.actions.ward.day_line import DayBar, DayLine
from ivigdesk.ui.today import line_look
from ivigdesk.ui.today.line_look import HEAD, LEAST_ROW, LOAD, LineLook
from ivigdesk.ui.today.line_words import LineWords
from ivigdesk.ui.widgets import tip
from ivigdesk.wording import Wording

_LEAST_WIDTH = 420
_LEAST_ROWS = 3
_BAR_WIDTH = 14


class DayLineView(QWidget):
    """Every infusion of a day over its hours, and below how much the nurses have to do.

    Left and right (or up and down) walk the infusions by bed, Home and End go to the first and the last, Enter or a
    click opens one.

    Signals:
        opened(DayRow): this dose is to be opened.
    """

    opened = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self.words = LineWords(wording)
        self._line: DayLine | None = None
        self._at = 0
        self._top = 0
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.hide()
        self._bar.valueChanged.connect(self._scroll)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(wording.gettext("Day line"))

    @property
    def line(self) -> DayLine | None:
        """What is shown."""
        return self._line

    @property
    def current(self) -> DayBar | None:
        """The infusion on which the keyboard stands."""
        bars = self._line.bars if self._line is not None else ()
        return bars[self._at] if self._at < len(bars) else None

    def show_line(self, line: DayLine) -> None:
        """Show another line; the infusion on which the keyboard stood keeps it."""
        before = self.current
        self._line = line
        ids = [bar.row.dose.id for bar in line.bars]
        self._at = ids.index(before.row.dose.id) if before is not None and before.row.dose.id in ids else 0
        self.setAccessibleDescription(self.words.all(line))
        self._fit()
        self.update()

    @property
    def look(self) -> LineLook | None:
        """Where everything lies at the present size; None while there is nothing."""
        if self._line is None:
            return None
        width = self.width() - (_BAR_WIDTH if self._bar.isVisibleTo(self) else 0)
        return LineLook(self._line, width, self.height(), self._top)

    def sizeHint(self) -> QSize:
        bars = len(self._line.bars) if self._line is not None else 0
        return QSize(720, HEAD + LOAD + LEAST_ROW * max(bars, _LEAST_ROWS))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, HEAD + LOAD + LEAST_ROW * _LEAST_ROWS)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        look = self.look
        if look is None:
            return
        painter = QPainter(self)
        line_look.paint(painter, look, self.words, self._wording, self._at if self.hasFocus() else None)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._line.bars) - 1 if self._line is not None else -1
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self._go(min(self._at + 1, last))
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self._go(self._at - 1)
            case Qt.Key.Key_Home:
                self._go(0)
            case Qt.Key.Key_End:
                self._go(last)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._open()
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._under(event.position())
        if number is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go(number)
            self._open()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_on = self._under(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_on else Qt.CursorShape.ArrowCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._bar.isVisibleTo(self):
            self._bar.setValue(self._bar.value() - (1 if event.angleDelta().y() > 0 else -1))
            return
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tip(self._words_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def _words_at(self, place: QPointF) -> str:
        look = self.look
        number = self._under(place)
        if look is None:
            return ""
        if number is not None:
            return self.words.bar(look.line.bars[number])
        hour = look.hour_at(place)
        return self.words.hour(hour) if hour is not None and hour.infusions else ""

    def _under(self, place: QPointF) -> int | None:
        look = self.look
        return None if look is None else look.bar_at(place)

    def _go(self, number: int) -> None:
        self._at = max(number, 0)
        look = self.look
        if look is not None and not look.top <= self._at < look.top + look.visible:
            self._bar.setValue(self._at if self._at < look.top else self._at - look.visible + 1)
        self._say()
        self.update()

    def _say(self) -> None:
        current = self.current
        if current is not None and self.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.words.bar(current)))

    def _open(self) -> None:
        current = self.current
        if current is not None:
            self.opened.emit(current.row)

    def _scroll(self, value: int) -> None:
        self._top = value
        self.update()

    def _fit(self) -> None:
        """Show the scroll bar where the bars do not fit between the hours and the load."""
        if self._line is None:
            return
        hidden = LineLook(self._line, self.width(), self.height()).hidden
        self._bar.setVisible(hidden > 0)
        self._bar.setRange(0, hidden)
        self._bar.setGeometry(self.width() - _BAR_WIDTH, HEAD, _BAR_WIDTH, max(self.height() - HEAD - LOAD, 0))
        self.updateGeometry()
