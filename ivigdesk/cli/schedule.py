"""`schedule`: a course computed for nobody in particular; nothing is stored."""

from __future__ import annotations

from datetime import date

import click

from ivigdesk.actions.library import Library
from ivigdesk.actions.plan_form import (
    open_choice,
    read_first_date,
    read_first_days,
    read_policy,
    read_prescribed,
    read_rounding,
    read_sex,
)
from ivigdesk.actions.words import read_date
from ivigdesk.cli.context import Context, pass_context, print_columns, print_json, put, say
from ivigdesk.cli.plan_json import dosing_weight_kg, plan_as_data, sentence
from ivigdesk.clinical.measurements import read_height, read_igg, read_weight
from ivigdesk.clinical.plan import plan_course
from ivigdesk.clinical.planning import CoursePlan, PlanRequest
from ivigdesk.clock import SystemClock, today
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.units import grams
from ivigdesk.wording import Wording


def commands(words: Wording) -> dict[str, click.Command]:
    """Return the command in the reader's language."""
    _ = words.gettext

    @click.command("schedule", help=_("Compute a course from a regimen, a weight and a date. Nothing is stored."))
    @click.argument("regimen")
    @click.option("--start", default="", help=_("Date of the first dose, such as 2026-03-02."))
    @click.option("--transplant", default="", help=_("Date of the stem-cell infusion."))
    @click.option("--weight", required=True, help=_("Weight in kilograms."))
    @click.option("--height", default="", help=_("Height in centimetres."))
    @click.option("--sex", default="", help=_("f or m."))
    @click.option("--birth", default="", help=_("Birth date."))
    @click.option("--product", default="cn-ph4-5", show_default=True, help=_("Id of the product."))
    @click.option("--policy", default="", help=_("Policy of the dosing weight."))
    @click.option(
        "--weekly-from", default="", help=_("First day of the weekly doses, where the source leaves it open.")
    )
    @click.option("--rounding", default="", help=_("nearest, down, up or partial."))
    @click.option("--mg-per-kg", default="", help=_("Dose per kilogram, only where the source states none."))
    @click.option("--antiviral", default="", help=_("Antiviral drug given beside it."))
    @click.option("--igg", default="", help=_("IgG before treatment in g/L."))
    @click.option("--optional", is_flag=True, help=_("Also the doses that the source calls optional."))
    @click.option("--json", "as_json", is_flag=True, help=_("Print data for other programs."))
    @pass_context
    def schedule(context: Context, /, as_json: bool, **typed: str) -> None:
        plan = plan_course(_request(typed))
        if as_json:
            print_json(plan_as_data(context, plan))
        else:
            _print(context, plan)

    return {"schedule": schedule}


def _request(typed: dict[str, str]) -> PlanRequest:
    library = Library()
    regimen = library.regimen(typed["regimen"])
    now = today(SystemClock())
    rounding, chosen = read_rounding(typed["rounding"])
    first_on = read_first_date(typed["start"], regimen, now)
    birth_on = _day(typed["birth"], "birth_on", N_("Birth date"), now)
    if birth_on is not None and first_on is not None and first_on < birth_on:
        raise UserMistake(
            "first_on",
            message(
                N_("{name}: {value} is before the birth date {birth}."),
                name=message(N_("First dose")),
                value=first_on,
                birth=birth_on,
            ),
        )
    return PlanRequest(
        regimen=regimen,
        product=library.product(typed["product"]),
        first_on=first_on,
        transplant_on=_day(typed["transplant"], "transplant_on", N_("Transplant date"), now),
        weight_g=read_weight(typed["weight"]),
        height_mm=read_height(typed["height"]) if typed["height"].strip() else None,
        sex=read_sex(typed["sex"]),
        birth_on=birth_on,
        policy=read_policy(typed["policy"], regimen),
        first_days=read_first_days(regimen, typed["weekly_from"]),
        rounding=rounding,
        rounding_chosen=chosen,
        antiviral=typed["antiviral"].strip(),
        igg_g_per_l=read_igg(typed["igg"]) if typed["igg"].strip() else None,
        include_optional=bool(typed["optional"]),
        mg_per_kg=read_prescribed(typed["mg_per_kg"]),
    )


def _day(text: str, field: str, name: str, now: date) -> date | None:
    return read_date(text, field=field, name=message(name), base=now) if text.strip() else None


def _print(context: Context, plan: CoursePlan) -> None:
    words, _ = context.words, context.words.gettext
    put(sentence(context, plan))
    choice = open_choice(plan.request.regimen)
    if choice is not None:
        chosen = dict(plan.request.first_days).get(choice[0], plan.request.regimen.phases[choice[0]].first_day)
        put(
            _("Weekly doses start on course day {day}; the source leaves {allowed} open.").format(
                day=chosen, allowed=", ".join(str(day) for day in choice[1])
            )
        )
    put(
        _("Dosing weight {weight} ({policy}); {total} in all with {product}.").format(
            weight=f"{dosing_weight_kg(plan)}\u00a0kg",
            policy=plan.dosing_weight.policy,
            total=words.amount(grams(plan.total_mg), "g"),
            product=words.text(plan.request.product.title),
        )
    )
    put("")
    heads = (_("Dose"), _("Date"), _("Course day"), _("Transplant day"), _("Amount"), _("Volume"), _("Length"))
    rows: list[tuple[str, ...]] = [heads]
    for infusion in plan.infusions:
        day, amount = infusion.calendar, infusion.amount
        rows.append(
            (
                str(day.number),
                words.date(day.due_on),
                str(day.course_day),
                "" if day.transplant_day is None else words.signed(day.transplant_day),
                words.amount(grams(amount.dose_mg), "g"),
                words.amount(amount.volume_ml, "mL"),
                words.duration(int(infusion.rate_card.duration_min)),
            )
        )
    print_columns(rows)
    for finding in dict.fromkeys((one.severity, one.code, context.say(one.message)) for one in plan.all_findings):
        say(f"{finding[0]} {finding[1]}: {finding[2]}")
