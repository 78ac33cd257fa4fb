"""`course change`: what a change of a calendar would do, dose by dose, and the change itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ivigdesk.cli.change_json import ripple_as_data, status_after
from ivigdesk.cli.context import Context, pass_context, print_columns, print_json, put, say
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, message
from ivigdesk.wording import Wording

if TYPE_CHECKING:
    from uuid import UUID

    from ivigdesk.actions.courses.changing.form import ChangeForm
    from ivigdesk.actions.courses.changing.rows import Ripple, RippleRow
    from ivigdesk.actions.desk import Desk
    from ivigdesk.clinical.courses.course import Course, Dose
    from ivigdesk.clinical.courses.status import CourseView

_VERBS = (
    "postpone", "bring-forward", "omit", "hold", "resume", "cease", "add", "first-day", "realign", "error", "product",
    "weight", "undo",
)  # fmt: skip
_REACHES = ("this", "phase", "rest", "keep-end")
_GRIDS = ("keep", "re-anchor")


def change_command(words: Wording) -> click.Command:
    """Return the command in the reader's language."""
    _ = words.gettext

    @click.command("change", help=_("Change the calendar of a course: one dose, or what comes after it too."))
    @click.argument("course_id", metavar="ID")
    @click.option("--verb", type=click.Choice(_VERBS), help=_("What to do; without it a dose moves to --to."))
    @click.option("--dose", type=int, help=_("Number of the dose."))
    @click.option("--to", default="", help=_("Its new date."))
    @click.option("--reach", type=click.Choice(_REACHES), help=_("How far it goes."))
    @click.option(
        "--grid",
        type=click.Choice(_GRIDS),
        help=_("Whether later doses keep the days of their rhythm, or count from the new date."),
    )
    @click.option("--product", default="", help=_("Id of the product that the doses are given from now on."))
    @click.option("--first-day", default="", help=_("Day on which the phase of the dose is to begin."))
    @click.option("--by", default="", help=_("Prescriber who approves it, where one is needed."))
    @click.option("--revision", type=int, help=_("Refuse where the course has a newer revision than this one."))
    @click.option("--reason", help=_("Why; only --dry-run needs none."))
    @click.option("--dry-run", is_flag=True, help=_("Show the difference; store nothing."))
    @click.option("--json", "as_json", is_flag=True, help=_("Print data for other programs."))
    @pass_context
    def change(
        context: Context,
        /,
        course_id: str,
        reason: str | None,
        by: str,
        dry_run: bool,
        as_json: bool,
        **typed: Any,
    ) -> None:
        if reason is None and not dry_run:
            raise click.UsageError(_("Say why with --reason."))
        from ivigdesk.actions.courses.changing.ripple import accept, ripple
        from ivigdesk.actions.look_up import course_called

        with context.desk() as desk:
            found = course_called(desk, course_id, typed["revision"])
            _must_be_newest(found)
            shown = ripple(desk, _form(desk, found, typed))
            stored = None if dry_run else accept(desk, shown, reason or "", by)
        if as_json:
            print_json(ripple_as_data(context, shown, stored))
        else:
            _print(context, shown, stored)

    return change


def _must_be_newest(found: CourseView) -> None:
    """Refuse to change what was seen at an older revision.

    Raises:
        KnownError: it names both revisions.
    """
    if found.is_superseded:
        raise KnownError(
            message(
                N_(
                    "Course {code} was changed since revision {seen}: revision {newest} is in force. Nothing was "
                    "overwritten; look at it with “course show”."
                ),
                code=found.course.code,
                seen=found.course.revision.number,
                newest=found.newest_revision,
            )
        )


def _form(desk: Desk, found: CourseView, typed: dict[str, Any]) -> ChangeForm:
    from ivigdesk.actions.courses.changing.form import ChangeForm

    return ChangeForm(
        course_id=found.course.id,
        verb=typed["verb"] or _move(desk, found, typed["dose"], typed["to"]),
        number=typed["dose"],
        to=typed["to"],
        reach=typed["reach"] or "",
        grid=typed["grid"] or "",
        product_id=typed["product"],
        first_day=typed["first_day"],
        revision=typed["revision"],
    )


def _move(desk: Desk, found: CourseView, number: int | None, to: str) -> str:
    """Return which way a dose is moved by a line that names no verb."""
    from ivigdesk.actions.words import read_date
    from ivigdesk.clock import today

    stands_on = {one.dose.number: one.dose.due_on for one in found.doses}.get(number or 0)
    if stands_on is None or not to.strip():
        return "postpone"  # what is missing is said there
    day = read_date(to, field="to", name=message(N_("New date")), base=today(desk.clock))
    return "bring-forward" if day < stands_on else "postpone"


def _print(context: Context, shown: Ripple, stored: Course | None) -> None:
    words, _ = context.words, context.words.gettext
    after = {} if stored is None else {dose.id: dose for dose in stored.doses}
    rows = [_row(context, shown, row, after) for row in shown.rows]
    filled = [column for column in range(len(rows[0])) if any(row[column] for row in rows)]
    print_columns([tuple(row[column] for column in filled) for row in rows])
    for finding in shown.findings:
        say(f"{finding.severity} {finding.code}: {context.say(finding.message)}")
    if shown.left_out:
        put(
            words.ngettext(
                "Left out, so that the end stays: dose {numbers}.",
                "Left out, so that the end stays: doses {numbers}.",
                len(shown.left_out),
            ).format(numbers=words.ranges(shown.left_out))
        )
    if stored is not None:
        put(_("Stored as revision {revision}.").format(revision=stored.revision.number))
        return
    if shown.needs_prescriber:
        say(_("This needs a prescriber: name who approves it with --by."))
    say(_("Nothing is stored."))


def _row(context: Context, shown: Ripple, row: RippleRow, stored: dict[UUID, Dose]) -> tuple[str, ...]:
    """Return number, date before and after, transplant day, state, and what should be noticed."""
    words = context.words
    status = status_after(shown, row, stored)
    day = None if row.after is None else row.after.transplant_day
    return (
        str(row.number),
        "" if row.before is None else words.date(row.before.dose.due_on),
        f"→ {words.date(row.after.due_on)}" if row.after is not None and (row.is_moved or row.before is None) else "",
        "" if day is None else words.transplant_day(day),
        words.gettext("taken back") if status is None else words.status(status),
        "; ".join(f"{note.severity}: {context.say(note.message)}" for note in row.notes),
    )
