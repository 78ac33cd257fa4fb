"""`schedule`: a course computed for nobody in particular; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ivigdesk.actions.library.files import Library
from ivigdesk.cli.context import Context, pass_context, print_columns, print_json, put, say
from ivigdesk.cli.criteria_words import criteria_column, criteria_lines
from ivigdesk.cli.plan_json import dosing_weight_kg, plan_as_data, sentence
from ivigdesk.cli.plan_options import course_options
from ivigdesk.cli.schedule_request import Told, read_request
from ivigdesk.clinical.courses.plan import plan_course
from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.clock import SystemClock, today
from ivigdesk.scheduling.choices import OpenChoice, open_choices
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.units import grams
from ivigdesk.wording import Wording

_Command = Callable[..., None]


def commands(words: Wording) -> dict[str, click.Command]:
    """Return the command in the reader's language."""
    _ = words.gettext

    @click.command("schedule", help=_("Compute a course from a regimen, a weight and a date. Nothing is stored."))
    @click.argument("regimen")
    @click.option("--start", default="", help=_("Date of the first dose, such as 2026-03-02."))
    @click.option("--weight", required=True, help=_("Weight in kilograms."))
    @click.option("--product", default="cn-ph4-5", show_default=True, help=_("Id of the product."))
    @course_options(words)
    @_patient_options(words)
    @_history_options(words)
    @click.option("--optional", is_flag=True, help=_("Also the doses that the source calls optional."))
    @click.option("--json", "as_json", is_flag=True, help=_("Print data for other programs."))
    @click.option("--ics", type=click.Path(path_type=Path), help=_("Also write the dates as an iCalendar file."))
    @pass_context
    def schedule(context: Context, /, as_json: bool, ics: Path | None, **typed: Any) -> None:
        told = read_request(Library(context.data_folder), typed, today(SystemClock()))
        plan = plan_course(told.request)
        if ics is not None:
            _write_calendar(plan, words, ics)
        if as_json:
            print_json(plan_as_data(context, plan) | {"assumed": [context.say(one) for one in told.assumed]})
        else:
            _print(context, plan, told)
        if ics is not None:
            say(_("Written: {file}").format(file=ics))

    return {"schedule": schedule}


def _patient_options(words: Wording) -> Callable[[_Command], _Command]:
    _ = words.gettext
    options = (
        click.option("--transplant", default="", help=_("Date of the stem-cell infusion.")),
        click.option("--transplant-kind", default="", help=_("allogeneic, autologous or syngeneic.")),
        click.option("--donor-kind", default="", help=_("Kind of donor, such as matched-sibling.")),
        click.option("--birth", default="", help=_("Birth date.")),
        click.option("--height", default="", help=_("Height in centimetres.")),
        click.option("--sex", default="", help=_("f or m.")),
        click.option("--pregnant", is_flag=True, help=_("The patient is pregnant.")),
        click.option("--weighed-on", default="", help=_("Date of the weight; the day of the first dose if left out.")),
        click.option("--blood-group", default="", help=_("Blood group: O, A, B or AB.")),
        click.option("--donor-blood-group", default="", help=_("Blood group of the donor.")),
        click.option("--cmv", default="", help=_("Recipient's CMV serostatus: positive or negative.")),
        click.option("--donor-cmv", default="", help=_("Donor's CMV serostatus: positive or negative.")),
    )
    return _with(options)


def _history_options(words: Wording) -> Callable[[_Command], _Command]:
    _ = words.gettext
    options = (
        click.option("--igg", default="", help=_("IgG before treatment in g/L, as of the day of the first dose.")),
        click.option(
            "--cmv-disease", default="", help=_("none, viraemia, syndrome, pneumonia-probable, pneumonia-proven, …")
        ),
        click.option("--risk", multiple=True, help=_("renal, thrombosis, cardiac or diabetes; may be repeated.")),
        click.option("--condition", multiple=True, help=_("What else is true, such as sepsis; may be repeated.")),
        click.option("--medicines", default="", help=_("Other medicines.")),
        click.option(
            "--first-infusion/--not-first",
            default=True,
            help=_("Whether this is the first infusion, another product, or after a long gap."),
        ),
    )
    return _with(options)


