"""Every page and dialog, in both languages and three sizes: named, legible, whole, and in one language only."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ivigdesk.actions.desk import Desk
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.wording import Wording
from tests.ui import audit
from tests.ui.tour import settle, walk, walk_in

# The last one is a full-HD screen at 200 %.
_SIZES = {"usual": QSize(1440, 900), "small": QSize(1280, 720), "double": QSize(960, 540)}


def _problems(name: str, root: QWidget) -> list[str]:
    found = {
        "has no name": audit.unnamed_controls(root),
        "guesses markup": audit.labels_that_guess_markup(root),
        "is too low to hit": audit.small_targets(root, 24),
        "is clipped": audit.clipped_texts(root),
        "is elided": audit.elided_amounts(root),
    }
    return [f"{name}: {what}: {one}" for what, those in found.items() for one in those]


@pytest.mark.parametrize("size", _SIZES.values(), ids=_SIZES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_page_and_dialog_is_named_and_whole(
    practice_desk: Desk, tmp_path: Path, qtbot: QtBot, language: str, size: QSize
) -> None:
    problems: list[str] = []

    def visit(name: str, root: QWidget) -> None:
        problems.extend(_problems(name, root))

    wording = Wording(language)
    walk_in(tmp_path / "new", practice_desk.clock, wording, visit)
    window = MainWindow(practice_desk, wording)
    qtbot.addWidget(window)
    window.resize(size)
    window.show()
    settle()
    walk(window, visit)
    assert window.shell is not None
    window.shell.stop()
    assert problems == []
