"""One page of a finished sheet, drawn from the real PDF as sharp as the screen can show it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ivigdesk.sheets.preview import PagePicture
from ivigdesk.ui import theme

_MARGIN = 8


class PageView(QWidget):
    """Shows one page at the size that its picture was made for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None

    def show_page(self, picture: PagePicture | None, spoken: str) -> None:
        """Show `picture`, made for this screen's pixels; None shows nothing. `spoken` is read aloud."""
        self._image = None if picture is None else image_of(picture)
        self.setAccessibleName(spoken)
        if self._image is not None:
            self._image.setDevicePixelRatio(self.devicePixelRatioF())
            self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        if self._image is None:
            return QSize(400, 560)
        size = self._image.deviceIndependentSize().toSize()
        return QSize(size.width() + 2 * _MARGIN, size.height() + 2 * _MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name
        if self._image is None:
            return
        painter = QPainter(self)
        painter.drawImage(_MARGIN, _MARGIN, self._image)
        painter.setPen(QPen(QColor(theme.LINE), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        size = self._image.deviceIndependentSize()
        painter.drawRect(_MARGIN, _MARGIN, int(size.width()), int(size.height()))
        painter.end()


def image_of(picture: PagePicture) -> QImage:
    """Return a page's pixels as an image that owns them."""
    borrowed = QImage(picture.rgb, picture.width, picture.height, picture.bytes_per_line, QImage.Format.Format_RGB888)
    return borrowed.copy()
