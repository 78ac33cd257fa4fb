"""The first tables of infusions: checks, vials, pump, observations, side effects, ends."""

from __future__ import annotations

from ivigdesk.store.schema import columns

TABLES = f"""
CREATE TABLE infusions (
    {columns.uuid("id")} PRIMARY KEY,
    dose_id TEXT NOT NULL UNIQUE REFERENCES doses (id) ON DELETE RESTRICT,
    {columns.moment("started_at")},
    {columns.NURSE},
    {columns.moment("at")},
    {columns.ENTRY}
) STRICT;
CREATE INDEX infusions_by_start ON infusions (started_at_utc);

CREATE TABLE checks (
    {columns.uuid("id")} PRIMARY KEY,
    {columns.INFUSION},
    item TEXT NOT NULL CHECK (item <> ''),
    {columns.NURSE},
    {columns.moment("at")},
    {columns.ENTRY}
) STRICT;
CREATE INDEX checks_by_infusion ON checks (infusion_id);

CREATE TABLE vials (
    {columns.uuid("id")} PRIMARY KEY,
    {columns.INFUSION},
    product_id TEXT NOT NULL CHECK (product_id <> ''),
    mg INTEGER NOT NULL CHECK (mg BETWEEN 1 AND 1000000),
    lot TEXT NOT NULL CHECK (lot <> ''),
    {columns.day("expires_on")},
    {columns.NURSE},
    {columns.moment("at")},
    {columns.replaces("vials")},
    {columns.ENTRY}
) STRICT;
CREATE INDEX vials_by_infusion ON vials (infusion_id);
CREATE INDEX vials_by_lot ON vials (lot);

CREATE TABLE rate_changes (
    {columns.uuid("id")} PRIMARY KEY,
    {columns.INFUSION},
    action TEXT NOT NULL CHECK (action IN ('start', 'increase', 'slow', 'pause', 'resume', 'stop', 'set')),
    {columns.exact("ml_per_h")},
    reason TEXT NOT NULL,
    {columns.NURSE},
    {columns.moment("at")},
    {columns.replaces("rate_changes")},
    {columns.ENTRY}
) STRICT;
CREATE INDEX rate_changes_by_infusion ON rate_changes (infusion_id);

CREATE TABLE observations (
    {columns.uuid("id")} PRIMARY KEY,
    {columns.INFUSION},
    {columns.moment("at")},
    {columns.NURSE},
    {columns.exact("temperature_c", "")},
    pulse_per_min INTEGER CHECK (pulse_per_min BETWEEN 0 AND 400),
    systolic_mmhg INTEGER CHECK (systolic_mmhg BETWEEN 0 AND 400),
    diastolic_mmhg INTEGER CHECK (diastolic_mmhg BETWEEN 0 AND 400),
    breaths_per_min INTEGER CHECK (breaths_per_min BETWEEN 0 AND 200),
    spo2_percent INTEGER CHECK (spo2_percent BETWEEN 0 AND 100),
    symptoms TEXT NOT NULL,
    {columns.replaces("observations")},
    {columns.ENTRY}
) STRICT;
CREATE INDEX observations_by_infusion ON observations (infusion_id);

CREATE TABLE side_effects (
    {columns.uuid("id")} PRIMARY KEY,
    dose_id TEXT NOT NULL REFERENCES doses (id) ON DELETE RESTRICT,
    code TEXT NOT NULL CHECK (code <> ''),
    {columns.copy("term")},
    grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 5),
    {columns.moment("onset_at")},
    {columns.NURSE},
    {columns.moment("at")},
    minutes_from_start INTEGER,
    {columns.exact("ml_per_h", "")},
    action TEXT NOT NULL,
    outcome TEXT NOT NULL
        CHECK (outcome IN ('ongoing', 'resolved', 'resolved with sequelae', 'fatal', 'unknown')),
    resolved_at_utc TEXT,
    resolved_at_offset_minutes INTEGER CHECK ((resolved_at_utc IS NULL) = (resolved_at_offset_minutes IS NULL)),
    notes TEXT NOT NULL,
    {columns.replaces("side_effects")},
    {columns.ENTRY}
) STRICT;
CREATE INDEX side_effects_by_dose ON side_effects (dose_id);

CREATE TABLE infusion_ends (
    {columns.uuid("id")} PRIMARY KEY,
    {columns.INFUSION},
    outcome TEXT NOT NULL CHECK (outcome IN ('completed', 'partly given', 'not given')),
    {columns.moment("ended_at")},
    {columns.exact("given_ml")},
    given_dose_mg INTEGER NOT NULL CHECK (given_dose_mg BETWEEN 0 AND 2000000),
    discarded_mg INTEGER NOT NULL CHECK (discarded_mg BETWEEN 0 AND 2000000),
    reason TEXT NOT NULL,
    {columns.NURSE},
    second_nurse TEXT NOT NULL,
    {columns.moment("at")},
    {columns.replaces("infusion_ends")},
    {columns.ENTRY}
) STRICT;
CREATE INDEX infusion_ends_by_infusion ON infusion_ends (infusion_id);
CREATE INDEX infusion_ends_by_end ON infusion_ends (ended_at_utc);
CREATE UNIQUE INDEX one_first_end ON infusion_ends (infusion_id) WHERE replaces IS NULL;
"""
