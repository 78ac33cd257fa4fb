"""The practice ward: invented patients in different stages, made by the same actions that a nurse uses."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from ivigdesk.actions import give_infusion as giving
from ivigdesk.actions.day_list import day_list
from ivigdesk.actions.desk import Desk, add_nurse, open_desk, set_ward, sign_in
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import course_of_dose
from ivigdesk.actions.plan_course import PlanForm, confirm, propose
from ivigdesk.actions.postpone_dose import postpone_dose, ripple
from ivigdesk.actions.practice_stories import STORIES, Event, Story
from ivigdesk.actions.print_sheets import day_sheets, dose_sheet, plan_sheet, save_printout
from ivigdesk.actions.record_side_effect import SideEffectForm, record_side_effect
from ivigdesk.actions.register_patient import PatientForm, register_patient, weigh_patient
from ivigdesk.clinical.course import Dose
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.clock import Clock, SetClock
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Message, Record, message, plural_message
from ivigdesk.settings import DATABASE_NAME
from ivigdesk.units import kilograms, plain
from ivigdesk.wording import LANGUAGES, Wording

NURSES = ("A. Wong", "S. Kaur", "王敏")


class PracticeWard(Record, frozen=True):
    """What was made.

    Attributes:
        lines: what there is now, in sentences.
        sheets: folder of the printed sheets.
    """

    lines: tuple[Message, ...]
    sheets: Path


def make_practice_ward(folder: Path, clock: Clock, language: str) -> PracticeWard:
    """Make the practice ward in `folder` anew, with its sheets.

    Args:
        clock: the real one; the ward's past is made up to its today.
        language: of the sheets made for every patient; plans are printed in both languages.

    Raises:
        KnownError: the folder holds a ward that is not for practice, or cannot be written.
    """
    _clear(folder)
    past = SetClock(clock.now())
    desk = open_desk(folder, past)
    try:
        _settle(desk, past, clock.now())
        courses = _live(desk, past, clock.now())
        desk.clock = clock
        sheets = folder / "sheets"
        _print(desk, courses, sheets, language)
        return PracticeWard(lines=_lines(desk, courses, sheets), sheets=sheets)
    finally:
        desk.close()


def _clear(folder: Path) -> None:
    """Make room for a new practice ward.

    SAFETY: only a ward that calls itself a practice ward is ever removed.
    """
    file = folder / DATABASE_NAME
    if file.exists():
        from ivigdesk.clock import SystemClock

        old = open_desk(folder, SystemClock())
        is_practice = old.settings.is_practice
        old.close()
        if not is_practice:
            raise KnownError(
                message(
                    N_("“{folder}” holds a ward with patients of its own. The practice ward needs another folder."),
                    folder=str(folder),
                )
            )
        for leftover in (file, *folder.glob(f"{DATABASE_NAME}-*")):
            leftover.unlink(missing_ok=True)
    for sheet in (folder / "sheets").glob("*.pdf"):
        sheet.unlink()


def _settle(desk: Desk, past: SetClock, now: datetime) -> None:
    past.set_wall(now - timedelta(days=max(story.planned_days_ago for story in STORIES) + 1))
    for name in NURSES:
        add_nurse(desk, name, "charge nurse" if name == NURSES[0] else "nurse")
    sign_in(desk, NURSES[0])
    set_ward(
        desk,
        WardSettings(
            name="BMT 3",
            hospital="Practice hospital",
            phone="4300",
            emergency_phone="2222",
            is_practice=True,
        ),
    )


def _live(desk: Desk, past: SetClock, now: datetime) -> dict[str, UUID]:
    """Let the ward live from its first day to now; return each story's course by record number."""
    courses: dict[str, UUID] = {}
    for days_ago in range(max(story.planned_days_ago for story in STORIES), -1, -1):
        day = now.date() - timedelta(days=days_ago)
        for place, story in enumerate(STORIES):
            if story.planned_days_ago == days_ago:
                past.set_wall(_at(day, now, time(8, place)))
                sign_in(desk, NURSES[place % len(NURSES)])
                courses[story.record_number] = _begin(desk, story, now.date())
            elif story.record_number in courses:
                past.set_wall(_at(day, now, time(9, 2 * place)))
                sign_in(desk, NURSES[(place + days_ago) % len(NURSES)])
                _act(desk, past, story, courses[story.record_number], day, now)
    return courses


def _begin(desk: Desk, story: Story, now: date) -> UUID:
    patient = register_patient(
        desk,
        msgspec.structs.replace(
            msgspec.convert(story.patient, PatientForm),
            record_number=story.record_number,
            weighed_on="t" if story.patient.get("weight") else "",
            transplant_on=(now - timedelta(days=story.transplant_days_ago)).isoformat()
            if story.transplant_days_ago is not None
            else "",
        ),
    )
    proposal = propose(
        desk,
        PlanForm(
            patient_id=patient.id,
            regimen_id=story.regimen,
            product_id=story.product,
            first_on=(now - timedelta(days=story.first_days_ago)).isoformat(),
            antiviral=story.antiviral,
            prescriber="Dr S. Kim",
            rounding=story.rounding,
        ),
    )
    return confirm(desk, proposal, story.reason).id


