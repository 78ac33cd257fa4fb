"""An error carries its sentence unworded, and a developer reads it in English."""

from __future__ import annotations

import errno
import os
from decimal import Decimal

import pytest

from ivigdesk.errors import KnownError, UserMistake, WordedError, reason_of
from ivigdesk.messages import Amount, Message, Text, message
from ivigdesk.wording import Wording


def test_a_mistake_belongs_to_a_field() -> None:
    mistake = UserMistake("weight", message("Weight: “{value}” cannot be used.", value="x"))
    assert mistake.field == "weight"
    assert isinstance(mistake, WordedError)
    assert str(mistake) == "Weight: “x” cannot be used."


def test_an_error_is_said_in_the_readers_language(chinese: Wording) -> None:
    error = KnownError(message("This course is not in the ward's file."))
    assert str(error) == "This course is not in the ward's file."
    assert not chinese.say_error(error).isascii()


def test_a_traceback_shows_the_facts_in_english() -> None:
    error = KnownError(
        message(
            "{inner}, {text}, {amount}, {number}, {whole}, {several}",
            inner=message("dose {n}", n=3),
            text=Text(en="fever", zh_CN="发热"),
            amount=Amount("12.5", "g"),
            number=Decimal("1.50"),
            whole=Decimal(100),
            several=(1, Decimal("2.50")),
        )
    )
    assert str(error) == "dose 3, fever, 12.5 g, 1.5, 100, 1, 2.5"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "no permission"),
        (errno.ENOSPC, "the disk is full"),
        (errno.EISDIR, "this is a folder"),
        (errno.ENOENT, "there is no such file or folder"),
    ],
)
def test_why_a_file_was_refused_is_said_in_both_languages(
    number: int, words: str, english: Wording, chinese: Wording
) -> None:
    reason = reason_of(OSError(number, os.strerror(number)))
    assert isinstance(reason, Message)
    assert english.say(reason) == words
    assert chinese.say(reason) != ""


def test_a_rare_reason_is_the_systems_own() -> None:
    assert reason_of(OSError(errno.ELOOP, "Too many levels")) == "Too many levels"
    assert reason_of(OSError("no number")) == "?"
