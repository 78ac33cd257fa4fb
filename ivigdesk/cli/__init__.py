"""Every command line, thin: read the words, call an action, print.

Commands are loaded when they are asked for: a stateless calculation loads neither Qt nor ReportLab nor SQLite.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from ivigdesk import __version__
from ivigdesk.cli.context import Context, in_one_line, open_window, say
from ivigdesk.errors import WordedError
from ivigdesk.wording import LANGUAGES, Wording

# Name of each command, and the room that holds it.
_ROOMS = {
    "backup": "ward",
    "check": "ward",
    "course": "course",
    "criteria": "library",
    "demo": "demo",
    "export": "export",
    "patients": "patients",
    "print": "printing",
    "products": "library",
    "recall": "side_effects",
    "regimens": "library",
    "restore": "ward",
    "schedule": "schedule",
    "side-effects": "side_effects",
}


class _Commands(click.Group):
    """The program's commands, each built in the reader's language when it is asked for."""

    def __init__(self, words: Wording) -> None:
        _ = words.gettext
        super().__init__(
            name="ivigdesk",
            invoke_without_command=True,
            callback=_open_window,
            help=_("Plan and record immunoglobulin infusions. Without a command, open the window."),
            params=[
                click.Option(
                    ["--data"],
                    type=click.Path(file_okay=False, path_type=Path),
                    help=_("The ward's data folder."),
                ),
                click.Option(["--lang"], type=click.Choice(LANGUAGES), help=_("Language of words and sheets.")),
                click.Option(["--nurse"], help=_("Who is on duty, for the journal.")),
                click.Option(
                    ["--version"],
                    is_flag=True,
                    is_eager=True,
                    expose_value=False,
                    callback=_say_version,
                    help=_("Say which version this is."),
                ),
            ],
        )
        self._words = words

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        with self._usage_in_words():
            return super().make_context(*arguments, **more)

    def invoke(self, ctx: click.Context) -> Any:
        with self._usage_in_words():
            return super().invoke(ctx)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(_ROOMS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        room = _ROOMS.get(cmd_name)
        if room is None:
            return None
        commands = import_module(f"ivigdesk.cli.{room}").commands(self._words)
        command: click.Command = commands[cmd_name]
        return command

    @contextmanager
    def _usage_in_words(self) -> Iterator[None]:
        try:
            yield
        except click.UsageError as error:
            from ivigdesk.cli.usage import in_words  # late: most lines are right

            raise in_words(self._words, error) from error


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program: exit 0 done, 1 refused with one sentence, 2 wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = Wording("en")
    collects = gc.isenabled()
    gc.disable()  # a command is over before it leaves much garbage; the window enables the collector when it is open
    try:
        words = Wording(_language(given))
        _Commands(words).main(args=given, prog_name="ivigdesk", obj=Context(words=words))
    except WordedError as error:
        _refuse(words, error)
    finally:
        if arguments is None:
            gc.freeze()  # the program ends: nothing of it needs to be searched for garbage
        elif collects:
            gc.enable()


def _language(given: Sequence[str]) -> str:
    """Return the language asked for before click reads the line, because help is worded too."""
    for place, word in enumerate(given):
        if word == "--lang" and place + 1 < len(given) and given[place + 1] in LANGUAGES:
            return given[place + 1]
        if word.startswith("--lang=") and word.removeprefix("--lang=") in LANGUAGES:
            return word.removeprefix("--lang=")
    surroundings = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh_CN" if surroundings.lower().startswith("zh") else "en"


@click.pass_context
def _open_window(ctx: click.Context, /, data: Path | None, nurse: str | None, **_read_before: object) -> None:
    context: Context = ctx.obj
    context.data, context.nurse = data, nurse
    if ctx.invoked_subcommand is not None:
        return
    open_window(context.data_folder, context.words.language)


def _say_version(ctx: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    if is_asked:
        click.echo(f"ivigdesk {__version__}")
        ctx.exit()


def _refuse(words: Wording, error: WordedError) -> None:
    sentences = [mistake.message for mistake in getattr(error, "mistakes", ())] or [error.message]
    for sentence in sentences:
        say(in_one_line(words, sentence))
    sys.exit(1)
