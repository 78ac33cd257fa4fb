"""`check`, `backup`, `restore`: the ward's file itself."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ivigdesk.cli.context import Context, pass_context, put, say
from ivigdesk.wording import Wording


def commands(words: Wording) -> dict[str, click.Command]:
    """Return the commands in the reader's language."""
    _ = words.gettext

    @click.command("check", help=_("Check the ward's file, its journal and the library."))
    @pass_context
    def check(context: Context) -> None:
        from ivigdesk.actions.ward.check_ward import check_ward

        with context.desk() as desk:
            report = check_ward(desk)
        for line in report.lines:
            put(words.say(line))
        for problem in report.problems:
            say(words.say(problem))
        sys.exit(1 if report.problems else 0)

    @click.command("backup", help=_("Copy the ward's file, and read the copy back."))
    @click.argument("file", type=click.Path(path_type=Path))
    @pass_context
    def back_up_ward(context: Context, file: Path) -> None:
        from ivigdesk.actions.ward.back_up import back_up

        with context.desk() as desk:
            put(words.say(back_up(desk, file)))

    @click.command("restore", help=_("Put a backup in force; the file that was there is moved aside."))
    @click.argument("file", type=click.Path(path_type=Path))
    @pass_context
    def restore_ward(context: Context, file: Path) -> None:
        from ivigdesk.actions.ward.back_up import restore

        for line in restore(file, context.data_folder):
            put(words.say(line))

    return {"check": check, "backup": back_up_ward, "restore": restore_ward}
