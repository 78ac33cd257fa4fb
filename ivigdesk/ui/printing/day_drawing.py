"""All sheets of a day: drawn on one worker, with a bar that shows how far it is and a button that ends it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.printing import print_sheets
from ivigdesk.actions.printing.print_sheets import Printout
from ivigdesk.ui import theme
from ivigdesk.ui.widgets.buttons import secondary_button
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

AT_ONCE_S = 0.25
"""What is drawn so soon needs no bar."""

_LOOK_EVERY_MS = 40
_WIDTH = 420


class DrawingDialog(QDialog):
    """Shows how many sheets are drawn; closes itself when all are. Esc and the button end the drawing.

    Args of the constructor:
        is_done: whether the worker has ended.
        wording: the nurse's language.
    """

    def __init__(self, is_done: Callable[[], bool], wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._is_done = is_done
        self._wording = wording
        self.is_cancelled = False
        self._done, self._total = 0, 0
        self.setModal(True)
        self.setWindowTitle(_("Sheets of the day"))
        self.words = PlainLabel("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.windowTitle())
        self.cancel = secondary_button(_("Cancel"))
        self._look = QTimer(self)
        self._arrange()
        self.cancel.clicked.connect(self.reject)
        self._look.timeout.connect(self._look_again)

    def note(self, done: int, total: int) -> bool:
        """Take how far the worker is, from its thread; return whether it should go on."""
        self._done, self._total = done, total
        return not self.is_cancelled

    def exec(self) -> int:
        self._look.start(_LOOK_EVERY_MS)
        self._look_again()
        result = super().exec()
        self._look.stop()
        return result

    def reject(self) -> None:
        """End the drawing: the sheet that is under way is finished, and thrown away with the others."""
        self.is_cancelled = True
        super().reject()

    def _look_again(self) -> None:
        self.bar.setMaximum(max(self._total, 1))
        self.bar.setValue(self._done)
        _ = self._wording.gettext
        self.words.setText(_("Drawing the sheets: {done} of {total}").format(done=self._done, total=self._total))
        if self._is_done():
            self.accept()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_24, theme.SPACE_16, theme.SPACE_24, theme.SPACE_16)
        column.setSpacing(theme.SPACE_16)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.cancel)
        column.addLayout(row)
        self.resize(_WIDTH, 0)


def draw_day(desk: Desk, day: date, words: Wording, wording: Wording, parent: QWidget | None = None) -> Printout:
    """Return every bedside sheet of a day.

    Args:
        words: language of the sheets.
        wording: the nurse's language.

    Raises:
        KnownError: nothing is to be given, a character cannot be printed, or the nurse cancelled.
    """
    drawn: list[Future[Printout]] = []
    dialog = DrawingDialog(lambda: drawn[0].done(), wording, parent)
    with ThreadPoolExecutor(max_workers=1) as worker:
        drawn.append(worker.submit(print_sheets.day_sheets, desk, day, words, dialog.note))
        wait_for(drawn, timeout=AT_ONCE_S)
        if not drawn[0].done():
            dialog.exec()
    dialog.deleteLater()
    return drawn[0].result()
