"""Text in lines: whole words, Chinese rules, nothing clipped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.errors import KnownError
from ivigdesk.sheets import fonts, glyphs
from ivigdesk.sheets.paper.text import Run, wrap
from ivigdesk.sheets.style import BODY, BODY_STRONG

PRINTABLE = st.text(
    st.sampled_from(list("abc XYZ 0123456789-,.()/%≥−×\u00a0周一第年月日李娜龘\uff0c。\uff08\uff09“”·")), max_size=80
)


def lines_of(text: str, width: float) -> list[str]:
    """Return the text of each line."""
    return ["".join(piece.text for piece in line.pieces) for line in wrap((Run(text, BODY),), width)]


@given(PRINTABLE, st.floats(min_value=12, max_value=400))
def test_nothing_is_lost_and_nothing_is_wider_than_its_line(text: str, width: float) -> None:
    lines = wrap((Run(text, BODY),), width)
    shown = "".join(piece.text for line in lines for piece in line.pieces)
    assert "".join(shown.split()) == "".join(text.split())
    for line in lines:
        assert line.width <= width + 0.001
        measured = sum(fonts.width(piece.text, piece.style.font, piece.style.size) for piece in line.pieces)
        assert measured == pytest.approx(line.width)


def test_latin_words_stay_whole() -> None:
    assert lines_of("alternate days, then weekly", 60) == ["alternate", "days, then", "weekly"]


def test_a_number_stays_with_its_unit() -> None:
    assert lines_of("about 12.5\u00a0g now", 45) == ["about", "12.5\u00a0g", "now"]


def test_a_number_stays_with_its_unit_however_it_was_typed() -> None:
    assert lines_of("within 20 % of it", 50) == ["within", "20\u00a0% of it"]


def test_a_chinese_line_never_begins_with_a_full_stop() -> None:
    for width in range(36, 120, 3):
        assert all(
            not line.startswith(("。", "\uff0c", "\uff09"))
            for line in lines_of("输注前\uff08核对\uff09\uff0c然后开始。结束。", width)
        )


def test_a_chinese_weekday_and_a_day_number_stay_whole() -> None:
    for width in range(42, 120, 3):
        joined = "|".join(lines_of("随后第15天周一输注", width))
        assert "第15天" in joined
        assert "周一" in joined


def test_a_word_wider_than_the_line_is_broken_not_clipped() -> None:
    assert "".join(lines_of("x" * 200, 50)) == "x" * 200


def test_a_line_break_in_a_note_is_kept() -> None:
    assert lines_of("one\ntwo", 200) == ["one", "two"]


def test_styles_meet_on_one_line() -> None:
    (line,) = wrap((Run("Call: ", BODY_STRONG), Run("4300", BODY)), 200)
    assert [piece.text for piece in line.pieces] == ["Call: ", "4300"]


def test_a_loose_accent_joins_its_letter() -> None:
    assert glyphs.clean("e\u0301") == "é"


def test_a_loose_accent_without_a_letter_for_it_is_refused() -> None:
    with pytest.raises(KnownError, match=r"U\+0301"):
        glyphs.check_text("x\u0301")


def test_the_refusal_names_the_character_and_its_code() -> None:
    with pytest.raises(KnownError) as refusal:
        glyphs.check_text("Łucja")
    assert refusal.value.message.facts["character"] == "“Ł” (U+0141, LATIN CAPITAL LETTER L WITH STROKE)"


def test_the_signs_that_sheets_use_can_all_be_printed() -> None:
    glyphs.check_text("≥≤µ±−½×·–—“”‘’…▲°℃%、。\uff0c\uff1a\uff1b\uff08\uff09《》")


def test_the_three_weights_carry_the_same_characters() -> None:
    sets = [set(fonts.font(name).face.charToGlyph) for name in (fonts.REGULAR, fonts.MEDIUM, fonts.BOLD)]
    assert sets[0] == sets[1] == sets[2]
