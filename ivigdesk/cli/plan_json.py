"""A computed course as data for other programs: the keys are stable."""

from __future__ import annotations

from typing import Any

from ivigdesk.cli.context import Context, plain_spaces
from ivigdesk.cli.criteria_words import criteria_as_data
from ivigdesk.clinical.courses.planning import CoursePlan, PlannedInfusion
from ivigdesk.clinical.products.rates import RateRow
from ivigdesk.clinical.tasks.task import Task, plan_tasks
from ivigdesk.scheduling.choices import open_choices
from ivigdesk.scheduling.sentence import regimen_sentence
from ivigdesk.units import grams, plain


def plan_as_data(context: Context, plan: CoursePlan) -> dict[str, Any]:
    """Return a computed course. Decimal amounts are strings; counts, days and numbers are integers."""
    request = plan.request
    return {
        "sentence": sentence(context, plan),
        "regimen": {"id": request.regimen.id, "version": request.regimen.version},
        "product": {"id": request.product.id, "version": request.product.version},
        "dosing_weight": {
            "kg": dosing_weight_kg(plan),
            "policy": plan.dosing_weight.policy,
            "kind": plan.dosing_weight.kind,
            "trace": [{"rule": context.say(step.rule), "source": step.source} for step in plan.dosing_weight.trace],
        },
        "choices": _choices(plan),
        "profile": None
        if request.profile is None
        else {"id": request.profile.id, "version": request.profile.version, "is_payment": request.profile.is_payment},
        "stated": {one.fact: one.is_so for one in request.known.stated},
        "total_mg": str(plan.total_mg),
        "findings": context.findings(plan.findings),
        "tasks": [task_as_data(context, task) for task in plan_tasks(plan)],
        "doses": [_dose(context, infusion) for infusion in plan.infusions],
    }


def task_as_data(context: Context, task: Task) -> dict[str, Any]:
    """Return a task; without a last day it stands from the first one on."""
    return {
        "code": task.code,
        "from": task.due_from.isoformat(),
        "to": None if task.due_to is None else task.due_to.isoformat(),
        "dose": task.dose_number,
        "what": context.say(task.what),
    }


def _choices(plan: CoursePlan) -> list[dict[str, Any]]:
    """Return what the source leaves open, with the value that the plan was made with."""
    return [
        {
            "phase": choice.phase + 1,
            "what": choice.what,
            "value": plain(choice.default),
            "allowed": [plain(value) for value in choice.allowed],
            "least": None if choice.least is None else plain(choice.least),
            "most": None if choice.most is None else plain(choice.most),
        }
        for choice in open_choices(plan.request.regimen)
    ]


def sentence(context: Context, plan: CoursePlan) -> str:
    """Return the regimen with its dates as a sentence."""
    doses = tuple(infusion.calendar for infusion in plan.infusions)
    return plain_spaces(regimen_sentence(plan.request.regimen, doses, context.words))


def dosing_weight_kg(plan: CoursePlan) -> str:
    """Return the dosing weight in kilograms, to a gram."""
    from decimal import Decimal

    from ivigdesk.units import rounded

    return plain(rounded(plan.dosing_weight.kg, Decimal("0.001")))


def _dose(context: Context, infusion: PlannedInfusion) -> dict[str, Any]:
    day, amount = infusion.calendar, infusion.amount
    return {
        "number": day.number,
        "phase": day.phase + 1,
        "course_day": day.course_day,
        "transplant_day": day.transplant_day,
        "date": day.due_on.isoformat(),
        "mg_per_kg": plain(infusion.mg_per_kg),
        "exact_mg": plain(amount.exact_mg),
        "rounded_mg": str(amount.dose_mg),
        "discard_mg": str(amount.discard_mg),
        "deviation_percent": str(amount.deviation_percent),
        "volume_ml": plain(amount.volume_ml),
        "vials": [{"g": plain(grams(vial.mg)), "count": vial.count} for vial in amount.vials],
        "duration_min": plain(infusion.rate_card.duration_min),
        "rate_card": [_row(row) for row in infusion.rate_card.rows],
        "criteria": criteria_as_data(context, infusion.criteria),
        "findings": context.findings(infusion.findings),
    }


def _row(row: RateRow) -> dict[str, str]:
    return {"from_min": plain(row.from_min), "ml_per_h": plain(row.ml_per_h), "ml_total": plain(row.ml_total)}
