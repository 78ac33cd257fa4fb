"""What is to be given: the amount as the largest figure, the product, and room for the patient's label."""

from __future__ import annotations

from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.products.product import Product
from ivigdesk.sheets import words
from ivigdesk.sheets.paper.blocks import Block, beside, paragraph, stacked
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.plan.prescription import discarded, dosing_weight, product_notes
from ivigdesk.sheets.sections import label_area
from ivigdesk.sheets.style import (
    AMOUNT_NOTE,
    BODY,
    BODY_STRONG,
    COLUMN_GAP,
    DOSE_AMOUNT,
    MM,
    SMALL,
    WIDTH,
)
from ivigdesk.sheets.values import BedsideSheet
from ivigdesk.wording import Wording

_LABEL = 54 * MM
_LEFT = WIDTH - _LABEL - COLUMN_GAP
_LEAST_LABEL = 27 * MM


def order(sheet: BedsideSheet, wording: Wording) -> Block:
    """Return the order beside the label's area."""
    course = sheet.view.course
    dose = sheet.view.view(sheet.number).dose  # as it begins now, at the rates that were tolerated
    product = course.product_of(dose)
    left = stacked(
        (
            _amount(dose, wording),
            paragraph(_rest_of_vial(dose, wording), _LEFT, BODY_STRONG),
            paragraph(_product(product, wording), _LEFT),
            paragraph(
                words.sentences((*_facts(dose, course, wording), *product_notes(product, wording)), wording),
                _LEFT,
                SMALL,
            ),
        ),
        0.3 * MM,
    )
    label = label_area(wording.gettext("patient label"), _LABEL, max(_LEAST_LABEL, left.height))
    return beside(((0, left), (WIDTH - _LABEL, label)))


def _amount(dose: Dose, wording: Wording) -> Block:
    amount = Run(words.grams(dose.planned_dose_mg, wording), DOSE_AMOUNT)
    runs = (amount, Run(f"  {words.contents(dose, wording)}", AMOUNT_NOTE))
    return paragraph(runs, _LEFT)


def _rest_of_vial(dose: Dose, wording: Wording) -> str:
    return discarded(dose, wording) if dose.discard_mg else ""


def _product(product: Product, wording: Wording) -> tuple[Run, ...]:
    route = wording.gettext("intravenous, own line, nothing mixed")
    return (Run(wording.text(product.title), BODY_STRONG), Run(f"  {route}", BODY))


def _facts(dose: Dose, course: Course, wording: Wording) -> list[str]:
    _ = wording.gettext
    facts = [
        _("Dosing weight {weight}.").format(weight=dosing_weight(course.weight_of(dose).dosing_weight, wording)),
        _("Maximum {rate}.").format(rate=words.rate(dose.rate_card.max_ml_per_h, wording)),
        _("About {length}.").format(length=words.length(dose.rate_card.duration_min, wording)),
    ]
    if course.antiviral:
        facts.append(_("With {drug}.").format(drug=course.antiviral))
    if course.prescriber:
        facts.append(_("Prescriber {name}.").format(name=course.prescriber))
    return facts
