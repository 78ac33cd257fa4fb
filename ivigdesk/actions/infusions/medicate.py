"""Drugs and fluids beside a dose: what is due before its start, what was given, corrected and taken back."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import get_args
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.bedside import Bedside, bedside
from ivigdesk.actions.infusions.may_start import must_wait
from ivigdesk.actions.infusions.moment import moment_of_entry
from ivigdesk.actions.words import one_line, read_clock_time, read_date
from ivigdesk.clinical import library
from ivigdesk.clinical.infusions.day_rules import BeforeStart
from ivigdesk.clinical.infusions.preparation import Medication, MedicationKind
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Message, Record, Text, message

_DATED = re.compile(r"(\S+)\s+(\S+)")
_A_DAY = timedelta(days=1)


class MedicationForm(Record, frozen=True):
    """A drug or a fluid as typed.

    Attributes:
        kind: `premedication`, `hydration` or `treatment`.
        what, amount, route: words, such as `paracetamol`, `1 g`, `by mouth`; amount and route may be empty.
        given_at: clock time, empty for now; `2026-03-01 23:30` for one of yesterday.
        id: made when the form opens; saving twice makes one record.
        replaces: the record that this one corrects.
        reason: why it is corrected; needed with `replaces`.
    """

    kind: str
    what: str
    amount: str = ""
    route: str = ""
    given_at: str = ""
    id: UUID = msgspec.field(default_factory=uuid4)
    replaces: UUID | None = None
    reason: str = ""


class DueBefore(Record, frozen=True):
    """Something that is to be given before the start.

    Attributes:
        kind: of the medication that answers it.
        what: in words: the order of an earlier decision, or what is asked for in general.
        why: what it follows; None where the patient's risk asks for it.
        from_at, until: when it is given, by the planned start; `until` may be the start itself.
        given: the medication that was recorded for it; None while nothing was.
    """

    kind: MedicationKind
    what: str | Message
    from_at: datetime
    until: datetime
    why: Text | None = None
    given: Medication | None = None


def medications(desk: Desk, dose_id: UUID) -> tuple[Medication, ...]:
    """Return the drugs and fluids given beside a dose, by the time at which they were given."""
    return tuple(sorted(desk.ward.medications((dose_id,)), key=lambda one: (one.given_at, one.at)))


def record_medication(desk: Desk, dose_id: UUID, form: MedicationForm) -> Medication:
    """Store a drug or fluid, or the correction of one. The same form a second time changes nothing.

    Raises:
        UserMistake: a word is missing or cannot be printed, the time is to come or before yesterday, or a correction
            has no reason.
        KnownError: the dose is held, omitted, ceased, entered in error, or of a day after tomorrow.
    """
    here = bedside(desk, dose_id)
    now = _now(desk, here)
    _must_take(here, now.date())
    nurse = desk.must_have_nurse()
    medication = Medication(
        id=form.id,
        dose_id=dose_id,
        kind=_kind(form.kind),
        what=one_line(form.what, field="what", name=message(N_("Drug or fluid")), most=100, required=True),
        amount=one_line(form.amount, field="amount", name=message(N_("Amount")), most=60),
        route=one_line(form.route, field="route", name=message(N_("Route")), most=60),
        given_at=_given_at(form.given_at, now),
        nurse=nurse,
        at=now,
        replaces=form.replaces,
        reason=_reason(form.reason, required=form.replaces is not None),
    )
    for stored in desk.ward.medications((dose_id,)):
        if stored.id == form.id and _says_the_same(medication, stored, is_now=not form.given_at.strip()):
            return stored
    action = "medication corrected" if form.replaces else "medication recorded"
    with desk.ward.changing(nurse=nurse, at=now, action=action, reason=medication.reason) as change:
        change.add(medication)
    return medication


def withdraw_medication(desk: Desk, dose_id: UUID, medication_id: UUID, reason: str) -> None:
    """Take back a drug or fluid that was not given; the record keeps who recorded it, and why it was taken back.

    Raises:
        UserMistake: no reason.
        KnownError: it is not recorded for this dose any more.
    """
    why = _reason(reason, required=True)
    found = next((one for one in desk.ward.medications((dose_id,)) if one.id == medication_id), None)
    if found is None:
        raise KnownError(message(N_("This entry is not recorded for this dose any more. Nothing was changed.")))
    nurse, now = desk.must_have_nurse(), _now(desk, bedside(desk, dose_id))
    taken_back = msgspec.structs.replace(
        found, id=uuid4(), nurse=nurse, at=now, replaces=found.id, is_withdrawn=True, reason=why
    )
    with desk.ward.changing(nurse=nurse, at=now, action="medication taken back", reason=why) as change:
        change.add(taken_back)


def planned_start(desk: Desk, here: Bedside) -> datetime:
    """Return when a dose started, is planned to start, or would by the ward's usual time, on its day."""
    if here.infusion is not None:
        return here.infusion.started_at
    planned = desk.ward.dose_times((here.dose.id,)).get(here.dose.id)
    clock = planned.starts_at if planned is not None and planned.starts_at else desk.settings.usual_start
    hour, minute = clock.split(":")
    now = desk.clock.now()
    day = max(here.dose.due_on, now.date())  # an overdue dose is given today, if ever
    return datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=now.tzinfo)


