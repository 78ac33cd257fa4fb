"""Children of the public table become patients without anything being invented."""

from __future__ import annotations

import os
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.exchange.arff import read_arff
from ivigdesk.exchange.bone_marrow import ImportedPatient, ImportReport, patients_from_arff
from ivigdesk.wording import Wording

AS_OF = date(2026, 3, 1)
CHILDREN = (Path(__file__).parent / "children.arff").read_text(encoding="utf-8")
ENGLISH = Wording("en")


@pytest.fixture(scope="module")
def report() -> ImportReport:
    return import_text(CHILDREN)


def import_text(text: str, as_of: date = AS_OF) -> ImportReport:
    return patients_from_arff(read_arff(text.encode(), "children.arff"), as_of=as_of)


def notes_of(report: ImportReport) -> str:
    return "\n".join(ENGLISH.say(note) for note in report.notes)


def test_a_row_becomes_a_patient_with_what_the_table_says(report: ImportReport) -> None:
    assert report.rows[0] == ImportedPatient(
        row=1,
        line=19,
        record_number="BM-001",
        family_name="Child",
        given_name="001",
        birth_on=AS_OF - timedelta(days=3652),
        sex="female",
        weight_g=30_500,
        weighed_on=AS_OF,
        blood_group="O",
        rhesus="positive",
        donor_blood_group="O",
        cmv="negative",
        donor_cmv="positive",
        diagnosis="ALL",
        stem_cell_source="bone marrow",
        transplant_kind="allogeneic",
        donor="unrelated",
    )


def test_an_infants_mass_is_exact_to_the_gram_and_an_age_of_months_to_the_day(report: ImportReport) -> None:
    infant = report.rows[1]

    assert infant.weight_g == 6_050
    assert infant.birth_on == AS_OF - timedelta(days=219)  # 0.6 x 365.25 = 219.15
    assert (infant.blood_group, infant.rhesus, infant.cmv, infant.donor_cmv) == (
        "AB",
        "negative",
        "positive",
        "negative",
    )


def test_what_is_missing_stays_missing(report: ImportReport) -> None:
    child = report.rows[2]

    assert (child.weight_g, child.weighed_on) == (None, None)
    assert (child.blood_group, child.rhesus, child.donor_blood_group) == ("unknown", "unknown", "unknown")
    assert (child.cmv, child.donor_cmv) == ("unknown", "unknown")
    assert child.stem_cell_source == ""


def test_a_newborn_is_born_on_the_import_date(report: ImportReport) -> None:
    assert report.rows[-1].birth_on == AS_OF
    assert report.rows[-1].record_number == "BM-009"


def test_an_implausible_row_is_skipped_with_its_value_and_what_is_allowed(report: ImportReport) -> None:
    reasons = {skipped.row: ENGLISH.say(skipped.reason).replace("\u00a0", " ") for skipped in report.skipped}

    assert reasons == {
        4: "Age 200 cannot be used. Allowed: 0 to 120 years.",
        5: "Age -1 cannot be used. Allowed: 0 to 120 years.",
        6: "Body mass 0 kg cannot be used. Allowed: 0.3 to 300 kg.",
        7: "Body mass 700 kg cannot be used. Allowed: 0.3 to 300 kg.",
        8: "The age is missing: there would be no birth date.",
    }
    assert [skipped.line for skipped in report.skipped] == [23, 24, 25, 26, 27]


def test_a_rows_record_number_does_not_depend_on_skipped_rows(report: ImportReport) -> None:
    assert [row.record_number for row in report.rows] == ["BM-001", "BM-002", "BM-003", "BM-009"]
    assert all(row.record_number == f"BM-{row.row:03d}" for row in report.rows)


def test_the_notes_say_what_was_taken_left_and_is_missing(report: ImportReport) -> None:
    notes = notes_of(report)

    assert "4 patients can be taken." in notes
    assert "no names" in notes
    assert "follow from other columns: disease_group." in notes
    assert "after the transplant: survival_time." in notes
    assert "no place for them: risk_group." in notes
    assert "1 patient has no body mass" in notes
    assert "BM-003" in notes
    assert "CMV of the recipient: 1 positive, 2 negative, 1 unknown." in notes
    assert "Donor positive, recipient negative: 2." in notes


def test_every_field_of_an_imported_patient_but_its_place_belongs_to_a_patient() -> None:
    own = set(ImportedPatient.__struct_fields__) - {"row", "line"}

    assert own <= set(Patient.__struct_fields__)


def test_a_table_without_a_needed_column_is_refused_by_name() -> None:
    with pytest.raises(KnownError) as caught:
        import_text(CHILDREN.replace("recipient_body_mass", "body_mass"))

    sentence = ENGLISH.say_error(caught.value)
    assert "no column “recipient_body_mass”" in sentence
    assert "recipient_age" in sentence


def test_a_column_of_another_kind_is_refused_by_name() -> None:
    with pytest.raises(KnownError) as caught:
        import_text(CHILDREN.replace("recipient_age NUMERIC", "recipient_age string"))

    assert "Column “recipient_age” is string; it must be numeric" in ENGLISH.say_error(caught.value)


def test_a_word_that_is_not_understood_never_becomes_unknown_in_silence() -> None:
    with pytest.raises(KnownError) as caught:
        import_text(CHILDREN.replace("recipient_CMV {absent, present}", "recipient_CMV {absent, present, low}"))

    sentence = ENGLISH.say_error(caught.value)
    assert "“recipient_CMV” has the value “low”" in sentence
    assert "present, absent" in sentence


def test_an_import_date_that_is_a_slip_is_refused() -> None:
    with pytest.raises(UserMistake) as caught:
        import_text(CHILDREN, date(206, 3, 1))

    assert caught.value.field == "as_of"


def test_the_187_real_children_are_taken() -> None:
    path = _real_table()
    report = patients_from_arff(read_arff(path.read_bytes(), path.name), as_of=AS_OF)

    assert len(report.rows) == 187
    assert report.skipped == ()
    assert [row.record_number for row in report.rows if row.weight_g is None] == ["BM-093", "BM-103"]
    weights = [row.weight_g for row in report.rows if row.weight_g is not None]
    assert (min(weights), max(weights)) == (6_000, 103_400)
    assert {row.blood_group for row in report.rows} == {"O", "A", "B", "AB", "unknown"}
    assert sum(row.blood_group == "O" for row in report.rows) == 48
    assert sum(row.cmv == "unknown" for row in report.rows) == 14
    assert sum(row.donor_cmv == "unknown" for row in report.rows) == 2
    assert {row.stem_cell_source for row in report.rows} == {"bone marrow", "peripheral blood"}
    ages = [Decimal((AS_OF - row.birth_on).days) / Decimal("365.25") for row in report.rows]
    assert all(0 < age < 21 for age in ages)


def _real_table() -> Path:
    """Return the real table, where the environment or the neighbouring folder has it."""
    root = Path(__file__).resolve().parents[2]
    named = os.environ.get("IVIGDESK_REAL")
    path = Path(named) if named else root.parent / "shared" / "real" / "bone-marrow.arff"
    path = path / "bone-marrow.arff" if path.is_dir() else path
    if not path.is_file():
        pytest.skip("the real table is not here; IVIGDESK_REAL names the file or its folder")
    return path
