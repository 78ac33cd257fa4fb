"""Counts the keys and clicks of the main tasks at the bedside, in a process of its own, and prints them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Print one line: each task with its keys, clicks and scans."""
    from PySide6.QtWidgets import QApplication

    from ivigdesk.ui import theme
    from tests.ui.infusion.actions_counted import count_all

    app = QApplication(sys.argv[:1])
    theme.install(app)
    with tempfile.TemporaryDirectory() as folder:
        counted = count_all(Path(folder, "ward"))
    print("keys and clicks:", "; ".join(one.words for one in counted))


if __name__ == "__main__":
    main()
