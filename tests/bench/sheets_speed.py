"""The plan sheet against a bare ReportLab table of the same texts in the same font, already loaded."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdf
from reportlab.lib.pagesizes import A4
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from ivigdesk.actions.courses.plan_course import PlanForm, confirm, propose
from ivigdesk.actions.desk import add_nurse, open_desk, sign_in
from ivigdesk.actions.patients.register_patient import PatientForm, register_patient
from ivigdesk.actions.printing.print_sheets import plan_values
from ivigdesk.clock import SetClock
from ivigdesk.sheets import fonts
from ivigdesk.sheets.paper import text
from ivigdesk.sheets.plan_sheet import draw_plan
from ivigdesk.wording import Wording


def plan_in_chinese() -> tuple[Callable[[], object], Callable[[], object], Callable[[], object]]:
    """Return what draws one plan, a bare table of its texts, and a bare table of its dates alone.

    The fonts are loaded when it returns.
    """
    words = Wording("zh_CN")
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder), SetClock(datetime(2026, 3, 2, 9, tzinfo=UTC)))
        add_nurse(desk, "王敏")
        sign_in(desk, "王敏")
        form = PatientForm(record_number="1", family_name="李", given_name="娜", birth_on="1979-08-14")
        patient = register_patient(desk, form)
        plan = PlanForm(
            patient_id=patient.id,
            regimen_id="cmv-pneumonia-fred-hutch",
            product_id="cn-ph4-5",
            weight="84.6",
            antiviral="更昔洛韦",
        )
        course = confirm(desk, propose(desk, plan))
        sheet = plan_values(desk, course.id, words)
        desk.close()
    texts = _texts_of(draw_plan(sheet, words))
    calendar = [["", words.date(dose.due_on), "", "", "", "", "", "", ""] for dose in sheet.view.course.doses]

    def ours() -> object:
        # The ward prints a plan once; lines broken for the run before must not help this one.
        text._wrapped.cache_clear()
        return draw_plan(sheet, words)

    return ours, (lambda: _bare_table(texts)), (lambda: _bare_table(calendar))


def _texts_of(pdf: bytes) -> list[list[str]]:
    """Return every piece of text that the sheet prints, as the cells of a table with two columns."""
    lines = [line for page in pypdf.PdfReader(io.BytesIO(pdf)).pages for line in page.extract_text().splitlines()]
    return [lines[start : start + 2] for start in range(0, len(lines) - 1, 2)]


def _bare_table(cells: list[list[str]]) -> bytes:
    out = io.BytesIO()
    table = Table(cells)
    table.setStyle(TableStyle([("FONT", (0, 0), (-1, -1), fonts.REGULAR, 9), ("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    SimpleDocTemplate(out, pagesize=A4).build([table])
    return out.getvalue()