def _with(options: tuple[Callable[[_Command], _Command], ...]) -> Callable[[_Command], _Command]:
    def decorate(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def _write_calendar(plan: CoursePlan, words: Wording, file: Path) -> None:
    from ivigdesk.actions.whole_file import write_whole  # late: most schedules are only looked at
    from ivigdesk.cli.schedule_calendar import schedule_calendar

    write_whole(schedule_calendar(plan, words, SystemClock().now()), file)


def _print(context: Context, plan: CoursePlan, told: Told) -> None:
    words, _ = context.words, context.words.gettext
    put(sentence(context, plan))
    for one in told.assumed:
        put(context.say(one))
    for choice in open_choices(plan.request.regimen):
        put(_open_choice(context, plan.request.regimen, choice))
    put(
        _("Dosing weight {weight} ({policy}); {total} in all with {product}.").format(
            weight=f"{dosing_weight_kg(plan)}\u00a0kg",
            policy=plan.dosing_weight.policy,
            total=words.amount(grams(plan.total_mg), "g"),
            product=words.text(plan.request.product.title),
        )
    )
    criteria = [infusion.criteria for infusion in plan.infusions]
    for line in criteria_lines(context, criteria):
        put(line)
    put("")
    print_columns(_table(context, plan, criteria_column(context, criteria)))
    for finding in dict.fromkeys((one.severity, one.code, context.say(one.message)) for one in plan.all_findings):
        say(f"{finding[0]} {finding[1]}: {finding[2]}")


def _open_choice(context: Context, regimen: Regimen, choice: OpenChoice) -> str:
    """Return what the source leaves open, and what this course was computed with: nobody may take it for the rule."""
    words, _ = context.words, context.words.gettext
    if choice.least is not None and choice.most is not None:
        allowed = _("{least} to {most}").format(least=words.number(choice.least), most=words.number(choice.most))
    else:
        allowed = ", ".join(words.number(value) for value in choice.allowed)
    day = _("course day {day}") if regimen.anchor == "first-dose" else _("transplant day {day}")
    facts = {
        "phase": words.text(choice.phase_name),
        "value": words.number(choice.default),
        "day": day.format(day=words.number(choice.default)),
        "allowed": allowed,
    }
    texts = {
        "first_day": _("“{phase}” starts on {day}; the source leaves {allowed} open."),
        "last_day": _("“{phase}” ends by {day}; the source leaves {allowed} open."),
        "every_days": _("“{phase}” goes on every {value} days; the source leaves {allowed} open."),
        "doses": _("“{phase}” has {value} doses; the source leaves {allowed} open."),
        "mg_per_kg": _("“{phase}” gives {value} mg/kg; the source leaves {allowed} open."),
    }
    return texts[choice.what].format(**facts)


def _table(context: Context, plan: CoursePlan, criteria: list[str]) -> list[tuple[str, ...]]:
    """Return heads and rows; a column for the criteria only where doses differ in them."""
    words, _ = context.words, context.words.gettext
    heads = (_("Dose"), _("Date"), _("Course day"), _("Transplant day"), _("Amount"), _("Volume"), _("Length"))
    rows: list[tuple[str, ...]] = [heads + ((_("Criteria"),) if criteria else ())]
    for index, infusion in enumerate(plan.infusions):
        day, amount = infusion.calendar, infusion.amount
        row = (
            str(day.number),
            words.date(day.due_on),
            str(day.course_day),
            "" if day.transplant_day is None else words.signed(day.transplant_day),
            words.amount(grams(amount.dose_mg), "g"),
            words.amount(amount.volume_ml, "mL"),
            words.duration(int(infusion.rate_card.duration_min)),
        )
        rows.append(row + ((criteria[index],) if criteria else ()))
    return rows
