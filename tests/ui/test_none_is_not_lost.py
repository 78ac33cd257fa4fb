"""A canary: some PySide6 builds lose a reference to None at each void call and abort the program (`none_dealloc`)."""

from __future__ import annotations

import subprocess
import sys

CALLS = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
for number in range(60_000):
    label.setText("x")
print("alive")
"""


def test_sixty_thousand_void_calls_do_not_end_the_program() -> None:
    ran = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True, timeout=120, check=False)
    assert ran.stdout.strip() == "alive", ran.stderr
    assert ran.returncode == 0
