"""What the source leaves open, and what the prescriber picked: never hidden in the dates."""

from __future__ import annotations

from decimal import Decimal

from ivigdesk.clinical.courses.course import Course
from ivigdesk.messages import N_
from ivigdesk.scheduling.choices import Open, OpenChoice, open_choices
from ivigdesk.wording import Wording

_COURSE_DAY: dict[Open, str] = {
    "first_day": N_("{phase}: starts on course day {value} (prescriber's choice; the source leaves {open} open)."),
    "last_day": N_("{phase}: last course day {value} (prescriber's choice; the source leaves {open} open)."),
}
_TRANSPLANT_DAY: dict[Open, str] = {
    "first_day": N_("{phase}: starts on transplant day {value} (prescriber's choice; the source leaves {open} open)."),
    "last_day": N_("{phase}: last transplant day {value} (prescriber's choice; the source leaves {open} open)."),
}
_COUNTED: dict[Open, str] = {
    "every_days": N_("{phase}: every {value} days (prescriber's choice; the source leaves {open} open)."),
    "doses": N_("{phase}: {value} doses (prescriber's choice; the source leaves {open} open)."),
    "mg_per_kg": N_("{phase}: {value} mg/kg (prescriber's choice; the source leaves {open} mg/kg open)."),
}


def picked(course: Course, wording: Wording) -> list[str]:
    """Return one sentence for each value that the source leaves open, in order of the phases."""
    days = _COURSE_DAY if course.regimen.anchor == "first-dose" else _TRANSPLANT_DAY
    first_days = dict(course.first_days)
    sentences = []
    for choice in open_choices(course.regimen):
        value = choice.default
        if choice.what == "first_day" and choice.phase in first_days:
            value = Decimal(first_days[choice.phase])
        sentences.append(
            wording.gettext({**days, **_COUNTED}[choice.what]).format(
                phase=wording.text(choice.phase_name), value=wording.number(value), open=_open(choice, wording)
            )
        )
    return sentences


def _open(choice: OpenChoice, wording: Wording) -> str:
    _ = wording.gettext
    if choice.least is not None and choice.most is not None:
        return _("{least} to {most}").format(least=wording.number(choice.least), most=wording.number(choice.most))
    values = [wording.number(value) for value in choice.allowed]
    return _("{days} or {last}").format(days=_(", ").join(values[:-1]), last=values[-1])
