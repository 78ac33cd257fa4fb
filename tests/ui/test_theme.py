"""The theme: legible, complete, and the only place with colours."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication

from ivigdesk import ui
from ivigdesk.ui import icons, theme
from ivigdesk.ui.style_sheet import style_sheet


@pytest.mark.parametrize("tone", theme.TONES)
def test_ink_of_every_state_is_legible_on_its_ground_and_on_a_card(tone: theme.Tone) -> None:
    colours = theme.TONES[tone]
    assert theme.contrast(colours.ink, colours.ground) >= 4.5
    assert theme.contrast(colours.ink, theme.CARD) >= 4.5


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *product((theme.INK, theme.SECOND_INK), (theme.CARD, theme.GROUND, theme.FAINT, theme.ACCENT_GROUND)),
        (theme.ON_DARK, theme.ACCENT),
        (theme.ON_DARK, theme.ACCENT_DARK),
        (theme.ON_DARK_SECOND, theme.RAIL),
        (theme.ON_DARK_SECOND, theme.BANNER),
        (theme.ON_DARK, theme.RAIL_CHOSEN),
        (theme.ON_DARK, theme.TONES["serious"].ink),
    ],
)
def test_text_has_a_contrast_of_at_least_4_5(ink: str, ground: str) -> None:
    assert theme.contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(
    ("ring", "beside"),
    [
        (theme.ACCENT, theme.CARD),
        (theme.ACCENT, theme.GROUND),
        (theme.FOCUS_ON_DARK, theme.ACCENT),
        (theme.FOCUS_ON_DARK, theme.RAIL),
        (theme.FIELD_LINE, theme.CARD),
    ],
)
def test_rings_and_borders_of_controls_are_visible(ring: str, beside: str) -> None:
    assert theme.contrast(ring, beside) >= 3
    assert theme.FOCUS_WIDTH >= 2


def test_the_bundled_font_is_used(qapp: QApplication) -> None:
    assert theme.FONT_FAMILY in QFontDatabase.families()
    assert qapp.font().family() == theme.FONT_FAMILY
    assert qapp.font().pixelSize() == theme.TEXT


def test_no_colour_is_written_outside_the_theme() -> None:
    room = Path(ui.__file__).parent
    strays = [
        f"{path.relative_to(room)}: {found}"
        for path in room.rglob("*.py")
        if path.name not in ("theme.py", "style_sheet.py", "icons.py")
        for found in re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text("utf-8"))
    ]
    assert strays == []


def test_the_style_sheet_knows_every_tone() -> None:
    sheet = style_sheet()
    for tone in theme.TONES:
        assert f'look="chip-{tone}"' in sheet
        assert f'look="notice-{tone}"' in sheet


def test_an_icon_is_sharp_at_200_percent_and_drawn_once() -> None:
    picture = icons.pixmap("today", theme.INK, 20, 2.0)
    assert picture.width() == 40
    assert picture.devicePixelRatio() == 2.0
    assert icons.pixmap("today", theme.INK, 20, 2.0) is picture


def test_punctuation_is_narrow_in_english_and_wide_in_chinese(qapp: QApplication) -> None:
    theme.speak(qapp, "en")
    narrow = QFontMetrics(theme.font()).horizontalAdvance("“")
    theme.speak(qapp, "zh_CN")
    wide = QFontMetrics(theme.font()).horizontalAdvance("“")
    theme.speak(qapp, "en")
    assert wide > narrow * 1.5
    assert QFontMetrics(theme.font()).horizontalAdvance("“") == narrow
