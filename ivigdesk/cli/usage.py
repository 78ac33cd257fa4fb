"""Wrong usage of the command line in one sentence of the reader's language, where the library would speak English."""

from __future__ import annotations

import ast
import re
from typing import IO, Any

import click

from ivigdesk.cli.context import in_one_line, say
from ivigdesk.messages import N_, Message, message
from ivigdesk.wording import Wording

_QUOTED = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")


class WrongUsage(click.UsageError):
    """Wrong usage that is told in one line; the program ends with 2."""

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002 - the library names it
        say(self.message)


def in_words(words: Wording, error: click.UsageError) -> click.UsageError:
    """Return wrong usage as one sentence: what, which value, what is allowed, and where help stands."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError | WrongUsage):
        return error
    help_at = f"{error.ctx.command_path if error.ctx is not None else 'ivigdesk'} --help"
    told = _told(error)
    sentence = words.gettext("{what} Help: {command}").format(
        what=in_one_line(words, told) if isinstance(told, Message) else told, command=help_at
    )
    return WrongUsage(sentence, error.ctx)


def _told(error: click.UsageError) -> Message | str:
    """Return what is wrong; a sentence that a command has worded itself comes back as it is."""
    match error:
        case click.MissingParameter():
            return message(N_("{name} is missing."), name=_name(error))
        case click.BadParameter():
            return _bad_value(error)
        case click.NoSuchOption():
            return message(N_("There is no option “{value}”."), value=error.option_name)
        case click.exceptions.NoSuchCommand():
            return message(N_("There is no command “{value}”."), value=error.command_name)
        case click.BadOptionUsage() if error.message.endswith("requires an argument."):
            return message(N_("{name}: a value is missing."), name=error.option_name)
        case click.BadOptionUsage():
            return message(N_("{name} takes no value."), name=error.option_name)
        case _ if error.message.startswith("Got unexpected extra argument"):
            extra = error.message.partition("(")[2].removesuffix(")")
            return message(N_("“{value}” is more than this command takes."), value=extra)
        case _:
            return error.message


def _bad_value(error: click.BadParameter) -> Message:
    name, kind, value = _name(error), error.param.type if error.param is not None else None, _value(error.message)
    match kind:
        case click.Choice():
            allowed = ", ".join(str(choice) for choice in kind.choices)
            return message(
                N_("{name}: “{value}” is not known. Allowed: {allowed}."), name=name, value=value, allowed=allowed
            )
        case click.types.IntParamType():
            return message(N_("{name}: “{value}” is not a whole number."), name=name, value=value)
        case _:
            return message(N_("{name}: “{value}” cannot be used here."), name=name, value=value)


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return ""
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.make_metavar(_context(error))


def _context(error: click.UsageError) -> click.Context:
    return error.ctx if error.ctx is not None else click.Context(click.Command(None))


def _value(told: str) -> str:
    """Return the value that the library quotes in its sentence."""
    found = _QUOTED.search(told)
    return str(ast.literal_eval(found.group())) if found else told
