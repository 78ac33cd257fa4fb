"""What a grade does to the doses that remain, said before it is stored."""

from __future__ import annotations

from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.infusions.grading import holds_course, proposed_consequences
from ivigdesk.clinical.infusions.side_effects import SideEffectTerm
from ivigdesk.wording import Wording


def hold_words(view: CourseView, grade: int, wording: Wording) -> str:
    """Return that the remaining doses will wait for a prescriber; empty where nothing is held. Source: FACTS SR25."""
    if not grade or not holds_course(grade):
        return ""
    waiting = sum(
        1
        for one in view.doses
        if one.status in ("planned", "due", "overdue") or (one.status == "held" and not one.dose.needs_release)
    )
    if not waiting:
        return ""
    text = wording.ngettext(
        "■ The remaining {n} dose is put on hold until a prescriber releases it.",
        "■ The remaining {n} doses are put on hold until a prescriber releases them.",
        waiting,
    )
    return text.format(n=waiting)


def has_follow_up(term: SideEffectTerm, grade: int) -> bool:
    """Whether something is proposed for later doses."""
    return bool(grade) and any(code != "CONT" for code in proposed_consequences(term, grade))
