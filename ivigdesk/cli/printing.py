"""`print`: the sheets as PDF files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ivigdesk.cli.context import Context, pass_context, put
from ivigdesk.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from ivigdesk.actions.desk import Desk
    from ivigdesk.actions.printing.print_sheets import Printout

_Decorator = Callable[[Any], Any]


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
        from ivigdesk.actions.printing.print_sheets import plan_sheet

        with context.desk() as desk:
            view = course_called(desk, course_id, revision)
            _save(plan_sheet(desk, view.course.id, Wording(language), revision, with_trace=with_trace), out)

    @print_group.command("dose", help=_("The bedside sheet of a dose."))
    @click.argument("course_id", metavar="COURSE")
    @click.argument("number", metavar="N", type=int)
    @language
    @out
    @pass_context
    def dose(context: Context, course_id: str, number: int, language: str, out: Path) -> None:
        from ivigdesk.actions.look_up import course_called
        from ivigdesk.actions.printing.print_sheets import dose_sheet

        with context.desk() as desk:
            view = course_called(desk, course_id)
            _save(dose_sheet(desk, view.course.id, number, Wording(language)), out)

    @print_group.command("day", help=_("Every bedside sheet of a day."))
    @click.argument("date", metavar="DATE")
    @language
    @out
    @pass_context
    def day(context: Context, date: str, language: str, out: Path) -> None:
        from ivigdesk.actions.printing.print_sheets import day_sheets

        with context.desk() as desk:
            _save(day_sheets(desk, _read_day(desk, date), Wording(language)), out)

    @print_group.command("day-list", help=_("The ward's list of a day, with the next day beside it."))
    @click.argument("date", metavar="DATE")
    @language
    @out
    @pass_context
    def day_list(context: Context, date: str, language: str, out: Path) -> None:
        from ivigdesk.actions.printing.day_values import day_list_sheet

        with context.desk() as desk:
            _save(day_list_sheet(desk, _read_day(desk, date), Wording(language)), out)

    _add_reports(print_group, words, language, out)
    return {"print": print_group}


def _add_reports(group: click.Group, words: Wording, language: _Decorator, out: _Decorator) -> None:
    """Add the sheets that are printed when something went wrong."""
    _ = words.gettext

    @group.command("reaction", help=_("The report of a side effect of a dose, for haemovigilance."))
    @click.argument("course_id", metavar="COURSE")
    @click.argument("number", metavar="DOSE", type=int)
    @click.option("--effect", "code", default="", metavar="CODE", help=_("Which one, where the dose has several."))
    @language
    @out
    @pass_context
    def reaction(context: Context, course_id: str, number: int, code: str, language: str, out: Path) -> None:
        from ivigdesk.actions.printing.reaction_values import reaction_of_dose, reaction_sheet

        with context.desk() as desk:
            effect = reaction_of_dose(desk, course_id, number, code)
            _save(reaction_sheet(desk, effect.id, Wording(language)), out)

    @group.command("recall", help=_("Everybody who got a lot, and everybody who still could."))
    @click.argument("lot", metavar="LOT")
    @language
    @out
    @pass_context
    def recall(context: Context, lot: str, language: str, out: Path) -> None:
        from ivigdesk.actions.printing.recall_values import recall_sheet

        with context.desk() as desk:
            _save(recall_sheet(desk, lot, Wording(language)), out)


def _read_day(desk: Desk, text: str) -> date:
    from ivigdesk.actions.words import read_date
    from ivigdesk.clock import today
    from ivigdesk.messages import N_, message

    return read_date(text, field="date", name=message(N_("Date")), base=today(desk.clock))


def _save(printout: Printout, file: Path) -> None:
    from ivigdesk.actions.printing.print_sheets import save_printout

    save_printout(printout, file)
    put(str(file))
