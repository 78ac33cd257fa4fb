"""Reading what was printed, for the journeys that end on paper."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from PySide6.QtWidgets import QFileDialog

from tests.journeys.nurse import Nurse


def save_as_pdf(nurse: Nurse, file: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Save the sheet in view as `file`, and return everything that it says, in one line."""
    answer_with(file, monkeypatch)
    nurse.press(nurse.window.wording.gettext("Save as PDF…"))
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(file).pages)


def answer_with(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system's own question for a file be answered with `file`: no journey can work in it."""
    for question in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, question, staticmethod(lambda *_args, **_more: (str(file), "")))


def read_plan(nurse: Nurse, file: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Print the plan of the course in view into `file`, and return what it says."""
    nurse.press("Print plan")
    nurse.wait_to_see("page 1 of")
    return save_as_pdf(nurse, file, monkeypatch)
