"""Write the ward's file of the newest schema: once per release, and never again for a schema that was released.

`python -m tests.databases.make`
"""

from __future__ import annotations

from pathlib import Path

from ivigdesk.messages import Record
from ivigdesk.store import open_store, schema
from tests.store import samples

FOLDER = Path(__file__).parent


def contents() -> tuple[Record, ...]:
    """Return what each of the files holds."""
    infusion = samples.an_infusion()
    return (
        samples.a_patient(),
        samples.a_course(),
        infusion,
        samples.a_vial(infusion),
        samples.a_side_effect(infusion.dose_id),
        samples.an_end(infusion),
    )


if __name__ == "__main__":
    path = FOLDER / f"schema-{schema.SCHEMA}.ivigdesk"
    path.unlink(missing_ok=True)
    with open_store(path) as ward, ward.changing(nurse="Li Na", at=samples.MORNING, action="sample") as change:
        for record in contents():
            change.add(record)
