"""The recall of a lot: nobody who got it is missing, however somebody spelt it, and nobody who still could."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.lots import find_lot, is_one_slip, plain_lot, read_lot
from ivigdesk.actions.ward.recall import known_recall, recall
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.wording import Wording
from tests.actions.ward import effects_ward
from tests.store import samples

replace = msgspec.structs.replace


@pytest.fixture(autouse=True)
def filled(desk: Desk) -> None:
    effects_ward.fill(desk, 3)


@pytest.mark.parametrize(
    "typed", ["P1004-71881", "p1004 71881", "P100471881", " p1004-71881 ", "Ｐ１００４７１８８１", "P1004\u201071881"]
)
def test_every_spelling_finds_every_dose(desk: Desk, typed: str) -> None:
    found = recall(desk, typed)
    assert found.is_known
    (row,) = found.rows
    assert (row.patient.id, row.number, row.doses_in_all) == (samples.named("patient wang"), 1, 5)
    assert ([vial.lot for vial in row.vials], row.mg) == (["P1004-71881", "p1004 71881"], 5000)
    assert (row.status, row.given_dose_mg, row.nurse) == ("given", 10000, "Li Na")
    assert [effect.code for effect in row.side_effects] == ["AE14", "AE10"]


def test_the_exact_spelling_stands_first(desk: Desk) -> None:
    assert find_lot(desk, "p1004 71881").spellings[0] == "p1004 71881"
    assert find_lot(desk, "P1004-71881").spellings[0] == "P1004-71881"
    assert len(find_lot(desk, "P1004-71881").spellings) == 3


def test_what_lies_ready_comes_before_what_is_only_planned(desk: Desk) -> None:
    found = recall(desk, "P1004-71881")
    (ready,) = found.prepared
    assert (ready.patient.id, ready.number, len(ready.vials)) == (samples.named("patient zhao"), 1, 1)
    assert [(one.patient.record_number, one.number, one.vials) for one in found.planned] == [
        ("N-zhao", 2, ()),
        ("N-wang", 4, ()),
        ("N-wang", 5, ()),
    ]
    assert found.to_come == (ready, *found.planned)


def test_a_lot_that_only_lies_ready_is_known(desk: Desk) -> None:
    effects_ward.add(desk, samples.a_prepared_vial(samples.named("dose zhao 2"), lot="READY-7"))
    found = recall(desk, "ready7")
    assert (found.is_known, found.rows, len(found.prepared)) == (True, (), 1)


def test_what_was_entered_in_error_or_not_given_is_listed_and_counts_as_nobody(desk: Desk) -> None:
    (course,) = desk.ward.courses_of(samples.named("patient wang"))
    one, *rest = course.doses
    effects_ward.add(desk, samples.a_revision("wang", 2, (replace(one, is_error=True), *rest), verb="error"))
    found = recall(desk, "P1004-71881")
    assert [row.status for row in found.rows] == ["entered in error"]
    assert (found.patients, found.vials, found.mg) == (0, 2, 5000)


def test_a_running_infusion_is_there_without_an_end(desk: Desk) -> None:
    running = samples.an_infusion("wang", 4)
    effects_ward.add(desk, running, samples.a_vial(running, lot="P1004-71881"))
    last = recall(desk, "P1004-71881").rows[-1]
    assert (last.status, last.given_dose_mg) == ("running", None)


@pytest.mark.parametrize("typed", ["P1004-71880", "P1004-7188", "P1004-718811", "P1004-71818", "Q1004-71881"])
def test_one_slip_offers_the_lot_that_is_meant(desk: Desk, typed: str) -> None:
    found = recall(desk, typed)
    assert (found.is_known, found.rows, found.to_come) == (False, (), ())
    assert [plain_lot(lot) for lot in found.near] == ["p100471881"]
    with pytest.raises(KnownError, match="Nearly the same"):
        known_recall(desk, typed)


def test_two_slips_offer_nothing_and_say_so(desk: Desk, english: Wording) -> None:
    assert recall(desk, "P1005-71880").near == ()
    with pytest.raises(KnownError) as refused:
        known_recall(desk, "P1005-71880")
    assert english.say_error(refused.value) == "Lot: no record has “P1005-71880”. Nobody on this ward got it."


def test_a_scanned_code_is_looked_up_by_its_lot(desk: Desk) -> None:
    assert read_lot("(01)06901234567892(17)270531(10)P1004-71881") == "P1004-71881"
    scanned = "]d20106901234567892172705311021P100471881"
    assert recall(desk, "]d2010690123456789217270531" + "10P1004-71881").is_known
    assert not recall(desk, scanned).is_known


def test_a_code_in_which_lot_and_serial_ran_together_still_offers_the_lot(desk: Desk) -> None:
    found = recall(desk, "]d201069012345678921727053110P1004-7188121S0001")
    assert not found.is_known
    assert [plain_lot(lot) for lot in found.near] == ["p100471881"]


@pytest.mark.parametrize("typed", ["", "   ", "a\u202eb", "x" * 201])
def test_what_cannot_be_a_lot_is_refused_in_a_sentence(desk: Desk, typed: str) -> None:
    with pytest.raises(UserMistake) as mistake:
        recall(desk, typed)
    assert mistake.value.field == "lot"


letters = st.text("AB1", min_size=1, max_size=6)


@given(letters, letters)
def test_one_slip_is_what_one_edit_makes(one: str, other: str) -> None:
    edits = {one[:at] + one[at + 1 :] for at in range(len(one))}
    for at in range(len(one) + 1):
        edits |= {one[:at] + letter + one[at:] for letter in "AB1"}
        edits |= {one[:at] + letter + one[at + 1 :] for letter in "AB1" if at < len(one)}
        edits |= {one[:at] + one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]}
    assert is_one_slip(one, other) == (one != other and other in edits)
    assert is_one_slip(one, other) == is_one_slip(other, one)
