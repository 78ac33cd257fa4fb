"""The screen outlives every dialog: PySide6 frees it with a widget that was asked for it (`widget.screen()`)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QWidget

import ivigdesk
from ivigdesk.ui.widgets.screen import room_on_screen

_DIALOGS = """
import gc
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget
from ivigdesk.ui.widgets.dialogs import AskDialog
from ivigdesk.wording import Wording
app = QApplication([])
for number in range(60):
    window = QWidget()
    window.show()
    dialog = AskDialog(Wording("en"), "Sure?", "Yes", parent=window)
    dialog.show()
    dialog.knows_itself = dialog, window
    window.knows_itself = window, dialog
    dialog.done(0)
    window.close()
    if number % 3 == 0:
        window.deleteLater()
    app.processEvents()
    del dialog, window
    if number % 7 == 0:
        gc.collect()
    QCursor.pos()
print("alive")
"""


def test_the_program_goes_on_after_many_dialogs_were_collected() -> None:
    ran = subprocess.run([sys.executable, "-c", _DIALOGS], capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, "alive"), ran.stderr


def test_no_widget_is_asked_for_its_screen() -> None:
    found = []
    for path in Path(ivigdesk.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "screen":
                found.append(f"{path.name}:{node.lineno}")
    assert found == []


def test_the_room_is_that_of_the_screen(qapp: object) -> None:
    room = room_on_screen(QWidget())
    assert room.width() >= 640
    assert room.height() >= 480
