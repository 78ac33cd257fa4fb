"""Opens a window, shows it once and ends: ours on the practice ward, or a bare one with an empty table."""

from __future__ import annotations

import gc
import sys
from datetime import UTC, datetime
from pathlib import Path

_NEVER_MS = 600_000


def make_ward(folder: Path) -> Path:
    """Make the practice ward in `folder`, without its sheets' cost in the measurement; return its folder."""
    from ivigdesk.actions.practice.ward import make_practice_ward
    from ivigdesk.clock import SetClock

    make_practice_ward(folder / "ward", SetClock(datetime(2026, 3, 2, 9, 41, tzinfo=UTC)), "en")
    return folder / "ward"


def open_bare() -> None:
    """Show a bare Qt window with an empty table."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QTableWidget(0, 8))
    window.show()
    app.processEvents()


def open_ours(folder: Path, *, with_tests: bool) -> None:
    """Show the window with Today filled; `with_tests` waits for the tests of the day, which come a moment later."""
    gc.disable()  # as the command line does before it opens the window
    from PySide6.QtWidgets import QApplication

    from ivigdesk.actions.desk import open_desk, sign_in
    from ivigdesk.clock import SetClock
    from ivigdesk.ui import theme
    from ivigdesk.ui.main_window import MainWindow
    from ivigdesk.ui.today import page as today
    from ivigdesk.wording import Wording

    today.TESTS_AFTER_MS = _NEVER_MS  # they are worked out below, or not at all
    app = QApplication(sys.argv[:1])
    theme.install(app)
    desk = open_desk(folder, SetClock(datetime(2026, 3, 2, 9, 41, tzinfo=UTC)))
    sign_in(desk, "A. Wong")
    window = MainWindow(desk, Wording("en"))
    window.show()
    app.processEvents()
    shown = window.shell.page if window.shell is not None else None
    if with_tests and isinstance(shown, today.TodayPage):
        shown.read_tests()
        app.processEvents()
    gc.freeze()
    gc.enable()
    window.close()
    desk.close()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        open_bare()
    else:
        open_ours(Path(sys.argv[1]), with_tests=sys.argv[2:] == ["tests"])
