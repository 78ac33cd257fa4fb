"""What every command shares: words, data folder, nurse, and how results are printed."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
import msgspec

from ivigdesk.clock import SystemClock
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Message, message
from ivigdesk.settings import data_folder
from ivigdesk.wording import NO_BREAK, Wording

if TYPE_CHECKING:
    from ivigdesk.actions.desk import Desk
    from ivigdesk.clinical.findings import Finding

LONGEST_FACT = 1000
NURSE_VARIABLE = "IVIGDESK_NURSE"


class Context:
    """What a command is given.

    Attributes:
        words: the reader's language.
        data: the folder named on the line; None for the default.
        nurse: who is on duty, as named on the line.
    """

    def __init__(self, words: Wording) -> None:
        self.words = words
        self.data: Path | None = None
        self.nurse: str | None = None

    @property
    def data_folder(self) -> Path:
        """The ward's data folder."""
        return data_folder(self.data, os.environ)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Open the ward with somebody on duty, and close it.

        Raises:
            KnownError: the ward cannot be opened.
        """
        from ivigdesk.actions.desk import open_desk

        desk = open_desk(self.data_folder, SystemClock())
        try:
            desk.nurse = self.nurse or os.environ.get(NURSE_VARIABLE) or self._user()
            yield desk
        finally:
            desk.close()

    def say(self, sentence: Message) -> str:
        """Return a message for a terminal or another program: with plain spaces, so that a search finds it."""
        return plain_spaces(self.words.say(sentence))

    def findings(self, findings: tuple[Finding, ...]) -> list[dict[str, str]]:
        """Return findings with stable keys and worded texts."""
        return [
            {"severity": finding.severity, "code": finding.code, "text": self.say(finding.message)}
            for finding in findings
        ]

    def _user(self) -> str:
        """Return a name that says that no nurse sat at a desk: every journal entry needs somebody."""
        import getpass  # late: a calculation writes no journal

        try:
            user = getpass.getuser()
        except (KeyError, OSError):
            user = "?"
        return self.words.gettext("command line ({user})").format(user=user)


pass_context = click.make_pass_decorator(Context)


def open_window(folder: Path, language: str) -> NoReturn:
    """Open the window on the ward in `folder`, and end the program when it is closed.

    Raises:
        KnownError: there is no display; Qt itself would end the program without a word.
    """
    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        raise KnownError(
            message(N_("There is no display here to open a window on. Commands work without one: --help."))
        )
    gc.disable()  # what is imported now is never garbage; the window enables the collector when it is open
    from ivigdesk.app import run_window

    sys.exit(run_window(folder, language))


def has_display() -> bool:
    """Return whether a window would be seen by somebody."""
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def in_one_line(words: Wording, sentence: Message) -> str:
    """Return a refusal for a terminal: one line, whatever was typed.

    What was typed comes back in it, and may hold line ends, marks that steer a terminal, or a whole book.
    """
    text = plain_spaces(words.say(_shortened(sentence)))
    return "".join(letter if letter.isprintable() or letter == "\u3000" else "\ufffd" for letter in text)


def _shortened(sentence: Message) -> Message:
    return msgspec.structs.replace(
        sentence, facts={name: _shortened_fact(fact) for name, fact in sentence.facts.items()}
    )


def _shortened_fact(fact: object) -> object:
    match fact:
        case str() if len(fact) > LONGEST_FACT:
            return fact[:LONGEST_FACT] + "…"
        case Message():
            return _shortened(fact)
        case _:
            return fact


def plain_spaces(text: str) -> str:
    """Return the text with no-break spaces made plain; they are for screens and paper."""
    return text.replace(NO_BREAK, " ")


def print_json(value: object) -> None:
    """Print a value as JSON with stable keys, for other programs."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def put(text: str) -> None:
    """Print a line of the result."""
    click.echo(plain_spaces(text))


def say(text: str) -> None:
    """Print a message for the person at the keyboard; it does not mix with the data."""
    click.echo(plain_spaces(text), err=True)


def print_columns(rows: list[tuple[str, ...]]) -> None:
    """Print rows as columns of equal width; a Chinese character takes two places."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    for row in rows:
        cells = [text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)]
        click.echo(plain_spaces("  ".join(cells).rstrip()))


def _width(text: str) -> int:
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
