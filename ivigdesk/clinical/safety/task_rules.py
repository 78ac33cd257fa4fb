"""The shape of the file of tasks: when samples, laboratory values and checks are due."""

from __future__ import annotations

from ivigdesk.clinical.library_file import as_record, read_tables
from ivigdesk.clinical.safety.thresholds import split_tables
from ivigdesk.messages import Record


class BaselineRules(Record, frozen=True):
    """Values before the first dose.

    Attributes:
        within_days: so old they may be.
    """

    within_days: int


class HaemolysisWindows(Record, frozen=True):
    """When haemoglobin is looked at around the dose that reaches the cumulative limit.

    Attributes:
        before_days: so many days before the dose at most.
        early_from_hours, early_to_hours: the early window after the last dose.
        late_from_days, late_to_days: the late window after it, which finds most haemolysis.
    """

    before_days: int
    early_from_hours: int
    early_to_hours: int
    late_from_days: int
    late_to_days: int


class CreatinineWindows(Record, frozen=True):
    """When creatinine is looked at where the kidneys are at risk.

    Attributes:
        before_days: so many days before a dose at most.
        after_from_hours, after_to_hours: window after each dose.
        each_dose_of: rows of the fact base whose regimens want it before every dose, at risk or not.
    """

    before_days: int
    after_from_hours: int
    after_to_hours: int
    each_dose_of: tuple[str, ...]


class IggCadence(Record, frozen=True):
    """How often a trough is drawn.

    Attributes:
        before_days: so many days before a dose at most.
        early_last_transplant_day: up to this transplant day the early interval holds.
        early_every_days, later_every_days: the intervals.
    """

    before_days: int
    early_last_transplant_day: int
    early_every_days: int
    later_every_days: int


class CmvPcrCadence(Record, frozen=True):
    """How often and how long CMV PCR is drawn.

    Attributes:
        every_days: the interval.
        last_transplant_day: at least up to this transplant day.
        last_transplant_day_immunosuppressed: the same with GVHD or immunosuppression.
        indications: of the regimens that want it.
    """

    every_days: int
    last_transplant_day: int
    last_transplant_day_immunosuppressed: int
    indications: tuple[str, ...]


class PlateletWindows(Record, frozen=True):
    """When platelets show the response.

    Attributes:
        indications: of the regimens that want it.
        after_days: up to so many days after the last dose.
    """

    indications: tuple[str, ...]
    after_days: int


class LateCheck(Record, frozen=True):
    """When somebody asks for late effects.

    Attributes:
        from_hours, to_hours: window after each dose.
    """

    from_hours: int
    to_hours: int


class TaskRules(Record, frozen=True):
    """The file of tasks; each number stands with its source in it."""

    version: str
    baseline: BaselineRules
    haemolysis: HaemolysisWindows
    creatinine: CreatinineWindows
    igg: IggCadence
    cmv_pcr: CmvPcrCadence
    platelets: PlateletWindows
    late_check: LateCheck


def parse_task_rules(content: bytes, name: str) -> TaskRules:
    """Return when tasks are due, of a file.

    Raises:
        KnownError: the file does not fit, or a number stands without its source.
    """
    values, _ = split_tables(read_tables(content, name), name)
    return as_record(values, name, TaskRules)
