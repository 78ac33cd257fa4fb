"""`check`, `backup`, `restore`: the ward's file itself."""

from __future__ import annotations

import sys

import click

from ivigdesk.cli.context import Context, pass_context, put, say
from ivigdesk.wording import Wording


def commands(words: Wording) -> dict[str, click.Command]:
    """Return the commands in the reader's language."""
    _ = words.gettext

    @click.command("check", help=_("Check the ward's file, its journal and the library."))
    @pass_context
    def check(context: Context) -> None:
        from ivigdesk.actions.check_ward import check_ward

        with context.desk() as desk:
            report = check_ward(desk)
        for line in report.lines:
            put(words.say(line))
        for problem in report.problems:
            say(words.say(problem))
        sys.exit(1 if report.problems else 0)

    return {"check": check}
