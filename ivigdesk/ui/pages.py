"""Which page shows which place; a page's module is imported on the first visit, so that the window opens fast."""

from __future__ import annotations

from importlib import import_module

from ivigdesk.ui import places
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import Place

_PAGES: dict[type[Place], tuple[str, str]] = {
    places.TodayPlace: ("ivigdesk.ui.today", "TodayPage"),
    places.CalendarPlace: ("ivigdesk.ui.calendar", "CalendarPage"),
    places.PatientsPlace: ("ivigdesk.ui.patients", "PatientsPage"),
    places.PatientPlace: ("ivigdesk.ui.patients", "PatientPage"),
    places.PatientFormPlace: ("ivigdesk.ui.patients", "PatientFormPage"),
    places.PlanCoursePlace: ("ivigdesk.ui.course", "PlanCoursePage"),
    places.CoursePlace: ("ivigdesk.ui.course", "CoursePage"),
    places.InfusionPlace: ("ivigdesk.ui.infusion", "InfusionPage"),
    places.PrintPlanPlace: ("ivigdesk.ui.printing", "PrintPage"),
    places.PrintDosePlace: ("ivigdesk.ui.printing", "PrintPage"),
    places.PrintDayPlace: ("ivigdesk.ui.printing", "PrintPage"),
    places.PrintLabPlace: ("ivigdesk.ui.printing", "PrintPage"),
    places.PrintDayListPlace: ("ivigdesk.ui.printing", "PrintPage"),
    places.PrintReactionPlace: ("ivigdesk.ui.printing", "PrintPage"),
    places.PrintRecallPlace: ("ivigdesk.ui.printing", "PrintPage"),
    places.SideEffectsPlace: ("ivigdesk.ui.side_effects", "SideEffectsPage"),
    places.LibraryPlace: ("ivigdesk.ui.library", "LibraryPage"),
    places.RegimenEditorPlace: ("ivigdesk.ui.library.editor", "RegimenEditorPage"),
    places.ProductEditorPlace: ("ivigdesk.ui.library.editor", "ProductEditorPage"),
    places.SettingsPlace: ("ivigdesk.ui.settings", "SettingsPage"),
}


def page_of(place: Place) -> type[Page]:
    """Return the class of the page that shows `place`."""
    module, name = _PAGES[type(place)]
    found = getattr(import_module(module), name)
    if not (isinstance(found, type) and issubclass(found, Page)):
        raise TypeError(f"{module}.{name} is no page")
    return found
