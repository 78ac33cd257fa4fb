"""Reads a patient form field by field, and keeps every mistake so that the form can show all of them at once."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, cast, get_args
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.dated_facts import chosen, not_before_birth, not_in_the_future, read_past_day
from ivigdesk.actions.patients.patient_form import PatientForm, Refused
from ivigdesk.actions.words import one_line, read_date
from ivigdesk.clinical.patients import patient as records
from ivigdesk.clinical.patients.conditions import Condition
from ivigdesk.clinical.patients.measurements import read_height, read_igg, read_weight
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Message, message

_T = TypeVar("_T")

OLDEST_YEARS = 120


def read_patient(desk: Desk, form: PatientForm) -> Patient:
    """Return the patient that the form describes; nothing is stored.

    Raises:
        Refused: with every mistake of the form.
    """
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
    values["earlier_transplants_on"] = tuple(
        reader.take(lambda: _earlier_transplants(desk, form, born, values["transplant_on"]), [])
    )
    values["weight_g"] = reader.take(lambda: read_weight(form.weight) if form.weight.strip() else None, None)
    values["weighed_on"] = reader.take(lambda: _measured_on(desk, form, "weight", "weighed_on", born), None)
    values["height_mm"] = reader.take(lambda: read_height(form.height) if form.height.strip() else None, None)
    values["igg_g_per_l"] = reader.take(lambda: read_igg(form.igg) if form.igg.strip() else None, None)
    values["igg_on"] = reader.take(lambda: _measured_on(desk, form, "igg", "igg_on", born), None)
    values["risks"] = tuple(reader.take(lambda: _each(form.risks, "risks", N_("Risks"), records.Risk), ()))
    values["conditions"] = tuple(
        reader.take(lambda: _each(form.conditions, "conditions", N_("Conditions"), Condition), ())
    )
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
        "medicines": (message(N_("Other medicines")), 500, False),
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
    "donor_kind": (N_("Donor"), records.DonorKind),
}


def _printable(text: str, field: str, name: Message) -> str:
    """Return `text` when every character of it can be printed: whoever is registered gets a sheet."""
    from ivigdesk.sheets.glyphs import check_text  # late: reads the fonts

    try:
        check_text(text, name)
    except KnownError as error:
        raise UserMistake(field, error.message) from error
    return text


def _choice(field: str, text: str, kind: Any, value: str) -> str:
    return cast(str, chosen(kind, value, field=field, name=message(text)))


def _each(values: tuple[str, ...], field: str, text: str, kind: Any) -> tuple[str, ...]:
    """Return the ticked words, each once, in the order in which the type names them."""
    ticked = {_choice(field, text, kind, value) for value in values}
    return tuple(word for word in get_args(kind) if word in ticked)


def _birth(text: str, now: date) -> date:
    name = message(N_("Birth date"))
    born = read_date(text, field="birth_on", name=name, base=now)
    not_in_the_future(born, field="birth_on", name=name, now=now)
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
    not_before_birth(day, field="transplant_on", name=name, birth_on=born)
    if (day - now).days > 366:
        raise UserMistake(
            "transplant_on",
            message(N_("{name}: {value} is more than a year ahead. Check the year."), name=name, value=day),
        )
    return day


_MEASURED_ON = {"weighed_on": N_("Weighed on"), "igg_on": N_("IgG measured on")}


def _measured_on(desk: Desk, form: PatientForm, value: str, field: str, born: date) -> date | None:
    """Return the day of a measurement; None when none was typed."""
    if not getattr(form, value).strip():
        return None
    return read_past_day(desk, getattr(form, field), field=field, name=message(_MEASURED_ON[field]), birth_on=born)


def _earlier_transplants(desk: Desk, form: PatientForm, born: date, latest: date | None) -> list[date]:
    """Return the days of the transplants before the latest, ascending."""
    field, name = "earlier_transplants_on", message(N_("Earlier transplants"))
    typed = [part for part in re.split(r"[,，;；、\s]+", form.earlier_transplants_on) if part]
    days = sorted(read_past_day(desk, part, field=field, name=name, birth_on=born) for part in typed)
    for before, day in itertools.pairwise(days):
        if before == day:
            raise UserMistake(field, message(N_("{name}: {value} was entered twice."), name=name, value=day))
    if days and not form.transplant_on.strip():
        raise UserMistake(
            field, message(N_("{name}: write the latest of them into the transplant date as well."), name=name)
        )
    if days and latest is not None and days[-1] >= latest:
        raise UserMistake(
            field,
            message(
                N_("{name}: {value} is not before the latest transplant on {latest}."),
                name=name,
                value=days[-1],
                latest=latest,
            ),
        )
    return days


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
