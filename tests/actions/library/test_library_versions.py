"""A course is read and printed as it was made, whatever became of the library since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from ivigdesk import resources
from ivigdesk.actions.courses.plan_course import confirm, propose
from ivigdesk.actions.courses.reweigh_course import proposal as weigh_anew
from ivigdesk.actions.desk import Desk, open_desk, set_ward, sign_in
from ivigdesk.actions.library.files import Library
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.actions.look_up import tasks_of
from ivigdesk.actions.patients.record_lab_value import LabForm, record
from ivigdesk.actions.printing.print_sheets import dose_sheet, plan_sheet
from ivigdesk.cli.context import Context
from ivigdesk.cli.course_json import course_as_data
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError
from ivigdesk.wording import Wording
from tests.actions.giving import give
from tests.conftest import cmv_plan
from tests.sheets.golden import page_texts

CMV = "cmv-pneumonia-fred-hutch"
ENGLISH, CHINESE = Wording("en"), Wording("zh_CN")


class Seen(msgspec.Struct, frozen=True):
    """Everything that a person sees of a course, and its sheets byte by byte."""

    data: dict[str, object]
    course: Course
    plan_text: list[str]
    plans: tuple[bytes, ...]
    bedside: tuple[bytes, ...]


def seen(desk: Desk, course_id: UUID) -> Seen:
    view = look_up_course(desk, course_id)
    plans = tuple(
        plan_sheet(desk, course_id, words, with_trace=with_trace).pdf
        for words in (ENGLISH, CHINESE)
        for with_trace in (False, True)
    )
    return Seen(
        data=course_as_data(Context(ENGLISH), view, tasks_of(desk, view)),
        course=view.course,
        plan_text=page_texts(plans[0]),
        plans=plans,
        bedside=tuple(
            dose_sheet(desk, course_id, number, words).pdf for number in (1, 2) for words in (ENGLISH, CHINESE)
        ),
    )


def must_be_as_before(desk: Desk, before: Seen) -> None:
    now = seen(desk, before.course.id)
    assert now.course == before.course
    assert now.data == before.data
    assert now.plan_text == before.plan_text
    assert now.plans == before.plans
    assert now.bedside == before.bedside


def shipped(kind: str, name: str) -> str:
    return resources.folder(kind, f"{name}.toml").read_text(encoding="utf-8")


def changed(content: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in content, old
        content = content.replace(old, new)
    return content


def own(folder: Path, kind: str, name: str, content: str) -> Path:
    file = folder / "library" / kind / f"{name}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


@pytest.fixture
def own_files(folder: Path, desk: Desk) -> tuple[Path, ...]:
    """A ward's own regimen, product and criteria, in their first version."""
    assert desk.library.problems == ()
    regimen = changed(shipped("regimens", CMV), (f'id = "{CMV}"', 'id = "ward-cmv"'))
    product = changed(shipped("products", "cn-ph4-5"), ('id = "cn-ph4-5"', 'id = "ward-ivig"'))
    return (
        own(folder, "regimens", "ward-cmv", regimen),
        own(folder, "products", "ward-ivig", product),
        own(folder, "criteria", "cms", shipped("criteria", "cms")),
    )


@pytest.fixture
def before(desk: Desk, patient: Patient, own_files: tuple[Path, ...]) -> Seen:
    """The course of LI, Na by the ward's own files, as it was when it was made."""
    assert own_files
    form = cmv_plan(patient, regimen_id="ward-cmv", product_id="ward-ivig", profile="cms")
    return seen(desk, confirm(desk, propose(desk, form), "Payer asked", "Dr S. Kim").id)


def put_second_versions(folder: Path) -> None:
    """Write other doses, another strength, another ladder and other criteria under the same ids."""
    regimen = changed(
        shipped("regimens", CMV),
        (f'id = "{CMV}"', 'id = "ward-cmv"'),
        ('version = "2026-11"', 'version = "2027-01"'),
        ("mg_per_kg = 150", "mg_per_kg = 200"),
        ("for_days = 14", "for_days = 10"),
        ("first_day_choices = [15, 20, 21]", "first_day_choices = [15]"),
        ('en = "', 'en = "SECOND '),
    )
    product = changed(
        shipped("products", "cn-ph4-5"),
        ('id = "cn-ph4-5"', 'id = "ward-ivig"'),
        ('version = "2026-11"', 'version = "2027-01"'),
        ("rate = 3", "rate = 2"),
        ("minutes = 15", "minutes = 20"),
        ('sugar = "maltose"', 'sugar = "none"'),
    )
    criteria = changed(
        shipped("criteria", "cms"), ('version = "2026-11"', 'version = "2027-01"'), ("US Medicare", "SECOND")
    )
    own(folder, "regimens", "ward-cmv", regimen)
    own(folder, "products", "ward-ivig", product)
    own(folder, "criteria", "cms", criteria)


