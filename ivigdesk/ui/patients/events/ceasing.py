"""After a death or a withdrawal: asks, course by course, whether the remaining doses cease."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients import record_event
from ivigdesk.clinical.courses.status import SETTLED, CourseView
from ivigdesk.clinical.patients.event_words import kind_words
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.ui.widgets import ask_which
from ivigdesk.wording import Wording


def ask_to_cease(desk: Desk, event: ClinicalEvent, wording: Wording, parent: QWidget | None = None) -> tuple[str, ...]:
    """Cease the courses for which the nurse says so, and return their codes.

    SAFETY: nothing ceases by itself; Esc and Enter leave the doses as they are.

    Raises:
        KnownError: a course could not be ceased; those before it are.
    """
    _ = wording.gettext
    ceased = []
    for view in record_event.courses_to_cease(desk, event.patient_id):
        verbs = ((_("Cease the remaining doses"), "danger"), (_("Leave them planned"), "primary"))
        if ask_which(_("Cease the remaining doses?"), _sentence(view, event, wording), verbs, parent) == 0:  # type: ignore[arg-type]
            reason = _("{event} on {date}").format(
                event=wording.say(kind_words(event.kind)), date=wording.date(event.on)
            )
            record_event.cease(desk, view.course.id, reason)
            ceased.append(view.course.code)
    return tuple(ceased)


def _sentence(view: CourseView, event: ClinicalEvent, wording: Wording) -> str:
    n = sum(1 for one in view.doses if one.status not in SETTLED)
    text = wording.ngettext(
        "{course} ({code}) has {n} dose left. Recorded: {event} on {date}.",
        "{course} ({code}) has {n} doses left. Recorded: {event} on {date}.",
        n,
    )
    return text.format(
        course=wording.text(view.course.regimen.title),
        code=view.course.code,
        n=n,
        event=wording.say(kind_words(event.kind)),
        date=wording.date(event.on),
    )
