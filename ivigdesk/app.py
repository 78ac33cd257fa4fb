"""The composition root of the window: builds clock, desk, words, theme and main window. Nobody imports it but cli."""

from __future__ import annotations

import gc
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from ivigdesk.actions.desk import Desk, open_desk
from ivigdesk.clock import Clock, SystemClock
from ivigdesk.errors import WordedError
from ivigdesk.ui import icons, theme
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.ui.widgets import tell
from ivigdesk.wording import Wording

LOG_NAME = "errors.log"

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def run_window(folder: Path, language: str) -> int:
    """Open the ward in `folder` in a window, and return the exit code when the window is closed.

    Args:
        folder: the ward's data folder.
        language: `en` or `zh_CN`; it can be changed in the window.
    """
    app = _dressed_application()
    wording = Wording(language)
    clock = SystemClock()
    desk = _open(folder, clock, wording)
    if desk is None:
        return 1
    hook_before = sys.excepthook
    window = MainWindow(desk, wording)
    sys.excepthook = _excepthook(folder / LOG_NAME, clock, window)
    try:
        window.show()
        collect_garbage_again()
        return int(app.exec())
    finally:
        sys.excepthook = hook_before
        desk.close()
        icons.forget()
        gc.freeze()  # the program ends: nothing of it needs to be searched for garbage


def collect_garbage_again() -> None:
    """Let Python look for garbage again, but never again in what was made while the window opened.

    Whoever opens the window calls `gc.disable()` before importing it: what is made then stays to the end, and
    searching it again and again costs a fifth of the time until Today is on screen.
    """
    gc.freeze()
    gc.enable()


def _dressed_application() -> QApplication:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("the window needs a QApplication")
    app.setApplicationName("ivigdesk")
    theme.install(app)
    return app


def _open(folder: Path, clock: Clock, wording: Wording) -> Desk | None:
    """Return the desk, or say why the ward cannot be opened and return None."""
    try:
        return open_desk(folder, clock)
    except WordedError as error:
        tell(wording.gettext("The ward was not opened"), wording.say_error(error), wording.gettext("Close"))
        return None


def _excepthook(log: Path, clock: Clock, window: MainWindow) -> Hook:
    """Return the one place that every unexpected error reaches: a sentence for the nurse, a log for us."""
    is_telling = False

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        nonlocal is_telling
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        if not isinstance(error, WordedError):
            write_log(log, clock, kind, trace)
        if is_telling:  # a failing paint comes once per cell; one dialog is enough
            return
        is_telling = True
        try:
            _tell(error, window.wording, log, window)
        finally:
            is_telling = False

    return hook


def _tell(error: BaseException, wording: Wording, log: Path, window: MainWindow) -> None:
    _ = wording.gettext
    if isinstance(error, WordedError):
        tell(_("Not done"), wording.say_error(error), _("Close"), window)
        return
    sentence = _(
        "The program made a mistake. What you did last was NOT saved; everything saved before is safe. "
        "Check the page, then do it again. The mistake is noted in {file}, without names of patients."
    )
    tell(_("Something went wrong"), sentence.format(file=log), _("Close"), window)


def write_log(log: Path, clock: Clock, kind: type[BaseException], trace: TracebackType | None) -> None:
    """Note where the program failed.

    SAFETY: only the kind of error and the places in our code; the text of an exception may hold a patient's name.
    """
    frames = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    entry = "\n".join((f"{clock.now().isoformat()} {kind.__name__}", *frames, ""))
    try:
        with log.open("a", encoding="utf-8") as file:
            file.write(entry)
    except OSError:
        sys.stderr.write(entry)  # the disk is full or read-only: better here than nowhere
