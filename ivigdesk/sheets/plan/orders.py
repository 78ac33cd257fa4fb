"""What a person fills in on the plan: approval, consent, baseline tests, premedication, risks."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk.clinical import library
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.laboratory.values import LabTest
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.sheets import words
from ivigdesk.sheets.paper.blocks import Block, beside, stacked
from ivigdesk.sheets.paper.pages import Flow
from ivigdesk.sheets.sections import Field, boxes, heading, label_area, ticks
from ivigdesk.sheets.style import COLUMN_GAP, MM, SECTION_GAP, WIDTH
from ivigdesk.sheets.values import PlanSheet
from ivigdesk.wording import Wording

_LABEL_WIDTH = 72 * MM
_LABEL_HEIGHT = 35 * MM
_GROUPS_WITH_RISK = ("A", "B", "AB")
_OLD = 65  # years above which clots and kidney injury are more likely (FACTS 7)


def add_orders(flow: Flow, sheet: PlanSheet, box: float, wording: Wording) -> None:
    """Put approval, risks, tests and orders on the page; every box is `box` points tall at least."""
    _ = wording.gettext
    left = WIDTH - _LABEL_WIDTH - COLUMN_GAP
    approval = stacked(
        (
            heading(_("Approval and consent"), _("fill in"), left),
            *boxes(_approval(sheet, wording), 3, box, left),
        )
    )
    label = label_area(_("patient label"), _LABEL_WIDTH, max(_LABEL_HEIGHT, approval.height))
    flow.add(beside(((0, approval), (left + COLUMN_GAP, label))), SECTION_GAP)
    patient = sheet.view.patient
    title = heading(_("Risks"), _("ticked: recorded; tick what else applies"))
    risks = stacked((title, ticks(_risks(patient, sheet, wording), 4)))
    flow.add(risks, SECTION_GAP)
    tests = _tests(sheet, wording)
    flow.add(_section(_("Baseline tests"), _("value and date"), tests, 5, box), SECTION_GAP)
    flow.add(_section(_("Orders"), _("prescriber fills in"), _orders(wording), 3, box), SECTION_GAP)


def _section(title: str, note: str, fields: list[Field], columns: int, box: float) -> Block:
    return stacked((heading(title, note), *boxes(fields, columns, box)))


def _approval(sheet: PlanSheet, wording: Wording) -> list[Field]:
    _ = wording.gettext
    return [
        Field(_("Indication")),
        Field(_("Criteria met, or why not")),
        Field(_("First or continuing")),
        Field(_("Approval no., from, to")),
        Field(_("Grams approved"), approved(sheet.view.course, wording)),
        Field(_("Review on")),
        Field(_("Consent given on, until")),
        Field(_("Leaflet given on, by")),
        Field(_("National number")),
    ]


def approved(course: Course, wording: Wording) -> str:
    """Return the grams that were approved, with the last day that the approval covers; empty without one."""
    if course.approved_mg is None:
        return ""
    amount = words.grams(course.approved_mg, wording)
    if course.approved_until is None:
        return amount
    return wording.gettext("{amount} until {day}").format(amount=amount, day=wording.date_plain(course.approved_until))


def _risks(patient: Patient, sheet: PlanSheet, wording: Wording) -> list[tuple[str, bool]]:
    _ = wording.gettext
    course = sheet.view.course
    age = patient.age_on(course.first_on)
    warned = {finding.code for finding in course.findings if finding.severity != "info"}
    return [
        # What the rate card was slowed for is ticked too: an empty box must not read as “looked at, no risk”.
        (_("kidney injury"), "renal" in patient.risks or "SR05" in warned),
        (_("clots"), "thrombosis" in patient.risks or "SR09" in warned),
        (_("heart, fluid overload"), "cardiac" in patient.risks or "SR17" in warned),
        (_("diabetes"), "diabetes" in patient.risks),
        (_("older than 65"), age > _OLD),
        (_("haemolysis (A, B, AB)"), patient.blood_group in _GROUPS_WITH_RISK),
        (_("short of fluid"), "volume-depletion" in patient.conditions),
        (_("IgA deficiency"), "iga-deficiency" in patient.conditions),
    ]


def _tests(sheet: PlanSheet, wording: Wording) -> list[Field]:
    _ = wording.gettext
    return [
        Field("IgG (g/L)", _value("igg", sheet, wording) or _igg(sheet.view.patient, wording)),
        Field("IgA (g/L)"),
        Field(_("Creatinine (µmol/L)"), _value("creatinine", sheet, wording)),
        Field(_("Hb (g/L)"), _value("haemoglobin", sheet, wording)),
        Field(_("Antiglobulin test")),
        Field(_("Liver tests")),
        Field(_("CMV PCR (IU/mL)"), _value("cmv-pcr", sheet, wording)),
        Field(_("Serology drawn on")),
        Field(_("Galactomannan")),
        Field(_("Other")),
    ]


def _value(test: LabTest, sheet: PlanSheet, wording: Wording) -> str:
    """Return a value on record with its date; a unit that the box does not name is said."""
    found = next((value for value in sheet.labs if value.test == test), None)
    if found is None:
        return ""
    rule = library.lab_rules().test(test)
    shown = f"{'<' if found.is_below else ''}{wording.number(Decimal(rule.shown(found.value)))}"
    if found.unit != rule.unit:
        shown = f"{shown} {found.unit}"
    return wording.gettext("{value}, {day}").format(value=shown, day=wording.date_plain(found.taken_on))


def _igg(patient: Patient, wording: Wording) -> str:
    if patient.igg_g_per_l is None or patient.igg_on is None:
        return ""
    return f"{wording.number(patient.igg_g_per_l)}, {wording.date_plain(patient.igg_on)}"


def _orders(wording: Wording) -> list[Field]:
    _ = wording.gettext
    return [
        Field(_("Premedication, minutes before")),
        Field(_("Premedication, minutes before")),
        Field(_("Hydration: mL, before or during")),
        Field(_("Line: central or peripheral, own lumen")),
        Field(_("Emergency drugs and oxygen")),
        Field(_("Special instructions")),
    ]
