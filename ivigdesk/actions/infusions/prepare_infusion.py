"""What a dose needs before its pump starts: the lines of its checklist, and vials that belong to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.bedside import Bedside, bedside
from ivigdesk.actions.infusions.following_doses import follow_up_lines
from ivigdesk.actions.look_up import course_of_dose
from ivigdesk.actions.words import one_line, read_date
from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.infusions.infusion import VialUsed
from ivigdesk.clinical.infusions.preparation import PreparedVial
from ivigdesk.clinical.infusions.procedure import ChecklistItem
from ivigdesk.clinical.products.product import Product
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Message, Record, message
from ivigdesk.units import grams

_ONLY_WITH_MALTOSE = "glucose-meter"


class VialForm(Record, frozen=True):
    """A vial as typed or scanned: product and size as chosen, lot and expiry as read from the label.

    Attributes:
        id: made when the form opens.
        product_id: brand on the label.
        mg: size in milligrams.
        lot: batch number.
        expires_on: `2027-09-30`; `2027-09` is the last day of that month.
        serial: serial number of this very container; may be empty.
        reason: why more vials are taken than the dose needs, such as a broken one; else empty.
        replaces: the record of a vial of this dose that this one corrects.
    """

    product_id: str
    mg: int
    lot: str
    expires_on: str
    id: UUID = msgspec.field(default_factory=uuid4)
    serial: str = ""
    reason: str = ""
    replaces: UUID | None = None


class ReadVial(Record, frozen=True):
    """A vial that belongs to its dose, with what was typed as values; the fields are those of its record."""

    id: UUID
    product_id: str
    mg: int
    lot: str
    expires_on: date
    serial: str
    reason: str
    replaces: UUID | None


def checklist_for(desk: Desk, product: Product) -> tuple[ChecklistItem, ...]:
    """Return the lines that a dose of this product needs, in the order in which they are done."""
    return tuple(
        item for item in desk.library.checklist().items if item.code != _ONLY_WITH_MALTOSE or product.sugar == "maltose"
    )


def checklist_of(desk: Desk, here: Bedside) -> tuple[ChecklistItem, ...]:
    """Return the lines that this dose needs: its product's, then those that earlier side effects add."""
    return (*checklist_for(desk, here.product), *follow_up_lines(desk, here.view, here.dose_view))


def is_line(desk: Desk, dose_id: UUID, code: str) -> bool:
    """Whether a code is a line of the ward's checklist, or one that an earlier side effect adds for this dose."""
    if any(item.code == code for item in desk.library.checklist().items):
        return True
    return any(item.code == code for item in checklist_of(desk, bedside(desk, dose_id)))


def read_vial(
    desk: Desk, form: VialForm, here: Bedside, recorded: Iterable[PreparedVial | VialUsed | ReadVial]
) -> ReadVial:
    """Return the vial as it is recorded.

    Args:
        here: the dose.
        recorded: vials of this dose that are recorded already.

    Raises:
        UserMistake: the lot is empty or cannot be printed, the vial has expired, is of another product or size, is
            recorded already, or is one too many without a reason.
    """
    others = [vial for vial in recorded if vial.id not in (form.id, form.replaces)]
    vial = ReadVial(
        id=form.id,
        product_id=form.product_id,
        mg=form.mg,
        lot=one_line(form.lot, field="lot", name=message(N_("Lot")), most=40, required=True),
        expires_on=read_expiry(form.expires_on),
        serial=one_line(form.serial, field="serial", name=message(N_("Serial number")), most=40),
        reason=one_line(form.reason, field="reason", name=message(N_("Reason")), most=300),
        replaces=form.replaces,
    )
    must_belong(desk, here, vial)
    if any(_is_same(vial, other) for other in others):
        text = N_("Serial number: “{value}” is recorded for this dose already. Scan each vial once.")
        raise UserMistake("serial", message(text, value=vial.serial))
    excess = too_many(here.dose, others, form.mg)
    if excess is not None and not vial.reason:
        raise UserMistake("mg", excess)
    return vial


def must_belong(desk: Desk, here: Bedside, vial: PreparedVial | VialUsed | ReadVial) -> None:
    """Accept a vial that may be given to this patient with this dose.

    Raises:
        UserMistake: it is of another product, of no size of its product, expired on the day of the infusion, or this
            very container was used elsewhere.
    """
    check_size(desk, vial.product_id, vial.mg, here.product)
    day = max(desk.clock.now().date(), here.dose.due_on)
    if vial.expires_on < day:
        raise UserMistake(
            "expires_on", message(N_("Expiry: this vial expired on {day}. Do not use it."), day=vial.expires_on)
        )
    elsewhere = _used_elsewhere(desk, here, vial)
    if elsewhere is not None:
        raise UserMistake("serial", elsewhere)


def check_size(desk: Desk, product_id: str, mg: int, product: Product) -> None:
    """Accept a brand and a size that the dose's product has.

    Raises:
        UserMistake: they are of another one.
    """
    if product_id != product.id:
        raise UserMistake(
            "product_id",
            message(
                N_("Product: this vial is “{value}”, but the dose is planned with {product}. Do not mix brands."),
                value=_title(desk, product_id),
                product=product.title,
            ),
        )
    if mg not in {vial.mg for vial in product.vials}:
        raise UserMistake(
            "mg",
            message(
                N_("Vial: {value} g is not a size of {product}. Allowed: {allowed} g."),
                value=grams(mg),
                product=product.title,
                allowed=tuple(grams(vial.mg) for vial in product.vials),
            ),
        )


def too_many(dose: Dose, others: Iterable[PreparedVial | VialUsed | ReadVial], mg: int) -> Message | None:
    """Return what to say when one more vial is more than the dose takes; None when it is not."""
    together = sum(vial.mg for vial in others) + mg
    planned = dose.planned_dose_mg + dose.discard_mg
    if together <= planned:
        return None
    return message(
        N_(
            "Vial: with this one {value} g would be hung, but the dose takes {planned} g of vials. Give a reason, such "
            "as a broken vial, if it is needed all the same."
        ),
        value=grams(together),
        planned=grams(planned),
    )


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


def _title(desk: Desk, product_id: str) -> object:
    try:
        return desk.library.product(product_id).title
    except KnownError:
        return product_id


def _is_same(vial: ReadVial, other: PreparedVial | VialUsed | ReadVial) -> bool:
    """Return whether both records are of one container; serial numbers are counted per product and size."""
    mine, others = (vial.serial, vial.product_id, vial.mg), (other.serial, other.product_id, other.mg)
    return bool(vial.serial) and mine == others


def _used_elsewhere(desk: Desk, here: Bedside, vial: PreparedVial | VialUsed | ReadVial) -> Message | None:
    """Return the sentence that says where this very container was used or stands ready; None for nowhere else."""
    if not vial.serial:
        return None
    for use in desk.ward.uses_of_serial(vial.serial):
        if use.dose_id == here.dose.id or (use.product_id, use.mg) != (vial.product_id, vial.mg):
            continue
        view, number = course_of_dose(desk, use.dose_id)
        if view.view(number).status == "entered in error":
            continue  # what was recorded there counts for nothing: its dose is being recorded again
        text = (
            N_("Serial number: “{value}” was used already, for dose {number} of course {code} on {day}. Take another.")
            if use.is_hung
            else N_(
                "Serial number: “{value}” stands ready for dose {number} of course {code} on {day}. Take another, or "
                "take it back there first."
            )
        )
        day = use.recorded_on if use.is_hung else view.course.dose(number).due_on
        return message(text, value=vial.serial, number=number, code=view.course.code, day=day)
    return None