def _act(desk: Desk, past: SetClock, story: Story, course_id: UUID, day: date, now: datetime) -> None:
    view = look_up_course(desk, course_id)
    for one in view.doses:
        if one.status != "due":
            continue
        event = story.events.get(one.dose.number, Event())
        if event.kind == "left" or (day == now.date() and event.kind != "running"):
            return
        _weigh(desk, story, view.patient.id, one.dose.number)
        if event.kind == "postponed":
            change = ripple(desk, course_id, number=one.dose.number, to=day + timedelta(days=1), reach="rest")
            postpone_dose(desk, change, event.words)
        elif event.kind == "not given":
            giving.record_not_given(desk, one.dose.id, event.words)
        elif event.kind == "running":
            _start(desk, past, one.dose, now - timedelta(minutes=40))
        else:
            _give(desk, past, one.dose, event)
        return


def _weigh(desk: Desk, story: Story, patient_id: UUID, number: int) -> None:
    patient = desk.ward.patient(patient_id)
    if patient is not None and patient.weight_g is not None and number % 3 == 0 and not story.weight_grows_old:
        weigh_patient(desk, patient_id, plain(kilograms(patient.weight_g - 100)))


def _start(desk: Desk, past: SetClock, dose: Dose, at: datetime) -> UUID:
    """Check, start, observe and hang the vials of a dose; return the infusion."""
    past.set_wall(at)
    infusion = giving.start_infusion(desk, dose.id)
    for item in desk.library.checklist().items:
        giving.tick_check(desk, infusion.id, item.code)
    for vial in dose.vials:
        for _ in range(vial.count):
            form = giving.VialForm(
                product_id=look_up_course(desk, _course_of(desk, dose)).course.product.id,
                mg=vial.mg,
                lot=f"P{1000 + dose.number // 4:04d}71881",
                expires_on=f"{at.year + 1}-09",
            )
            giving.hang_vial(desk, infusion.id, form)
    _observe(desk, infusion.id, "36.7", "78", "122", "74")
    for row in dose.rate_card.rows[1:-1]:
        moment = at + timedelta(minutes=float(row.from_min))
        if moment > at + timedelta(minutes=40):
            break
        past.set_wall(moment.replace(microsecond=0))
        giving.set_rate(desk, infusion.id, "increase", row.ml_per_h)
        _observe(desk, infusion.id, "36.8", "80", "124", "76")
    return infusion.id


def _give(desk: Desk, past: SetClock, dose: Dose, event: Event) -> None:
    began = past.now()
    infusion_id = _start(desk, past, dose, began)
    past.set_wall(began + timedelta(minutes=45))
    if event.code:
        form = SideEffectForm(
            code=event.code,
            grade=event.grade,
            action=event.words,
            outcome="resolved" if event.grade < "3" else "ongoing",
        )
        record_side_effect(desk, dose.id, form)
    second = next(name for name in NURSES if name != desk.nurse)
    if event.kind == "stopped":
        half = plain((dose.volume_ml / 2).quantize(1))
        giving.set_rate(desk, infusion_id, "stop", dose.rate_card.rows[-1].ml_per_h, event.words)
        end = giving.EndForm(outcome="partly given", given_ml=half, reason=event.words, second_nurse=second)
    else:
        past.set_wall(began + timedelta(minutes=float(dose.rate_card.duration_min) + 5))
        end = giving.EndForm(outcome="completed", second_nurse=second)
    past.set_wall(past.now().replace(microsecond=0, second=0))
    giving.finish_infusion(desk, infusion_id, end)


def _observe(desk: Desk, infusion_id: UUID, temperature: str, pulse: str, systolic: str, diastolic: str) -> None:
    giving.observe(
        desk,
        infusion_id,
        giving.ObservationForm(
            temperature_c=temperature,
            pulse_per_min=pulse,
            systolic_mmhg=systolic,
            diastolic_mmhg=diastolic,
            breaths_per_min="16",
            spo2_percent="98",
        ),
    )


def _course_of(desk: Desk, dose: Dose) -> UUID:
    return course_of_dose(desk, dose.id)[0].course.id


def _at(day: date, now: datetime, clock_time: time) -> datetime:
    """Return a moment on `day`, not after `now`."""
    return min(datetime.combine(day, clock_time, now.tzinfo), now)


def _print(desk: Desk, courses: dict[str, UUID], sheets: Path, language: str) -> None:
    try:
        sheets.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(
            message(N_("“{file}” cannot be written: {why}."), file=str(sheets), why=error.strerror or "?")
        ) from error
    for one in LANGUAGES:
        words = Wording(one)
        for number, course_id in courses.items():
            save_printout(plan_sheet(desk, course_id, words), sheets / f"plan-{number}-{one}.pdf")
        if day_list(desk).to_give:
            save_printout(day_sheets(desk, day_list(desk).day, words), sheets / f"today-{one}.pdf")
    given = courses[STORIES[0].record_number]
    save_printout(dose_sheet(desk, given, 1, Wording(language)), sheets / f"record-{language}.pdf")


def _lines(desk: Desk, courses: dict[str, UUID], sheets: Path) -> tuple[Message, ...]:
    today = day_list(desk)
    doses = sum(len(look_up_course(desk, course_id).doses) for course_id in courses.values())
    return (
        plural_message("{n} invented patient with a course", "{n} invented patients, each with a course", len(courses)),
        plural_message("{n} dose planned", "{n} doses planned", doses),
        message(
            N_("Today: {overdue} overdue, {running} running, {due} due, {held} on hold"),
            overdue=len(today.in_group("overdue")),
            running=len(today.in_group("running")),
            due=len(today.in_group("due")),
            held=len(today.in_group("held")),
        ),
        plural_message("{n} sheet written", "{n} sheets written", len(list(sheets.glob("*.pdf")))),
    )
