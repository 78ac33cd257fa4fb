"""Print: the course plan, the bedside sheet of a dose, all sheets of a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.first_infusion import as_the_bedside_sees_it
from ivigdesk.actions.infusions.following_doses import as_tolerated_in, follow_up_lines, following
from ivigdesk.actions.library.evidence import evidence_lines
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import ledger, revisions, tasks_of
from ivigdesk.actions.look_up import patient as look_up_patient
from ivigdesk.actions.printing.trace_lines import trace_sections
from ivigdesk.actions.ward.day_list import day_list
from ivigdesk.actions.whole_file import write_whole
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.eligibility.criteria import PROFILE_IDS, profile_title
from ivigdesk.clinical.infusions.procedure import observation_times
from ivigdesk.clinical.laboratory.values import LAB_TESTS, LabTest, LabValue
from ivigdesk.clinical.patients.known import KnownFacts
from ivigdesk.clock import today
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Record, Text, message
from ivigdesk.scheduling.calendar import CalendarDose
from ivigdesk.scheduling.sentence import regimen_sentence
from ivigdesk.sheets.bedside_sheet import draw_bedside
from ivigdesk.sheets.lab_sheet import draw_lab
from ivigdesk.sheets.merge import join
from ivigdesk.sheets.plan_sheet import draw_plan
from ivigdesk.sheets.preview import PagePicture, page_pictures
from ivigdesk.sheets.values import BedsideSheet, ChecklistItem, LabSheet, ObservationTime, PlanSheet, Printing
from ivigdesk.wording import Wording


class Printout(Record, frozen=True):
    """A finished sheet.

    Attributes:
        title: what it is, for the preview's head; holds no name.
        file_name: proposed file name; holds no name either.
        pdf: the file's bytes.
    """

    title: str
    file_name: str
    pdf: bytes


def plan_sheet(
    desk: Desk, course_id: UUID, words: Wording, revision: int | None = None, *, with_trace: bool = False
) -> Printout:
    """Return the plan of a course, at the revision in force or an older one.

    Args:
        with_trace: also print why each dose is as it is, on pages after the plan.

    Raises:
        KnownError: the course is not known, or a character cannot be printed.
    """
    sheet = plan_values(desk, course_id, words, revision, with_trace=with_trace)
    course = sheet.view.course
    return Printout(
        title=_plan_title(sheet.view, words),
        file_name=f"plan-{course.code}-r{course.revision.number}-{words.language}.pdf",
        pdf=draw_plan(sheet, words),
    )


def _plan_title(view: CourseView, words: Wording) -> str:
    """Return what the plan is; an older revision says that it is one."""
    _ = words.gettext
    if not view.is_superseded:
        return _("Course plan {code}").format(code=view.course.code)
    return _("Course plan {code}, revision {number}: superseded").format(
        code=view.course.code, number=view.course.revision.number
    )


def plan_values(
    desk: Desk, course_id: UUID, words: Wording, revision: int | None = None, *, with_trace: bool = False
) -> PlanSheet:
    """Return everything that the plan of a course prints.

    Raises:
        KnownError: the course is not known.
    """
    view = look_up_course(desk, course_id, revision)
    return PlanSheet(
        ward=desk.settings,
        view=view,
        regimen_sentence=course_sentence(view, words),
        printing=printing_now(desk),
        evidence=evidence_lines(desk.library, view.course.regimen, words),
        criteria_title=_criteria_title(view, words),
        tasks=tasks_of(desk, view),
        ledger=ledger(view),
        trace=trace_sections(desk, view, words) if with_trace else (),
        labs=_before_the_course(desk, view),
        revisions=tuple(one for one in revisions(desk, course_id) if one.number <= view.course.revision.number),
    )


def _before_the_course(desk: Desk, view: CourseView) -> tuple[LabValue, ...]:
    """Return the newest value of each test up to the first dose: what the course began from."""
    known = KnownFacts(labs=desk.ward.lab_values_of(view.patient.id))
    found = (known.latest(test, view.course.first_on) for test in LAB_TESTS)
    return tuple(value for value in found if value is not None)


def _criteria_title(view: CourseView, words: Wording) -> Text | None:
    """Return whose criteria a course was looked at with, in the program's words: a file's title may change later."""
    for profile in PROFILE_IDS:
        if profile == view.course.profile:
            title = words.say(profile_title(profile))
            return Text(en=title, zh_CN=title)
    return None


def dose_sheet(
    desk: Desk, course_id: UUID, number: int, words: Wording, *, start_at: datetime | None = None
) -> Printout:
    """Return the bedside sheet of one dose.

    Args:
        start_at: planned start; None prints times after the start.

    Raises:
        KnownError: course or dose is not known, or a character cannot be printed.
    """
    view = look_up_course(desk, course_id)
    return Printout(
        title=words.gettext("Bedside sheet {code}, dose {number}").format(code=view.course.code, number=number),
        file_name=f"dose-{view.course.code}-{number:02d}-{words.language}.pdf",
        pdf=_bedside(desk, view, number, words, start_at),
    )


def day_sheets(desk: Desk, day: date, words: Wording, progress: Callable[[int, int], bool] | None = None) -> Printout:
    """Return the bedside sheets of every dose to be given on `day`, in the order of the day's list.

    Args:
        progress: told before each sheet and after the last how many are done, of how many; returns whether to go on.

    Raises:
        KnownError: nothing is to be given, a character cannot be printed, or `progress` said not to go on.
    """
    rows = day_list(desk, day).to_give
    if not rows:
        raise KnownError(message(N_("No dose is to be given on {day}; there is nothing to print."), day=day))
    sheets: list[bytes] = []
    while progress is None or progress(len(sheets), len(rows)):
        if len(sheets) == len(rows):
            break
        row = rows[len(sheets)]
        sheets.append(_bedside(desk, look_up_course(desk, row.course_id), row.dose.number, words, None))
    else:
        raise KnownError(message(N_("Cancelled: no sheet was made.")))
    return Printout(
        title=words.gettext("Bedside sheets of {day}").format(day=words.date(day)),
        file_name=f"day-{day.isoformat()}-{words.language}.pdf",
        pdf=join(tuple(sheets)),
    )


def lab_sheet(desk: Desk, patient_id: UUID, words: Wording, tests: tuple[LabTest, ...] = LAB_TESTS) -> Printout:
    """Return the laboratory sheet of a patient: values of `tests` with their trends, doses marked, and events.

    Raises:
        KnownError: the patient is not known, or a character cannot be printed.
    """
    row = look_up_patient(desk, patient_id)
    sheet = LabSheet(
        ward=desk.settings,
        patient=row.patient,
        views=row.courses,
        labs=desk.ward.lab_values_of(patient_id),
        events=desk.ward.events_of(patient_id),
        printing=printing_now(desk),
        day=today(desk.clock),
        tests=tests,
    )
    return Printout(
        title=words.gettext("Laboratory sheet"),
        file_name=f"laboratory-{patient_id.hex[-6:]}-{words.language}.pdf",
        pdf=draw_lab(sheet, words),
    )


def pictures(printout: Printout, scale: float) -> tuple[PagePicture, ...]:
    """Return the pages as pictures; a scale of 1 is 72 dots per inch."""
    return page_pictures(printout.pdf, scale)


def save_printout(printout: Printout, file: Path) -> None:
    """Write the sheet to `file`, whole or not at all.

    Raises:
        KnownError: the file cannot be written; an earlier one is left as it was.
    """
    write_whole(printout.pdf, file)


def course_sentence(view: CourseView, words: Wording) -> str:
    """Return the course's calendar as a sentence: the doses of the revision shown that count, by date."""
    doses = tuple(
        CalendarDose(
            number=dose.number,
            phase=dose.phase,
            phase_name=dose.phase_name,
            course_day=dose.course_day,
            transplant_day=dose.transplant_day,
            due_on=dose.due_on,
            mg_per_kg=dose.mg_per_kg,
        )
        for dose in (one.dose for one in view.by_date)
        if dose.counts
    )
    return regimen_sentence(view.course.regimen, doses, words)


