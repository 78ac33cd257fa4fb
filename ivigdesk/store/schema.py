"""The tables of a ward's file, as the migrations that make them: never edited once released, only added to.

Clinical tables and the journal take new rows only. `current_doses` and `patient_search` are the exception: both are
derived, and can be made again from the other tables.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivigdesk.store.driver import Database, Migrations
from ivigdesk.store.migrating import guarded

APPLICATION_ID = 0x49564947
"""`IVIG`: how a file says that it is a ward."""

SCHEMA = 1
"""Number of the newest migration; a file carries its own in `user_version`."""

APPEND_ONLY = (
    "journal",
    "patients",
    "patient_versions",
    "nurse_versions",
    "ward_settings",
    "courses",
    "revisions",
    "doses",
    "revision_doses",
    "infusions",
    "checks",
    "vials",
    "rate_changes",
    "observations",
    "side_effects",
    "infusion_ends",
)
"""Tables whose rows are never changed or deleted."""

migrations = Migrations("ivigdesk")


def _id(name: str) -> str:
    return f"{name} TEXT NOT NULL CHECK (length({name}) = 36)"


def _day(name: str) -> str:
    return f"{name} TEXT NOT NULL CHECK ({name} IS date({name}))"


def _day_or_null(name: str) -> str:
    return f"{name} TEXT CHECK ({name} IS date({name}))"


def _moment(name: str) -> str:
    second = f"substr({name}_utc, 1, 19)"
    return (
        f"{name}_utc TEXT NOT NULL CHECK ({second} IS strftime('%Y-%m-%dT%H:%M:%S', {second})),"
        f" {name}_offset_minutes INTEGER NOT NULL CHECK ({name}_offset_minutes BETWEEN -1440 AND 1440)"
    )


def _exact(name: str, more: str = "NOT NULL") -> str:
    return f"{name} TEXT {more} CHECK ({name} GLOB '[0-9]*' AND {name} NOT GLOB '*[^0-9.]*')"


def _copy(name: str) -> str:
    return f"{name} TEXT NOT NULL CHECK (json_valid({name}))"


_ENTRY = "entry INTEGER NOT NULL REFERENCES journal (sequence) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED"
_NURSE = "nurse TEXT NOT NULL CHECK (trim(nurse) <> '')"


def _replaces(table: str) -> str:
    return f"replaces TEXT UNIQUE REFERENCES {table} (id) ON DELETE RESTRICT CHECK (replaces <> id)"


_INFUSION = "infusion_id TEXT NOT NULL REFERENCES infusions (id) ON DELETE RESTRICT"

_FIRST = f"""
CREATE TABLE ward_file (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    {_id("device")},
    program TEXT NOT NULL
) STRICT;

CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
    {_id("device")},
    {_NURSE},
    {_moment("at")},
    action TEXT NOT NULL CHECK (action <> ''),
    reason TEXT NOT NULL,
    {_copy("records")},
    program TEXT NOT NULL,
    previous_hash TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;

CREATE TABLE patients (
    {_id("id")} PRIMARY KEY,
    {_ENTRY}
) STRICT;

CREATE TABLE patient_versions (
    id TEXT NOT NULL REFERENCES patients (id) ON DELETE RESTRICT,
    version INTEGER NOT NULL CHECK (version > 0),
    record_number TEXT NOT NULL CHECK (record_number <> ''),
    family_name TEXT NOT NULL,
    given_name TEXT NOT NULL,
    {_day("birth_on")},
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
    {_day_or_null("transplant_on")},
    transplant_kind TEXT NOT NULL CHECK (transplant_kind IN ('allogeneic', 'autologous', 'syngeneic', 'unknown')),
    donor TEXT NOT NULL,
    stem_cell_source TEXT NOT NULL,
    {_copy("risks")},
    pregnant INTEGER NOT NULL CHECK (pregnant IN (0, 1)),
    height_mm INTEGER CHECK (height_mm BETWEEN 1 AND 3000),
    weight_g INTEGER CHECK (weight_g BETWEEN 1 AND 1000000),
    {_day_or_null("weighed_on")},
    {_exact("igg_g_per_l", "")},
    {_day_or_null("igg_on")},
    had_immunoglobulin INTEGER NOT NULL CHECK (had_immunoglobulin IN (0, 1)),
    invented INTEGER NOT NULL CHECK (invented IN (0, 1)),
    {_ENTRY},
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
    {_id("id")},
    version INTEGER NOT NULL CHECK (version > 0),
    name TEXT NOT NULL CHECK (trim(name) <> ''),
    role TEXT NOT NULL CHECK (role IN ('nurse', 'charge nurse', 'doctor', 'pharmacist')),
    {_ENTRY},
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
    {_copy("days")},
    weight_policy TEXT NOT NULL,
    {_exact("pump_step_ml_per_h")},
    is_practice INTEGER NOT NULL CHECK (is_practice IN (0, 1)),
    {_ENTRY}
) STRICT;

