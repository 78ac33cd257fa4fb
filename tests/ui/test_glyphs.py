"""Every sign and word that the window can show is in the bundled font: no empty box stands where a sign should be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import ivigdesk.ui
from hatch_build import read_catalogue
from ivigdesk import resources
from ivigdesk.sheets import fonts
from ivigdesk.wording import LANGUAGES

_SOURCES = sorted(Path(ivigdesk.ui.__file__).parent.rglob("*.py"))
_UNSEEN = "\n\u00a0\u2002"  # a line break and two spaces


def _missing(text: str) -> set[str]:
    return {sign for sign in text if sign not in _UNSEEN and not fonts.has_glyph(sign)}


def _texts(source: Path) -> Iterator[str]:
    """Give the strings of a source file that a person may see: all but docstrings."""
    tree = ast.parse(source.read_text("utf-8"))
    told = {
        id(body[0].value)
        for node in ast.walk(tree)
        if isinstance(body := getattr(node, "body", None), list) and body and isinstance(body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_every_sign_of_the_window_is_in_the_font() -> None:
    found = {source.name: signs for source in _SOURCES if (signs := _missing("".join(_texts(source))))}
    assert found == {}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_character_of_a_catalogue_is_in_the_font(language: str) -> None:
    catalogue = read_catalogue(resources.folder("locale", language, "LC_MESSAGES", "ivigdesk.po"))
    texts = [text for entry in catalogue if entry.id for text in (entry.id, entry.string)]
    words = "".join(text if isinstance(text, str) else "".join(text) for text in texts)
    assert _missing(words) == set()
