"""Which sheet belongs to which place, and whose it is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import known_patient
from ivigdesk.actions.printing import print_sheets
from ivigdesk.actions.printing.print_sheets import Printout
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui.places import (
    Place,
    PrintDayListPlace,
    PrintDayPlace,
    PrintDosePlace,
    PrintLabPlace,
    PrintPlanPlace,
    PrintReactionPlace,
    PrintRecallPlace,
)
from ivigdesk.ui.printing.day_drawing import draw_day
from ivigdesk.wording import Wording


def drawn(
    desk: Desk, place: Place, words: Wording, *, with_reasons: bool, window: QWidget, window_words: Wording
) -> tuple[Printout, Patient | None]:
    """Return the sheet of a place, and whose it is; None for one about the ward.

    Args:
        words: of the sheet.
        with_reasons: of a plan, also why each dose is as it is.
        window, window_words: where the progress of a long drawing is shown.

    Raises:
        WordedError: there is nothing to print, or something that cannot be printed.
        TypeError: the place is none of a sheet.
    """
    match place:
        case PrintPlanPlace(course_id=course_id, revision=revision):
            printout = print_sheets.plan_sheet(desk, course_id, words, revision, with_trace=with_reasons)
            return printout, look_up_course(desk, course_id).patient
        case PrintDosePlace(course_id=course_id, dose_number=number):
            return print_sheets.dose_sheet(desk, course_id, number, words), look_up_course(desk, course_id).patient
        case PrintDayPlace(day=day):
            return draw_day(desk, day, words, window_words, window), None
        case PrintLabPlace(patient_id=patient_id):
            return print_sheets.lab_sheet(desk, patient_id, words), known_patient(desk, patient_id)
        case PrintReactionPlace(effect_id=effect_id):
            from ivigdesk.actions.printing import reaction_values  # late: most visits print no report

            printout = reaction_values.reaction_sheet(desk, effect_id, words)
            return printout, reaction_values.patient_of_effect(desk, effect_id)
        case PrintRecallPlace(lot=lot):
            from ivigdesk.actions.printing.recall_values import recall_sheet

            return recall_sheet(desk, lot, words), None
        case PrintDayListPlace(day=day):
            from ivigdesk.actions.printing.day_values import day_list_sheet

            return day_list_sheet(desk, day, words), None
        case _:
            raise TypeError(f"{place!r} is not shown here")
