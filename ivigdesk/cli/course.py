"""`course`: plan one for a patient, show it, change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ivigdesk.cli.context import Context, pass_context, print_columns, print_json, put, say
from ivigdesk.units import grams, plain
from ivigdesk.wording import Wording

if TYPE_CHECKING:
    from ivigdesk.actions.plan_course import Proposal
    from ivigdesk.actions.postpone_dose import Ripple
    from ivigdesk.clinical.course import Course
    from ivigdesk.clinical.status import CourseView, DoseView


def commands(words: Wording) -> dict[str, click.Command]:
    """Return the command in the reader's language."""
    _ = words.gettext

    @click.group("course", help=_("One patient's use of a regimen."))
    def course() -> None:
        pass

    for command in (_plan_command(words), _show_command(words), _change_command(words)):
        course.add_command(command)
    return {"course": course}


def _json_option(words: Wording) -> Callable[[Callable[..., None]], Callable[..., None]]:
    _ = words.gettext
    return click.option("--json", "as_json", is_flag=True, help=_("Print data for other programs."))


def _plan_command(words: Wording) -> click.Command:
    _ = words.gettext

    @click.command("plan", help=_("Propose a course; with --confirm, store it."))
    @click.option("--patient", required=True, help=_("Record number."))
    @click.option("--regimen", required=True, help=_("Id of the regimen."))
    @click.option("--start", default="", help=_("Date of the first dose, such as 2026-03-02."))
    @click.option("--product", required=True, help=_("Id of the product."))
    @click.option("--weight", default="", help=_("Weight in kilograms; the last one on record if left out."))
    @click.option("--height", default="", help=_("Height in centimetres."))
    @click.option("--policy", default="", help=_("Policy of the dosing weight."))
    @click.option(
        "--weekly-from", default="", help=_("First day of the weekly doses, where the source leaves it open.")
    )
    @click.option("--rounding", default="", help=_("nearest, down, up or partial."))
    @click.option("--mg-per-kg", default="", help=_("Dose per kilogram, only where the source states none."))
    @click.option("--antiviral", default="", help=_("Antiviral drug given beside it."))
    @click.option("--prescriber", default="", help=_("Who prescribed it."))
    @click.option("--confirm", "confirmed", is_flag=True, help=_("Store the course."))
    @click.option("--reason", default="", help=_("Why; needed where a finding stands in the way."))
    @_json_option(words)
    @pass_context
    def plan(context: Context, /, confirmed: bool, reason: str, as_json: bool, **typed: str) -> None:
        from ivigdesk.actions.look_up import patient_numbered
        from ivigdesk.actions.plan_course import PlanForm, confirm, propose

        with context.desk() as desk:
            patient = patient_numbered(desk, typed["patient"])
            proposal = propose(
                desk,
                PlanForm(
                    patient_id=patient.id,
                    regimen_id=typed["regimen"],
                    product_id=typed["product"],
                    first_on=typed["start"],
                    weekly_from=typed["weekly_from"],
                    weight=typed["weight"],
                    height=typed["height"],
                    policy=typed["policy"],
                    rounding=typed["rounding"],
                    mg_per_kg=typed["mg_per_kg"],
                    antiviral=typed["antiviral"],
                    prescriber=typed["prescriber"],
                ),
            )
            stored = confirm(desk, proposal, reason) if confirmed else None
        _print_plan(context, proposal, stored, as_json)

    return plan


def _show_command(words: Wording) -> click.Command:
    _ = words.gettext

    @click.command("show", help=_("Show a course."))
    @click.argument("course_id", metavar="ID")
    @click.option("--revision", type=int, help=_("An older revision."))
    @_json_option(words)
    @pass_context
    def show(context: Context, course_id: str, revision: int | None, as_json: bool) -> None:
        from ivigdesk.actions.look_up import course_called

        with context.desk() as desk:
            view = course_called(desk, course_id, revision)
        if as_json:
            print_json(course_as_data(context, view))
        else:
            _print_course(context, view)

    return show


def _change_command(words: Wording) -> click.Command:
    _ = words.gettext

    @click.command("change", help=_("Move a dose to another day."))
    @click.argument("course_id", metavar="ID")
    @click.option("--verb", type=click.Choice(["postpone"]), default="postpone", show_default=True)
    @click.option("--dose", type=int, required=True, help=_("Number of the dose."))
    @click.option("--to", "to", required=True, help=_("Its new date."))
    @click.option("--reach", type=click.Choice(["this", "phase", "rest"]), required=True, help=_("How far it goes."))
    @click.option("--reason", required=True, help=_("Why."))
    @click.option("--dry-run", is_flag=True, help=_("Show the difference; store nothing."))
    @_json_option(words)
    @pass_context
    def change(context: Context, /, course_id: str, dry_run: bool, as_json: bool, **typed: Any) -> None:
        from ivigdesk.actions.look_up import course_called
        from ivigdesk.actions.postpone_dose import postpone_dose, ripple
        from ivigdesk.actions.words import read_date
        from ivigdesk.clock import today
        from ivigdesk.messages import N_, message

        with context.desk() as desk:
            to = read_date(typed["to"], field="to", name=message(N_("New date")), base=today(desk.clock))
            found = course_called(desk, course_id)
            ripples = ripple(desk, found.course.id, number=typed["dose"], to=to, reach=typed["reach"])
            stored = None if dry_run else postpone_dose(desk, ripples, typed["reason"])
        _print_ripple(context, ripples, stored, as_json)

    return change


