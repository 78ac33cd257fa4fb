"""`print`: the sheets as PDF files."""

from __future__ import annotations

from pathlib import Path

import click

from ivigdesk.cli.context import Context, pass_context, put
from ivigdesk.wording import LANGUAGES, Wording


def commands(words: Wording) -> dict[str, click.Command]:
    """Return the command in the reader's language."""
    _ = words.gettext
    out = click.option("--out", type=click.Path(path_type=Path), required=True, help=_("The PDF file to write."))
    language = click.option(
        "--lang", "language", type=click.Choice(LANGUAGES), default=words.language, help=_("Language of the sheet.")
    )

    @click.group("print", help=_("Write a sheet as a PDF file."))
    def print_group() -> None:
        pass

    @print_group.command("plan", help=_("The plan of a course."))
    @click.argument("course_id", metavar="COURSE")
    @click.option("--revision", type=int, help=_("An older revision."))
    @click.option("--why", "with_trace", is_flag=True, help=_("Also print why each dose is as it is."))
    @language
    @out
    @pass_context
    def plan(
        context: Context, course_id: str, revision: int | None, with_trace: bool, language: str, out: Path
    ) -> None:
        from ivigdesk.actions.look_up import course_called
        from ivigdesk.actions.printing.print_sheets import plan_sheet, save_printout

        with context.desk() as desk:
            view = course_called(desk, course_id, revision)
            printout = plan_sheet(desk, view.course.id, Wording(language), revision, with_trace=with_trace)
            save_printout(printout, out)
        put(str(out))

    @print_group.command("dose", help=_("The bedside sheet of a dose."))
    @click.argument("course_id", metavar="COURSE")
    @click.argument("number", metavar="N", type=int)
    @language
    @out
    @pass_context
    def dose(context: Context, course_id: str, number: int, language: str, out: Path) -> None:
        from ivigdesk.actions.look_up import course_called
        from ivigdesk.actions.printing.print_sheets import dose_sheet, save_printout

        with context.desk() as desk:
            view = course_called(desk, course_id)
            save_printout(dose_sheet(desk, view.course.id, number, Wording(language)), out)
        put(str(out))

    @print_group.command("day", help=_("Every bedside sheet of a day."))
    @click.argument("date", metavar="DATE")
    @language
    @out
    @pass_context
    def day(context: Context, date: str, language: str, out: Path) -> None:
        from ivigdesk.actions.printing.print_sheets import day_sheets, save_printout
        from ivigdesk.actions.words import read_date
        from ivigdesk.clock import today
        from ivigdesk.messages import N_, message

        with context.desk() as desk:
            shown = read_date(date, field="date", name=message(N_("Date")), base=today(desk.clock))
            save_printout(day_sheets(desk, shown, Wording(language)), out)
        put(str(out))

    return {"print": print_group}
