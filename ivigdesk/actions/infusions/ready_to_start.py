"""Whether what stands ready lets the pump start, and how it goes into the record of the infusion."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.bedside import Bedside
from ivigdesk.actions.infusions.prepare_infusion import checklist_of, must_belong
from ivigdesk.actions.infusions.preparing import Prepared
from ivigdesk.clinical.infusions.infusion import Check, VialUsed
from ivigdesk.clinical.infusions.preparation import PreparedCheck
from ivigdesk.clinical.infusions.procedure import ChecklistItem
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, message


def open_lines(items: Iterable[ChecklistItem], checks: Iterable[PreparedCheck | Check]) -> tuple[ChecklistItem, ...]:
    """Return the critical lines that nobody ticked, and that nobody left open with a reason."""
    settled = {check.item for check in checks}
    return tuple(item for item in items if item.is_critical and item.code not in settled)


def must_be_prepared(desk: Desk, here: Bedside, ready: Prepared) -> None:
    """Accept a preparation that lets the pump start.

    SAFETY: lines marked critical are never skipped without a reason, a dose without a lot could not be traced, and a
    vial that stood ready may have expired, been used elsewhere, or be of another product than the dose is now.

    Raises:
        KnownError: a critical line is open; the first one is named.
        UserMistake: no vial is recorded, or one of them is not to be used.
    """
    missing = open_lines(checklist_of(desk, here), ready.checks)
    if missing:
        raise KnownError(
            message(
                N_("Not started: this must be checked first: {item} (open in all: {n})."),
                item=missing[0].text,
                n=len(missing),
            )
        )
    if not ready.vials:
        raise UserMistake("lot", message(N_("Not started: no vial is recorded. Enter the first vial with its lot.")))
    for vial in ready.vials:
        must_belong(desk, here, vial)


def as_record(ready: Prepared, infusion_id: UUID) -> tuple[Check | VialUsed, ...]:
    """Return what stood ready as it goes into the record of the infusion: same ids, nurses and times."""
    checks = (
        Check(
            id=check.id, infusion_id=infusion_id, item=check.item, nurse=check.nurse, at=check.at, reason=check.reason
        )
        for check in ready.checks
    )
    vials = (
        VialUsed(
            id=vial.id,
            infusion_id=infusion_id,
            product_id=vial.product_id,
            mg=vial.mg,
            lot=vial.lot,
            expires_on=vial.expires_on,
            nurse=vial.nurse,
            at=vial.at,
            serial=vial.serial,
        )
        for vial in ready.vials
    )
    return (*checks, *vials)
