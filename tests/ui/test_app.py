"""The composition root: a ward that cannot be opened is said, a bug is told once and logged without names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ivigdesk import app
from ivigdesk.actions.desk import Desk
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError
from ivigdesk.messages import message
from ivigdesk.settings import DATABASE_NAME
from ivigdesk.ui.main_window import MainWindow


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was said in dialogs, which are not opened."""
    sentences: list[str] = []
    monkeypatch.setattr(app, "tell", lambda _title, sentence, *_: sentences.append(sentence))
    return sentences


def test_a_ward_that_cannot_be_opened_is_said_and_ends_with_1(tmp_path: Path, told: list[str]) -> None:
    (tmp_path / DATABASE_NAME).write_bytes(b"this is no ward" * 500)
    assert app.run_window(tmp_path, "en") == 1
    assert len(told) == 1
    assert told[0]


def test_the_window_opens_and_closes_with_0(tmp_path: Path, told: list[str]) -> None:
    def close() -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MainWindow):
                widget.close()  # the last window: this ends the program

    QTimer.singleShot(50, close)
    hook = sys.excepthook
    assert app.run_window(tmp_path, "en") == 0
    assert sys.excepthook is hook
    assert (tmp_path / DATABASE_NAME).exists()
    assert told == []


def _raise(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as raised:
        return raised


def test_a_bug_is_told_once_and_logged_without_names(
    window: MainWindow, tmp_path: Path, clock: SetClock, told: list[str]
) -> None:
    log = tmp_path / app.LOG_NAME
    error = _raise(RuntimeError("LI, Na 李娜 BMT-004217"))
    app._excepthook(log, clock, window)(RuntimeError, error, error.__traceback__)
    assert len(told) == 1
    assert "NOT saved" in told[0]
    written = log.read_text("utf-8")
    assert "RuntimeError" in written
    assert "test_app.py" in written
    for secret in ("LI", "李娜", "BMT-004217", str(tmp_path)):
        assert secret not in written


def test_a_refusal_that_no_page_caught_is_said_and_not_logged(
    window: MainWindow, desk: Desk, tmp_path: Path, clock: SetClock, told: list[str]
) -> None:
    log = tmp_path / app.LOG_NAME
    error = _raise(KnownError(message("The disk is full. Nothing was saved.")))
    app._excepthook(log, clock, window)(KnownError, error, error.__traceback__)
    assert told == ["The disk is full. Nothing was saved."]
    assert not log.exists()


def test_today_opens_without_the_pages_that_are_not_in_view() -> None:
    code = (
        "import sys, ivigdesk.ui.main_window, ivigdesk.ui.today\n"
        "print([name for name in sys.modules if name.startswith(('ivigdesk.ui.course', 'ivigdesk.ui.infusion', "
        "'ivigdesk.sheets', 'reportlab'))])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
