"""Changes that decide whether doses take place: omit, hold, resume, cease."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.changes.moving import moved, must_have_date
from ivigdesk.scheduling.changes.reaching import later_doses, must_not_run, waiting_dose
from ivigdesk.scheduling.changes.slots import Asked, Outcome, Slot, SlotState, Verb

_DECIDED: Mapping[Verb, SlotState] = {"omit": "omitted", "hold": "held", "cease": "ceased"}


def decided(slots: Sequence[Slot], asked: Asked) -> Outcome:
    """Return the calendar after doses are omitted, held or ceased; none of them moves.

    Raises:
        UserMistake: for `number`.
        KnownError: the dose does not wait any more, or a dose runs while the course is to cease.
    """
    if asked.verb == "cease":
        must_not_run(slots)
    dose = waiting_dose(slots, asked)
    if asked.verb == "hold" and dose.state == "held":
        raise KnownError(message(N_("Dose {number} is on hold already: nothing would change."), number=dose.number))
    return _with_state(slots, (dose, *later_doses(slots, dose, asked.reach)), _DECIDED[asked.verb], asked)


def resumed(slots: Sequence[Slot], asked: Asked) -> Outcome:
    """Return the calendar after held doses are planned again, the first of them on another date if one is given.

    Raises:
        UserMistake: for `number`, `to`, `reach` or `grid`.
        KnownError: the dose is not held, or none is.
    """
    dose = waiting_dose(slots, asked)
    held = [slot for slot in (dose, *later_doses(slots, dose, asked.reach)) if slot.state == "held"]
    planned = _with_state(slots, held, "planned", asked)
    to = dose.due_on if asked.to is None else must_have_date(asked)
    if to != dose.due_on:
        after = moved(planned.slots, dose, to, asked)
        return msgspec.structs.replace(after, reached=tuple(sorted({*planned.reached, *after.reached})))
    if asked.reach == "keep-end":
        raise UserMistake(
            "reach",
            message(N_("Without another date for dose {number} there is no end to keep."), number=dose.number),
        )
    return planned


def looked_at(slots: Sequence[Slot], asked: Asked) -> Outcome:
    """Return the calendar as it is, with the doses that get another product or weight.

    Raises:
        UserMistake: for `number`.
        KnownError: the dose does not wait any more, or none does.
    """
    dose = waiting_dose(slots, asked)
    reached = (dose, *later_doses(slots, dose, asked.reach))
    return Outcome(asked=asked, slots=tuple(slots), reached=tuple(sorted(slot.number for slot in reached)))


def _with_state(slots: Sequence[Slot], reached: Sequence[Slot], state: SlotState, asked: Asked) -> Outcome:
    numbers = {slot.number for slot in reached}
    return Outcome(
        asked=asked,
        slots=tuple(msgspec.structs.replace(slot, state=state) if slot.number in numbers else slot for slot in slots),
        reached=tuple(sorted(numbers)),
    )
