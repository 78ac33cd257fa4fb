"""When an infusion needs a nurse, and for how long: what the load of a day is counted from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.infusions.procedure import clock_time, observation_times
from ivigdesk.clinical.library_file import read_record, refusal
from ivigdesk.clinical.products.rates import RateCard
from ivigdesk.messages import N_, Record, message


class NurseMinutes(Record, frozen=True):
    """How long a nurse is busy with each act.

    Attributes:
        version, source: of the estimate.
        start_min, rate_change_min, observation_min, end_min: minutes.
    """

    version: str
    source: str
    start_min: int
    rate_change_min: int
    observation_min: int
    end_min: int


class NurseAct(Record, frozen=True):
    """A nurse is needed at the bedside.

    Attributes:
        at: from when.
        minutes: for how long.
        is_change: whether the pump is started or set: that waits for nobody, an observation can by some minutes.
    """

    at: datetime
    minutes: int
    is_change: bool = False

    @property
    def until(self) -> datetime:
        """The moment from which the nurse is free again."""
        return self.at + timedelta(minutes=self.minutes)


def parse_nurse_minutes(content: bytes, name: str) -> NurseMinutes:
    """Return the estimate of a file.

    Raises:
        KnownError: the file does not fit, or an act takes no positive number of minutes.
    """
    minutes = read_record(content, name, NurseMinutes)
    for key, value in msgspec.structs.asdict(minutes).items():
        if isinstance(value, int) and value < 1:
            raise refusal(name, key, message(N_("a number of minutes from 1 up is needed here.")))
    return minutes


def planned_acts(
    card: RateCard, starts_at: datetime, *, first: bool, minutes: NurseMinutes | None = None
) -> tuple[NurseAct, ...]:
    """Return what an infusion will need that starts at `starts_at`, by time; acts of one moment are one."""
    takes = minutes or _shipped()
    ends_at = clock_time(starts_at, card.rows[-1].from_min)
    changes = [(clock_time(starts_at, row.from_min), takes.rate_change_min) for row in card.rows[1:-1]]
    due = observation_times(card, first=first)
    looks = [(clock_time(starts_at, one.from_min), takes.observation_min) for one in due]
    return _together([(starts_at, takes.start_min), *changes], [*looks, (ends_at, takes.end_min)])


def recorded_acts(infusion: Infusion, minutes: NurseMinutes | None = None) -> tuple[NurseAct, ...]:
    """Return what an infusion has needed so far, by time, as it was recorded."""
    takes = minutes or _shipped()
    changes = [(change.at, takes.rate_change_min) for change in infusion.rate_changes[1:]]
    looks = [(observation.at, takes.observation_min) for observation in infusion.observations]
    ended = [] if infusion.end is None else [(infusion.end.ended_at, takes.end_min)]
    return _together([(infusion.started_at, takes.start_min), *changes], [*looks, *ended])


def running_acts(
    infusion: Infusion,
    card: RateCard,
    coming: Iterable[datetime],
    ends_at: datetime | None,
    now: datetime,
    *,
    first: bool,
) -> tuple[NurseAct, ...]:
    """Return what a running infusion has needed and will need, by time.

    Args:
        infusion: its record.
        card: the rates that it was begun with: its observations go on by the clock of its start.
        coming: when its next rates are set.
        ends_at: when its volume will be in; None while the pump stands still.
        now: what is later is still to come.
        first: as for `observation_times`.
    """
    takes = _shipped()
    changes = [(at, takes.rate_change_min) for at in coming if at > now]
    looks = []
    if ends_at is not None:
        due = observation_times(card, first=first)
        times = (clock_time(infusion.started_at, one.from_min) for one in due)
        planned_end = clock_time(infusion.started_at, card.rows[-1].from_min)
        looks = [(at, takes.observation_min) for at in times if now < at < min(ends_at, planned_end)]
        looks.append((ends_at, takes.observation_min + takes.end_min))
    past = recorded_acts(infusion, takes)
    return tuple(sorted((*past, *_together(changes, looks)), key=lambda act: act.at))


def _together(changes: Iterable[tuple[datetime, int]], looks: Iterable[tuple[datetime, int]]) -> tuple[NurseAct, ...]:
    """Return the acts by time; those of one moment are one."""
    minutes: dict[datetime, int] = {}
    changed = set()
    for at, long in changes:
        minutes[at] = minutes.get(at, 0) + long
        changed.add(at)
    for at, long in looks:
        minutes[at] = minutes.get(at, 0) + long
    return tuple(NurseAct(at=at, minutes=minutes[at], is_change=at in changed) for at in sorted(minutes))


def _shipped() -> NurseMinutes:
    from ivigdesk.clinical import library  # late: library reads this module's records

    return library.nurse_minutes()
