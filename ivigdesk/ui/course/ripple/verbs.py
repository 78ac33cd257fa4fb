"""The verbs that change a calendar, in words: the question, what the verb means, its button, reasons to pick."""

from __future__ import annotations

from datetime import date

import msgspec

from ivigdesk.clinical.courses.course import Dose, Revision
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.messages import N_
from ivigdesk.scheduling.changes.slots import Reach, Verb
from ivigdesk.wording import Wording

MOVING: tuple[Verb, ...] = ("postpone", "bring-forward")
_DATED: tuple[Verb, ...] = (*MOVING, "resume", "add", "first-day", "error")


class VerbWords(msgspec.Struct, frozen=True):
    """How a verb is asked about; texts still to be translated.

    Attributes:
        meaning: one sentence: what it does, and what stays.
        button: the verb that confirms it.
        past: how a list of revisions names it.
        reasons: often given ones, to be picked.
        date: what the date field is called; empty where the verb has none.
        date_hint: what an empty date means; empty where the date is needed.
        reaches: which doses it may reach; empty where there is nothing to choose.
        moves: whether later doses move with it, so that what they count from is a question.
    """

    meaning: str
    button: str
    past: str
    reasons: tuple[str, ...]
    date: str = ""
    date_hint: str = ""
    reaches: tuple[Reach, ...] = ()
    moves: bool = False


_ORDER = N_("On medical order")
_CLINICAL = (
    N_("Fever"),
    N_("Infection being looked into"),
    N_("Laboratory value awaited"),
    N_("Patient away"),
    N_("Product not there"),
    _ORDER,
)
_THREE: tuple[Reach, ...] = ("this", "phase", "rest")
_FOUR: tuple[Reach, ...] = ("this", "phase", "rest", "keep-end")
_SUPPLY = (N_("Product not there"), N_("Lot recalled"), N_("Not tolerated"), N_("Less volume needed"), _ORDER)

VERBS: dict[Verb, VerbWords] = {
    "postpone": VerbWords(
        N_("The dose keeps its number and its amount and is given on a later day."),
        N_("Postpone"),
        N_("postponed"),
        _CLINICAL,
        N_("New date"),
        reaches=_FOUR,
        moves=True,
    ),
    "bring-forward": VerbWords(
        N_("The dose keeps its number and its amount and is given on an earlier day."),
        N_("Bring forward"),
        N_("brought forward"),
        _CLINICAL,
        N_("New date"),
        reaches=_FOUR,
        moves=True,
    ),
    "omit": VerbWords(
        N_("The dose is not given at all. No other dose becomes larger or moves for it."),
        N_("Omit"),
        N_("omitted"),
        (N_("Missed"), N_("Fever"), N_("IgG high enough"), N_("Patient away"), N_("Patient declined"), _ORDER),
        reaches=_THREE,
    ),
    "hold": VerbWords(
        N_("The dose keeps its date and waits; it cannot be started until it is resumed."),
        N_("Hold"),
        N_("held"),
        _CLINICAL,
        reaches=_THREE,
    ),
    "resume": VerbWords(
        N_("What is on hold is planned again, on its own day or from another one on."),
        N_("Resume"),
        N_("resumed"),
        (N_("Fever is gone"), N_("Laboratory value is there"), N_("Product is there"), N_("Patient is back"), _ORDER),
        N_("From which day"),
        N_("Empty: on its own day"),
        reaches=_FOUR,
        moves=True,
    ),
    "cease": VerbWords(
        N_("The course ends: no dose that remains is given. What was given stays on record."),
        N_("Cease"),
        N_("ceased"),
        (N_("Purpose reached"), N_("Not tolerated"), N_("Moved to another ward"), N_("Patient declined"), _ORDER),
        reaches=("this", "phase", "rest"),
    ),
    "add": VerbWords(
        N_("One dose more than the regimen plans, like the one before it. A prescriber must approve it."),
        N_("Add the dose"),
        N_("a dose added"),
        (N_("IgG still low"), N_("Part of a dose was not given"), N_("Virus found again"), _ORDER),
        N_("Day of the dose"),
    ),
    "first-day": VerbWords(
        N_("The phase begins on another day, and its doses go along with their intervals."),
        N_("Change the first day"),
        N_("first day of a phase changed"),
        (N_("Prescriber chose another first day"), N_("Laboratory value awaited"), N_("Patient away"), _ORDER),
        N_("First day"),
        reaches=("phase", "rest", "keep-end"),
    ),
    "realign": VerbWords(
        N_("Later doses count from the day on which this dose was really given."),
        N_("Move along"),
        N_("moved along with a dose given on another day"),
        (N_("Keep the interval to the dose that was given"), _ORDER),
        reaches=("phase", "rest", "keep-end"),
    ),
    "error": VerbWords(
        N_("The entry stays readable and no longer counts. A new dose takes its place; a prescriber must approve it."),
        N_("Mark as entered in error"),
        N_("entered in error"),
        (N_("Recorded at the wrong patient"), N_("Recorded at the wrong dose"), N_("Recorded twice"), _ORDER),
        N_("Day of the dose in its place"),
        N_("Empty: the same day"),
    ),
    "product": VerbWords(
        N_("The doses are rounded anew to the vials of another product; the first one starts at the initial rate."),
        N_("Switch the product"),
        N_("product switched"),
        _SUPPLY,
        reaches=_THREE,
    ),
    "weight": VerbWords(
        N_("The doses are computed anew from the newest weight on record; mg per kg stays as it was prescribed."),
        N_("Compute anew"),
        N_("computed with a new weight"),
        (N_("The weight has changed"), _ORDER),
        reaches=_THREE,
    ),
    "undo": VerbWords(
        N_("The calendar becomes what it was before that change. What was given since stays as it is."),
        N_("Undo"),
        N_("undone"),
        (),
    ),
}

