"""Draw every page of the window and every sheet into `build/pictures`: `make pictures`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pypdfium2
from PySide6.QtWidgets import QApplication

from ivigdesk.actions.day_list import day_list
from ivigdesk.actions.desk import Desk, open_desk, sign_in
from ivigdesk.actions.look_up import patient_numbered, patient_row
from ivigdesk.actions.practice_ward import make_practice_ward
from ivigdesk.clock import SetClock
from ivigdesk.ui import places, theme
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.wording import LANGUAGES, Wording

NOW = datetime(2026, 3, 2, 9, 41, tzinfo=UTC)
PAPER = ("plan-PR-0001", "plan-PR-0006", "plan-PR-0007", "plan-PR-0009", "plan-PR-0011", "today", "record")


def main(out: Path) -> None:
    """Make the practice ward, visit every page in both languages, and render its sheets."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    theme.install(app)
    with tempfile.TemporaryDirectory() as folder:
        ward = Path(folder) / "ward"
        make_practice_ward(ward, SetClock(NOW), "zh_CN")
        desk = open_desk(ward, SetClock(NOW))
        try:
            for language in LANGUAGES:
                draw_window(app, desk, language, out)
        finally:
            desk.close()
        draw_paper(ward / "sheets", out)
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")


def draw_window(app: QApplication, desk: Desk, language: str, out: Path) -> None:
    """Grab the sign-in page, then each page."""
    desk.nurse = ""
    window = MainWindow(desk, Wording(language))
    window.show()
    app.processEvents()
    window.grab().save(str(out / f"{language}-sign-in.png"))
    window.close()
    sign_in(desk, "A. Wong")
    window = MainWindow(desk, Wording(language))
    window.show()
    for name, place in visits(desk):
        if window.shell is None:
            raise ValueError("nobody is signed in")
        window.shell.go(place)
        for _ in range(5):
            app.processEvents()
        window.grab().save(str(out / f"{language}-{name}.png"))
    window.close()
    app.processEvents()


def visits(desk: Desk) -> Iterator[tuple[str, places.Place]]:
    """Give every page with a name for its picture."""
    li_na = patient_numbered(desk, "PR-0001")
    course = patient_row(desk, li_na).courses[0].course
    today = day_list(desk)
    running = today.in_group("running")[0]
    due = today.in_group("due")[0]
    held = today.in_group("held")[0]
    done = patient_row(desk, patient_numbered(desk, "PR-0007")).courses[0]
    yield "today", places.TodayPlace()
    yield "patients", places.PatientsPlace()
    yield "patient", places.PatientPlace(li_na.id)
    yield "patient-form", places.PatientFormPlace(li_na.id)
    yield "patient-new", places.PatientFormPlace()
    yield "plan", places.PlanCoursePlace(li_na.id)
    yield "course", places.CoursePlace(course.id)
    yield "course-held", places.CoursePlace(held.course_id)
    yield "course-finished", places.CoursePlace(done.course.id)
    yield "infusion-before", places.InfusionPlace(due.course_id, due.dose.id)
    yield "infusion-running", places.InfusionPlace(running.course_id, running.dose.id)
    yield "infusion-done", places.InfusionPlace(done.course.id, done.doses[0].dose.id)
    yield "print-plan", places.PrintPlanPlace(course.id)
    yield "print-dose", places.PrintDosePlace(due.course_id, due.dose.number)
    yield "library", places.LibraryPlace()
    yield "settings", places.SettingsPlace()


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
