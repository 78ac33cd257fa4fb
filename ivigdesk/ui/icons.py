"""Pictures from the bundled SVG files, in the theme's colours and sharp at every scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ivigdesk import resources
from ivigdesk.ui import theme


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str = theme.INK, size: int = 20, scale: float = 1.0) -> QPixmap:
    """Return the icon `name` drawn in `colour`, `size` logical pixels square, for a screen of `scale`.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    svg = resources.folder("icons", f"{name}.svg").read_text("utf-8").replace("#000000", colour)
    picture = QPixmap(QSize(round(size * scale), round(size * scale)))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(svg.encode("utf-8"))).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


@lru_cache(maxsize=128)
def icon(name: str, colour: str = theme.INK, size: int = 20) -> QIcon:
    """Return the icon `name` for a button, sharp on the finest screen that is connected."""
    scale = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    return QIcon(pixmap(name, colour, size, scale))


def forget() -> None:
    """Drop the kept pictures: they must not outlive the application that they were drawn for."""
    pixmap.cache_clear()
    icon.cache_clear()
