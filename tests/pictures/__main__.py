"""Draw every page and dialog of the window and every sheet into `build/pictures`: `make pictures`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pypdfium2

from ivigdesk.actions.practice.ward import make_practice_ward
from ivigdesk.clock import SetClock
from ivigdesk.wording import LANGUAGES
from tests.pictures import window
from tests.pictures.moment import NOW

PAPER = ("plan-PR-0001", "plan-PR-0006", "plan-PR-0007", "plan-PR-0009", "plan-PR-0011", "today", "record")


def main(out: Path) -> None:
    """Make the practice ward, walk through it in both languages on each screen, and render its sheets."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        ward = Path(folder) / "ward"
        make_practice_ward(ward, SetClock(NOW), "zh_CN")
        walks = [(language, look) for look in window.LOOKS for language in LANGUAGES]
        with ThreadPoolExecutor(max_workers=2) as pool:
            list(pool.map(partial(draw_window, ward, out), walks))
        draw_paper(ward / "sheets", out)
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")


def draw_window(ward: Path, out: Path, walk: tuple[str, str]) -> None:
    """Draw the window in one language on one screen, in a process of its own."""
    language, look = walk
    subprocess.run(
        [sys.executable, "-m", "tests.pictures.window", ward, out, language, look],
        env=window.environment(window.LOOKS[look], ward.parent),
        check=True,
    )


def draw_paper(sheets: Path, out: Path) -> None:
    """Render the sheets worth looking at, page by page."""
    for name in PAPER:
        for file in sorted(sheets.glob(f"{name}-*.pdf")):
            document = pypdfium2.PdfDocument(file)
            for number in range(min(len(document), 6)):
                picture = document[number].render(scale=1.7).to_pil()
                picture.save(out / f"paper-{file.stem}-{number + 1}.png")
            document.close()


if __name__ == "__main__":
    main(Path("build/pictures"))