def test_new_versions_of_the_wards_files_change_no_course(desk: Desk, folder: Path, before: Seen) -> None:
    put_second_versions(folder)
    desk.library.read_again()
    assert desk.library.regimen("ward-cmv").version == "2027-01"
    assert desk.library.product("ward-ivig").version == "2027-01"
    assert desk.library.profile("cms").version == "2027-01"
    must_be_as_before(desk, before)


def test_files_that_are_gone_or_broken_change_no_course(
    desk: Desk, folder: Path, own_files: tuple[Path, ...], before: Seen
) -> None:
    for file in own_files:
        file.write_text("id = ", encoding="utf-8")
    desk.library.read_again()
    must_be_as_before(desk, before)
    for file in own_files:
        file.unlink()
    desk.library.read_again()
    with pytest.raises(KnownError, match="not in the library"):
        desk.library.regimen("ward-cmv")
    must_be_as_before(desk, before)


@pytest.fixture
def upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Put a newer program's library in place of the shipped one: every dose, title and ladder is another."""

    def put_in_place() -> None:
        root = tmp_path / "newer"
        (root / "ivigdesk").mkdir(parents=True)
        (root / "resources").mkdir()
        for part in resources.folder().iterdir():
            if part.name in ("regimens", "products", "criteria"):
                (root / "resources" / part.name).mkdir()
                for file in part.iterdir():
                    newer = root / "resources" / part.name / file.name
                    if file.is_dir():
                        newer.symlink_to(file)
                    else:
                        newer.write_text(_newer(file.read_text(encoding="utf-8")), encoding="utf-8")
            else:
                (root / "resources" / part.name).symlink_to(part)
        (root / "resources" / "regimens" / f"{CMV}.toml").unlink()
        monkeypatch.setattr(resources, "_PACKAGE", root / "ivigdesk")

    return put_in_place


def _newer(content: str) -> str:
    return (
        content.replace('version = "2026-11"', 'version = "2099-01"')
        .replace("mg_per_kg = 400", "mg_per_kg = 410")
        .replace("rate = 1\n", "rate = 0.5\n")
        .replace("minutes = 15", "minutes = 25")
        .replace('en = "', 'en = "NEWER ')
        .replace('zh_CN = "', 'zh_CN = "新')
    )


def test_a_newer_program_changes_no_course(
    desk: Desk, folder: Path, clock: SetClock, patient: Patient, upgrade: Callable[[], None]
) -> None:
    made = confirm(desk, propose(desk, cmv_plan(patient, profile="cms")), "Payer asked", "Dr S. Kim")
    before = seen(desk, made.id)
    desk.close()
    upgrade()
    assert Library().product("cn-ph4-5").version == "2099-01"
    assert Library().profile("cms").version == "2099-01"
    with pytest.raises(KnownError, match="not in the library"):
        Library().regimen(CMV)
    newer = open_desk(folder, clock)
    try:
        sign_in(newer, "A. Wong")
        must_be_as_before(newer, before)
    finally:
        newer.close()


def test_the_course_can_still_be_weighed_anew_by_its_own_versions(
    desk: Desk, folder: Path, own_files: tuple[Path, ...], patient: Patient, before: Seen
) -> None:
    """Also while its criteria cannot be read: 150 mg/kg of the first version, in vials of the first version."""
    put_second_versions(folder)
    own_files[2].write_text("id = ", encoding="utf-8")
    desk.library.read_again()
    record(desk, LabForm(patient_id=patient.id, test="weight", value="84", unit="kg", taken_on="t"))
    rows = weigh_anew(desk, before.course.id).rows
    assert len(rows) == len(before.course.doses)
    assert {row.after.mg_per_kg for row in rows} == {150}
    assert {row.after.planned_dose_mg for row in rows} == {12_500}


def test_a_gap_still_begins_anew_at_the_first_versions_initial_rate(
    desk: Desk, folder: Path, own_files: tuple[Path, ...], clock: SetClock, before: Seen
) -> None:
    give(desk, before.course, 1)
    clock.advance(timedelta(days=70))
    own_files[2].write_text("id = ", encoding="utf-8")
    desk.library.read_again()
    assert dose_sheet(desk, before.course.id, 2, ENGLISH).pdf.startswith(b"%PDF")
    assert folder.is_dir()


def test_the_wards_settings_do_not_reach_back_either(desk: Desk, before: Seen) -> None:
    settings = msgspec.structs.replace(desk.settings, weight_policy="ontario", profile="eu-label")
    set_ward(desk, settings)
    assert look_up_course(desk, before.course.id).course == before.course
