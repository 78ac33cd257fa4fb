"""What an observation says that needs a look: values outside limits, and changes from the first values."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from ivigdesk.clinical.infusions.day_rules import VitalLimits
from ivigdesk.clinical.infusions.infusion import Observation
from ivigdesk.messages import N_, Amount, Message, Record, message
from ivigdesk.units import plain, rounded

RemarkSeverity = Literal["warn", "stop"]

_SIGNS = (
    "temperature_c",
    "pulse_per_min",
    "systolic_mmhg",
    "diastolic_mmhg",
    "breaths_per_min",
    "spo2_percent",
)
_COMPARED = {
    "pulse_per_min": (
        N_("pulse {change} % above the first value ({before} → {now})"),
        N_("pulse {change} % below the first value ({before} → {now})"),
    ),
    "systolic_mmhg": (
        N_("systolic {change} % above the first value ({before} → {now})"),
        N_("systolic {change} % below the first value ({before} → {now})"),
    ),
    "diastolic_mmhg": (
        N_("diastolic {change} % above the first value ({before} → {now})"),
        N_("diastolic {change} % below the first value ({before} → {now})"),
    ),
}
_TENTH = Decimal("0.1")


class Remark(Record, frozen=True):
    """One value of an observation that needs a look.

    Attributes:
        field: of `Observation`, such as `systolic_mmhg`.
        message: in words, to stand beside the value.
        severity: `warn` speaks against going faster; `stop` asks to stop and to call for help.
    """

    field: str
    message: Message
    severity: RemarkSeverity = "warn"


def first_values(observations: Iterable[Observation]) -> Observation | None:
    """Return what later values are compared with: of each vital sign the first one that was measured.

    Args:
        observations: of one infusion, in any order.

    Returns:
        An observation put together from them; None when nothing was observed yet.
    """
    by_time = sorted(observations, key=lambda one: one.at)
    if not by_time:
        return None
    found = {
        sign: next((value for one in by_time if (value := getattr(one, sign)) is not None), None) for sign in _SIGNS
    }
    return msgspec.structs.replace(by_time[0], **found)


def remarks_on(
    observation: Observation, baseline: Observation | None, rules: VitalLimits, *, is_adult: bool = True
) -> tuple[Remark, ...]:
    """Return what of an observation lies outside the limits, in the order in which the values are written.

    Args:
        baseline: the first values, as `first_values` returns them; None without any.
        is_adult: False leaves out the pressure below which an adult is in danger; a child's is compared with the
            first one only.

    Source: FACTS 5.4, 5.5, 6.2.
    """
    found = [
        *_of_temperature(observation, baseline, rules),
        *_of_changes(observation, baseline, rules),
        *_of_oxygen(observation, rules),
    ]
    systolic = observation.systolic_mmhg
    if is_adult and systolic is not None and systolic < rules.systolic_below_mmhg:
        found.append(
            Remark(
                field="systolic_mmhg",
                message=message(
                    N_("systolic below {limit}: stop and call for help"),
                    limit=Amount(plain(rules.systolic_below_mmhg), "mmHg"),
                ),
                severity="stop",
            )
        )
    return tuple(sorted(found, key=lambda remark: _SIGNS.index(remark.field)))


def _of_temperature(observation: Observation, baseline: Observation | None, rules: VitalLimits) -> list[Remark]:
    now = observation.temperature_c
    if now is None:
        return []
    before = None if baseline is None else baseline.temperature_c
    rise = Decimal(0) if before is None else now - before
    has_fever, has_risen = now >= rules.fever_c, rise >= rules.rise_c
    found = []
    if has_fever:
        text = N_("fever: {limit} or more")
        found.append(_temperature(message(text, limit=Amount(_degrees(rules.fever_c), "°C")), stop=has_risen))
    if has_risen:
        text = N_("temperature {rise} above the first value ({before} → {now})")
        words = message(text, rise=Amount(plain(rise), "°C"), before=_degrees(before or now), now=_degrees(now))
        found.append(_temperature(words, stop=has_fever))
    return found


def _temperature(words: Message, *, stop: bool) -> Remark:
    return Remark(field="temperature_c", message=words, severity="stop" if stop else "warn")


def _of_changes(observation: Observation, baseline: Observation | None, rules: VitalLimits) -> list[Remark]:
    if baseline is None:
        return []
    found = []
    for field, (above, below) in _COMPARED.items():
        before, now = getattr(baseline, field), getattr(observation, field)
        if before is None or now is None:
            continue
        change = Fraction(now - before, before) * 100
        if abs(change) > rules.change_percent:
            words = message(
                above if change > 0 else below, change=plain(rounded(abs(change), _TENTH)), before=before, now=now
            )
            found.append(Remark(field=field, message=words))
    return found


def _of_oxygen(observation: Observation, rules: VitalLimits) -> list[Remark]:
    spo2 = observation.spo2_percent
    if spo2 is None or spo2 >= rules.spo2_below_percent:
        return []
    limit = Amount(plain(rules.spo2_below_percent), "%")
    words = message(N_("SpO2 below {limit}: stop and call for help"), limit=limit)
    return [Remark(field="spo2_percent", message=words, severity="stop")]


def _degrees(value: Decimal) -> str:
    """Return a temperature with its tenth, as thermometers show it."""
    return f"{value:.1f}"
