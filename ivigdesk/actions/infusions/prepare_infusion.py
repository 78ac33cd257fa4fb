"""What is done before the pump starts: the checklist and the vials, stored together with the start."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.words import one_line, read_date
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.infusions.infusion import VialUsed
from ivigdesk.clinical.infusions.procedure import ChecklistItem
from ivigdesk.clinical.products.product import Product
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Record, message
from ivigdesk.units import grams

_ONLY_WITH_MALTOSE = "glucose-meter"


class VialForm(Record, frozen=True):
    """A vial as typed: product and size as chosen, lot and expiry as read from the label.

    Attributes:
        id: made when the form opens.
        product_id: brand on the label.
        mg: size in milligrams.
        lot: batch number.
        expires_on: `2027-09-30`; `2027-09` is the last day of that month.
    """

    product_id: str
    mg: int
    lot: str
    expires_on: str
    id: UUID = msgspec.field(default_factory=uuid4)


class Ticked(Record, frozen=True):
    """One line of the checklist, ticked before the start.

    Attributes:
        item: code of the line.
        nurse, at: who ticked it, and when.
    """

    item: str
    nurse: str
    at: datetime


class Preparation(Record, frozen=True):
    """What was done before the start.

    Attributes:
        checks: lines that were ticked, in any order.
        vials: containers with their lots, in the order in which they are hung.
    """

    checks: tuple[Ticked, ...] = ()
    vials: tuple[VialForm, ...] = ()


def checklist_for(desk: Desk, product: Product) -> tuple[ChecklistItem, ...]:
    """Return the lines that a dose of this product needs, in the order in which they are done."""
    return tuple(
        item for item in desk.library.checklist().items if item.code != _ONLY_WITH_MALTOSE or product.sugar == "maltose"
    )


def read_vial(
    form: VialForm, *, infusion_id: UUID, hung: Iterable[VialUsed], course: Course, dose: Dose, nurse: str, at: datetime
) -> VialUsed:
    """Return the vial as it is recorded.

    Args:
        hung: vials of this dose that are recorded already.

    Raises:
        UserMistake: the lot is empty, the vial has expired, is of another product or size, or one too many.
    """
    lot = one_line(form.lot, field="lot", name=message(N_("Lot")), most=40, required=True)
    expires_on = read_expiry(form.expires_on)
    if expires_on < at.date():
        raise UserMistake(
            "expires_on", message(N_("Expiry: this vial expired on {day}. Do not use it."), day=expires_on)
        )
    _check_size(form, course.product_of(dose))
    hung_mg = sum(vial.mg for vial in hung if vial.id != form.id)
    planned_mg = dose.planned_dose_mg + dose.discard_mg
    if hung_mg + form.mg > planned_mg:
        raise UserMistake(
            "mg",
            message(
                N_("Vial: with this one {value} g would be hung, but the dose takes {planned} g of vials."),
                value=grams(hung_mg + form.mg),
                planned=grams(planned_mg),
            ),
        )
    return VialUsed(
        id=form.id,
        infusion_id=infusion_id,
        product_id=form.product_id,
        mg=form.mg,
        lot=lot,
        expires_on=expires_on,
        nurse=nurse,
        at=at,
    )


def read_vials(
    forms: Iterable[VialForm], *, infusion_id: UUID, course: Course, dose: Dose, nurse: str, at: datetime
) -> tuple[VialUsed, ...]:
    """Return the vials of a dose that is not started yet.

    Raises:
        UserMistake: one of them cannot be taken.
    """
    hung: list[VialUsed] = []
    for form in forms:
        hung.append(read_vial(form, infusion_id=infusion_id, hung=hung, course=course, dose=dose, nurse=nurse, at=at))
    return tuple(hung)


def must_be_prepared(desk: Desk, product: Product, prepared: Preparation) -> None:
    """Accept a preparation that lets the pump start.

    SAFETY: lines marked critical are never skipped, and a dose without a lot could not be traced.

    Raises:
        KnownError: a critical line is open; the first one is named.
        UserMistake: no vial is recorded.
    """
    ticked = {check.item for check in prepared.checks}
    open_items = [item for item in checklist_for(desk, product) if item.is_critical and item.code not in ticked]
    if open_items:
        raise KnownError(
            message(
                N_("Not started: this must be checked first: {item} (open in all: {n})."),
                item=open_items[0].text,
                n=len(open_items),
            )
        )
    if not prepared.vials:
        raise UserMistake("lot", message(N_("Not started: no vial is recorded. Enter the first vial with its lot.")))


def read_expiry(text: str) -> date:
    """Return the last day of use: `2027-09-30`, or `2027-09` for the last day of that month.

    Raises:
        UserMistake: no such date.
    """
    stripped = text.strip()
    name = message(N_("Expiry"))
    parts = stripped.split("-")
    if len(parts) == 2:
        first = read_date(f"{stripped}-01", field="expires_on", name=name)
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
    return read_date(stripped, field="expires_on", name=name)


def _check_size(form: VialForm, product: Product) -> None:
    if form.product_id != product.id:
        raise UserMistake(
            "product_id",
            message(
                N_("Product: this vial is “{value}”, but the dose is planned with {product}. Do not mix brands."),
                value=form.product_id,
                product=product.title,
            ),
        )
    if form.mg not in {vial.mg for vial in product.vials}:
        raise UserMistake(
            "mg",
            message(
                N_("Vial: {value} g is not a size of {product}. Allowed: {allowed} g."),
                value=grams(form.mg),
                product=product.title,
                allowed=tuple(grams(vial.mg) for vial in product.vials),
            ),
        )
