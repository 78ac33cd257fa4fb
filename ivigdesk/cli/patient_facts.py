"""`patients lab` and `patients event`: record a laboratory value, or what happened to a patient."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click
import msgspec

from ivigdesk.cli.context import Context, pass_context, print_json, put, say
from ivigdesk.wording import Wording


def lab_command(words: Wording) -> click.Command:
    """Return `patients lab` in the reader's language."""
    _ = words.gettext

    @click.command("lab", help=_("Record a laboratory value or a measurement."))
    @click.argument("number")
    @click.argument("test")
    @click.argument("value")
    @click.argument("unit", default="")
    @click.option("--on", "taken_on", default="t", help=_("Date of the sample; today if left out."))
    @click.option("--replaces", default="", help=_("Id of the value that this one corrects."))
    @click.option("--reason", default="", help=_("Why; needed for a correction."))
    @click.option("--json", "as_json", is_flag=True, help=_("Print data for other programs."))
    @pass_context
    def lab(context: Context, /, number: str, replaces: str, as_json: bool, **typed: Any) -> None:
        from ivigdesk.actions.look_up import patient_numbered
        from ivigdesk.actions.patients.record_lab_value import LabForm, record
        from ivigdesk.sheets.lab_words import test_words, value_words

        with context.desk() as desk:
            patient = patient_numbered(desk, number)
            value = record(desk, LabForm(patient_id=patient.id, replaces=_id(replaces), **typed))
        if as_json:
            print_json(msgspec.to_builtins(value))
            return
        put(
            _("Stored for {number}: {test} {value}, {day}.").format(
                number=number,
                test=test_words(value.test, words),
                value=value_words(value),
                day=words.date(value.taken_on),
            )
        )

    return lab


def event_command(words: Wording) -> click.Command:
    """Return `patients event` in the reader's language."""
    _ = words.gettext

    @click.command("event", help=_("Record an infection, CMV, GVHD, relapse, death and the like."))
    @click.argument("number")
    @click.argument("kind")
    @click.option("--on", default="t", help=_("First day; today if left out."))
    @click.option("--until", default="", help=_("Last day; left out while it lasts."))
    @click.option("--severity", default="", help=_("mild, moderate, severe or life-threatening."))
    @click.option("--site", default="", help=_("Site of an infection, such as lungs."))
    @click.option("--organism", default="", help=_("Which organism."))
    @click.option("--bacterial", "is_bacterial", default="unknown", help=_("yes, no or unknown."))
    @click.option(
        "--iv-antibiotics",
        "needed_iv_antibiotics",
        default="unknown",
        help=_("Whether intravenous antibiotics were needed: yes, no or unknown."),
    )
    @click.option("--cmv-disease", default="", help=_("Of a CMV event: viraemia, syndrome, pneumonia-proven, …"))
    @click.option("--grade", default="", help=_("Grade of acute GVHD, 1 to 4."))
    @click.option("--note", default="", help=_("Further words."))
    @click.option("--replaces", default="", help=_("Id of the event that this one corrects."))
    @click.option("--reason", default="", help=_("Why; needed for a correction."))
    @click.option("--json", "as_json", is_flag=True, help=_("Print data for other programs."))
    @pass_context
    def event(context: Context, /, number: str, replaces: str, as_json: bool, **typed: Any) -> None:
        from ivigdesk.actions.look_up import patient_numbered
        from ivigdesk.actions.patients.record_event import EventForm, courses_to_cease, record
        from ivigdesk.clinical.patients.event_words import title_of

        with context.desk() as desk:
            patient = patient_numbered(desk, number)
            stored = record(desk, EventForm(patient_id=patient.id, replaces=_id(replaces), **typed))
            waiting = courses_to_cease(desk, patient.id)
        if as_json:
            print_json(msgspec.to_builtins(stored))
        else:
            put(
                _("Stored for {number}: {event}, {day}.").format(
                    number=number, event=context.say(title_of(stored)), day=words.date(stored.on)
                )
            )
        for view in waiting:
            text = _("Course {code} still has doses to come. Cease them in the window, or record the event anew.")
            say(text.format(code=view.course.code))

    return event


def _id(text: str) -> UUID | None:
    """Return the id that was typed.

    Raises:
        click.BadParameter: it is none.
    """
    if not text.strip():
        return None
    try:
        return UUID(text.strip())
    except ValueError:
        raise click.BadParameter(text, param_hint="--replaces") from None
