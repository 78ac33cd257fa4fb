"""The record of giving one dose: vials, rates, observations, side effects, end."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ivigdesk.messages import Record, Text

Outcome = Literal["completed", "partly given", "not given"]
RateAction = Literal["start", "increase", "slow", "pause", "resume", "stop", "set"]
SideEffectOutcome = Literal["ongoing", "resolved", "resolved with sequelae", "fatal", "unknown"]

# Notes are stored once and read in either language, so they say it in both. The clock time of such a moment is 00:00,
# or that of the onset for an end on the day of onset: it is not to be shown.
ONSET_TIME_NOT_KNOWN = "Time of onset not known / 发生时间不详"
END_TIME_NOT_KNOWN = "Time of end not known / 结束时间不详"


class VialUsed(Record, frozen=True):
    """One container that was hung.

    Attributes:
        id: UUID.
        infusion_id: the infusion.
        product_id: brand that stood on the vial.
        mg: its immunoglobulin in milligrams.
        lot: batch number as printed.
        expires_on: last day of use.
        nurse, at: who hung it, and when.
        replaces: the record that this one corrects; None for a new one.
        serial: serial number of this very container, where its code has one; may be empty.
    """

    id: UUID
    infusion_id: UUID
    product_id: str
    mg: int
    lot: str
    expires_on: date
    nurse: str
    at: datetime
    replaces: UUID | None = None
    serial: str = ""


class RateChange(Record, frozen=True):
    """The pump was set.

    Attributes:
        id: UUID.
        infusion_id: the infusion.
        action: what the nurse did.
        ml_per_h: rate from now on; 0 while paused or stopped.
        reason: why, where it was not the card's own step; may be empty.
        nurse, at: who, and when the pump was set.
        replaces: the record that this one corrects; None for a new one.
    """

    id: UUID
    infusion_id: UUID
    action: RateAction
    ml_per_h: Decimal
    reason: str
    nurse: str
    at: datetime
    replaces: UUID | None = None


class Observation(Record, frozen=True):
    """One set of vital signs; what was not measured is None.

    Attributes:
        id: UUID.
        infusion_id: the infusion.
        at: when it was taken.
        temperature_c: degrees Celsius, 30 to 43.
        pulse_per_min: beats per minute, 20 to 300.
        systolic_mmhg, diastolic_mmhg: blood pressure, systolic above diastolic.
        breaths_per_min: 3 to 100.
        spo2_percent: 40 to 100.
        symptoms: words; may be empty.
        nurse: who took it.
        replaces: the record that this one corrects; None for a new one.
        site: how the infusion site looks, in words; empty when nobody looked.
    """

    id: UUID
    infusion_id: UUID
    at: datetime
    nurse: str
    temperature_c: Decimal | None = None
    pulse_per_min: int | None = None
    systolic_mmhg: int | None = None
    diastolic_mmhg: int | None = None
    breaths_per_min: int | None = None
    spo2_percent: int | None = None
    symptoms: str = ""
    replaces: UUID | None = None
    site: str = ""


class SideEffect(Record, frozen=True):
    """An adverse reaction, linked to one dose.

    Attributes:
        id: UUID.
        dose_id: the dose it belongs to.
        code: term of the catalogue.
        term: the term's name as it was when it was recorded: a record reads the same with every later catalogue.
        grade: CTCAE grade, 1 to 5.
        onset_at: when it began; may be after the infusion.
        minutes_from_start: whole minutes from the start of the infusion to onset; None when that is unknown.
        ml_per_h: rate at onset; None when no infusion was running.
        action: what was done: drugs, doctor called; words.
        outcome: how it ended so far.
        resolved_at: when it was over; None while it lasts.
        notes: words; may be empty.
        nurse, at: who recorded it, and when.
        replaces: the record that this one corrects; None for a new one.
        drugs: what was given against it, with doses; words, may be empty.
        doctor, doctor_at: who was called, and when; empty and None when nobody was.
    """

    id: UUID
    dose_id: UUID
    code: str
    term: Text
    grade: int
    onset_at: datetime
    nurse: str
    at: datetime
    minutes_from_start: int | None = None
    ml_per_h: Decimal | None = None
    action: str = ""
    outcome: SideEffectOutcome = "ongoing"
    resolved_at: datetime | None = None
    notes: str = ""
    replaces: UUID | None = None
    drugs: str = ""
    doctor: str = ""
    doctor_at: datetime | None = None

    @property
    def onset_time_known(self) -> bool:
        """Whether `onset_at` says more than the day; its notes say in both languages that it does not."""
        return ONSET_TIME_NOT_KNOWN not in self.notes

    @property
    def end_time_known(self) -> bool:
        """Whether `resolved_at` says more than the day; True also while it lasts."""
        return END_TIME_NOT_KNOWN not in self.notes


class InfusionEnd(Record, frozen=True):
    """How an infusion ended.

    Attributes:
        id: UUID.
        infusion_id: the infusion.
        outcome: completed, partly given, or not given.
        ended_at: when the pump stopped; for a dose not given, when that was decided.
        given_ml, given_dose_mg: what the patient got; 0 for a dose not given.
        discarded_mg: what was thrown away.
        reason: required unless completed.
        nurse: first signature.
        second_nurse: second signature; may be empty until somebody checks.
        replaces: the record that this one corrects; None for a new one.
    """

    id: UUID
    infusion_id: UUID
    outcome: Outcome
    ended_at: datetime
    given_ml: Decimal
    given_dose_mg: int
    discarded_mg: int
    reason: str
    nurse: str
    second_nurse: str
    at: datetime
    replaces: UUID | None = None


class Check(Record, frozen=True):
    """One line of the checklist, ticked.

    Attributes:
        id: UUID.
        infusion_id: the infusion.
        item: code of the line, e.g. `two-identifiers`.
        nurse, at: who ticked it, and when.
        reason: why a critical line was left open; empty for a line that was done.
    """

    id: UUID
    infusion_id: UUID
    item: str
    nurse: str
    at: datetime
    reason: str = ""


class Infusion(Record, frozen=True):
    """The record of giving one dose, as it is now.

    Attributes:
        id: UUID, made when the page opens: saving twice makes one row.
        dose_id: the dose.
        started_at: when the pump began; for a dose not given, when that was decided.
        nurse, at: who started it, and when it was recorded.
        checks, vials, rate_changes, observations, side_effects: ascending by time.
        end: None while it runs.
    """

    id: UUID
    dose_id: UUID
    started_at: datetime
    nurse: str
    at: datetime
    checks: tuple[Check, ...] = ()
    vials: tuple[VialUsed, ...] = ()
    rate_changes: tuple[RateChange, ...] = ()
    observations: tuple[Observation, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    end: InfusionEnd | None = None

    @property
    def is_running(self) -> bool:
        """Whether the infusion has begun and not ended."""
        return self.end is None

    @property
    def rate_ml_per_h(self) -> Decimal:
        """The rate the pump is set to; 0 when paused, stopped or ended."""
        if self.end is not None or not self.rate_changes:
            return Decimal(0)
        return self.rate_changes[-1].ml_per_h

    def settings_before(self, onset: datetime) -> tuple[RateChange, ...]:
        """Return how the pump was set until something began: what slowed or stopped it at that moment answered it."""
        return tuple(
            change
            for change in self.rate_changes
            if change.at < onset or (change.at == onset and change.action not in ("slow", "pause", "stop"))
        )
