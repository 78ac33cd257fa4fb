"""The upper part of the plan: how much, of what, computed from what, and for whom."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from ivigdesk import units
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.doses.dosing import Rounding, WeightPolicy
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.patients.patient_words import DONORS
from ivigdesk.clinical.products.rates import RateCard
from ivigdesk.messages import N_
from ivigdesk.sheets import words
from ivigdesk.sheets.frame import dotted
from ivigdesk.sheets.paper.blocks import Block, beside, paragraph, stacked
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.plan.criteria import criteria_line
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
    columns = beside(((0, _amounts(course, wording)), (_LEFT + COLUMN_GAP, _circumstances(sheet, wording))))
    return stacked(((notice(warning) if warning else Block(0.0)), columns), GAP)


def _amounts(course: Course, wording: Wording) -> Block:
    _ = wording.gettext
    doses = [dose for dose in course.doses if dose.state in ("planned", "held")] or list(course.doses)
    groups = [list(group) for _key, group in groupby(doses, key=_amount_of)]
    parts = [heading(_("Each dose") if len(groups) == 1 else _("The doses"), width=_LEFT)]
    for group in groups:
        parts.append(_amount(group, course, wording, is_only=len(groups) == 1))
    total = wording.ngettext(
        "Course total {grams} in {n} dose.", "Course total {grams} in {n} doses.", len(doses)
    ).format(grams=words.grams(sum(dose.planned_dose_mg for dose in doses), wording), n=len(doses))
    parts.append(paragraph(total, _LEFT, BODY))
    parts.append(_product(course, wording))
    return stacked(parts, 0.5 * MM)


def _amount_of(dose: Dose) -> tuple[Decimal, Decimal, int, Decimal]:
    return dose.mg_per_kg, dose.exact_mg, dose.planned_dose_mg, dose.volume_ml


def _amount(group: list[Dose], course: Course, wording: Wording, *, is_only: bool) -> Block:
    _ = wording.gettext
    dose = group[0]
    runs = []
    if not is_only:
        runs.append(Run(f"{_numbers(group, wording)}: ", BODY))
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


def _numbers(group: list[Dose], wording: Wording) -> str:
    _ = wording.gettext
    first, last = group[0].number, group[-1].number
    if first == last:
        return _("Dose {number}").format(number=first)
    return _("Doses {first} to {last}").format(first=first, last=last)


def _computed(dose: Dose, course: Course, wording: Wording) -> str:
    _ = wording.gettext
    return _("{rate} × {weight} ({kind}) = {exact}; {rounding}, {deviation}").format(
        rate=wording.amount(dose.mg_per_kg, "mg/kg"),
        weight=dosing_weight(course, wording),
        kind=_weight_kind(course, wording),
        exact=words.exact_grams(dose.exact_mg, wording),
        rounding=_(_ROUNDING_WORDS[course.rounding]),
        deviation=wording.percent(dose.deviation_percent),
    )


def _weight_kind(course: Course, wording: Wording) -> str:
    _ = wording.gettext
    kind = _(_KIND_WORDS[course.dosing_weight.kind])
    if course.weight_policy == "actual":
        return kind
    return _("{kind}, rule {policy}").format(kind=kind, policy=_(_POLICY_WORDS[course.weight_policy]))


def dosing_weight(course: Course, wording: Wording) -> str:
    """Return the dosing weight to 0.01 kg."""
    return wording.amount(units.rounded(course.dosing_weight.kg, Decimal("0.01")), "kg")


def _product(course: Course, wording: Wording) -> Block:
    _ = wording.gettext
    product = course.product
    strength = wording.amount(product.g_per_l, "g/L")
    name = (
        Run(wording.text(product.title), BODY_STRONG),
        Run(_(", {strength}. ").format(strength=strength), BODY),
        Run(_("This product only."), BODY_STRONG),
    )
    notes = words.sentences(product_notes(course, wording), wording)
    return stacked((paragraph(name, _LEFT), paragraph(notes, _LEFT, BODY) if notes else Block(0.0)))


def product_notes(course: Course, wording: Wording) -> list[str]:
    """Return what the product's file says that the nurse must see: sugar, dilution, flush, line."""
    _ = wording.gettext
    product = course.product
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
        (_("Weight"), _measured(course, wording)),
        (_("Together with"), _antiviral(course, wording)),
        (_("Infusion rate"), _rates(course, wording)),
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


def _antiviral(course: Course, wording: Wording) -> str:
    _ = wording.gettext
    if course.antiviral and "antiviral" in course.regimen.requires:
        return _("{drug} (immunoglobulin never alone)").format(drug=course.antiviral)
    if "antiviral" in course.regimen.requires:
        return _("an antiviral, never alone: NOT RECORDED, ask")
    return course.antiviral


def _rates(course: Course, wording: Wording) -> str:
    """Return the fastest rate and the length of the first and of the later doses."""
    _ = wording.gettext
    cards: dict[bool, RateCard] = {}
    for dose in course.doses:
        cards.setdefault(dose.is_first_infusion, dose.rate_card)
    parts = []
    if True in cards:
        length = words.length(cards[True].duration_min, wording)
        parts.append(
            _("first infusion from {rate}, about {length}").format(
                rate=words.rate(cards[True].rows[0].ml_per_h, wording), length=length
            )
        )
    if False in cards:
        length = words.length(cards[False].duration_min, wording)
        parts.append(
            _("later ones from {rate}, about {length}").format(
                rate=words.rate(cards[False].rows[0].ml_per_h, wording), length=length
            )
        )
    fastest = max(card.max_ml_per_h for card in cards.values())
    parts.append(_("maximum {rate}").format(rate=words.rate(fastest, wording)))
    return _("; ").join(parts)


def _consultant(patient: Patient, wording: Wording) -> str:
    if not patient.consultant:
        return ""
    return wording.gettext("consultant {name}").format(name=patient.consultant)
