"""How the plan came about: the weight, the grams kept, and who accepted what."""

from __future__ import annotations

from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.ledger import Ledger
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.eligibility.questions import answers_in_words
from ivigdesk.sheets import words
from ivigdesk.sheets.paper.blocks import Block, stacked
from ivigdesk.sheets.plan.orders import approved
from ivigdesk.sheets.sections import labelled
from ivigdesk.sheets.style import CELL, MM, SMALL_STRONG, WIDTH
from ivigdesk.sheets.values import PlanSheet
from ivigdesk.wording import Wording


def explanation(sheet: PlanSheet, wording: Wording) -> Block:
    """Return how the dosing weight was chosen, step by step, the grams, and who accepted what."""
    _ = wording.gettext
    course = sheet.view.course
    steps = _("; ").join(wording.say(step.rule).rstrip(".。") for step in course.dosing_weight.trace)
    lines = (
        (_("Dosing weight:"), steps),
        (_("Why this weight policy:"), course.policy_reason),
        (_("Stated by the prescriber:"), _stated(course, wording)),
        (_("Grams:"), _grams_kept(sheet.ledger, course, wording)),
        (_("Accepted in spite of findings:"), _accepted(course, wording)),
        (_("Calendar confirmed:"), _confirmed(sheet.view, wording)),
    )
    return stacked([labelled(label, text, WIDTH, CELL, SMALL_STRONG) for label, text in lines], 0.5 * MM)


def _grams_kept(ledger: Ledger | None, course: Course, wording: Wording) -> str:
    """Return ordered, rounded, given, wasted and to come, and what an approval leaves."""
    if ledger is None:
        return ""
    _ = wording.gettext
    text = _("ordered {ordered}, rounded {rounded}; given {given}, discarded {wasted}, still to come {to_come}").format(
        ordered=words.exact_grams(ledger.ordered_mg, wording),
        rounded=words.grams(ledger.rounded_mg, wording),
        given=words.grams(ledger.given_mg, wording),
        wasted=words.grams(ledger.wasted_mg, wording),
        to_come=words.grams(ledger.to_come_mg, wording),
    )
    if ledger.approved_mg is None or ledger.left_mg is None:
        return text
    amount = approved(course, wording)
    if ledger.is_exceeded:
        more = words.grams(-ledger.left_mg, wording)
        return _("{text}; MORE than the {approved} approved, by {more}").format(text=text, approved=amount, more=more)
    return _("{text}; {approved} approved, {left} left").format(
        text=text, approved=amount, left=words.grams(ledger.left_mg, wording)
    )


def _stated(course: Course, wording: Wording) -> str:
    """Return what criteria asked and no record of the ward says; empty where nothing was stated."""
    return wording.gettext("; ").join(wording.say(one) for one in answers_in_words(course.stated))


def _accepted(course: Course, wording: Wording) -> str:
    if not course.override_by:
        return course.override_reason
    return wording.gettext("by {name}: {reason}").format(name=course.override_by, reason=course.override_reason)


def _confirmed(view: CourseView, wording: Wording) -> str:
    _ = wording.gettext
    revision = view.course.revision
    text = _("by {nurse}, {at}").format(nurse=revision.nurse, at=wording.moment(revision.at))
    reason = words.reason(revision.reason, words.effects_of(view), wording)
    return _("{text}: {reason}").format(text=text, reason=reason) if reason else text
