"""The third step: what was done to a calendar, by whom, and what the ward can carry in a day."""

from __future__ import annotations

from ivigdesk.store.schema import columns

_AT_UTC, _AT_OFFSET = columns.moment_or_null("changed_at")

COLUMNS = f"""
ALTER TABLE revisions ADD COLUMN verb TEXT NOT NULL DEFAULT '';
ALTER TABLE revisions ADD COLUMN approved_by TEXT NOT NULL DEFAULT '';
ALTER TABLE revisions ADD COLUMN restores INTEGER CHECK (restores > 0 AND restores < number);

ALTER TABLE revision_doses ADD COLUMN product TEXT CHECK (json_valid(product));
ALTER TABLE revision_doses ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE revision_doses ADD COLUMN {_AT_UTC};
ALTER TABLE revision_doses ADD COLUMN {_AT_OFFSET};
ALTER TABLE revision_doses ADD COLUMN needs_release INTEGER NOT NULL DEFAULT 0 CHECK (needs_release IN (0, 1));
ALTER TABLE revision_doses ADD COLUMN is_extra INTEGER NOT NULL DEFAULT 0 CHECK (is_extra IN (0, 1));
ALTER TABLE revision_doses ADD COLUMN replaces TEXT REFERENCES doses (id) ON DELETE RESTRICT
    CHECK (replaces <> dose_id);
ALTER TABLE revision_doses ADD COLUMN is_error INTEGER NOT NULL DEFAULT 0 CHECK (is_error IN (0, 1));

ALTER TABLE courses ADD COLUMN {columns.day_or_null("approved_until")};

ALTER TABLE ward_settings ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE ward_settings ADD COLUMN subdivision TEXT NOT NULL DEFAULT '';
ALTER TABLE ward_settings ADD COLUMN closes_on_holidays INTEGER NOT NULL DEFAULT 0
    CHECK (closes_on_holidays IN (0, 1));
ALTER TABLE ward_settings ADD COLUMN most_doses_a_day INTEGER CHECK (most_doses_a_day > 0);
ALTER TABLE ward_settings ADD COLUMN most_minutes_a_day INTEGER CHECK (most_minutes_a_day > 0);
"""
"""New columns; a row written before has what the record's default says, because the journal makes it so again."""
