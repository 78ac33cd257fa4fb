"""A patient is registered, corrected and weighed; what cannot be right is refused under its field."""

from __future__ import annotations

import msgspec
import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import find_patients, patient_numbered
from ivigdesk.actions.register_patient import (
    PatientForm,
    Refused,
    edit_patient,
    form_of,
    mistakes_of,
    register_patient,
    weigh_patient,
)
from ivigdesk.clinical.patient import Patient
from ivigdesk.errors import KnownError, UserMistake
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


def test_a_weight_is_stored_with_its_day(desk: Desk, patient: Patient) -> None:
    weighed = weigh_patient(desk, patient.id, "68,5", "2026-03-01")
    assert (weighed.weight_g, str(weighed.weighed_on)) == (68_500, "2026-03-01")
    for weight, day in (("1,500", "t"), ("68", "+1"), ("68", "1970-01-01")):
        with pytest.raises(UserMistake):
            weigh_patient(desk, patient.id, weight, day)
    assert desk.ward.patient(patient.id) == weighed


def test_editing_somebody_who_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(KnownError, match="not in the ward"):
        edit_patient(desk, li_na())
