"""Common reasons as buttons: one touch writes it into the line, where it may be completed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from ivigdesk.ui.widgets.buttons import secondary_button
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.flow import FlowLayout
from ivigdesk.wording import Wording

_USUAL_WIDTH = 540


class QuickReasons(QWidget):
    """Buttons that fill a line.

    Attributes:
        buttons: in the order of the reasons.
    """

    def __init__(
        self, line: LineField, reasons: Sequence[str], wording: Wording, parent: QWidget | None = None
    ) -> None:
        """Make a button for each of `reasons`, marked for translation, that fills `line`."""
        super().__init__(parent)
        self._line = line
        self.buttons = []
        flow = FlowLayout(self)
        for reason in reasons:
            said = wording.gettext(reason)
            button = secondary_button(said)
            button.clicked.connect(partial(self._take, said))
            self.buttons.append(button)
            flow.addWidget(button)

    def sizeHint(self) -> QSize:
        return QSize(_USUAL_WIDTH, self.heightForWidth(_USUAL_WIDTH))

    def _take(self, said: str, _checked: bool = False) -> None:
        self._line.set_text(said)
        self._line.clear_error()
        self._line.focus()
