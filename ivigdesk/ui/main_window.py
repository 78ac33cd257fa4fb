"""The main window: sign-in, then the shell; a new shell when the nurse or the language changes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.ui import icons, places, theme
from ivigdesk.ui.shell import Shell
from ivigdesk.ui.widgets.screen import room_on_screen
from ivigdesk.wording import Wording

SMALLEST = QSize(640, 400)
USUAL = QSize(1440, 900)


class MainWindow(QMainWindow):
    """The one window. Its title never names a patient.

    Attributes:
        desk: handed to the pages, for actions.
        wording: the language of the window now.

    Signals:
        closed(): the nurse closed it.
    """

    closed = Signal()

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.wording = wording
        self.shell: Shell | None = None
        self.setWindowTitle("ivigdesk")
        self.setWindowIcon(icons.icon("ivigdesk", size=64))
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL.boundedTo(room_on_screen(self).size()))
        if desk.nurse:
            self.show_shell()
        else:
            self.show_sign_in()

    def show_sign_in(self) -> None:
        """Ask who is on duty; nothing of the pages stays in view."""
        from ivigdesk.ui.sign_in import SignInPage  # late: whoever comes back to Today needs none

        self._drop_shell()
        self._speak()
        page = SignInPage(self.desk, self.wording)
        page.signed_in.connect(self._begin)
        page.language_requested.connect(self._change_language)
        self.setCentralWidget(page)
        page.start()

    def show_shell(self) -> None:
        """Show the pages for the nurse on duty, at the place where the shell before was."""
        place = self.shell.place if self.shell else places.TodayPlace()
        self._drop_shell()
        self._speak()
        self.shell = Shell(self.desk, self.wording)
        self.shell.nurse_change_requested.connect(self._hand_over)
        self.shell.language_requested.connect(self._change_language)
        self.setCentralWidget(self.shell)
        self.shell.start(place)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.shell is not None and not self.shell.may_leave():
            event.ignore()
            return
        if self.shell is not None:
            self.shell.stop()
        self.closed.emit()
        super().closeEvent(event)

    def _begin(self) -> None:
        self.show_shell()

    def _hand_over(self) -> None:
        self.desk.nurse = ""
        self.show_sign_in()

    def _change_language(self, language: object) -> None:
        self.wording = Wording(str(language))
        if self.shell is None:
            self.show_sign_in()
        elif self.shell.may_leave():
            self.show_shell()

    def _speak(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.speak(app, self.wording.language)

    def _drop_shell(self) -> None:
        if self.shell is not None:
            self.shell.stop()
            self.shell = None
