"""The fourth step: what is recorded before the start, beside a dose, and for the doses after it."""

from __future__ import annotations

from ivigdesk.store.schema import columns

COLUMNS = """
ALTER TABLE checks ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE vials ADD COLUMN serial TEXT NOT NULL DEFAULT '';
ALTER TABLE observations ADD COLUMN site TEXT NOT NULL DEFAULT '';
ALTER TABLE side_effects ADD COLUMN drugs TEXT NOT NULL DEFAULT '';
ALTER TABLE side_effects ADD COLUMN doctor TEXT NOT NULL DEFAULT '';
ALTER TABLE side_effects ADD COLUMN doctor_at_utc TEXT;
ALTER TABLE side_effects ADD COLUMN doctor_at_offset_minutes INTEGER
    CHECK ((doctor_at_utc IS NULL) = (doctor_at_offset_minutes IS NULL));
ALTER TABLE ward_settings ADD COLUMN usual_start TEXT NOT NULL DEFAULT '09:00';
ALTER TABLE ward_settings ADD COLUMN nurses_on_duty INTEGER CHECK (nurses_on_duty > 0);
ALTER TABLE ward_settings ADD COLUMN sounds INTEGER NOT NULL DEFAULT 0 CHECK (sounds IN (0, 1));
CREATE INDEX vials_by_serial ON vials (serial) WHERE serial <> '';
"""
"""New columns; a row written before has what the record's default says, because the journal makes it so again."""

_DOSE = "dose_id TEXT NOT NULL REFERENCES doses (id) ON DELETE RESTRICT"
_TAKEN_BACK = "is_withdrawn INTEGER NOT NULL CHECK (is_withdrawn = 0 OR (is_withdrawn = 1 AND replaces IS NOT NULL))"

TABLES = f"""
CREATE TABLE prepared_checks (
    {columns.uuid("id")} PRIMARY KEY,
    {_DOSE},
    item TEXT NOT NULL CHECK (item <> ''),
    {columns.NURSE},
    {columns.moment("at")},
    reason TEXT NOT NULL,
    {columns.replaces("prepared_checks")},
    {_TAKEN_BACK},
    {columns.ENTRY}
) STRICT;
CREATE INDEX prepared_checks_by_dose ON prepared_checks (dose_id);

CREATE TABLE prepared_vials (
    {columns.uuid("id")} PRIMARY KEY,
    {_DOSE},
    product_id TEXT NOT NULL CHECK (product_id <> ''),
    mg INTEGER NOT NULL CHECK (mg BETWEEN 1 AND 1000000),
    lot TEXT NOT NULL CHECK (lot <> ''),
    {columns.day("expires_on")},
    {columns.NURSE},
    {columns.moment("at")},
    serial TEXT NOT NULL,
    {columns.replaces("prepared_vials")},
    {_TAKEN_BACK},
    {columns.ENTRY}
) STRICT;
CREATE INDEX prepared_vials_by_dose ON prepared_vials (dose_id);
CREATE INDEX prepared_vials_by_lot ON prepared_vials (lot);

CREATE TABLE medications (
    {columns.uuid("id")} PRIMARY KEY,
    {_DOSE},
    kind TEXT NOT NULL CHECK (kind IN ('premedication', 'hydration', 'treatment')),
    what TEXT NOT NULL CHECK (trim(what) <> ''),
    {columns.moment("given_at")},
    {columns.NURSE},
    {columns.moment("at")},
    amount TEXT NOT NULL,
    route TEXT NOT NULL,
    {columns.replaces("medications")},
    {_TAKEN_BACK},
    reason TEXT NOT NULL,
    {columns.ENTRY}
) STRICT;
CREATE INDEX medications_by_dose ON medications (dose_id);

CREATE TABLE dose_times (
    {columns.uuid("id")} PRIMARY KEY,
    {_DOSE},
    starts_at TEXT NOT NULL CHECK (starts_at = '' OR (starts_at IS strftime('%H:%M', starts_at) AND starts_at < '24')),
    {columns.NURSE},
    {columns.moment("at")},
    {columns.replaces("dose_times")},
    {columns.ENTRY}
) STRICT;
CREATE INDEX dose_times_by_dose ON dose_times (dose_id);

CREATE TABLE known_codes (
    version INTEGER PRIMARY KEY CHECK (version > 0),
    gtin TEXT NOT NULL CHECK (length(gtin) = 14),
    product_id TEXT NOT NULL CHECK (product_id <> ''),
    mg INTEGER NOT NULL CHECK (mg BETWEEN 1 AND 1000000),
    {columns.NURSE},
    {columns.moment("at")},
    {columns.ENTRY}
) STRICT;
CREATE INDEX known_codes_by_gtin ON known_codes (gtin);

CREATE TABLE follow_ups (
    {columns.uuid("id")} PRIMARY KEY,
    course_id TEXT NOT NULL REFERENCES courses (id) ON DELETE RESTRICT,
    {_DOSE},
    effect_id TEXT NOT NULL REFERENCES side_effects (id) ON DELETE RESTRICT,
    consequence TEXT NOT NULL CHECK (consequence IN ('CONT', 'SLOW', 'PREMED', 'HYDR', 'SPLIT', 'SWITCH', 'LAB',
        'HOLD', 'DISC')),
    decision TEXT NOT NULL CHECK (decision IN ('accepted', 'declined')),
    {columns.NURSE},
    {columns.moment("at")},
    {columns.exact("ml_per_h", "")},
    detail TEXT NOT NULL,
    prescriber TEXT NOT NULL,
    reason TEXT NOT NULL,
    {columns.replaces("follow_ups")},
    {_TAKEN_BACK},
    {columns.ENTRY}
) STRICT;
CREATE INDEX follow_ups_by_course ON follow_ups (course_id);
"""