REACHES: dict[Reach, str] = {
    "this": N_("This dose only"),
    "phase": N_("The rest of its phase"),
    "rest": N_("Everything after it"),
    "keep-end": N_("Keep the end date"),
}
_REACHES_OF_PHASE: dict[Reach, str] = {"phase": N_("This phase only"), "rest": N_("This phase and all after it")}

# Verbs of revisions that no dialog asks for.
_OTHER_PAST = {"reaction": N_("held after a reaction"), "release": N_("resumed")}


def has_date(verb: Verb) -> bool:
    """Return whether the verb asks for a day."""
    return verb in _DATED


def reach_word(verb: Verb, reach: Reach) -> str:
    """Return how a reach is called, still to be translated."""
    return _REACHES_OF_PHASE.get(reach, REACHES[reach]) if verb == "first-day" else REACHES[reach]


def past_word(verb: str, wording: Wording) -> str:
    """Return what was done in a revision; empty for the first one and those of earlier programs."""
    for known, words in VERBS.items():
        if known == verb:
            return wording.gettext(words.past)
    return wording.gettext(_OTHER_PAST.get(verb, ""))


def question(
    view: CourseView,
    verb: Verb,
    number: int | None,
    to: date | None,
    wording: Wording,
    *,
    reach: Reach | None = None,
    undone: Revision | None = None,
) -> str:
    """Return what the dialog asks: its title.

    Args:
        number: of the dose that is asked about; None for all.
        to: the new day; None as long as there is none.
        reach: how far it goes; None for the verb's own.
        undone: the revision that an undo takes back.
    """
    _ = wording.gettext
    if number is None:
        return _of_the_course(verb, to, undone, wording)
    dose = view.course.dose(number)
    day = wording.date_short(dose.due_on)
    if verb in MOVING:
        if to is None:
            return _("Dose {number} of {day}: to which day?").format(number=number, day=day)
        text = _("Dose {number} to {day}: what about the doses after it?") if _waits_after(view, dose) else ""
        return (text or _("Dose {number} to {day}?")).format(number=number, day=wording.date_short(to))
    if verb == "realign":
        return _realigned(view, dose, wording)
    if verb == "first-day":
        phase = wording.text(dose.phase_name) if dose.phase_name is not None else str(dose.phase + 1)
        text = _("“{phase}”: from which day on?") if to is None else _("“{phase}” from {day} on?")
        return text.format(phase=phase, day="" if to is None else wording.date_short(to))
    if reach in ("phase", "rest") and _waits_after(view, dose):
        return _of_several(verb, wording).format(number=number, day=day)
    texts = {
        "omit": _("Omit dose {number} of {day}?"),
        "hold": _("Hold dose {number} of {day}?"),
        "resume": _("Resume dose {number} of {day}?"),
        "cease": _("Cease dose {number} of {day}?"),
        "error": _("Dose {number} of {day} was entered in error?"),
        "add": _("Add a dose like dose {number}?"),
        "product": _("Give dose {number} of {day} from another product?"),
        "weight": _("Compute dose {number} of {day} with the new weight?"),
    }
    return texts.get(verb, "").format(number=number, day=day)


def _of_several(verb: Verb, wording: Wording) -> str:
    _ = wording.gettext
    texts = {
        "omit": _("Omit the doses from dose {number} of {day} on?"),
        "hold": _("Hold the doses from dose {number} of {day} on?"),
        "resume": _("Resume the doses from dose {number} of {day} on?"),
        "cease": _("Cease the doses from dose {number} of {day} on?"),
        "product": _("Give the doses from dose {number} of {day} on from another product?"),
        "weight": _("Compute the doses from dose {number} of {day} on with the new weight?"),
    }
    return texts.get(verb, "")


def _of_the_course(verb: Verb, to: date | None, undone: Revision | None, wording: Wording) -> str:
    _ = wording.gettext
    if verb == "add" and to is not None:
        return _("Add a dose on {day}?").format(day=wording.date_short(to))
    if verb == "undo" and undone is not None:
        text = _("Undo revision {number} ({what})?") if undone.verb else _("Undo revision {number}?")
        return text.format(number=undone.number, what=past_word(undone.verb, wording))
    texts = {
        "resume": _("Resume what is on hold?"),
        "cease": _("Cease the course?"),
        "add": _("Add a dose: on which day?"),
        "product": _("Give the remaining doses from another product?"),
        "weight": _("Compute the remaining doses with the new weight?"),
        "undo": _("Undo the last change?"),
    }
    return texts.get(verb, "")


def off_day(view: CourseView, dose: Dose, wording: Wording) -> str:
    """Return `Dose 4 was given on Mon 09 Mar, a day late.`; the dose as planned where it has no record."""
    infusion = view.view(dose.number).infusion
    if infusion is None:
        return wording.gettext("Dose {number} of {day}").format(number=dose.number, day=wording.date(dose.due_on))
    given_on = infusion.started_at.date()
    days = (given_on - dose.due_on).days
    late = wording.ngettext("{n} day late", "{n} days late", abs(days))
    early = wording.ngettext("{n} day early", "{n} days early", abs(days))
    return wording.gettext("Dose {number} was given on {day}, {late}.").format(
        number=dose.number, day=wording.date_short(given_on), late=(late if days > 0 else early).format(n=abs(days))
    )


def _realigned(view: CourseView, dose: Dose, wording: Wording) -> str:
    return wording.gettext("{given} Move the later doses along?").format(given=off_day(view, dose, wording))


def _waits_after(view: CourseView, dose: Dose) -> bool:
    return any(
        one.dose.due_on > dose.due_on and one.status in ("planned", "due", "overdue", "held") for one in view.doses
    )
