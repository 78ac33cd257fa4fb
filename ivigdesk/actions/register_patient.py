"""Register a patient, correct what is known, weigh."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, cast, get_args
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.words import one_line, read_date
from ivigdesk.clinical import patient as records
from ivigdesk.clinical.measurements import read_height, read_igg, read_weight
from ivigdesk.clinical.patient import Patient
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Message, Record, message

_T = TypeVar("_T")

OLDEST_YEARS = 120


class PatientForm(Record, frozen=True):
    """What is typed about a patient: text as it stands in the fields; choices as their stored words.

    Attributes:
        id: made when the form opens, so that saving twice makes one patient.
        record_number, family_name, given_name, birth_on: needed.
        birth_on, transplant_on, weighed_on: `2026-10-06`, or `t` and `+1d` relative to today.
        weight: kilograms; height: centimetres; igg: IgG in g/L, measured on `igg_on`. Empty when unknown.
        sex, allergy_state, blood_group, ...: one of the words of the record's type.
    """

    id: UUID = msgspec.field(default_factory=uuid4)
    record_number: str = ""
    family_name: str = ""
    given_name: str = ""
    local_name: str = ""
    birth_on: str = ""
    sex: str = "unknown"
    bed: str = ""
    diagnosis: str = ""
    consultant: str = ""
    allergy_state: str = "not recorded"
    allergies: str = ""
    earlier_reactions: str = ""
    blood_group: str = "unknown"
    rhesus: str = "unknown"
    donor_blood_group: str = "unknown"
    cmv: str = "unknown"
    donor_cmv: str = "unknown"
    transplant_on: str = ""
    transplant_kind: str = "unknown"
    donor: str = ""
    stem_cell_source: str = ""
    risks: tuple[str, ...] = ()
    pregnant: bool = False
    weight: str = ""
    weighed_on: str = ""
    height: str = ""
    igg: str = ""
    igg_on: str = ""
    had_immunoglobulin: bool = False


class Refused(KnownError):
    """A form with mistakes: nothing was saved.

    Attributes:
        mistakes: one for each field that cannot be taken, in the order of the form.
    """

    def __init__(self, mistakes: tuple[UserMistake, ...]) -> None:
        super().__init__(mistakes[0].message)
        self.mistakes = mistakes


def register_patient(desk: Desk, form: PatientForm) -> Patient:
    """Store a new patient.

    Raises:
        Refused: with every mistake of the form.
    """
    return _store(desk, _read(desk, form), "patient registered", "")


def edit_patient(desk: Desk, form: PatientForm, reason: str = "") -> Patient:
    """Store a new version of a patient; earlier versions stay in the journal.

    Raises:
        Refused: with every mistake of the form.
        KnownError: the patient is not known.
    """
    if desk.ward.patient(form.id) is None:
        raise KnownError(message(N_("This patient is not in the ward's file. Nothing was saved.")))
    return _store(desk, _read(desk, form), "patient edited", reason)


def weigh_patient(desk: Desk, patient_id: UUID, weight: str, weighed_on: str = "t") -> Patient:
    """Store a new weight (kilograms as typed) with its date.

    Raises:
        UserMistake: the weight or its date cannot be taken.
        KnownError: the patient is not known.
    """
    known = desk.ward.patient(patient_id)
    if known is None:
        raise KnownError(message(N_("This patient is not in the ward's file. Nothing was saved.")))
    name = message(N_("Weighed on"))
    day = read_date(weighed_on, field="weighed_on", name=name, base=today(desk.clock))
    _not_in_future(day, "weighed_on", name, today(desk.clock))
    if day < known.birth_on:
        raise UserMistake(
            "weighed_on",
            message(
                N_("{name}: {value} is before the birth date {birth}."),
                name=name,
                value=day,
                birth=known.birth_on,
            ),
        )
    weighed = msgspec.structs.replace(known, weight_g=read_weight(weight), weighed_on=day)
    return _store(desk, weighed, "patient weighed", "")


def form_of(patient: Patient) -> PatientForm:
    """Return the form that would give `patient` again."""

    def day(value: date | None) -> str:
        return value.isoformat() if value else ""

    from ivigdesk.units import centimetres, kilograms, plain

    return PatientForm(
        **{
            name: getattr(patient, name)
            for name in PatientForm.__struct_fields__
            if name not in ("birth_on", "transplant_on", "weighed_on", "weight", "height", "igg", "igg_on")
        },
        birth_on=day(patient.birth_on),
        transplant_on=day(patient.transplant_on),
        weighed_on=day(patient.weighed_on),
        igg=plain(patient.igg_g_per_l) if patient.igg_g_per_l is not None else "",
        igg_on=day(patient.igg_on),
        weight=plain(kilograms(patient.weight_g)) if patient.weight_g is not None else "",
        height=plain(centimetres(patient.height_mm)) if patient.height_mm is not None else "",
    )


def mistakes_of(desk: Desk, form: PatientForm) -> tuple[UserMistake, ...]:
    """Return what cannot be taken of the form, in its order; empty when it could be stored."""
    try:
        _read(desk, form)
    except Refused as refused:
        return refused.mistakes
    return ()


def _store(desk: Desk, patient: Patient, action: str, reason: str) -> Patient:
    with desk.ward.changing(nurse=desk.must_have_nurse(), at=desk.clock.now(), action=action, reason=reason) as change:
        change.add(patient)
    return patient


class _Reader:
    """Reads field after field and keeps the mistakes, so that a form can show all of them at once."""

    def __init__(self) -> None:
        self.mistakes: list[UserMistake] = []

    def take(self, read: Callable[[], _T], instead: _T) -> _T:
        try:
            return read()
        except UserMistake as mistake:
            self.mistakes.append(mistake)
            return instead


def _names() -> dict[str, tuple[Message, int, bool]]:
    """Return the text fields with their name, greatest length and whether they are needed."""
    return {
        "record_number": (message(N_("Record number")), 40, True),
        "family_name": (message(N_("Family name")), 500, True),
        "given_name": (message(N_("Given name")), 500, True),
        "local_name": (message(N_("Name in another script")), 100, False),
        "bed": (message(N_("Bed")), 20, False),
        "diagnosis": (message(N_("Diagnosis")), 200, False),
        "consultant": (message(N_("Consultant")), 100, False),
        "allergies": (message(N_("Allergies")), 300, False),
        "earlier_reactions": (message(N_("Earlier reactions")), 300, False),
        "donor": (message(N_("Donor")), 100, False),
        "stem_cell_source": (message(N_("Stem-cell source")), 100, False),
    }


_CHOICES: dict[str, tuple[str, Any]] = {
    "sex": (N_("Sex"), records.Sex),
    "allergy_state": (N_("Allergies"), records.AllergyState),
    "blood_group": (N_("Blood group"), records.BloodGroup),
    "rhesus": (N_("Rhesus factor"), records.Rhesus),
    "donor_blood_group": (N_("Donor's blood group"), records.BloodGroup),
    "cmv": (N_("CMV serostatus"), records.Serostatus),
    "donor_cmv": (N_("Donor's CMV serostatus"), records.Serostatus),
    "transplant_kind": (N_("Kind of transplant"), records.TransplantKind),
}


def _read(desk: Desk, form: PatientForm) -> Patient:
    reader = _Reader()
    now = today(desk.clock)
    values: dict[str, Any] = {}
    for field, (name, most, required) in _names().items():
        values[field] = reader.take(
            lambda field=field, name=name, most=most, required=required: _printable(  # type: ignore[misc]
                one_line(getattr(form, field), field=field, name=name, most=most, required=required), field, name
            ),
            "",
        )
    for field, (text, kind) in _CHOICES.items():
        values[field] = reader.take(
            lambda field=field, text=text, kind=kind: _choice(field, text, kind, getattr(form, field)),  # type: ignore[misc]
            "unknown",
        )
    # A birth date that cannot be taken must not make every later date look wrong.
    values["birth_on"] = reader.take(lambda: _birth(form.birth_on, now), date.min)
    born = values["birth_on"]
    values["transplant_on"] = reader.take(lambda: _transplant(form, born, now), None)
    values["weight_g"] = reader.take(lambda: read_weight(form.weight) if form.weight.strip() else None, None)
    values["weighed_on"] = reader.take(lambda: _measured_on(form, "weight", "weighed_on", born, now), None)
    values["height_mm"] = reader.take(lambda: read_height(form.height) if form.height.strip() else None, None)
    values["igg_g_per_l"] = reader.take(lambda: read_igg(form.igg) if form.igg.strip() else None, None)
    values["igg_on"] = reader.take(lambda: _measured_on(form, "igg", "igg_on", born, now), None)
    values["risks"] = tuple(reader.take(lambda: _risks(form.risks), ()))
    reader.take(lambda: _unique_number(desk, form.id, values["record_number"]), None)
    reader.take(lambda: _allergies(values), None)
    if reader.mistakes:
        raise Refused(tuple(reader.mistakes))
    known = desk.ward.patient(form.id)
    return Patient(
        id=form.id,
        pregnant=form.pregnant,
        had_immunoglobulin=form.had_immunoglobulin,
        invented=known.invented if known else desk.settings.is_practice,
        **values,
    )


def _printable(text: str, field: str, name: Message) -> str:
    """Return `text` when every character of it can be printed: whoever is registered gets a sheet."""
    from ivigdesk.sheets.glyphs import check_text  # late: reads the fonts

    try:
        check_text(text, name)
    except KnownError as error:
        raise UserMistake(field, error.message) from error
    return text


def _choice(field: str, text: str, kind: Any, value: str) -> str:
    allowed = cast(tuple[str, ...], get_args(kind))
    if value not in allowed:
        raise UserMistake(
            field,
            message(
                N_("{name}: “{value}” is not known. Allowed: {allowed}."),
                name=message(text),
                value=value,
                allowed=allowed,
            ),
        )
    return value


def _birth(text: str, now: date) -> date:
    name = message(N_("Birth date"))
    born = read_date(text, field="birth_on", name=name, base=now)
    _not_in_future(born, "birth_on", name, now)
    if now.year - born.year > OLDEST_YEARS:
        raise UserMistake(
            "birth_on",
            message(
                N_("{name}: {value} is more than {most} years ago. Check the year."),
                name=name,
                value=born,
                most=OLDEST_YEARS,
            ),
        )
    return born


def _transplant(form: PatientForm, born: date, now: date) -> date | None:
    if not form.transplant_on.strip():
        return None
    name = message(N_("Transplant date"))
    day = read_date(form.transplant_on, field="transplant_on", name=name, base=now)
    if day < born:
        raise UserMistake(
            "transplant_on",
            message(N_("{name}: {value} is before the birth date {birth}."), name=name, value=day, birth=born),
        )
    if (day - now).days > 366:
        raise UserMistake(
            "transplant_on",
            message(N_("{name}: {value} is more than a year ahead. Check the year."), name=name, value=day),
        )
    return day


_MEASURED_ON = {"weighed_on": N_("Weighed on"), "igg_on": N_("IgG measured on")}


def _measured_on(form: PatientForm, value: str, field: str, born: date, now: date) -> date | None:
    """Return the day of a measurement; None when none was typed."""
    if not getattr(form, value).strip():
        return None
    name = message(_MEASURED_ON[field])
    day = read_date(getattr(form, field), field=field, name=name, base=now)
    _not_in_future(day, field, name, now)
    if day < born:
        raise UserMistake(
            field,
            message(N_("{name}: {value} is before the birth date {birth}."), name=name, value=day, birth=born),
        )
    return day


def _not_in_future(day: date, field: str, name: Message, now: date) -> None:
    if day > now:
        raise UserMistake(
            field,
            message(N_("{name}: {value} is in the future. Allowed: up to today."), name=name, value=day),
        )


def _risks(risks: tuple[str, ...]) -> tuple[str, ...]:
    for risk in risks:
        _choice("risks", N_("Risks"), records.Risk, risk)
    return risks


def _unique_number(desk: Desk, patient_id: UUID, number: str) -> None:
    other = desk.ward.patient_by_number(number) if number else None
    if other is not None and other.id != patient_id:
        raise UserMistake(
            "record_number",
            message(N_("Record number: “{value}” belongs to {other} already."), value=number, other=other.name),
        )


def _allergies(values: dict[str, Any]) -> None:
    if values["allergy_state"] == "known" and not values["allergies"]:
        raise UserMistake("allergies", message(N_("Allergies: say which, or choose another state.")))
