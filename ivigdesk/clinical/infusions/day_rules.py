"""What holds on the day of an infusion beside checklist and observations: numbers, each with its source."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk.clinical.library_file import as_record, read_tables
from ivigdesk.clinical.safety.thresholds import split_tables
from ivigdesk.messages import Record


class CheckRule(Record, frozen=True):
    """How long a tick says something.

    Attributes:
        valid_hours: a line ticked longer before the start is open again.
    """

    valid_hours: int


class BeforeStart(Record, frozen=True):
    """When something is given before the start.

    Attributes:
        from_min, to_min: not earlier and not later than so many minutes before it.
    """

    from_min: int
    to_min: int


class VitalLimits(Record, frozen=True):
    """Outside which values an observation is marked.

    Attributes:
        fever_c: temperature, reached or passed.
        rise_c: degrees above the first value, reached or passed.
        spo2_below_percent: oxygen saturation.
        systolic_below_mmhg: of an adult.
        change_percent: pulse and pressures may differ by so much from the first value.
        adult_from_years: age from which the absolute pressure counts.
    """

    fever_c: Decimal
    rise_c: Decimal
    spo2_below_percent: int
    systolic_below_mmhg: int
    change_percent: int
    adult_from_years: int


class InfusionDayRules(Record, frozen=True):
    """The file of the infusion day; each number stands with its source in it."""

    version: str
    checks: CheckRule
    premedication: BeforeStart
    hydration: BeforeStart
    vital_signs: VitalLimits


def parse_infusion_day_rules(content: bytes, name: str) -> InfusionDayRules:
    """Return the rules of a file.

    Raises:
        KnownError: the file does not fit, or a number stands without its source.
    """
    values, _ = split_tables(read_tables(content, name), name)
    return as_record(values, name, InfusionDayRules)
