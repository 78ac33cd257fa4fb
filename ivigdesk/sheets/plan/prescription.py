"""The upper part of the plan: how much, of what, computed from what, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ivigdesk import units
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.doses.dosing import DosingWeight, Rounding, WeightPolicy
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.patients.patient_words import DONORS
from ivigdesk.clinical.products.product import Product
from ivigdesk.messages import N_
from ivigdesk.sheets import words
from ivigdesk.sheets.frame import dotted
from ivigdesk.sheets.paper.blocks import Block, beside, paragraph, stacked
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.plan.criteria import criteria_line
from ivigdesk.sheets.plan.infusion_rates import infusion_rates
from ivigdesk.sheets.plan.switches import counted, has_several, switches_of
from ivigdesk.sheets.sections import heading, labelled, notice
from ivigdesk.sheets.style import (
    AMOUNT,
    AMOUNT_NOTE,
    AMOUNT_SMALLER,
    BODY,
    BODY_STRONG,
    COLUMN_GAP,
    GAP,
    MM,
    SMALL,
    WIDTH,
)
from ivigdesk.sheets.values import PlanSheet
from ivigdesk.wording import NO_BREAK, Wording

_LEFT = 92 * MM
_RIGHT = WIDTH - _LEFT - COLUMN_GAP

_ROUNDING_WORDS: dict[Rounding, str] = {
    "nearest": N_("rounded to the nearest whole vials"),
    "down": N_("rounded down to whole vials"),
    "up": N_("rounded up to whole vials"),
    "partial": N_("not rounded; the last vial is used in part"),
}
_KIND_WORDS = {
    "actual": N_("actual weight"),
    "ideal": N_("ideal weight"),
    "adjusted": N_("adjusted weight"),
}
_POLICY_WORDS: dict[WeightPolicy, str] = {
    "actual": N_("always the actual weight"),
    "ontario": N_("Ontario"),
    "nba-2026": N_("Australia, NBA 2026"),
    "nhs-england": N_("NHS England"),
}
_TRANSPLANT_WORDS = {
    "allogeneic": N_("allogeneic"),
    "autologous": N_("autologous"),
    "syngeneic": N_("syngeneic"),
    "unknown": "",
}


def prescription(sheet: PlanSheet, wording: Wording) -> Block:
    """Return amounts and product on the left, the patient's circumstances on the right."""
    course = sheet.view.course
    warning = words.standing_warning(course, wording)
    columns = beside(((0, _amounts(sheet.view, wording)), (_LEFT + COLUMN_GAP, _circumstances(sheet, wording))))
    return stacked(((notice(warning) if warning else Block(0.0)), columns), GAP)


def _amounts(view: CourseView, wording: Wording) -> Block:
    _ = wording.gettext
    course, doses = view.course, counted(view)
    amounts = {(course.product_of(dose).id, *_amount_of(dose)) for dose in doses}
    parts = [heading(_("Each dose") if len(amounts) == 1 else _("The doses"), width=_LEFT)]
    switches = switches_of(view)
    for switch in switches:
        if len(switches) > 1:
            parts.append(_product(switch.product, wording, _numbers(switch.of, wording)))
        parts.extend(_each_amount(switch.of, course, wording, is_only=len(amounts) == 1))
    total = wording.ngettext(
        "Course total {grams} in {n} dose.", "Course total {grams} in {n} doses.", len(doses)
    ).format(grams=words.grams(sum(dose.planned_dose_mg for dose in doses), wording), n=len(doses))
    parts.append(paragraph(total, _LEFT, BODY))
    parts.extend([_product(course.product_of(doses[0]), wording)] if len(switches) == 1 else ())
    return stacked(parts, 0.5 * MM)


def _each_amount(doses: Sequence[Dose], course: Course, wording: Wording, *, is_only: bool) -> list[Block]:
    """Return each amount of the doses once, with the doses that have it."""
    groups: dict[tuple[object, ...], list[Dose]] = {}
    for dose in doses:
        groups.setdefault(_amount_of(dose), []).append(dose)
    is_named = len(groups) > 1 or not (is_only or has_several(course))  # else the product's line names the doses
    return [_amount(group, course, wording, is_only=is_only, is_named=is_named) for group in groups.values()]


