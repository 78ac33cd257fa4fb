"""`course`: plan one for a patient, show it, change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ivigdesk.cli.context import Context, pass_context, print_columns, print_json, put, say
from ivigdesk.cli.course_change import change_command
from ivigdesk.cli.course_json import course_as_data, revisions_as_data
from ivigdesk.cli.criteria_words import criteria_lines
from ivigdesk.cli.plan_options import course_options, stated_pairs
from ivigdesk.units import grams
from ivigdesk.wording import Wording

if TYPE_CHECKING:
    from ivigdesk.actions.courses.plan_course import Proposal
    from ivigdesk.clinical.courses.course import Course
    from ivigdesk.clinical.courses.status import CourseView

_SAME_NAME = (
    "weight", "weighed_on", "height", "policy", "policy_reason", "profile", "weekly_from", "last_day", "every_days",
    "doses", "mg_per_kg", "rounding", "antiviral", "prescriber", "approved_g", "approved_until",
)  # fmt: skip
"""Options of `course plan` that are called as the form's fields are."""


def commands(words: Wording) -> dict[str, click.Command]:
    """Return the command in the reader's language."""
    _ = words.gettext

    @click.group("course", help=_("One patient's use of a regimen."))
    def course() -> None:
        pass

    for command in (_plan_command(words), _show_command(words), change_command(words)):
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
    @click.option("--weighed-on", default="", help=_("Date of that weight; today if left out."))
    @click.option("--height", default="", help=_("Height in centimetres."))
    @course_options(words)
    @click.option("--policy-reason", default="", help=_("Why another policy than the proposed one."))
    @click.option("--approved-g", default="", help=_("Grams that were approved for the whole course."))
    @click.option("--approved-until", default="", help=_("Last day that the approval covers."))
    @click.option("--optional", is_flag=True, help=_("Also the doses that the source calls optional."))
    @click.option("--prescriber", default="", help=_("Who prescribed it."))
    @click.option("--confirm", "confirmed", is_flag=True, help=_("Store the course."))
    @click.option("--reason", default="", help=_("Why; needed where a finding stands in the way."))
    @click.option("--by", default="", help=_("Prescriber who accepts it; the prescriber of the course if left out."))
    @_json_option(words)
    @pass_context
    def plan(context: Context, /, confirmed: bool, reason: str, by: str, as_json: bool, **typed: Any) -> None:
        from ivigdesk.actions.courses.plan_course import PlanForm, confirm, propose
        from ivigdesk.actions.look_up import patient_numbered

        fields = {
            field: typed[option]
            for option, field in (("regimen", "regimen_id"), ("product", "product_id"), ("start", "first_on"))
        }
        fields |= {name: typed[name] for name in _SAME_NAME}
        fields |= {"include_optional": typed["optional"], "stated": stated_pairs(typed["stated"])}
        with context.desk() as desk:
            patient = patient_numbered(desk, typed["patient"])
            proposal = propose(desk, PlanForm(patient_id=patient.id, **fields))
            stored = confirm(desk, proposal, reason, by) if confirmed else None
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
        from ivigdesk.actions.look_up import course_called, revisions, tasks_of

        with context.desk() as desk:
            view = course_called(desk, course_id, revision)
            tasks = tasks_of(desk, view)
            every = revisions(desk, view.course.id)
        if as_json:
            print_json(course_as_data(context, view, tasks) | {"revisions": revisions_as_data(every)})
        else:
            _print_course(context, view)

    return show


def _print_plan(context: Context, proposal: Proposal, stored: Course | None, as_json: bool) -> None:
    from ivigdesk.cli.plan_json import plan_as_data, sentence

    _ = context.words.gettext
    plan = proposal.plan
    if as_json:
        data: dict[str, Any] = {"confirmed": stored is not None, "id": None, "revision": None}
        if stored is not None:
            data |= {"id": str(stored.id), "code": stored.code, "revision": stored.revision.number}
        print_json(data | plan_as_data(context, plan))
        return
    put(sentence(context, plan))
    for line in criteria_lines(context, [infusion.criteria for infusion in plan.infusions]):
        put(line)
    for finding in plan.all_findings:
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
    for line in criteria_lines(context, [one.dose.criteria for one in view.doses]):
        put(line)
    print_columns(
        [
            (
                str(one.dose.number),
                words.date(one.dose.due_on),
                words.amount(grams(one.dose.planned_dose_mg), "g"),
                words.status(one.status),
                one.dose.reason,
            )
            for one in view.by_date
        ]
    )
