"""The day's list with every dose as it would begin now, as its bedside shows it."""

from __future__ import annotations

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.bedside import bedside
from ivigdesk.actions.ward.day_list import DayList, DayRow


def as_they_begin(desk: Desk, shown: DayList) -> DayList:
    """Return the list with the rates that its waiting doses would begin with now, and its running ones go on with.

    SAFETY: the list promises no faster ladder than the bedside starts with. After a long gap or a reaction the plan
    alone would.
    """
    return msgspec.structs.replace(shown, rows=tuple(_now(desk, row) for row in shown.rows))


def _now(desk: Desk, row: DayRow) -> DayRow:
    if row.group not in ("overdue", "due", "running"):
        return row
    dose = bedside(desk, row.dose.id).dose
    if dose == row.dose:
        return row
    return msgspec.structs.replace(row, view=msgspec.structs.replace(row.view, dose=dose))
