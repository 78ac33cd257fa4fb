"""The pages one above the other, as small as the one in view and no smaller: what does not fit is scrolled to."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from ivigdesk.ui import theme


class PageStack(QStackedWidget):
    """Asks for the room of the page in view; Qt's own asks for that of the largest page that was ever visited."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_look(self, "page")
        self.currentChanged.connect(self._ask_for_room)

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.sizeHint() if page is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        page = self.currentWidget()
        layout = page.layout() if page is not None else None
        if page is None or layout is None:
            return super().heightForWidth(width)
        # The least height at which every sentence has its lines: more is taken when there is more.
        return (
            layout.totalMinimumHeightForWidth(width) if layout.hasHeightForWidth() else page.minimumSizeHint().height()
        )

    def _ask_for_room(self, _index: int) -> None:
        self.updateGeometry()


def scrolled(stack: PageStack) -> QScrollArea:
    """Return the stack in an area with scroll bars, both of them: on a small screen no page is squeezed or cut."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(stack)
    return area
