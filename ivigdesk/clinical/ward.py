"""The place: its name, its nurses, and what it has chosen."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal
from uuid import UUID

from ivigdesk.clinical.doses.dosing import WeightPolicy
from ivigdesk.clinical.eligibility.criteria import ProfileId
from ivigdesk.messages import Record
from ivigdesk.scheduling.closures import WardDays

Role = Literal["nurse", "charge nurse", "doctor", "pharmacist"]


class Nurse(Record, frozen=True):
    """Somebody who may be chosen at sign-in.

    Attributes:
        id: UUID.
        name: as printed on sheets; unique in the ward.
        role: what the person may be asked to sign.
    """

    id: UUID
    name: str
    role: Role = "nurse"


class WardSettings(Record, frozen=True):
    """What the ward has chosen. An edit is a new version.

    Attributes:
        name: ward, as printed on sheets.
        hospital: may be empty.
        phone, emergency_phone: printed on sheets; may be empty.
        days: opening days and closures with their policy; an inpatient ward infuses every day.
        weight_policy: proposed where the regimen does not say otherwise.
        profile: criteria that doses are looked at with where nobody chooses others.
        adjust_from_bmi: the ward's own BMI from which a policy adjusts the weight; None for the policy's.
        pump_step_ml_per_h: smallest step of the ward's pumps; rates are rounded down to it.
        country, subdivision: whose public holidays the calendar shows, as ISO 3166 codes; empty for none.
        closes_on_holidays: whether a public holiday is a closed day.
        most_doses_a_day, most_minutes_a_day: infusions, and minutes of them, that the ward can give on a day; None
            for no limit.
        usual_start: clock time at which the day's first infusion starts where nobody planned another, `09:00`.
        nurses_on_duty: how many infusions may be started or changed at the same time; None for no limit.
        sounds: whether a due rate change or observation is also heard.
        is_practice: True for the practice ward: every screen and sheet says so.
    """

    name: str
    hospital: str = ""
    phone: str = ""
    emergency_phone: str = ""
    days: WardDays = WardDays()
    weight_policy: WeightPolicy = "actual"
    pump_step_ml_per_h: Decimal = Decimal("0.1")
    is_practice: bool = False
    profile: ProfileId = "unit"
    adjust_from_bmi: Decimal | None = None
    country: str = ""
    subdivision: str = ""
    closes_on_holidays: bool = False
    most_doses_a_day: int | None = None
    most_minutes_a_day: int | None = None
    usual_start: str = "09:00"
    nurses_on_duty: int | None = None
    sounds: bool = False
