"""The library page: every file with its warning, version and source; refused ones; what a ward does with its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ivigdesk import resources
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.library.evidence import source_titles
from ivigdesk.ui.library import LibraryPage, handing
from ivigdesk.ui.places import LibraryPlace, ProductEditorPlace, RegimenEditorPlace
from ivigdesk.ui.widgets import Notice
from ivigdesk.wording import Wording

CMV = "cmv-pneumonia-fred-hutch"


@pytest.fixture
def page(desk: Desk, english: Wording, shown: Callable[[QWidget], QWidget], qtbot: QtBot) -> LibraryPage:
    made = LibraryPage(desk, english)
    shown(made)
    with qtbot.waitActive(made):
        made.activateWindow()
    made.show_place(LibraryPlace())
    return made


def own(desk: Desk, kind: str, name: str, content: str) -> Path:
    path = desk.ward.path.parent / "library" / kind / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def shipped(kind: str, name: str) -> str:
    return resources.folder(kind, f"{name}.toml").read_text(encoding="utf-8")


def test_every_file_is_listed(page: LibraryPage, desk: Desk) -> None:
    assert page.regimens.records.rows == desk.library.regimens()
    assert page.products.records.rows == desk.library.products()
    assert page.criteria.records.rows == desk.library.profiles()
    assert page.evidence.records.rows == desk.library.evidence().entries


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_regimen_and_product_can_be_read_with_the_titles_of_its_sources(desk: Desk, language: str) -> None:
    words = Wording(language)
    page = LibraryPage(desk, words)
    page.show_place(LibraryPlace())
    for regimen in desk.library.regimens():
        page.regimens.choose(regimen)
        assert regimen.version in page.detail_words
        for title in source_titles(desk.library, regimen.sources, words):
            assert title in page.detail_words
    page.open_tab("products")
    for product in desk.library.products():
        page.products.choose(product)
        assert product.version in page.detail_words
        for title in source_titles(desk.library, product.sources, words):
            assert title in page.detail_words


def test_a_regimen_that_is_not_for_routine_use_carries_the_banner(page: LibraryPage, desk: Desk) -> None:
    for regimen in desk.library.regimens():
        page.regimens.choose(regimen)
        warned = "guidelines advise against routine use" in page.detail_words.casefold()
        assert warned is (regimen.standing in ("not-routine", "historical")), regimen.id


def test_the_choices_that_a_source_leaves_open_are_said(page: LibraryPage, desk: Desk) -> None:
    page.regimens.choose(desk.library.regimen(CMV))
    assert "Weekly: first day 15, 20 or 21; usually 15" in page.detail_words


def test_a_product_that_nobody_compared_says_so(page: LibraryPage, desk: Desk) -> None:
    page.open_tab("products")
    for product in desk.library.products():
        page.products.choose(product)
        assert ("not compared with a label" in page.detail_words) is (product.checked_by == "")
        has_open_size = any(not vial.confirmed for vial in product.vials)
        assert ("not confirmed: ask the pharmacist" in page.detail_words) is has_open_size


def test_every_rule_of_a_payment_profile_is_called_a_payment_rule(page: LibraryPage, desk: Desk) -> None:
    page.open_tab("criteria")
    for profile in desk.library.profiles():
        page.criteria.choose(profile)
        for rule in profile.rules:
            assert rule.code in page.detail_words
        count = page.detail_words.count("payment rule\n")
        marked = sum(rule.is_payment or profile.is_payment for rule in profile.rules)
        assert count >= marked
        assert ("This says who pays." in page.detail_words) is profile.is_payment


def test_a_protocol_says_that_it_has_no_results(page: LibraryPage, desk: Desk) -> None:
    page.open_tab("evidence")
    for entry in desk.library.evidence().entries:
        page.evidence.choose(entry)
        assert ("reports no results" in page.detail_words) is (not entry.has_results)
        if entry.statement:
            assert entry.statement.en in page.detail_words


def test_no_list_of_refused_files_without_one(page: LibraryPage) -> None:
    assert not page.tabs.isTabVisible(4)


def test_a_refused_file_is_listed_with_key_and_reason_and_mending_it_takes_it_off(
    page: LibraryPage, desk: Desk, qtbot: QtBot
) -> None:
    path = own(desk, "regimens", CMV, shipped("regimens", CMV).replace("every_days = 2", "every_days = -2"))
    with qtbot.waitSignal(page.noticed, check_params_cb=lambda notice: isinstance(notice, Notice)):
        page.show_place(LibraryPlace())
    assert page.tabs.isTabVisible(4)
    assert page.tabs.tabText(4) == "Refused files (1)"
    page.open_tab("refused")
    for words in (f"{CMV}.toml", "phases[0].every_days", "“-2” cannot be used", "The ward's own"):
        assert words in page.detail_words
    assert CMV not in [one.id for one in page.regimens.records.rows]
    path.write_text(shipped("regimens", CMV), encoding="utf-8")
    page.show_place(LibraryPlace())
    assert not page.tabs.isTabVisible(4)


def test_the_wards_own_file_in_place_of_a_shipped_one_says_so(page: LibraryPage, desk: Desk) -> None:
    own(desk, "regimens", CMV, shipped("regimens", CMV))
    page.show_place(LibraryPlace("regimens", CMV))
    assert "The ward's own, in place of the shipped one" in page.detail_words


def test_the_buttons_lead_to_the_editor_of_the_list_in_view(page: LibraryPage, desk: Desk, qtbot: QtBot) -> None:
    went: list[object] = []
    page.place_requested.connect(went.append)
    page.regimens.choose(desk.library.regimen(CMV))
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    page.open_tab("products")
    page.products.choose(desk.library.product("privigen-10"))
    page.new.click()
    page.change.click()
    assert went == [
        RegimenEditorPlace(),
        RegimenEditorPlace(CMV),
        ProductEditorPlace(),
        ProductEditorPlace("privigen-10"),
    ]


def test_a_file_is_handed_over_and_taken_in(
    page: LibraryPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    page.regimens.choose(desk.library.regimen(CMV))
    page.hand_over.click()
    assert out.read_bytes() == resources.folder("regimens", f"{CMV}.toml").read_bytes()
    out.write_text(out.read_text(encoding="utf-8").replace(CMV, "from-next-door"), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(out), ""))
    page.take_in.click()
    assert page.regimens.current().id == "from-next-door"


@pytest.mark.parametrize(("answer", "title"), [(0, "Theirs"), (1, "CMV pneumonia")])
def test_a_known_id_with_another_content_is_taken_only_on_a_word(
    page: LibraryPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int, title: str
) -> None:
    theirs = tmp_path / "theirs.toml"
    theirs.write_text(shipped("regimens", CMV).replace('en = "CMV pneumonia:', 'en = "Theirs:'), encoding="utf-8")
    asked: list[str] = []

    def ask(_title: str, sentence: str, *_: object) -> int:
        asked.append(sentence)
        return answer

    monkeypatch.setattr(handing, "ask_which", ask)
    page.take_in_file(theirs)
    assert len(asked) == 1
    assert desk.library.regimen(CMV).title.en.startswith(title)


def test_a_bad_file_is_refused_above_the_page(page: LibraryPage, tmp_path: Path, qtbot: QtBot) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("id = ", encoding="utf-8")
    with qtbot.waitSignal(page.noticed, check_params_cb=lambda notice: notice.tone == "serious"):
        page.take_in_file(bad)


def test_nothing_is_handed_over_or_taken_in_when_the_dialog_is_closed(
    page: LibraryPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    said: list[object] = []
    page.noticed.connect(said.append)
    page.hand_over.click()
    page.take_in.click()
    assert said == []
    assert not (desk.ward.path.parent / "library").exists()