def due_before_start(desk: Desk, dose_id: UUID) -> tuple[DueBefore, ...]:
    """Return what is to be given before the start of a dose, with its clock times, the earliest first.

    Orders come from what was accepted after earlier side effects; fluid is also asked for where the rates are capped
    because the patient is at risk of kidney injury, clots or overload.

    Raises:
        KnownError: the dose is not known.

    Source: FACTS 5.2.
    """
    here = bedside(desk, dose_id)
    start, rules = planned_start(desk, here), library.infusion_day_rules()
    given = list(medications(desk, dose_id))
    found: list[DueBefore] = []

    def add(kind: MedicationKind, rule: BeforeStart, what: str | Message, why: Text | None) -> None:
        answer = _answer(given, kind, what)
        if answer is not None:
            given.remove(answer)
        found.append(
            DueBefore(
                kind=kind,
                what=what,
                from_at=start - timedelta(minutes=rule.from_min),
                until=start - timedelta(minutes=rule.to_min),
                why=why,
                given=answer,
            )
        )

    for one in here.follow_ups:
        match one.follow_up.consequence:
            case "PREMED":
                add("premedication", rules.premedication, one.follow_up.detail, one.reaction)
            case "HYDR":
                add("hydration", rules.hydration, one.follow_up.detail, one.reaction)
            case _:
                pass
    is_at_risk = any(row.capped_by == "risk" for row in here.dose.rate_card.rows)
    if is_at_risk and all(due.kind != "hydration" for due in found):
        asked = message(N_("Fluid as ordered: the patient is at risk of kidney injury, clots or overload"))
        add("hydration", rules.hydration, asked, None)
    return tuple(sorted(found, key=lambda due: due.from_at))


def _answer(given: list[Medication], kind: MedicationKind, what: str | Message) -> Medication | None:
    """Return the medication that answers an order: one that is named in it goes before any other of its kind."""
    alike = [one for one in given if one.kind == kind]
    order = what.casefold() if isinstance(what, str) else ""
    named = [one for one in alike if one.what.casefold() in order]
    return next(iter(named or alike), None)


def _must_take(here: Bedside, today: date) -> None:
    status = here.dose_view.status
    if status in ("running", "given", "partly given", "not given"):
        return
    must_wait(here.dose_view, or_planned=here.dose.due_on <= today + _A_DAY)


def _now(desk: Desk, here: Bedside) -> datetime:
    infusion = here.infusion
    if infusion is None or infusion.end is not None:
        return desk.clock.now()
    return moment_of_entry(desk, infusion)[0]


def _kind(text: str) -> MedicationKind:
    for allowed in get_args(MedicationKind):
        if allowed == text:
            return allowed  # type: ignore[no-any-return]
    raise UserMistake(
        "kind",
        message(
            N_("{name}: “{value}” is not known. Allowed: {allowed}."),
            name=message(N_("Kind")),
            value=text,
            allowed=get_args(MedicationKind),
        ),
    )


def _given_at(text: str, now: datetime) -> datetime:
    """Return when it was given.

    Raises:
        UserMistake: no clock time, one to come, or one before yesterday.
    """
    name = message(N_("Time"))
    dated = _DATED.fullmatch(text.strip())
    if dated is None:
        return read_clock_time(text, field="given_at", name=name, now=now) if text.strip() else now
    day = read_date(dated[1], field="given_at", name=name)
    if not now.date() - _A_DAY <= day <= now.date():
        raise UserMistake("given_at", _not_allowed(name, day))
    ended = now if day == now.date() else datetime(day.year, day.month, day.day, 23, 59, tzinfo=now.tzinfo)
    at = read_clock_time(dated[2], field="given_at", name=name, now=ended)
    if at.date() != day:  # read as the evening before: on the day that is typed it is still to come
        raise UserMistake("given_at", _not_allowed(name, dated[0]))
    return at


def _not_allowed(name: Message, value: object) -> Message:
    return message(
        N_("{name}: {value} cannot be used. Allowed: today and yesterday, up to now."), name=name, value=value
    )


def _reason(text: str, *, required: bool) -> str:
    return one_line(text, field="reason", name=message(N_("Reason")), most=300, required=required)


def _says_the_same(medication: Medication, stored: Medication, *, is_now: bool) -> bool:
    """Return whether this very form was stored a moment ago; only the clock went on since."""
    given_at = stored.given_at if is_now else medication.given_at
    return msgspec.structs.replace(medication, at=stored.at, nurse=stored.nurse, given_at=given_at) == stored