def course_as_data(context: Context, view: CourseView) -> dict[str, Any]:
    """Return a stored course with stable keys."""
    course = view.course
    return {
        "id": str(course.id),
        "code": course.code,
        "patient": view.patient.record_number,
        "regimen": {"id": course.regimen.id, "version": course.regimen.version},
        "product": {"id": course.product.id, "version": course.product.version},
        "revision": course.revision.number,
        "newest_revision": view.newest_revision,
        "state": _course_state(view),
        "reason": course.revision.reason,
        "nurse": course.revision.nurse,
        "total_mg": str(course.total_mg),
        "doses": [_dose(context, one) for one in view.doses],
    }


def _dose(context: Context, one: DoseView) -> dict[str, Any]:
    dose = one.dose
    return {
        "id": str(dose.id),
        "number": dose.number,
        "date": dose.due_on.isoformat(),
        "course_day": dose.course_day,
        "transplant_day": dose.transplant_day,
        # `due` and `overdue` follow from the date; a dose that waits is planned.
        "state": "planned" if one.status in ("due", "overdue") else one.status,
        "overdue": one.status == "overdue",
        "mg": str(dose.planned_dose_mg),
        "reason": dose.reason,
        "moved_from": dose.planned_on.isoformat() if dose.was_moved else None,
        "side_effects": [{"code": effect.code, "grade": effect.grade} for effect in one.side_effects],
        "findings": context.findings(dose.findings),
    }


def _course_state(view: CourseView) -> str:
    if view.next_dose is None:
        return "finished"
    return "held" if any(one.status == "held" for one in view.doses) else "active"


def _print_plan(context: Context, proposal: Proposal, stored: Course | None, as_json: bool) -> None:
    from ivigdesk.cli.plan_json import plan_as_data, sentence

    _ = context.words.gettext
    if as_json:
        data: dict[str, Any] = {"confirmed": stored is not None, "id": None, "revision": None}
        if stored is not None:
            data |= {"id": str(stored.id), "code": stored.code, "revision": stored.revision.number}
        print_json(data | plan_as_data(context, proposal.plan))
        return
    put(sentence(context, proposal.plan))
    for finding in proposal.plan.all_findings:
        say(f"{finding.severity} {finding.code}: {context.say(finding.message)}")
    if stored is None:
        say(_("Nothing is stored. Add --confirm to store the course."))
    else:
        put(_("Stored as course {code} ({id}).").format(code=stored.code, id=stored.id))


def _print_course(context: Context, view: CourseView) -> None:
    words, _ = context.words, context.words.gettext
    put(
        _("{name}, {number}: course {code}, revision {revision}").format(
            name=view.patient.name,
            number=view.patient.record_number,
            code=view.course.code,
            revision=view.course.revision.number,
        )
    )
    if view.is_superseded:
        say(_("Superseded by revision {revision}.").format(revision=view.newest_revision))
    print_columns(
        [
            (
                str(one.dose.number),
                words.date(one.dose.due_on),
                words.amount(grams(one.dose.planned_dose_mg), "g"),
                words.status(one.status),
                one.dose.reason,
            )
            for one in view.doses
        ]
    )


def _print_ripple(context: Context, ripples: Ripple, stored: Course | None, as_json: bool) -> None:
    words, _ = context.words, context.words.gettext
    if as_json:
        print_json(
            {
                "id": str(ripples.view.course.id),
                "revision": ripples.view.course.revision.number if stored is None else stored.revision.number,
                "stored": stored is not None,
                "doses": [
                    {
                        "id": str(row.before.dose.id),
                        "number": row.before.dose.number,
                        "from": row.before.dose.due_on.isoformat(),
                        "date": row.due_on.isoformat(),
                        "moved": row.is_moved,
                        "notes": [context.say(note) for note in row.notes],
                        "mg": plain(row.before.dose.planned_dose_mg),
                    }
                    for row in ripples.rows
                ],
            }
        )
        return
    for row in ripples.rows:
        arrow = f"→ {words.date(row.due_on)}" if row.is_moved else ""
        notes = "; ".join(context.say(note) for note in row.notes)
        put(f"{row.before.dose.number:>3}  {words.date(row.before.dose.due_on)}  {arrow}  {notes}".rstrip())
    if stored is None:
        say(_("Nothing is stored."))
    else:
        put(_("Stored as revision {revision}.").format(revision=stored.revision.number))