def _amount_of(dose: Dose) -> tuple[object, ...]:
    return dose.mg_per_kg, dose.exact_mg, dose.planned_dose_mg, dose.volume_ml, dose.vials


def _amount(group: list[Dose], course: Course, wording: Wording, *, is_only: bool, is_named: bool) -> Block:
    dose = group[0]
    runs = []
    if is_named:
        runs.append(Run(_of(_numbers(group, wording), wording), BODY))
    runs.append(Run(words.grams(dose.planned_dose_mg, wording), AMOUNT if is_only else AMOUNT_SMALLER))
    runs.append(Run(f"  {words.contents(dose, wording)}", AMOUNT_NOTE if is_only else BODY))
    parts = [paragraph(runs, _LEFT), paragraph(_computed(dose, course, wording), _LEFT, SMALL)]
    if dose.discard_mg:
        parts.append(paragraph(discarded(dose, wording), _LEFT, BODY_STRONG))
    return stacked(parts)


def discarded(dose: Dose, wording: Wording) -> str:
    """Return what to do with the rest of the last vial."""
    _ = wording.gettext
    return _("Part of a vial: discard {grams}. Draw up {volume} only.").format(
        grams=words.grams(dose.discard_mg, wording), volume=words.millilitres(dose.volume_ml, wording)
    )


def _numbers(group: Sequence[Dose], wording: Wording) -> str:
    """Return `Dose 3`, `Doses 2 to 11`, or `Doses 1, 3–11` where others stand between them."""
    _ = wording.gettext
    numbers = sorted(dose.number for dose in group)
    if len(numbers) == 1:
        return _("Dose {number}").format(number=numbers[0])
    if numbers[-1] - numbers[0] == len(numbers) - 1:
        return _("Doses {first} to {last}").format(first=numbers[0], last=numbers[-1])
    return _("Doses {numbers}").format(numbers=wording.ranges(numbers))


def _of(doses: str, wording: Wording) -> str:
    """Return `Doses 5 to 11: `, as it stands before what holds for them; a Chinese colon needs no space."""
    return wording.gettext("{doses}: ").format(doses=doses)


def _computed(dose: Dose, course: Course, wording: Wording) -> str:
    _ = wording.gettext
    weight = course.weight_of(dose).dosing_weight
    return _("{rate} × {weight} ({kind}) = {exact}; {rounding}, {deviation}").format(
        rate=wording.amount(dose.mg_per_kg, "mg/kg"),
        weight=dosing_weight(weight, wording),
        kind=_weight_kind(weight, course, wording),
        exact=words.exact_grams(dose.exact_mg, wording),
        rounding=_(_ROUNDING_WORDS[course.rounding]),
        deviation=wording.percent(dose.deviation_percent),
    )


def _weight_kind(weight: DosingWeight, course: Course, wording: Wording) -> str:
    _ = wording.gettext
    kind = _(_KIND_WORDS[weight.kind])
    if course.weight_policy == "actual":
        return kind
    return _("{kind}, rule {policy}").format(kind=kind, policy=_(_POLICY_WORDS[course.weight_policy]))


def dosing_weight(weight: DosingWeight, wording: Wording) -> str:
    """Return a dosing weight to 0.01 kg."""
    return wording.amount(units.rounded(weight.kg, Decimal("0.01")), "kg")


def _product(product: Product, wording: Wording, doses: str = "") -> Block:
    _ = wording.gettext
    strength = wording.amount(product.g_per_l, "g/L")
    name = (
        *((Run(_of(doses, wording), BODY_STRONG),) if doses else ()),
        Run(wording.text(product.title), BODY_STRONG),
        Run(_(", {strength}. ").format(strength=strength), BODY),
        Run(_("This product only."), BODY_STRONG),
    )
    notes = words.sentences(product_notes(product, wording), wording)
    return stacked((paragraph(name, _LEFT), paragraph(notes, _LEFT, BODY) if notes else Block(0.0)))


