"""Small arrangements that the pages of a course share."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ivigdesk.ui import theme


def scrolling_in_card(content: QWidget) -> QScrollArea:
    """Return `content` in a scroll area without ground of its own, for the inside of a card."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    content.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


def at_the_top(widget: QWidget) -> QWidget:
    """Return `widget` at the top of an area that may be higher."""
    area = QWidget()
    column = bare(QVBoxLayout(area))
    column.addWidget(widget)
    column.addStretch()
    return area


def pair(left: QWidget, right: QWidget) -> QHBoxLayout:
    """Return two fields side by side, equally wide."""
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_12)
    row.addWidget(left, 1)
    row.addWidget(right, 1)
    return row


def bare(layout: QVBoxLayout, spacing: int = theme.SPACE_12) -> QVBoxLayout:
    """Return the column without margins."""
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    return layout


def empty(layout: QLayout) -> None:
    """Take every widget out of a layout and let Qt delete it."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
