"""The first tables of the ward itself: its file, its journal, patients, nurses, settings."""

from __future__ import annotations

from ivigdesk.store.schema import columns

TABLES = f"""
CREATE TABLE ward_file (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    {columns.uuid("device")},
    program TEXT NOT NULL
) STRICT;

CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
    {columns.uuid("device")},
    {columns.NURSE},
    {columns.moment("at")},
    action TEXT NOT NULL CHECK (action <> ''),
    reason TEXT NOT NULL,
    {columns.copy("records")},
    program TEXT NOT NULL,
    previous_hash TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;

CREATE TABLE patients (
    {columns.uuid("id")} PRIMARY KEY,
    {columns.ENTRY}
) STRICT;

CREATE TABLE patient_versions (
    id TEXT NOT NULL REFERENCES patients (id) ON DELETE RESTRICT,
    version INTEGER NOT NULL CHECK (version > 0),
    record_number TEXT NOT NULL CHECK (record_number <> ''),
    family_name TEXT NOT NULL,
    given_name TEXT NOT NULL,
    {columns.day("birth_on")},
    local_name TEXT NOT NULL,
    sex TEXT NOT NULL CHECK (sex IN ('female', 'male', 'unknown')),
    bed TEXT NOT NULL,
    diagnosis TEXT NOT NULL,
    consultant TEXT NOT NULL,
    allergy_state TEXT NOT NULL CHECK (allergy_state IN ('known', 'none known', 'not recorded')),
    allergies TEXT NOT NULL,
    earlier_reactions TEXT NOT NULL,
    blood_group TEXT NOT NULL CHECK (blood_group IN ('O', 'A', 'B', 'AB', 'unknown')),
    rhesus TEXT NOT NULL CHECK (rhesus IN ('positive', 'negative', 'unknown')),
    donor_blood_group TEXT NOT NULL CHECK (donor_blood_group IN ('O', 'A', 'B', 'AB', 'unknown')),
    cmv TEXT NOT NULL CHECK (cmv IN ('positive', 'negative', 'unknown')),
    donor_cmv TEXT NOT NULL CHECK (donor_cmv IN ('positive', 'negative', 'unknown')),
    {columns.day_or_null("transplant_on")},
    transplant_kind TEXT NOT NULL CHECK (transplant_kind IN ('allogeneic', 'autologous', 'syngeneic', 'unknown')),
    donor TEXT NOT NULL,
    stem_cell_source TEXT NOT NULL,
    {columns.copy("risks")},
    pregnant INTEGER NOT NULL CHECK (pregnant IN (0, 1)),
    height_mm INTEGER CHECK (height_mm BETWEEN 1 AND 3000),
    weight_g INTEGER CHECK (weight_g BETWEEN 1 AND 1000000),
    {columns.day_or_null("weighed_on")},
    {columns.exact("igg_g_per_l", "")},
    {columns.day_or_null("igg_on")},
    had_immunoglobulin INTEGER NOT NULL CHECK (had_immunoglobulin IN (0, 1)),
    invented INTEGER NOT NULL CHECK (invented IN (0, 1)),
    {columns.ENTRY},
    PRIMARY KEY (id, version)
) STRICT;
CREATE INDEX patient_versions_by_number ON patient_versions (record_number);
CREATE VIEW current_patients AS
    SELECT * FROM patient_versions AS seen
    WHERE version = (SELECT max(version) FROM patient_versions WHERE id = seen.id);

CREATE TABLE patient_search (
    id TEXT NOT NULL PRIMARY KEY REFERENCES patients (id) ON DELETE RESTRICT,
    words TEXT NOT NULL
) STRICT;

CREATE TABLE nurse_versions (
    {columns.uuid("id")},
    version INTEGER NOT NULL CHECK (version > 0),
    name TEXT NOT NULL CHECK (trim(name) <> ''),
    role TEXT NOT NULL CHECK (role IN ('nurse', 'charge nurse', 'doctor', 'pharmacist')),
    {columns.ENTRY},
    PRIMARY KEY (id, version)
) STRICT;
CREATE VIEW current_nurses AS
    SELECT * FROM nurse_versions AS seen
    WHERE version = (SELECT max(version) FROM nurse_versions WHERE id = seen.id);

CREATE TABLE ward_settings (
    version INTEGER PRIMARY KEY CHECK (version > 0),
    name TEXT NOT NULL,
    hospital TEXT NOT NULL,
    phone TEXT NOT NULL,
    emergency_phone TEXT NOT NULL,
    {columns.copy("days")},
    weight_policy TEXT NOT NULL,
    {columns.exact("pump_step_ml_per_h")},
    is_practice INTEGER NOT NULL CHECK (is_practice IN (0, 1)),
    {columns.ENTRY}
) STRICT;
"""  # noqa: S608
