"""`export`: files for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from ivigdesk.cli.context import Context, pass_context, put
from ivigdesk.wording import LANGUAGES, Wording


def commands(words: Wording) -> dict[str, click.Command]:
    """Return the command in the reader's language."""
    _ = words.gettext

    @click.group("export", help=_("Write a file for another program."))
    def export() -> None:
        pass

    @export.command("ics", help=_("Dates of doses as an iCalendar file: of one course, or of the ward."))
    @click.option("--course", "course_id", metavar="ID", help=_("The course."))
    @click.option("--from", "first", metavar="DATE", help=_("First day."))
    @click.option("--to", "last", metavar="DATE", help=_("Last day."))
    @click.option("--names", is_flag=True, help=_("Name the patients; else their beds or initials stand there."))
    @click.option(
        "--lang", "language", type=click.Choice(LANGUAGES), default=words.language, help=_("Language of the file.")
    )
    @click.option("--out", type=click.Path(path_type=Path), required=True, help=_("The file to write."))
    @pass_context
    def ics(
        context: Context,
        /,
        course_id: str | None,
        first: str | None,
        last: str | None,
        names: bool,
        language: str,
        out: Path,
    ) -> None:
        from ivigdesk.actions.look_up import course_called
        from ivigdesk.actions.ward.export_calendar import course_calendar, ward_calendar
        from ivigdesk.actions.whole_file import write_whole
        from ivigdesk.actions.words import read_date
        from ivigdesk.clock import today
        from ivigdesk.messages import N_, message

        is_of_ward = first is not None and last is not None
        if (course_id is None) == (first is None and last is None) or (course_id is None and not is_of_ward):
            raise click.UsageError(_("Give either --course, or --from and --to."))
        with context.desk() as desk:
            if course_id is not None:
                course = course_called(desk, course_id).course
                content = course_calendar(desk, course.id, Wording(language), named=names)
            else:
                now = today(desk.clock)
                begin = read_date(first or "", field="from", name=message(N_("First day")), base=now)
                end = read_date(last or "", field="to", name=message(N_("Last day")), base=now)
                content = ward_calendar(desk, begin, end, Wording(language), named=names)
        write_whole(content, out)
        put(str(out))

    return {"export": export}
