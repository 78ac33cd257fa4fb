"""A patient is registered, corrected and weighed; what cannot be right is refused under its field."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import find_patients, patient_numbered
from ivigdesk.actions.patients.register_patient import (
    PatientForm,
    Refused,
    edit_patient,
    form_of,
    mistakes_of,
    register_patient,
    weigh_patient,
)
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.units import plain
from tests.conftest import li_na


def test_a_registered_patient_is_found_by_name_pinyin_number_and_bed(desk: Desk, patient: Patient) -> None:
    for text in ("li na", "李娜", "lina", "ln", "004217", "07"):
        assert [row.patient for row in find_patients(desk, text)] == [patient], text
    assert find_patients(desk, "nobody") == ()
    assert patient_numbered(desk, "BMT-004217") == patient


def test_all_mistakes_of_a_form_are_said_at_once(desk: Desk) -> None:
    form = PatientForm(birth_on="2026-02-30", weight="700", weighed_on="t", height="1.75", transplant_on="soon")
    fields = [mistake.field for mistake in mistakes_of(desk, form)]
    assert fields == ["record_number", "family_name", "given_name", "birth_on", "transplant_on", "weight", "height"]
    with pytest.raises(Refused):
        register_patient(desk, form)
    assert desk.ward.patients() == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"birth_on": "2026-03-03"}, "birth_on"),
        ({"birth_on": "1880-01-01"}, "birth_on"),
        ({"transplant_on": "1979-08-13"}, "transplant_on"),
        ({"transplant_on": "2028-01-01"}, "transplant_on"),
        ({"weighed_on": ""}, "weighed_on"),
        ({"weighed_on": "+1"}, "weighed_on"),
        ({"weighed_on": "1979-01-01"}, "weighed_on"),
        ({"weight": "0"}, "weight"),
        ({"weight": ".5"}, "weight"),
        ({"weight": "1e1"}, "weight"),
        ({"weight": "٧٠"}, "weight"),
        ({"height": "1.66"}, "height"),
        ({"igg": "400", "igg_on": "t"}, "igg"),
        ({"igg": "4.2"}, "igg_on"),
        ({"igg": "4.2", "igg_on": "+1"}, "igg_on"),
        ({"sex": "x"}, "sex"),
        ({"allergies": ""}, "allergies"),
        ({"family_name": "a" * 501}, "family_name"),
        ({"family_name": "Li\u202e"}, "family_name"),
        ({"given_name": "N\x00a"}, "given_name"),
        ({"risks": ("unlucky",)}, "risks"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused_under_its_field(
    desk: Desk, change: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        register_patient(desk, msgspec.structs.replace(li_na(), **change))
    assert [mistake.field for mistake in refused.value.mistakes] == [field]
    assert desk.ward.patients() == ()


@pytest.mark.parametrize("name", ["<b>Ana</b>", "O'Brien & Söhne", '"Bobby"; DROP TABLE', "x" * 500, "龘龘", "<Anna>"])
def test_a_name_is_kept_as_it_was_typed(desk: Desk, name: str) -> None:
    stored = register_patient(desk, msgspec.structs.replace(li_na(), family_name=name))
    found = desk.ward.patient(stored.id)
    assert found is not None
    assert found.family_name == name


def test_a_name_that_cannot_be_printed_is_refused_with_the_character_named(desk: Desk) -> None:
    with pytest.raises(Refused, match="U\\+1F600") as refused:
        register_patient(desk, msgspec.structs.replace(li_na(), given_name="Na \U0001f600"))
    assert refused.value.mistakes[0].field == "given_name"


def test_a_record_number_belongs_to_one_patient(desk: Desk, patient: Patient) -> None:
    with pytest.raises(Refused, match="LI, Na") as refused:
        register_patient(desk, li_na())
    assert refused.value.mistakes[0].field == "record_number"
    assert patient.record_number == "BMT-004217"


def test_saving_a_form_twice_makes_one_patient(desk: Desk) -> None:
    form = li_na()
    assert register_patient(desk, form) == register_patient(desk, form)
    assert len(desk.ward.patients()) == 1


def test_an_edit_is_a_new_version_and_the_journal_keeps_both(desk: Desk, patient: Patient) -> None:
    edit_patient(desk, msgspec.structs.replace(form_of(patient), bed="12"), "moved")
    found = desk.ward.patient(patient.id)
    assert found is not None
    assert found.bed == "12"
    beds = [record.bed for entry in desk.ward.journal() for record in entry.changes() if isinstance(record, Patient)]
    assert beds == ["07", "12"]


def test_a_weight_is_stored_with_its_day(desk: Desk, patient: Patient, clock: SetClock) -> None:
    clock.advance(timedelta(days=2))
    weighed = weigh_patient(desk, patient.id, "68,5", "2026-03-03")
    assert (weighed.weight_g, str(weighed.weighed_on)) == (68_500, "2026-03-03")
    for weight, day in (("1,500", "t"), ("68", "+1"), ("68", "1970-01-01")):
        with pytest.raises(UserMistake):
            weigh_patient(desk, patient.id, weight, day)
    assert desk.ward.patient(patient.id) == weighed


def test_an_older_weight_is_kept_and_the_newest_stays_the_present_one(desk: Desk, patient: Patient) -> None:
    assert weigh_patient(desk, patient.id, "68,5", "2026-03-01") == patient
    assert _values(desk, patient) == [("height", "166", 2), ("weight", "68.5", 1), ("weight", "70", 2)]


def test_of_two_weights_of_one_day_the_second_counts_and_saving_it_twice_makes_one(
    desk: Desk, patient: Patient
) -> None:
    weighed = weigh_patient(desk, patient.id, "69")
    assert weighed.weight_g == 69_000
    head = desk.ward.journal_head()
    assert weigh_patient(desk, patient.id, "69") == weighed
    assert desk.ward.journal_head() == head


def test_a_form_brings_its_measurements_among_the_laboratory_values(desk: Desk) -> None:
    form = msgspec.structs.replace(li_na(), weighed_on="-1", igg="3.9", igg_on="-5")
    stored = register_patient(desk, form)
    assert _values(desk, stored) == [("height", "166", 1), ("igg", "3.9", 25), ("weight", "70", 1)]
    register_patient(desk, form)
    assert len(desk.ward.lab_values_of(stored.id)) == 3, "saving twice measures nobody twice"
    assert desk.ward.check().is_sound


def test_an_edited_measurement_corrects_and_a_later_one_is_added(desk: Desk, patient: Patient, clock: SetClock) -> None:
    edited = edit_patient(desk, msgspec.structs.replace(form_of(patient), weight="60"), "misread")
    assert _values(desk, patient) == [("height", "166", 2), ("weight", "60", 2)]
    (weight,) = (value for value in desk.ward.lab_values_of(patient.id) if value.test == "weight")
    assert [value.value for value in desk.ward.lab_value_history(weight.id)] == [60, 70]
    assert weight.reason == "misread"
    clock.advance(timedelta(days=1))
    edit_patient(desk, msgspec.structs.replace(form_of(edited), weight="61", weighed_on="t"))
    assert _values(desk, patient) == [("height", "166", 2), ("weight", "60", 2), ("weight", "61", 3)]
    head = len(list(desk.ward.journal()))
    edit_patient(desk, msgspec.structs.replace(form_of(edited), weight="61", weighed_on="t", bed="12"))
    assert len(desk.ward.lab_values_of(patient.id)) == 3, "a bed is no measurement"
    assert len(list(desk.ward.journal())) == head + 1


def _values(desk: Desk, patient: Patient) -> list[tuple[str, str, int]]:
    """Return the current values as test, number and day of the month, by test."""
    values = desk.ward.lab_values_of(patient.id)
    return sorted((value.test, plain(value.value), value.taken_on.day) for value in values)


def test_conditions_medicines_donor_and_earlier_transplants_come_back_in_the_form(desk: Desk) -> None:
    form = msgspec.structs.replace(
        li_na(),
        conditions=("sepsis", "iga-deficiency", "sepsis"),
        medicines="furosemide, 呋塞米",
        donor_kind="cord-blood",
        earlier_transplants_on="2025-06-01，2024-02-29",
    )
    stored = register_patient(desk, form)
    assert stored.conditions == ("iga-deficiency", "sepsis")
    assert (stored.medicines, stored.donor_kind) == ("furosemide, 呋塞米", "cord-blood")
    assert stored.earlier_transplants_on == (date(2024, 2, 29), date(2025, 6, 1))
    assert form_of(stored).earlier_transplants_on == "2024-02-29, 2025-06-01"
    assert edit_patient(desk, form_of(stored)) == stored


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"conditions": ("unlucky",)}, "conditions"),
        ({"donor_kind": "friend"}, "donor_kind"),
        ({"medicines": "x" * 501}, "medicines"),
        ({"earlier_transplants_on": "2025-12-20"}, "earlier_transplants_on"),
        ({"earlier_transplants_on": "2025-12-21"}, "earlier_transplants_on"),
        ({"earlier_transplants_on": "2025-02-29"}, "earlier_transplants_on"),
        ({"earlier_transplants_on": "1979-08-13"}, "earlier_transplants_on"),
        ({"earlier_transplants_on": "2024-01-01, 2024-01-01"}, "earlier_transplants_on"),
        ({"earlier_transplants_on": "2024-01-01", "transplant_on": ""}, "earlier_transplants_on"),
    ],
)
def test_what_was_added_to_the_form_is_refused_under_its_field(
    desk: Desk, change: dict[str, object], field: str
) -> None:
    fields = [mistake.field for mistake in mistakes_of(desk, msgspec.structs.replace(li_na(), **change))]
    assert fields == [field]


def test_the_day_before_the_latest_transplant_is_an_earlier_one(desk: Desk) -> None:
    stored = register_patient(desk, msgspec.structs.replace(li_na(), earlier_transplants_on="2025-12-19"))
    assert stored.earlier_transplants_on == (date(2025, 12, 19),)
    assert stored.transplant_day_on(date(2025, 12, 20)) == 0, "days count from the latest (FACTS 2.2 E10)"


def test_editing_somebody_who_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(KnownError, match="not in the ward"):
        edit_patient(desk, li_na())