CREATE TABLE courses (
    {_id("id")} PRIMARY KEY,
    patient_id TEXT NOT NULL REFERENCES patients (id) ON DELETE RESTRICT,
    {_copy("regimen")},
    {_copy("product")},
    {_day("first_on")},
    {_day_or_null("transplant_on")},
    {_copy("first_days")},
    weight_g INTEGER NOT NULL CHECK (weight_g BETWEEN 1 AND 1000000),
    {_day_or_null("weighed_on")},
    height_mm INTEGER CHECK (height_mm BETWEEN 1 AND 3000),
    {_copy("dosing_weight")},
    weight_policy TEXT NOT NULL,
    rounding TEXT NOT NULL,
    antiviral TEXT NOT NULL,
    prescriber TEXT NOT NULL,
    override_reason TEXT NOT NULL,
    {_copy("findings")},
    {_NURSE},
    {_moment("at")},
    {_ENTRY}
) STRICT;
CREATE INDEX courses_by_patient ON courses (patient_id);

CREATE TABLE revisions (
    {_id("id")} PRIMARY KEY,
    course_id TEXT NOT NULL REFERENCES courses (id) ON DELETE RESTRICT,
    number INTEGER NOT NULL CHECK (number > 0),
    reason TEXT NOT NULL,
    {_NURSE},
    {_moment("at")},
    {_ENTRY},
    UNIQUE (course_id, number)
) STRICT;

CREATE TABLE doses (
    {_id("id")} PRIMARY KEY,
    course_id TEXT NOT NULL REFERENCES courses (id) ON DELETE RESTRICT,
    number INTEGER NOT NULL CHECK (number > 0),
    {_ENTRY},
    UNIQUE (course_id, number)
) STRICT;

CREATE TABLE revision_doses (
    revision_id TEXT NOT NULL REFERENCES revisions (id) ON DELETE RESTRICT,
    dose_id TEXT NOT NULL REFERENCES doses (id) ON DELETE RESTRICT,
    phase INTEGER NOT NULL,
    phase_name TEXT CHECK (json_valid(phase_name)),
    course_day INTEGER NOT NULL,
    transplant_day INTEGER,
    {_day("due_on")},
    {_day("planned_on")},
    {_exact("mg_per_kg")},
    {_exact("exact_mg")},
    planned_dose_mg INTEGER NOT NULL CHECK (planned_dose_mg BETWEEN 0 AND 2000000),
    discard_mg INTEGER NOT NULL CHECK (discard_mg BETWEEN 0 AND 1000000),
    deviation_percent TEXT NOT NULL CHECK (ltrim(deviation_percent, '-') GLOB '[0-9]*'),
    {_exact("volume_ml")},
    {_copy("vials")},
    {_copy("rate_card")},
    is_first_infusion INTEGER NOT NULL CHECK (is_first_infusion IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'omitted', 'ceased')),
    reason TEXT NOT NULL,
    {_copy("findings")},
    {_ENTRY},
    PRIMARY KEY (revision_id, dose_id)
) STRICT;
CREATE INDEX revision_doses_by_dose ON revision_doses (dose_id);

CREATE TABLE current_doses (
    dose_id TEXT NOT NULL PRIMARY KEY REFERENCES doses (id) ON DELETE RESTRICT,
    revision_id TEXT NOT NULL REFERENCES revisions (id) ON DELETE RESTRICT,
    course_id TEXT NOT NULL REFERENCES courses (id) ON DELETE RESTRICT,
    {_day("due_on")},
    is_settled INTEGER NOT NULL CHECK (is_settled IN (0, 1))
) STRICT;
CREATE INDEX current_doses_by_day ON current_doses (due_on);
CREATE INDEX current_doses_by_course ON current_doses (course_id);
CREATE INDEX current_doses_open ON current_doses (due_on) WHERE is_settled = 0;

CREATE TABLE infusions (
    {_id("id")} PRIMARY KEY,
    dose_id TEXT NOT NULL UNIQUE REFERENCES doses (id) ON DELETE RESTRICT,
    {_moment("started_at")},
    {_NURSE},
    {_moment("at")},
    {_ENTRY}
) STRICT;
CREATE INDEX infusions_by_start ON infusions (started_at_utc);

CREATE TABLE checks (
    {_id("id")} PRIMARY KEY,
    {_INFUSION},
    item TEXT NOT NULL CHECK (item <> ''),
    {_NURSE},
    {_moment("at")},
    {_ENTRY}
) STRICT;
CREATE INDEX checks_by_infusion ON checks (infusion_id);

