"""Sentences travel unworded, and records are values."""

from __future__ import annotations

import msgspec
import pytest

from ivigdesk.messages import N_, Amount, Message, Record, Text, message, plural_message


class _Point(Record, frozen=True):
    x: int
    y: int = 0


def test_a_marked_text_is_the_text() -> None:
    assert N_("Dose {number} moved") == "Dose {number} moved"


def test_a_message_keeps_its_text_and_its_facts() -> None:
    assert message("Dose {number} moved", number=3) == Message("Dose {number} moved", {"number": 3})
    assert plural_message("{n} dose", "{n} doses", 2, bed="07") == Message(
        "{n} dose", {"n": 2, "bed": "07"}, "{n} doses"
    )


def test_a_text_is_chinese_only_for_a_chinese_reader() -> None:
    text = Text(en="fever", zh_CN="发热")
    assert [text.in_language(language) for language in ("en", "zh_CN", "")] == ["fever", "发热", "fever"]


def test_a_record_is_compared_by_content_and_never_changed_in_place() -> None:
    assert _Point(x=1) == _Point(x=1, y=0)
    assert msgspec.structs.replace(_Point(x=1), y=2) == _Point(x=1, y=2)
    with pytest.raises(AttributeError):
        _Point(x=1).x = 2  # type: ignore[misc]


def test_a_record_does_not_take_a_field_that_it_does_not_know() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert({"x": 1, "z": 2}, _Point)
    with pytest.raises(TypeError):
        Amount("12.5", "g", "more")  # type: ignore[call-arg]
