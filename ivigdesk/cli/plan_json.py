"""A computed course as data for other programs: the keys are stable."""

from __future__ import annotations

from typing import Any

from ivigdesk.cli.context import Context, plain_spaces
from ivigdesk.clinical.planning import CoursePlan, PlannedInfusion
from ivigdesk.clinical.rates import RateRow
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
        "total_mg": str(plan.total_mg),
        "findings": context.findings(plan.findings),
        "doses": [_dose(context, infusion) for infusion in plan.infusions],
    }


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
        "findings": context.findings(infusion.findings),
    }


def _row(row: RateRow) -> dict[str, str]:
    return {"from_min": plain(row.from_min), "ml_per_h": plain(row.ml_per_h), "ml_total": plain(row.ml_total)}
