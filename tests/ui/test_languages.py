"""Changing the language while the window is open: every page and dialog is made anew, and nothing stays behind."""

from __future__ import annotations

import re
from functools import cache, lru_cache, reduce

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hatch_build import read_catalogue
from ivigdesk import resources
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.library.files import Library
from ivigdesk.ui import places
from ivigdesk.ui.main_window import MainWindow
from ivigdesk.wording import Wording
from tests.ui import audit
from tests.ui.tour import settle, walk

_LETTERS = 4
_PIECES = re.compile(r"\n| · |\u00a0· |\u2002|(?<=[.:]) ")
_PLACE = re.compile(r"\\\{\w+\\\}")


@lru_cache(maxsize=1)
def _english() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return the English texts that have other words in Chinese: those without places, and patterns of the others."""
    plain, patterns = set(), []
    for entry in read_catalogue(resources.folder("locale", "zh_CN", "LC_MESSAGES", "ivigdesk.po")):
        ids = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        translated = entry.string if isinstance(entry.string, str) else entry.string[0]
        for text in ids:
            fixed = re.sub(r"\{\w+\}", "", text)
            if not text or translated == text or sum(sign.isalpha() for sign in fixed) < _LETTERS:
                continue
            if "{" in text:
                patterns.append(re.compile(_PLACE.sub(".+", re.escape(text)), re.DOTALL))
            else:
                plain.add(text)
    return frozenset(plain), tuple(patterns)


@cache
def _is_english(text: str) -> bool:
    plain, patterns = _english()
    pieces = {text.strip(), *(piece.strip(" *\u00a0!✓") for piece in _PIECES.split(text))}
    return any(piece in plain or any(pattern.fullmatch(piece) for pattern in patterns) for piece in pieces if piece)


def _titles_in_english(library: Library) -> list[str]:
    """Return what is English on purpose: works cited by their own titles, and files named in both languages."""
    works = [work.title for work in library.evidence().entries]
    files = [file.title.en for file in (*library.regimens(), *library.products(), *library.profiles())]
    return sorted((*works, *files), key=len, reverse=True)


def test_english_is_recognised() -> None:
    assert _is_english("Settings")
    assert _is_english("3 of 11 given")
    assert not _is_english("设置")
    assert not _is_english("Stopped 30 minutes, blanket, promethazine on order")


def test_a_change_of_language_leaves_no_english_behind(practice_desk: Desk, english: Wording, qtbot: QtBot) -> None:
    window = MainWindow(practice_desk, english)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    settle()
    assert window.shell is not None
    for place in (places.PatientsPlace(), places.LibraryPlace(), places.SettingsPlace()):
        window.shell.go(place)
    window.shell.page.language_requested.emit("zh_CN")  # type: ignore[union-attr]
    left: set[str] = set()
    titles = _titles_in_english(practice_desk.library)

    def visit(name: str, root: QWidget) -> None:
        for text in {*audit.visible_words(root), *audit.spoken_words(root)}:
            rest = reduce(lambda words, title: words.replace(title, ""), titles, text)
            if _is_english(rest):
                left.add(f"{name}: {text}")

    walk(window, visit)
    window.shell.stop()
    assert sorted(left) == []
