"""Choices and short lines about patients and their courses, in words."""

from __future__ import annotations

from ivigdesk.actions.look_up import PatientRow
from ivigdesk.clinical.courses.status import LEFT_OUT, CourseView
from ivigdesk.clinical.patients.patient_words import DONORS
from ivigdesk.messages import N_
from ivigdesk.wording import Wording

Choices = tuple[tuple[str, str], ...]

SEX: Choices = (("unknown", N_("Not recorded")), ("female", N_("Female")), ("male", N_("Male")))
ALLERGY: Choices = (
    ("not recorded", N_("Not recorded")),
    ("none known", N_("None known")),
    ("known", N_("Known: name them")),
)
BLOOD: Choices = (("unknown", N_("Not recorded")), ("O", "O"), ("A", "A"), ("B", "B"), ("AB", "AB"))
RHESUS: Choices = (("unknown", N_("Not recorded")), ("positive", N_("Positive")), ("negative", N_("Negative")))
SEROSTATUS: Choices = RHESUS
TRANSPLANT: Choices = (
    ("unknown", N_("Not recorded")),
    ("allogeneic", N_("Allogeneic")),
    ("autologous", N_("Autologous")),
    ("syngeneic", N_("Syngeneic")),
)
DONOR: Choices = (("unknown", N_("Not recorded")), *DONORS.items())
RISK: Choices = (
    ("renal", N_("Kidneys at risk")),
    ("thrombosis", N_("Clots at risk")),
    ("cardiac", N_("Heart at risk")),
    ("diabetes", N_("Diabetes")),
)


def worded(choices: Choices, wording: Wording) -> tuple[tuple[object, str], ...]:
    """Return the choices in the reader's language."""
    return tuple((value, wording.gettext(text)) for value, text in choices)


def word_of(choices: Choices, value: str, wording: Wording) -> str:
    """Return one choice in the reader's language."""
    return wording.gettext(dict(choices)[value])


def course_in_view(row: PatientRow) -> CourseView | None:
    """Return the course whose next dose comes first, else the latest one, else None."""
    open_ones = [view for view in row.courses if view.next_dose is not None]
    if open_ones:
        return min(open_ones, key=_next_on)
    return row.courses[-1] if row.courses else None


def progress(view: CourseView, wording: Wording) -> str:
    """Return `3 of 11 given`."""
    given = sum(1 for one in view.doses if one.status in ("given", "partly given"))
    total = sum(1 for one in view.doses if one.status not in LEFT_OUT)
    return wording.gettext("{given} of {total} given").format(given=given, total=total)


def next_line(view: CourseView, wording: Wording) -> str:
    """Return the date of the next dose, or that nothing is left to give."""
    upcoming = view.next_dose
    if upcoming is None:
        return wording.gettext("finished")
    return wording.date(upcoming.dose.due_on)


def _next_on(view: CourseView) -> str:
    return view.next_dose.dose.due_on.isoformat() if view.next_dose else ""
