"""Finding a patient by whatever a nurse types."""

from __future__ import annotations

import pytest

from ivigdesk.store import Ward
from ivigdesk.store.records.search import normalised, pinyin_forms
from tests.store import samples
from tests.store.conftest import Save

TYPED = ("王小明", "小明", "王", "wxm", "WXM", "wangxiaoming", "wang xiaoming", "xiaoming wang", "ming", " 小明 ")


@pytest.mark.parametrize("typed", [*TYPED, "MRN-0042", "0042", "b 12"])
def test_a_chinese_name_is_found_by_characters_pinyin_initials_number_and_bed(
    ward: Ward, save: Save, typed: str
) -> None:
    wanted = samples.a_patient("wang", record_number="MRN-0042", bed="B 12")
    save(wanted, samples.a_patient("zhou", family_name="周", given_name="芳"))
    assert ward.find_patients(typed) == (wanted,)


@pytest.mark.parametrize("typed", ["Müller", "muller", "MÜLLER", "José", "jose muller", "müller", "ｊｏｓｅ"])
def test_case_accents_and_width_do_not_matter(ward: Ward, save: Save, typed: str) -> None:
    wanted = samples.a_patient("m", family_name="Müller", given_name="José", bed="")
    save(wanted, samples.a_patient("zhou", family_name="周", given_name="芳"))
    assert ward.find_patients(typed) == (wanted,)


@pytest.mark.parametrize("typed", ["%", "_", "\\", "' OR 1=1 --", "nobody", "*"])
def test_signs_are_only_signs(ward: Ward, save: Save, typed: str) -> None:
    save(samples.a_patient())
    assert ward.find_patients(typed) == ()


def test_the_local_name_is_found_too(ward: Ward, save: Save) -> None:
    wanted = samples.a_patient("li", family_name="Li", given_name="Na", local_name="李娜")
    save(wanted)
    assert ward.find_patients("李娜") == ward.find_patients("lina") == ward.find_patients("ln") == (wanted,)


@pytest.mark.parametrize("typed", ["shandan", "dandan", "sd"])
def test_a_family_name_with_two_readings_is_found_by_both(ward: Ward, save: Save, typed: str) -> None:
    wanted = samples.a_patient("shan", family_name="单", given_name="丹")
    save(wanted)
    assert ward.find_patients(typed) == (wanted,)


@pytest.mark.parametrize("typed", ["lv", "lu"])
def test_the_umlaut_is_typed_either_way(typed: str) -> None:
    assert typed in pinyin_forms("吕")


def test_an_edit_is_found_by_the_new_name_only(ward: Ward, save: Save) -> None:
    save(samples.a_patient(given_name="小明"))
    edited = samples.a_patient(given_name="大伟")
    save(edited)
    assert ward.find_patients("小明") == ()
    assert ward.find_patients("dawei") == (edited,)


def test_a_blank_text_finds_everybody_up_to_the_limit(ward: Ward, save: Save) -> None:
    save(*(samples.a_patient(str(number)) for number in range(5)))
    assert len(ward.find_patients("")) == 5
    assert len(ward.find_patients(" ", limit=2)) == 2


@pytest.mark.parametrize("name", samples.NAMES)
def test_normalising_twice_changes_nothing(name: str) -> None:
    assert normalised(normalised(name)) == normalised(name)
