"""A ward's own regimen: every mistake in words, versions that only rise, and nothing shipped is replaced unasked."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk import resources
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.library.files import Library
from ivigdesk.actions.library.own import (
    PhaseRow,
    RegimenForm,
    draft_regimen,
    hand_over,
    preview,
    regimen_form_of,
    save_regimen,
    take_in,
)
from ivigdesk.actions.library.own.keeping import next_version
from ivigdesk.actions.patients.patient_form import Refused
from ivigdesk.clock import SetClock
from ivigdesk.errors import KnownError
from ivigdesk.messages import Text
from ivigdesk.scheduling.regimen_file import parse_regimen
from ivigdesk.scheduling.sentence import regimen_sentence
from ivigdesk.wording import Wording

MONDAY = date(2026, 3, 2)
CMV = "cmv-pneumonia-fred-hutch"


def form(**more: object) -> RegimenForm:
    """Two phases as typed: every other day for 14 days, then four weekly doses."""
    typed = {
        "title_en": "Our CMV regimen",
        "title_zh": "本院CMV方案",
        "note_en": "For proven CMV pneumonia, with ganciclovir.",
        "sources": "Dr S. Kim, ward protocol 12, 2026; s2",
        "needs_antiviral": True,
        "indication": "cmv",
        "phases": (
            PhaseRow(amount="150", first_day="1", every_days="2", ends="for_days", number="14"),
            PhaseRow(amount="150", first_day="15", every_days="7", ends="doses", number="4"),
        ),
    } | more
    return RegimenForm(**typed)  # type: ignore[arg-type]


def mistakes(of: RegimenForm) -> dict[str, str]:
    """Return what is wrong with a form, by field."""
    with pytest.raises(Refused) as refused:
        draft_regimen(Library(), of)
    return {one.field: Wording("en").say_error(one) for one in refused.value.mistakes}


def test_a_form_becomes_the_regimen_that_it_says() -> None:
    regimen = draft_regimen(Library(), form())
    assert regimen.id == "our-cmv-regimen"
    assert regimen.title == Text(en="Our CMV regimen", zh_CN="本院CMV方案")
    assert regimen.requires == ("antiviral",)
    assert regimen.sources == ("Dr S. Kim, ward protocol 12, 2026", "s2")
    assert [phase.name.en for phase in regimen.phases] == ["Every other day", "Weekly"]
    doses = preview(regimen, MONDAY)
    assert [dose.course_day for dose in doses] == [1, 3, 5, 7, 9, 11, 13, 15, 22, 29, 36]
    assert regimen_sentence(regimen, doses, Wording("en")).endswith("11 doses, last on Mon\u00a006\u00a0Apr\u00a02026.")


def test_a_list_of_days_takes_one_amount_for_all_or_one_for_each() -> None:
    listed = form(shape="days", days="1, 2, 7, 14, 21", amounts="400, 400, 400, 200, 200", optional_days="21")
    doses = draft_regimen(Library(), listed).doses
    assert [(dose.day, dose.mg_per_kg, dose.optional) for dose in doses] == [
        (1, 400, False),
        (2, 400, False),
        (7, 400, False),
        (14, 200, False),
        (21, 200, True),
    ]
    for_all = draft_regimen(Library(), form(shape="days", days="1 2 7", amounts="400")).doses
    assert [dose.mg_per_kg for dose in for_all] == [400, 400, 400]
    assert "2 numbers for 3 days" in mistakes(form(shape="days", days="1 2 7", amounts="400 200"))["amounts"]
    assert "Day 9" in mistakes(form(shape="days", days="1 2", amounts="400", optional_days="9"))["optional_days"]


def test_days_before_the_transplant_are_typed_with_either_minus_sign() -> None:
    for days in ("-8, -1, 7", "\u22128，\u22121，+7"):
        regimen = draft_regimen(Library(), form(anchor="transplant", shape="days", days=days, amounts="200"))
        assert [dose.day for dose in regimen.doses] == [-8, -1, 7]
    assert preview(regimen, MONDAY, MONDAY)[0].due_on == MONDAY - timedelta(days=8)


def test_several_numbers_leave_the_choice_to_the_prescriber_and_the_first_is_usual() -> None:
    phases = (
        PhaseRow(
            amount="400", least="200", most="500", first_day="1", every_days="28, 21", ends="doses", number="6, 12"
        ),
    )
    (phase,) = draft_regimen(Library(), form(phases=phases)).phases
    assert (phase.every_days, phase.every_days_choices) == (28, (21, 28))
    assert (phase.doses, phase.doses_choices) == (6, (6, 12))
    assert phase.mg_per_kg_range == (200, 500)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"title_en": "", "title_zh": ""}, "title_en", "needed"),
        ({"note_en": ""}, "note_en", "needed"),
        ({"sources": ""}, "sources", "needed"),
        ({"sources": "s999"}, "sources", "“s999” is not in the evidence"),
        ({"title_en": "CMV pneumonia Fred Hutch"}, "title_en", "has “cmv-pneumonia-fred-hutch” already"),
        ({"title_en": "!?", "title_zh": "！"}, "title_en", "no letter or digit"),
        ({"title_en": "A\u200bB"}, "title_en", "U+200B"),
        ({"shape": "days", "days": "1, 2.5", "amounts": "400"}, "days", "“2.5” is no whole number"),
        ({"shape": "days", "days": "1, 7, 7", "amounts": "400"}, "days", "not after"),
        ({"shape": "days", "days": "2, 7", "amounts": "400"}, "days", "day 1"),
        ({"shape": "days", "days": "", "amounts": "400"}, "days", "needed"),
        ({"shape": "days", "days": "1", "amounts": ""}, "amounts", "needed"),
        ({"review_after": "six"}, "review_after", "“six” is no whole number"),
        ({"max_mg_per_kg": "100"}, "phases[0].amount", "from 0.001 to 100"),
        ({"phases": ()}, "shape", "Add a phase"),
        ({"standing": "good"}, "standing", "“good” is not known"),
    ],
)
def test_a_mistake_is_said_under_its_field(typed: dict[str, object], field: str, words: str) -> None:
    found = mistakes(form(**typed))
    assert words in found[field]


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ({"amount": "1,500"}, "amount", "“1,500” cannot be used"),
        ({"amount": ""}, "amount", "needed"),
        ({"every_days": "-2"}, "every_days", "whole number from 1"),
        ({"every_days": "0"}, "every_days", "whole number from 1"),
        ({"every_days": "weekly"}, "every_days", "“weekly” is no whole number"),
        ({"number": ""}, "number", "needed"),
        ({"number": "0"}, "number", "whole number from 1"),
        ({"ends": "last_day", "number": "0"}, "number", "from 1"),
        ({"ends": "open", "number": ""}, "ends", "Only the last phase"),
        ({"first_day": "3"}, "first_day", "day 1"),
        ({"also_after": "2"}, "also_after", "below"),
        ({"least": "100"}, "most", "needed"),
        ({"unit": "g"}, "unit", "not known"),
    ],
)
def test_a_mistake_of_a_phase_is_said_under_its_field(row: dict[str, str], field: str, words: str) -> None:
    good = {"amount": "150", "first_day": "1", "every_days": "2", "ends": "doses", "number": "7"}
    last = PhaseRow(amount="150", first_day="40", every_days="7", ends="doses", number="4")
    found = mistakes(form(phases=(PhaseRow(**good | row), last)))
    assert words in found[f"phases[0].{field}"]


def test_all_mistakes_are_said_at_once() -> None:
    found = mistakes(form(title_en="", title_zh="", sources="", phases=(PhaseRow(first_day="1"),)))
    assert set(found) == {"title_en", "sources", "phases[0].amount", "phases[0].every_days", "phases[0].number"}


def test_a_phase_without_an_end_needs_a_review() -> None:
    open_ended = (PhaseRow(amount="400", first_day="1", every_days="28", ends="open"),)
    assert "number of doses before a review" in mistakes(form(phases=open_ended))["review_after"]
    regimen = draft_regimen(Library(), form(phases=open_ended, review_after="6"))
    assert len(preview(regimen, MONDAY)) == 6


@pytest.mark.parametrize("name", [path.stem for path in resources.files("regimens", ".toml")])
def test_a_copy_of_every_shipped_regimen_is_the_same_rule(name: str) -> None:
    shipped = Library().regimen(name)
    copied = draft_regimen(Library(), regimen_form_of(shipped, is_own=True))
    for field in ("version", "facts"):
        assert getattr(copied, field) != getattr(shipped, field), field
    for field in ("phases", "doses", "anchor", "standing", "requires", "title", "sources", "stop_rule", "caution"):
        assert getattr(copied, field) == getattr(shipped, field), field


def test_a_chinese_title_gives_an_id_that_can_be_typed() -> None:
    assert draft_regimen(Library(), form(title_en="", title_zh="每周一次")).id == "mei-zhou-yi-ci"


def test_a_saved_regimen_says_who_wrote_it_and_when_and_is_read_at_once(desk: Desk) -> None:
    saved = save_regimen(desk, form())
    assert (saved.author, saved.written_on, saved.version) == ("A. Wong", MONDAY, "2026-03")
    assert desk.library.regimen(saved.id) == saved
    assert saved in desk.library.regimens()
    assert desk.library.is_own("regimens", saved.id)
    assert not desk.library.is_shipped("regimens", saved.id)


def test_a_change_rises_the_version_and_keeps_the_file_before(desk: Desk, folder: Path, clock: SetClock) -> None:
    first = save_regimen(desk, form())
    assert save_regimen(desk, form(id=first.id)) == first, "nothing was changed"
    second = save_regimen(desk, form(id=first.id, title_en="Ours"))
    clock.advance(timedelta(days=40))
    third = save_regimen(desk, form(id=first.id, title_en="Ours again"))
    assert [one.version for one in (first, second, third)] == ["2026-03", "2026-03.2", "2026-04"]
    assert {one.id for one in (first, second, third)} == {"our-cmv-regimen"}
    own = folder / "library" / "regimens"
    assert sorted(path.name for path in own.iterdir()) == ["earlier", "our-cmv-regimen.toml"]
    for before in (first, second):
        path = own / "earlier" / f"our-cmv-regimen-{before.version}.toml"
        assert parse_regimen(path.read_bytes(), path.name) == before
    assert desk.library.problems == ()


@given(st.dates(date(2025, 1, 1), date(2030, 12, 31)), st.integers(1, 200), st.dates(date(2025, 1, 1)))
def test_a_version_never_falls(before_on: date, count: int, day: date) -> None:
    day = min(day, date(2030, 12, 31))
    month = f"{before_on.year}-{before_on.month:02d}"
    before = month if count == 1 else f"{month}.{count}"

    def rank(version: str) -> tuple[str, int]:
        head, _, tail = version.partition(".")
        return head, int(tail or 1)

    assert rank(next_version(before, day)) > rank(before)


def test_a_shipped_regimen_is_replaced_only_when_its_id_is_asked_for(desk: Desk) -> None:
    copy = regimen_form_of(desk.library.regimen(CMV), is_own=False)
    saved = save_regimen(desk, copy)
    assert saved.id != CMV
    assert not desk.library.is_own("regimens", CMV)
    instead = save_regimen(desk, regimen_form_of(desk.library.regimen(CMV), is_own=True))
    assert instead.id == CMV
    assert instead.version == "2026-11.2", "above the shipped one, though the clock stands earlier"
    assert desk.library.is_own("regimens", CMV)
    assert desk.library.is_shipped("regimens", CMV)


def test_nobody_on_duty_saves_nothing(desk: Desk, folder: Path) -> None:
    desk.nurse = ""
    with pytest.raises(KnownError, match="Nobody is on duty"):
        save_regimen(desk, form())
    assert not (folder / "library").exists()


def test_a_disk_that_refuses_keeps_the_file_before(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = save_regimen(desk, form())
    path = folder / "library" / "regimens" / "our-cmv-regimen.toml"

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(KnownError, match=r"the disk is full\. Nothing was saved"):
        save_regimen(desk, form(id=first.id, title_en="Ours"))
    assert parse_regimen(path.read_bytes(), path.name) == first
    assert desk.library.regimen(first.id) == first
    assert [one.name for one in path.parent.glob("*.part")] == []


def test_a_regimen_handed_over_is_taken_in_by_another_ward(desk: Desk, tmp_path: Path) -> None:
    saved = save_regimen(desk, form())
    stick = tmp_path / "stick"
    stick.mkdir()
    out = hand_over(desk, "regimens", saved.id, stick)
    assert out == stick / "our-cmv-regimen.toml"
    (tmp_path / "ward" / "library" / "regimens" / "our-cmv-regimen.toml").unlink()
    desk.library.read_again()
    taken = take_in(desk, out)
    assert (taken.kind, taken.is_stored, taken.known_version) == ("regimens", True, "")
    assert desk.library.regimen(saved.id) == saved, "its author stays who wrote it"
    assert take_in(desk, out).is_stored, "the same file a second time changes nothing"
    assert not (tmp_path / "ward" / "library" / "regimens" / "earlier").exists()


def test_a_file_with_a_known_id_waits_for_a_word_and_becomes_a_new_version(desk: Desk, tmp_path: Path) -> None:
    saved = save_regimen(desk, form())
    other = tmp_path / "from-them (1).toml"
    content = (tmp_path / "ward" / "library" / "regimens" / "our-cmv-regimen.toml").read_text(encoding="utf-8")
    other.write_text(content.replace("Our CMV regimen", "Their CMV regimen"), encoding="utf-8")
    waiting = take_in(desk, other)
    assert (waiting.is_stored, waiting.known_version) == (False, "2026-03")
    assert desk.library.regimen(saved.id) == saved
    taken = take_in(desk, other, as_new_version=True)
    assert taken.is_stored
    assert desk.library.regimen(saved.id).title.en == "Their CMV regimen"
    assert desk.library.regimen(saved.id).version == "2026-03.2"
    assert (tmp_path / "ward" / "library" / "regimens" / "earlier" / "our-cmv-regimen-2026-03.toml").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("id = ", "not valid TOML"),
        ("", "missing"),
        ("\x00" * 300_000, "too large"),
    ],
)
def test_a_bad_file_of_another_ward_is_refused_in_words(desk: Desk, tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "theirs.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KnownError, match=words):
        take_in(desk, path)
    assert not (tmp_path / "ward" / "library").exists()


def test_a_source_that_this_library_does_not_know_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "theirs.toml"
    shipped = resources.folder("regimens", f"{CMV}.toml").read_text(encoding="utf-8")
    path.write_text(shipped.replace('"article-ref-4"', '"s999"').replace(CMV, "theirs"), encoding="utf-8")
    with pytest.raises(KnownError, match="“s999” is not in the evidence"):
        take_in(desk, path)


def test_a_file_that_is_not_there_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="there is no such file"):
        take_in(desk, tmp_path / "nothing.toml")
    with pytest.raises(KnownError, match="Nothing was handed over"):
        hand_over(desk, "regimens", CMV, tmp_path / "no-folder" / "out.toml")
    with pytest.raises(KnownError, match="is not in the library"):
        hand_over(desk, "regimens", "../ward", tmp_path)
