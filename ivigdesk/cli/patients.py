"""`patients`: list the ward's patients, take in a file of them, record a value or an event."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from ivigdesk.cli.context import Context, pass_context, print_columns, print_json, put, say
from ivigdesk.cli.patient_facts import event_command, lab_command
from ivigdesk.wording import Wording

if TYPE_CHECKING:
    from ivigdesk.actions.patients.import_patients import Taken


def commands(words: Wording) -> dict[str, click.Command]:
    """Return the command in the reader's language."""
    _ = words.gettext

    @click.group("patients", help=_("The ward's patients."))
    def patients() -> None:
        pass

    patients.add_command(_list_command(words))
    patients.add_command(_import_command(words))
    patients.add_command(lab_command(words))
    patients.add_command(event_command(words))
    return {"patients": patients}


def _list_command(words: Wording) -> click.Command:
    _ = words.gettext

    @click.command("list", help=_("List the patients."))
    @click.argument("text", default="")
    @click.option("--json", "as_json", is_flag=True, help=_("Print data for other programs."))
    @pass_context
    def list_patients(context: Context, text: str, as_json: bool) -> None:
        from ivigdesk.actions.look_up import find_patients

        with context.desk() as desk:
            rows = find_patients(desk, text)
        if as_json:
            print_json([msgspec.to_builtins(row.patient) | {"age": row.age} for row in rows])
            return
        print_columns(
            [
                (row.patient.record_number, row.patient.name, words.date_plain(row.patient.birth_on), row.patient.bed)
                for row in rows
            ]
        )
        if not rows:
            say(_("No patient yet. Register one in the window, or import a file."))

    return list_patients


def _import_command(words: Wording) -> click.Command:
    _ = words.gettext

    @click.command("import", help=_("Take in a file of patients."))
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--as-of", default="t", help=_("Date at which the ages in the file are true; today if left out."))
    @click.option("--dry-run", is_flag=True, help=_("Say what would be taken; store nothing."))
    @click.option("--json", "as_json", is_flag=True, help=_("Print data for other programs."))
    @pass_context
    def import_file(context: Context, file: Path, as_of: str, dry_run: bool, as_json: bool) -> None:
        from ivigdesk.actions.patients.import_patients import import_patients

        with context.desk() as desk:
            taken = import_patients(desk, file, as_of=as_of, dry_run=dry_run)
        _report(context, taken, dry_run, as_json)

    return import_file


def _report(context: Context, taken: Taken, dry_run: bool, as_json: bool) -> None:
    words, _ = context.words, context.words.gettext
    if as_json:
        print_json(
            {
                "taken": [patient.record_number for patient in taken.patients],
                "skipped": [
                    {"row": skip.row, "line": skip.line, "reason": context.say(skip.reason)} for skip in taken.skipped
                ],
                "notes": [context.say(note) for note in taken.notes],
                "dry_run": dry_run,
            }
        )
        return
    put(
        words.ngettext("{n} patient taken.", "{n} patients taken.", len(taken.patients)).format(n=len(taken.patients))
        if not dry_run
        else words.ngettext("{n} patient would be taken.", "{n} patients would be taken.", len(taken.patients)).format(
            n=len(taken.patients)
        )
    )
    for skip in taken.skipped:
        put(_("Row {row} skipped: {reason}").format(row=skip.row, reason=context.say(skip.reason)))
    for note in taken.notes:
        put(context.say(note))
