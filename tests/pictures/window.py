"""Draw every page and dialog of the window at one size: one process for each, since Qt reads the scale at its start."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import msgspec

USAGE = "usage: window.py WARD OUT LANGUAGE LOOK"


class Look(msgspec.Struct, frozen=True):
    """A screen: its size in pixels, how many of them make one logical pixel, and how its pictures are marked."""

    width: int
    height: int
    scale: int = 1
    mark: str = ""


LOOKS = {
    "usual": Look(1440, 900),
    "small": Look(1280, 720, mark="small"),
    "double": Look(1920, 1080, scale=2, mark="double"),
}


def draw(ward: Path, out: Path, language: str, look: Look) -> None:
    """Walk through a copy of the ward and save what is met."""
    from PySide6.QtWidgets import QApplication, QWidget

    from ivigdesk.actions.desk import open_desk, sign_in
    from ivigdesk.clock import SetClock
    from ivigdesk.ui import theme
    from ivigdesk.ui.main_window import MainWindow
    from ivigdesk.wording import Wording
    from tests.pictures.moment import NOW
    from tests.ui.tour import NURSE, settle, walk, walk_in

    app = QApplication(sys.argv[:1])
    theme.install(app)
    wording = Wording(language)

    def visit(name: str, widget: QWidget) -> None:
        parts = [part for part in (language, look.mark, name) if part]
        widget.grab().save(str(out / f"{'-'.join(parts)}.png"))

    with tempfile.TemporaryDirectory() as folder:
        copy, clock = Path(folder) / "ward", SetClock(NOW)
        shutil.copytree(ward, copy, ignore=shutil.ignore_patterns("sheets"))
        walk_in(Path(folder) / "new", clock, wording, visit)
        desk = open_desk(copy, clock)
        window = MainWindow(desk, wording)
        window.show()
        settle()
        visit("sign-in", window)
        sign_in(desk, NURSE)
        window.show_shell()
        walk(window, visit)
        window.close()
        desk.close()


def environment(look: Look, folder: Path) -> dict[str, str]:
    """Return the environment of a process with a screen of this look and no display; `folder` takes its description."""
    screen = {
        "name": "ward", "x": 0, "y": 0, "width": look.width, "height": look.height, "logicalDpi": 96,
        "logicalBaseDpi": 96, "dpr": 1,
    }  # fmt: skip
    file = folder / f"screen-{look.width}.json"
    file.write_text(json.dumps({"screens": [screen]}), "utf-8")
    return {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={file}", "QT_SCALE_FACTOR": f"{look.scale}"}


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(USAGE)
    draw(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], LOOKS[sys.argv[4]])
