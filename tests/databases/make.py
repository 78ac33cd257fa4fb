"""Write the ward's file of the newest schema: once per release, and never again for a schema that was released.

`python -m tests.databases.make`
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from ivigdesk.messages import Record
from ivigdesk.store import open_store, schema
from tests.store import samples

FOLDER = Path(__file__).parent


def contents(number: int = schema.SCHEMA) -> tuple[Record, ...]:
    """Return what the file of schema `number` holds."""
    infusion = samples.an_infusion()
    first: tuple[Record, ...] = (
        samples.a_patient(),
        samples.a_course(),
        infusion,
        samples.a_vial(infusion),
        samples.a_side_effect(infusion.dose_id),
        samples.an_end(infusion),
    )
    if number == 1:
        return first
    value, event = samples.a_lab_value(), samples.an_event()
    second: tuple[Record, ...] = (
        *first,
        samples.a_patient("zhao", **samples.MORE_OF_A_PATIENT),
        samples.a_course("two", "zhao", 1, **samples.MORE_OF_A_COURSE),
        samples.SETTINGS,
        value,
        samples.a_lab_value("corrected", value=Decimal("4.6"), replaces=value.id, reason="misread"),
        event,
        samples.an_event("withdrawn", replaces=event.id, is_withdrawn=True, reason="another patient's"),
        samples.an_event("gvhd", kind="acute-gvhd", grade=2, site="", is_bacterial="unknown"),
    )
    if number == 2:
        return second
    third = (*second, *samples.a_changed_course(), samples.MORE_SETTINGS)
    if number == 3:
        return third
    return (*third, *samples.an_infusion_day(), samples.SETTINGS_WITH_HOURS)


if __name__ == "__main__":
    path = FOLDER / f"schema-{schema.SCHEMA}.ivigdesk"
    path.unlink(missing_ok=True)
    with open_store(path) as ward, ward.changing(nurse="Li Na", at=samples.MORNING, action="sample") as change:
        for record in contents():
            change.add(record)
