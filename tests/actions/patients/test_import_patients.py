"""A file of patients is taken once, whole or not at all, and what was not taken is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients import import_patients as room
from ivigdesk.actions.patients.import_patients import import_patients
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.wording import Wording

HEAD = """\
@relation few
@attribute recipient_age numeric
@attribute recipient_gender {female, male}
@attribute recipient_body_mass numeric
@attribute recipient_ABO {0, A, AB, B}
@attribute recipient_rh {minus, plus}
@attribute recipient_CMV {absent, present}
@attribute donor_ABO {0, A, AB, B}
@attribute donor_CMV {absent, present}
@attribute disease {ALL, AML}
@attribute stem_cell_source {bone_marrow, peripheral_blood}
@data
"""
ROWS = """\
9.6,male,35.0,A,plus,present,A,present,ALL,peripheral_blood
5.0,female,?,0,plus,absent,B,?,AML,bone_marrow
?,female,20,0,plus,absent,B,?,AML,bone_marrow
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two children who can be taken, one without a mass, and one without an age."""
    path = tmp_path / "few.arff"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


def test_what_can_be_taken_is_and_a_missing_value_stays_missing(desk: Desk, file: Path) -> None:
    taken = import_patients(desk, file, as_of="2026-03-01")
    assert desk.ward.patients() == tuple(sorted(taken.patients, key=lambda one: one.given_name))
    first, second = taken.patients
    assert (first.record_number, first.weight_g, str(first.weighed_on)) == ("BM-001", 35_000, "2026-03-01")
    assert str(first.birth_on) == "2016-07-25"
    assert (second.weight_g, second.weighed_on, second.donor_cmv) == (None, None, "unknown")
    assert [(one.row, one.line) for one in taken.skipped] == [(3, 15)]
    entries = list(desk.ward.journal())
    assert (entries[-1].action, entries[-1].reason) == ("patients imported", "few.arff")


def test_a_donor_is_called_matched_only_where_the_table_says_so(desk: Desk, tmp_path: Path, english: Wording) -> None:
    path = tmp_path / "donors.arff"
    head = HEAD.replace("@data", "@attribute HLA_mismatch {matched, mismatched}\n@data")
    words = ("matched", "mismatched", "?")
    rows = "".join(f"9.6,male,35.0,A,plus,present,A,present,ALL,peripheral_blood,{word}\n" for word in words)
    path.write_text(head + rows, encoding="utf-8")
    taken = import_patients(desk, path)
    assert [one.donor_kind for one in taken.patients] == ["matched-unrelated", "unknown", "unknown"]
    assert {one.donor for one in taken.patients} == {"unrelated"}
    assert {one.transplant_kind for one in taken.patients} == {"allogeneic"}
    said = [english.say(note) for note in taken.notes]
    assert any(note.startswith("Taken: ") and "HLA_mismatch" in note for note in said)


def test_every_note_and_reason_can_be_said_in_both_languages(
    desk: Desk, file: Path, english: Wording, chinese: Wording
) -> None:
    taken = import_patients(desk, file)
    for sentence in (*taken.notes, *(one.reason for one in taken.skipped)):
        assert english.say(sentence)
        assert not chinese.say(sentence).isascii()


def test_taking_a_file_twice_registers_nobody_twice(desk: Desk, file: Path) -> None:
    first = import_patients(desk, file)
    head = desk.ward.journal_head()
    again = import_patients(desk, file)
    assert again.patients == ()
    assert [one.row for one in again.skipped] == [1, 2, 3], "in the order of the file"
    assert desk.ward.journal_head() == head, "nothing was stored, so there is no entry"
    assert len(desk.ward.patients()) == len(first.patients)


def test_a_dry_run_says_the_same_and_stores_nothing(desk: Desk, file: Path) -> None:
    head = desk.ward.journal_head()
    would = import_patients(desk, file, dry_run=True)
    assert desk.ward.patients() == ()
    assert desk.ward.journal_head() == head
    assert import_patients(desk, file) == would


@pytest.mark.parametrize("as_of", ["+1", "2026-03-03", "2026-02-30", "1899-12-31", "", "yesterday"])
def test_a_day_that_cannot_be_is_refused_and_nothing_stored(desk: Desk, file: Path, as_of: str) -> None:
    with pytest.raises(UserMistake) as refused:
        import_patients(desk, file, as_of=as_of)
    assert refused.value.field == "as_of"
    assert desk.ward.patients() == ()


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"\xff\xfe", b"no table", HEAD.encode(), (HEAD + "1,2").encode()]
)
def test_a_file_that_is_no_table_is_refused_and_nothing_stored(desk: Desk, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.arff"
    path.write_bytes(content)
    with pytest.raises(KnownError):
        import_patients(desk, path)
    assert desk.ward.patients() == ()


def test_a_file_that_cannot_be_read_is_named_with_the_reason(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"“none\.arff” cannot be read: there is no such file"):
        import_patients(desk, tmp_path / "none.arff")
    with pytest.raises(KnownError, match="cannot be read: this is a folder"):
        import_patients(desk, tmp_path)


def test_a_file_that_is_too_large_is_not_even_read(desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_BYTES", 10)
    with pytest.raises(KnownError, match="is larger than"):
        import_patients(desk, file)


def test_nobody_on_duty_imports_nobody(desk: Desk, file: Path) -> None:
    desk.nurse = ""
    with pytest.raises(KnownError, match="Nobody is on duty"):
        import_patients(desk, file)
    assert desk.ward.patients() == ()
