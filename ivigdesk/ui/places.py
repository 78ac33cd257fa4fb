"""Where the window can be: one value per place, which pages ask for and the main window opens."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec


class Place(msgspec.Struct, frozen=True):
    """Somewhere in the window; each kind of place has one page."""


class TodayPlace(Place, frozen=True):
    """The doses of one day; None is the ward's today."""

    day: date | None = None


class CalendarPlace(Place, frozen=True):
    """The ward's month or week.

    Attributes:
        day: a day of the span that is shown; None is the ward's today.
        span: how much of it; empty leaves what was chosen last.
    """

    day: date | None = None
    span: Literal["", "month", "week"] = ""


class PatientsPlace(Place, frozen=True):
    """The list of patients, narrowed to what was searched."""

    search: str = ""


class PatientPlace(Place, frozen=True):
    """One patient.

    Attributes:
        patient_id: who.
        part: which tab is opened; empty leaves the one that is open, or the first for another patient.
    """

    patient_id: UUID
    part: Literal["", "courses", "laboratory", "events"] = ""


class PatientFormPlace(Place, frozen=True):
    """The form of one patient; None registers a new one."""

    patient_id: UUID | None = None


class PlanCoursePlace(Place, frozen=True):
    """Plan a course for a patient."""

    patient_id: UUID


class CoursePlace(Place, frozen=True):
    """The calendar of a course, with the dose that is asked about in view."""

    course_id: UUID
    dose_number: int | None = None


class InfusionPlace(Place, frozen=True):
    """The record of giving one dose."""

    course_id: UUID
    dose_id: UUID


class PrintPlanPlace(Place, frozen=True):
    """The plan of a course as paper; of an older revision, which says that it is superseded, where one is named."""

    course_id: UUID
    revision: int | None = None


class PrintDosePlace(Place, frozen=True):
    """The bedside sheet of one dose as paper."""

    course_id: UUID
    dose_number: int


class PrintDayPlace(Place, frozen=True):
    """Every bedside sheet of a day as paper."""

    day: date


class PrintDayListPlace(Place, frozen=True):
    """The ward's list of a day as paper, with the next day beside it."""

    day: date


class SideEffectsPlace(Place, frozen=True):
    """Side effects of the ward, or the recall of a lot.

    Attributes:
        tab: which list.
        lot: for the recall, what is looked for; empty for nothing yet.
    """

    tab: Literal["", "effects", "recall"] = ""
    lot: str = ""


class PrintRecallPlace(Place, frozen=True):
    """Everything about a lot as paper."""

    lot: str


class PrintReactionPlace(Place, frozen=True):
    """The reaction report of a side effect as paper."""

    effect_id: UUID


class PrintLabPlace(Place, frozen=True):
    """The laboratory sheet of a patient as paper."""

    patient_id: UUID


LibraryTab = Literal["regimens", "products", "criteria", "evidence", "refused"]


class LibraryPlace(Place, frozen=True):
    """The library: one of its lists, with the record that is asked about in view."""

    tab: LibraryTab = "regimens"
    record_id: str = ""


class RegimenEditorPlace(Place, frozen=True):
    """The form of a regimen: of the ward's own, of a copy of a shipped one, or of a new one for an empty id."""

    regimen_id: str = ""


class ProductEditorPlace(Place, frozen=True):
    """The form of a product, as for a regimen."""

    product_id: str = ""


class SettingsPlace(Place, frozen=True):
    """Language, ward and nurse."""