def _bedside(desk: Desk, view: CourseView, number: int, words: Wording, start_at: datetime | None) -> bytes:
    try:
        view = as_tolerated_in(desk, as_the_bedside_sees_it(desk, view, number), number)
        one = view.view(number)
        dose = one.dose
    except KeyError:
        raise KnownError(
            message(
                N_("Course {code} has no dose {number}. Allowed: 1 to {most}."),
                code=view.course.code,
                number=number,
                most=len(view.course.doses),
            )
        ) from None
    sheet = BedsideSheet(
        ward=desk.settings,
        view=view,
        number=number,
        printing=printing_now(desk),
        start_at=start_at,
        checklist=tuple(
            ChecklistItem(code=item.code, text=item.text, is_critical=item.is_critical)
            for item in (*desk.library.checklist().items, *follow_up_lines(desk, view, one))
        ),
        observations=tuple(
            ObservationTime(from_min=due.from_min, reason=due.reason)
            for due in observation_times(dose.rate_card, first=dose.is_first_infusion)
        ),
        tasks=tuple(task for task in tasks_of(desk, view) if task.dose_number == number),
        follow_ups=following(desk, view, one),
    )
    return draw_bedside(sheet, words)


def printing_now(desk: Desk) -> Printing:
    """Return who prints, when, and where the journal stands.

    Raises:
        KnownError: nobody is on duty.
    """
    return Printing(
        printed_by=desk.must_have_nurse(), printed_at=desk.clock.now(), journal_head=desk.ward.journal_head()
    )
