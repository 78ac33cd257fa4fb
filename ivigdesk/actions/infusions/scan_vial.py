"""A vial that is scanned: what its code means on this ward, and whether it belongs to this dose."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.bedside import Bedside, bedside
from ivigdesk.actions.infusions.prepare_infusion import VialForm, check_size, read_vial, too_many
from ivigdesk.actions.infusions.preparing import prepared
from ivigdesk.clinical.infusions.preparation import KnownCode
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.exchange.gs1 import ScannedCode, check_gtin, read_gs1
from ivigdesk.messages import N_, Message, Record, message
from ivigdesk.units import grams

_SHOWN = 30  # characters of what was scanned


class Scanned(Record, frozen=True):
    """What a scan of a vial comes to.

    Attributes:
        form: the vial as `preparing.add_vial` takes it; lot or expiry are empty where the code has none. None while
            the ward does not know the code.
        question: what is to be answered first, with `learn_code`; then the same text is read again.
        warnings: what to tell before the vial is recorded.
        code: what stands in the code.
    """

    form: VialForm | None
    question: Literal["which product"] | None = None
    warnings: tuple[Message, ...] = ()
    code: ScannedCode | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the vial can be recorded as it is: nothing is left to type, nothing to be told."""
        return self.form is not None and bool(self.form.lot and self.form.expires_on) and not self.warnings


def scan(desk: Desk, dose_id: UUID, text: str) -> Scanned:
    """Return the vial whose code was scanned for this dose. Nothing is stored.

    Raises:
        KnownError: the text is no product code, or the dose is not known.
        UserMistake: the vial is of another product than the dose, has expired, is recorded for this dose already, or
            was used elsewhere; the sentence says which.
    """
    code = read_gs1(text)
    if code is None:
        raise KnownError(
            message(
                N_("“{value}” is no product code. Scan the code on the vial or on its box, or type lot and expiry."),
                value=_shown(text),
            )
        )
    here = bedside(desk, dose_id)
    known = desk.ward.known_code(code.gtin)
    if known is None:
        return Scanned(form=None, question="which product", code=code)
    check_size(desk, known.product_id, known.mg, here.product)
    form = VialForm(
        product_id=known.product_id,
        mg=known.mg,
        lot=code.lot,
        expires_on="" if code.expires_on is None else code.expires_on.isoformat(),
        serial=code.serial,
    )
    vials = prepared(desk, dose_id).vials
    excess = too_many(here.dose, vials, form.mg)
    _must_be_taken(desk, here, form)
    warnings = (*_of_code(code), *(() if excess is None else (excess,)))
    return Scanned(form=form, warnings=warnings, code=code)


def learn_code(desk: Desk, gtin: str, product_id: str, mg: int) -> KnownCode:
    """Store what a product code means on this ward; the newest word about a code holds.

    Raises:
        UserMistake: no product code, or the product has no vial of that size.
        KnownError: the library has no such product.
    """
    number = check_gtin(gtin)
    if number is None:
        raise UserMistake("gtin", message(N_("Product code: “{value}” is none."), value=_shown(gtin)))
    product = desk.library.product(product_id)
    check_size(desk, product_id, mg, product)
    nurse, now = desk.must_have_nurse(), desk.clock.now()
    code = KnownCode(gtin=number, product_id=product_id, mg=mg, nurse=nurse, at=now)
    known = desk.ward.known_code(number)
    if known is not None and (known.product_id, known.mg) == (product_id, mg):
        return known
    with desk.ward.changing(nurse=nurse, at=now, action="product code learnt") as change:
        change.add(code)
    return code


def _must_be_taken(desk: Desk, here: Bedside, form: VialForm) -> None:
    """Accept a vial that `add_vial` would take, once lot and expiry are complete.

    Raises:
        UserMistake: it would not.
    """
    # What the code leaves open is typed later, and one vial too many is a warning: neither refuses the scan.
    day = max(desk.clock.now().date(), here.dose.due_on)
    complete = VialForm(
        product_id=form.product_id,
        mg=form.mg,
        lot=form.lot or "-",
        expires_on=form.expires_on or day.isoformat(),
        serial=form.serial,
        reason="-",
    )
    read_vial(desk, complete, here, prepared(desk, here.dose.id).vials)


def _of_code(code: ScannedCode) -> tuple[Message, ...]:
    """Return what is missing in a code, or doubtful."""
    found = []
    if code.may_have_run_together:
        text = N_("Read as one piece: “{value}”. Lot and serial number may have run together: compare with the label.")
        found.append(message(text, value=code.lot or code.serial))
    if not code.lot:
        found.append(message(N_("The code holds no lot: type it from the label.")))
    if code.expires_on is None:
        found.append(message(N_("The code holds no expiry date: type it from the label.")))
    return tuple(found)


def still_missing(desk: Desk, dose_id: UUID) -> Message | None:
    """Return how much of the dose no vial is recorded for yet; None when the grams add up."""
    here = bedside(desk, dose_id)
    ready = sum(vial.mg for vial in prepared(desk, dose_id).vials)
    missing = here.dose.planned_dose_mg - ready
    if missing <= 0:
        return None
    text = N_("Vials of {ready} g are recorded; the dose is {planned} g: {missing} g to go.")
    planned = here.dose.planned_dose_mg
    return message(text, ready=grams(ready), planned=grams(planned), missing=grams(missing))


def _shown(text: str) -> str:
    """Return what can be printed of a scanned text, cut to a readable length."""
    printable = "".join(one if one.isprintable() else "·" for one in text.strip()[: _SHOWN + 1])
    return f"{printable[:_SHOWN]}…" if len(printable) > _SHOWN else printable
