"""Make a dose ready as nurses do, for tests that are about what comes after it."""

from __future__ import annotations

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.bedside import bedside
from ivigdesk.actions.infusions.prepare_infusion import VialForm, checklist_of
from ivigdesk.actions.infusions.preparing import add_vial, tick_lines
from ivigdesk.clinical.courses.course import Dose


def vial(**more: object) -> VialForm:
    """A vial of 2.5 g of the course of LI, Na, as typed."""
    fields = {"product_id": "cn-ph4-5", "mg": 2500, "lot": "L1", "expires_on": "2027-09"} | more
    return msgspec.convert(fields, VialForm)


def check_all(desk: Desk, dose: Dose, leave_out: str = "") -> None:
    """Tick every line of the dose's checklist but one."""
    lines = checklist_of(desk, bedside(desk, dose.id))
    tick_lines(desk, dose.id, [line.code for line in lines if line.code != leave_out])


def make_ready(desk: Desk, dose: Dose, leave_out: str = "", vials: int = 4, **more: object) -> None:
    """Tick the checklist and record vials."""
    check_all(desk, dose, leave_out)
    for _ in range(vials):
        add_vial(desk, dose.id, vial(**more))
