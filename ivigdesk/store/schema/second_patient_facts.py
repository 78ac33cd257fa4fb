"""The second step: laboratory values, clinical events, and what else is known of patients and courses."""

from __future__ import annotations

from ivigdesk.store.schema import columns

COLUMNS = f"""
ALTER TABLE patient_versions ADD COLUMN {columns.copy("earlier_transplants_on")} DEFAULT '[]';
ALTER TABLE patient_versions ADD COLUMN donor_kind TEXT NOT NULL DEFAULT 'unknown' CHECK (donor_kind IN
    ('matched-sibling', 'matched-unrelated', 'haploidentical', 'cord-blood', 'twin', 'unknown'));
ALTER TABLE patient_versions ADD COLUMN {columns.copy("conditions")} DEFAULT '[]';
ALTER TABLE patient_versions ADD COLUMN medicines TEXT NOT NULL DEFAULT '';

ALTER TABLE courses ADD COLUMN override_by TEXT NOT NULL DEFAULT '';
ALTER TABLE courses ADD COLUMN policy_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE courses ADD COLUMN profile TEXT NOT NULL DEFAULT '';
ALTER TABLE courses ADD COLUMN approved_mg INTEGER CHECK (approved_mg >= 0);
ALTER TABLE courses ADD COLUMN {columns.copy("stated")} DEFAULT '[]';

ALTER TABLE revision_doses ADD COLUMN criteria TEXT CHECK (json_valid(criteria));
ALTER TABLE revision_doses ADD COLUMN weight TEXT CHECK (json_valid(weight));

ALTER TABLE ward_settings ADD COLUMN profile TEXT NOT NULL DEFAULT 'unit' CHECK (profile <> '');
ALTER TABLE ward_settings ADD COLUMN {columns.exact("adjust_from_bmi", "")};
"""
"""New columns; a row written before has what the record's default says, because the journal makes it so again."""

TABLES = f"""
CREATE TABLE lab_values (
    {columns.uuid("id")} PRIMARY KEY,
    {columns.PATIENT},
    test TEXT NOT NULL CHECK (test IN ('igg', 'creatinine', 'egfr', 'haemoglobin', 'platelets', 'neutrophils',
        'total-protein', 'cmv-pcr', 'weight', 'height')),
    {columns.exact("value")},
    unit TEXT NOT NULL CHECK (unit <> ''),
    {columns.day("taken_on")},
    entered_value TEXT NOT NULL,
    entered_unit TEXT NOT NULL,
    {columns.NURSE},
    {columns.moment("at")},
    is_below INTEGER NOT NULL CHECK (is_below IN (0, 1)),
    {columns.replaces("lab_values")},
    {columns.WITHDRAWN},
    reason TEXT NOT NULL,
    {columns.ENTRY}
) STRICT;
CREATE INDEX lab_values_by_patient ON lab_values (patient_id, taken_on);

CREATE TABLE clinical_events (
    {columns.uuid("id")} PRIMARY KEY,
    {columns.PATIENT},
    kind TEXT NOT NULL CHECK (kind IN ('infection', 'cmv', 'acute-gvhd', 'chronic-gvhd', 'veno-occlusive-disease',
        'clot', 'live-vaccine', 'measles-exposure', 'relapse', 'withdrawal', 'death')),
    {columns.day('"on"')},
    {columns.NURSE},
    {columns.moment("at")},
    until TEXT CHECK (until IS date(until) AND until >= "on"),
    severity TEXT NOT NULL CHECK (severity IN ('', 'mild', 'moderate', 'severe', 'life-threatening')),
    site TEXT NOT NULL CHECK (site IN ('', 'blood', 'lungs', 'sinuses', 'gut', 'skin', 'urinary-tract',
        'central-line', 'other')),
    organism TEXT NOT NULL,
    is_bacterial TEXT NOT NULL CHECK (is_bacterial IN ('yes', 'no', 'unknown')),
    needed_iv_antibiotics TEXT NOT NULL CHECK (needed_iv_antibiotics IN ('yes', 'no', 'unknown')),
    cmv_disease TEXT CHECK (cmv_disease IN ('viraemia', 'syndrome', 'pneumonia-probable', 'pneumonia-proven',
        'other-disease')),
    grade INTEGER CHECK (grade BETWEEN 1 AND 4),
    note TEXT NOT NULL,
    {columns.replaces("clinical_events")},
    {columns.WITHDRAWN},
    reason TEXT NOT NULL,
    {columns.ENTRY}
) STRICT;
CREATE INDEX clinical_events_by_patient ON clinical_events (patient_id, "on");
"""
