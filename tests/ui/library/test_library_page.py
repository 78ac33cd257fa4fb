"""The library page: every file, with its warning, version and source."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.ui.library import LibraryPage
from ivigdesk.ui.places import LibraryPlace
from ivigdesk.wording import Wording


@pytest.fixture
def page(desk: Desk, english: Wording, shown: Callable[[QWidget], QWidget]) -> LibraryPage:
    made = LibraryPage(desk, english)
    shown(made)
    made.show_place(LibraryPlace())
    return made


def _said(page: LibraryPage) -> str:
    assert page._detail._card is not None
    return "\n".join(label.text() for label in page._detail._card.findChildren(QLabel))


def test_every_regimen_and_product_is_listed(page: LibraryPage, desk: Desk) -> None:
    assert page.regimens.records.rows == desk.library.regimens()
    assert page.products.records.rows == desk.library.products()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_regimen_and_product_can_be_read(desk: Desk, language: str) -> None:
    page = LibraryPage(desk, Wording(language))
    page.show_place(LibraryPlace())
    for regimen in desk.library.regimens():
        page.regimens.choose(regimen)
        assert regimen.version in _said(page)
        assert regimen.sources[0] in _said(page)
    page.tabs.setCurrentIndex(1)
    for product in desk.library.products():
        page.products.choose(product)
        assert product.version in _said(page)


def test_a_regimen_that_is_not_routine_carries_a_warning(page: LibraryPage, desk: Desk) -> None:
    for regimen in desk.library.regimens():
        page.regimens.choose(regimen)
        assert ("Not for routine use" in _said(page)) is (regimen.standing == "not-routine")