CREATE TABLE vials (
    {_id("id")} PRIMARY KEY,
    {_INFUSION},
    product_id TEXT NOT NULL CHECK (product_id <> ''),
    mg INTEGER NOT NULL CHECK (mg BETWEEN 1 AND 1000000),
    lot TEXT NOT NULL CHECK (lot <> ''),
    {_day("expires_on")},
    {_NURSE},
    {_moment("at")},
    {_replaces("vials")},
    {_ENTRY}
) STRICT;
CREATE INDEX vials_by_infusion ON vials (infusion_id);
CREATE INDEX vials_by_lot ON vials (lot);

CREATE TABLE rate_changes (
    {_id("id")} PRIMARY KEY,
    {_INFUSION},
    action TEXT NOT NULL CHECK (action IN ('start', 'increase', 'slow', 'pause', 'resume', 'stop', 'set')),
    {_exact("ml_per_h")},
    reason TEXT NOT NULL,
    {_NURSE},
    {_moment("at")},
    {_replaces("rate_changes")},
    {_ENTRY}
) STRICT;
CREATE INDEX rate_changes_by_infusion ON rate_changes (infusion_id);

CREATE TABLE observations (
    {_id("id")} PRIMARY KEY,
    {_INFUSION},
    {_moment("at")},
    {_NURSE},
    {_exact("temperature_c", "")},
    pulse_per_min INTEGER CHECK (pulse_per_min BETWEEN 0 AND 400),
    systolic_mmhg INTEGER CHECK (systolic_mmhg BETWEEN 0 AND 400),
    diastolic_mmhg INTEGER CHECK (diastolic_mmhg BETWEEN 0 AND 400),
    breaths_per_min INTEGER CHECK (breaths_per_min BETWEEN 0 AND 200),
    spo2_percent INTEGER CHECK (spo2_percent BETWEEN 0 AND 100),
    symptoms TEXT NOT NULL,
    {_replaces("observations")},
    {_ENTRY}
) STRICT;
CREATE INDEX observations_by_infusion ON observations (infusion_id);

CREATE TABLE side_effects (
    {_id("id")} PRIMARY KEY,
    dose_id TEXT NOT NULL REFERENCES doses (id) ON DELETE RESTRICT,
    code TEXT NOT NULL CHECK (code <> ''),
    {_copy("term")},
    grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 5),
    {_moment("onset_at")},
    {_NURSE},
    {_moment("at")},
    minutes_from_start INTEGER,
    {_exact("ml_per_h", "")},
    action TEXT NOT NULL,
    outcome TEXT NOT NULL
        CHECK (outcome IN ('ongoing', 'resolved', 'resolved with sequelae', 'fatal', 'unknown')),
    resolved_at_utc TEXT,
    resolved_at_offset_minutes INTEGER CHECK ((resolved_at_utc IS NULL) = (resolved_at_offset_minutes IS NULL)),
    notes TEXT NOT NULL,
    {_replaces("side_effects")},
    {_ENTRY}
) STRICT;
CREATE INDEX side_effects_by_dose ON side_effects (dose_id);

CREATE TABLE infusion_ends (
    {_id("id")} PRIMARY KEY,
    {_INFUSION},
    outcome TEXT NOT NULL CHECK (outcome IN ('completed', 'partly given', 'not given')),
    {_moment("ended_at")},
    {_exact("given_ml")},
    given_dose_mg INTEGER NOT NULL CHECK (given_dose_mg BETWEEN 0 AND 2000000),
    discarded_mg INTEGER NOT NULL CHECK (discarded_mg BETWEEN 0 AND 2000000),
    reason TEXT NOT NULL,
    {_NURSE},
    second_nurse TEXT NOT NULL,
    {_moment("at")},
    {_replaces("infusion_ends")},
    {_ENTRY}
) STRICT;
CREATE INDEX infusion_ends_by_infusion ON infusion_ends (infusion_id);
CREATE INDEX infusion_ends_by_end ON infusion_ends (ended_at_utc);
CREATE UNIQUE INDEX one_first_end ON infusion_ends (infusion_id) WHERE replaces IS NULL;
"""  # noqa: S608


def _append_only(tables: Iterable[str]) -> str:
    """Return triggers that refuse to change or delete a row of these tables."""
    return "".join(
        f"CREATE TRIGGER {table}_never_{verb.lower()} BEFORE {verb} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or deleted'); END;\n"
        for table in tables
        for verb in ("UPDATE", "DELETE")
    )


@migrations()
@guarded()
def m0001_first_tables(db: Database) -> None:
    """Patients, courses, infusions and the journal."""
    db.executescript(_FIRST + _append_only(APPEND_ONLY))
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.conn.execute("PRAGMA user_version = 1")