def product_notes(product: Product, wording: Wording) -> list[str]:
    """Return what the product's file says that the nurse must see: sugar, dilution, flush, line."""
    _ = wording.gettext
    notes = []
    if product.sugar in words.SUGAR_WORDS:
        notes.append(_(words.SUGAR_WORDS[product.sugar]))
    notes.extend(wording.text(text) for text in (product.dilution, product.flush, product.line_filter) if text)
    return notes


def _circumstances(sheet: PlanSheet, wording: Wording) -> Block:
    _ = wording.gettext
    patient, course = sheet.view.patient, sheet.view.course
    lines = (
        (_("Diagnosis"), patient.diagnosis),
        (_("Transplant"), _transplant(patient, course, wording)),
        (_("Blood group"), _groups(patient, wording)),
        (_("Weight"), _weights(course, wording)),
        (_("Together with"), _antiviral(course, wording)),
        (_("Infusion rate"), infusion_rates(sheet.view, wording)),
        (_("Criteria"), criteria_line(sheet, wording)),
        (_("Prescriber"), dotted(course.prescriber, _consultant(patient, wording))),
    )
    return stacked([labelled(label, text, _RIGHT) for label, text in lines], 0.5 * MM)


def _transplant(patient: Patient, course: Course, wording: Wording) -> str:
    _ = wording.gettext
    on = course.transplant_on or patient.transplant_on
    day = wording.date_plain(on) if on else _("date not known")
    kind = _TRANSPLANT_WORDS[patient.transplant_kind]
    cmv = _("CMV donor {donor} / recipient {recipient}").format(
        donor=words.serostatus(patient.donor_cmv, wording), recipient=words.serostatus(patient.cmv, wording)
    )
    donor = _(DONORS[patient.donor_kind]) if patient.donor_kind in DONORS else ""
    kinds = (_(kind) if kind else "", donor, patient.donor, patient.stem_cell_source)
    parts = [day, *kinds, cmv.replace(" ", NO_BREAK)]
    return _(", ").join(part for part in parts if part)


def _groups(patient: Patient, wording: Wording) -> str:
    _ = wording.gettext
    own = words.blood_group(patient, wording)
    if patient.donor_blood_group == "unknown":
        return own
    return _("{own}, donor {donor}").format(own=own, donor=patient.donor_blood_group)


def _measured(course: Course, wording: Wording) -> str:
    _ = wording.gettext
    weight = wording.amount(units.kilograms(course.weight_g), "kg")
    if course.weighed_on is not None:
        weight = _("{weight} on {day}").format(weight=weight, day=wording.date_plain(course.weighed_on))
    height = wording.amount(units.centimetres(course.height_mm), "cm") if course.height_mm else ""
    return dotted(weight, _("height {height}").format(height=height) if height else "")


def _weights(course: Course, wording: Wording) -> str:
    """Return the weight of the plan, then those that later doses were computed anew from."""
    _ = wording.gettext
    said = [_measured(course, wording)]
    newer: dict[tuple[int, date | None], list[int]] = {}
    for dose in course.doses:
        if dose.weight is not None and dose.counts:
            newer.setdefault((dose.weight.weight_g, dose.weight.weighed_on), []).append(dose.number)
    for (weight_g, weighed_on), numbers in newer.items():
        weight = wording.amount(units.kilograms(weight_g), "kg")
        if weighed_on is not None:
            weight = _("{weight} on {day}").format(weight=weight, day=wording.date_plain(weighed_on))
        doses = wording.ngettext("dose {numbers}", "doses {numbers}", len(numbers))
        named = doses.format(numbers=wording.ranges(numbers))
        said.append(_("{doses}: {weight}").format(doses=named, weight=weight))
    return _("; ").join(said)


def _antiviral(course: Course, wording: Wording) -> str:
    _ = wording.gettext
    if course.antiviral and "antiviral" in course.regimen.requires:
        return _("{drug} (immunoglobulin never alone)").format(drug=course.antiviral)
    if "antiviral" in course.regimen.requires:
        return _("an antiviral, never alone: NOT RECORDED, ask")
    return course.antiviral


def _consultant(patient: Patient, wording: Wording) -> str:
    if not patient.consultant:
        return ""
    return wording.gettext("consultant {name}").format(name=patient.consultant)
