"""The first tables of courses: revisions, doses, and the dates in force."""

from __future__ import annotations

from ivigdesk.store.schema import columns

TABLES = f"""
CREATE TABLE courses (
    {columns.uuid("id")} PRIMARY KEY,
    patient_id TEXT NOT NULL REFERENCES patients (id) ON DELETE RESTRICT,
    {columns.copy("regimen")},
    {columns.copy("product")},
    {columns.day("first_on")},
    {columns.day_or_null("transplant_on")},
    {columns.copy("first_days")},
    weight_g INTEGER NOT NULL CHECK (weight_g BETWEEN 1 AND 1000000),
    {columns.day_or_null("weighed_on")},
    height_mm INTEGER CHECK (height_mm BETWEEN 1 AND 3000),
    {columns.copy("dosing_weight")},
    weight_policy TEXT NOT NULL,
    rounding TEXT NOT NULL,
    antiviral TEXT NOT NULL,
    prescriber TEXT NOT NULL,
    override_reason TEXT NOT NULL,
    {columns.copy("findings")},
    {columns.NURSE},
    {columns.moment("at")},
    {columns.ENTRY}
) STRICT;
CREATE INDEX courses_by_patient ON courses (patient_id);

CREATE TABLE revisions (
    {columns.uuid("id")} PRIMARY KEY,
    course_id TEXT NOT NULL REFERENCES courses (id) ON DELETE RESTRICT,
    number INTEGER NOT NULL CHECK (number > 0),
    reason TEXT NOT NULL,
    {columns.NURSE},
    {columns.moment("at")},
    {columns.ENTRY},
    UNIQUE (course_id, number)
) STRICT;

CREATE TABLE doses (
    {columns.uuid("id")} PRIMARY KEY,
    course_id TEXT NOT NULL REFERENCES courses (id) ON DELETE RESTRICT,
    number INTEGER NOT NULL CHECK (number > 0),
    {columns.ENTRY},
    UNIQUE (course_id, number)
) STRICT;

CREATE TABLE revision_doses (
    revision_id TEXT NOT NULL REFERENCES revisions (id) ON DELETE RESTRICT,
    dose_id TEXT NOT NULL REFERENCES doses (id) ON DELETE RESTRICT,
    phase INTEGER NOT NULL,
    phase_name TEXT CHECK (json_valid(phase_name)),
    course_day INTEGER NOT NULL,
    transplant_day INTEGER,
    {columns.day("due_on")},
    {columns.day("planned_on")},
    {columns.exact("mg_per_kg")},
    {columns.exact("exact_mg")},
    planned_dose_mg INTEGER NOT NULL CHECK (planned_dose_mg BETWEEN 0 AND 2000000),
    discard_mg INTEGER NOT NULL CHECK (discard_mg BETWEEN 0 AND 1000000),
    deviation_percent TEXT NOT NULL CHECK (ltrim(deviation_percent, '-') GLOB '[0-9]*'),
    {columns.exact("volume_ml")},
    {columns.copy("vials")},
    {columns.copy("rate_card")},
    is_first_infusion INTEGER NOT NULL CHECK (is_first_infusion IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'omitted', 'ceased')),
    reason TEXT NOT NULL,
    {columns.copy("findings")},
    {columns.ENTRY},
    PRIMARY KEY (revision_id, dose_id)
) STRICT;
CREATE INDEX revision_doses_by_dose ON revision_doses (dose_id);

CREATE TABLE current_doses (
    dose_id TEXT NOT NULL PRIMARY KEY REFERENCES doses (id) ON DELETE RESTRICT,
    revision_id TEXT NOT NULL REFERENCES revisions (id) ON DELETE RESTRICT,
    course_id TEXT NOT NULL REFERENCES courses (id) ON DELETE RESTRICT,
    {columns.day("due_on")},
    is_settled INTEGER NOT NULL CHECK (is_settled IN (0, 1))
) STRICT;
CREATE INDEX current_doses_by_day ON current_doses (due_on);
CREATE INDEX current_doses_by_course ON current_doses (course_id);
CREATE INDEX current_doses_open ON current_doses (due_on) WHERE is_settled = 0;
"""
