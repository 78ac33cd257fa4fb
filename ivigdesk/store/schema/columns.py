"""How the columns of the tables are written, with what they refuse."""

from __future__ import annotations


def uuid(name: str) -> str:
    """Return a column for a UUID."""
    return f"{name} TEXT NOT NULL CHECK (length({name}) = 36)"


def day(name: str) -> str:
    """Return a column for a date that exists."""
    return f"{name} TEXT NOT NULL CHECK ({name} IS date({name}))"


def day_or_null(name: str) -> str:
    """Return a column for a date that exists, or NULL."""
    return f"{name} TEXT CHECK ({name} IS date({name}))"


def moment(name: str) -> str:
    """Return the two columns of a moment: UTC, and minutes of offset."""
    second = f"substr({name}_utc, 1, 19)"
    return (
        f"{name}_utc TEXT NOT NULL CHECK ({second} IS strftime('%Y-%m-%dT%H:%M:%S', {second})),"
        f" {name}_offset_minutes INTEGER NOT NULL CHECK ({name}_offset_minutes BETWEEN -1440 AND 1440)"
    )


def moment_or_null(name: str) -> tuple[str, str]:
    """Return the two columns of a moment that may be missing, one definition each: UTC, and minutes of offset."""
    second = f"substr({name}_utc, 1, 19)"
    return (
        f"{name}_utc TEXT CHECK ({second} IS strftime('%Y-%m-%dT%H:%M:%S', {second}))",
        f"{name}_offset_minutes INTEGER CHECK (({name}_utc IS NULL) = ({name}_offset_minutes IS NULL)"
        f" AND {name}_offset_minutes BETWEEN -1440 AND 1440)",
    )


def exact(name: str, more: str = "NOT NULL") -> str:
    """Return a column for an exact decimal number that is not negative, kept as text."""
    return f"{name} TEXT {more} CHECK ({name} GLOB '[0-9]*' AND {name} NOT GLOB '*[^0-9.]*')"


def copy(name: str) -> str:
    """Return a column for a copy of a value as JSON."""
    return f"{name} TEXT NOT NULL CHECK (json_valid({name}))"


ENTRY = "entry INTEGER NOT NULL REFERENCES journal (sequence) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED"
NURSE = "nurse TEXT NOT NULL CHECK (trim(nurse) <> '')"


def replaces(table: str) -> str:
    """Return a column for the row of the same table that a correction replaces."""
    return f"replaces TEXT UNIQUE REFERENCES {table} (id) ON DELETE RESTRICT CHECK (replaces <> id)"


INFUSION = "infusion_id TEXT NOT NULL REFERENCES infusions (id) ON DELETE RESTRICT"
PATIENT = "patient_id TEXT NOT NULL REFERENCES patients (id) ON DELETE RESTRICT"

WITHDRAWN = (
    "is_withdrawn INTEGER NOT NULL CHECK (is_withdrawn = 0"
    " OR (is_withdrawn = 1 AND replaces IS NOT NULL AND trim(reason) <> ''))"
)
"""Says that the row that `replaces` names was entered in error and that nothing takes its place."""
