"""Golden texts of pages: what a reader would read, line by line, kept beside the tests.

Set IVIGDESK_WRITE_GOLDEN=1 to write them anew after a wanted change, and read the difference.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

FOLDER = Path(__file__).resolve().parent.parent / "golden"
WRITE = os.environ.get("IVIGDESK_WRITE_GOLDEN") == "1"


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page, white space normalised."""
    return [
        "\n".join(" ".join(line.split()) for line in page.extract_text().splitlines() if line.strip())
        for page in PdfReader(BytesIO(pdf)).pages
    ]


def check(pdf: bytes, name: str) -> None:
    """Compare the file's text with the golden text `name`."""
    shown = "".join(f"--- page {number} ---\n{text}\n" for number, text in enumerate(page_texts(pdf), start=1))
    path = FOLDER / f"{name}.txt"
    if WRITE:
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")
