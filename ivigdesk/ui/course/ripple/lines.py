"""One line of the ripple for each dose: before, after, what happens to it, and what to know, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from ivigdesk.actions.courses.changing.rows import Ripple, RippleNote, RippleRow
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.findings import Severity
from ivigdesk.messages import N_
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets.states import State, status_state
from ivigdesk.wording import Wording

_KINDS: dict[str, str] = {
    "gap": N_("Interval"),
    "closed": N_("Ward closed"),
    "holiday": N_("Holiday"),
    "criteria": N_("Criteria"),
    "capacity": N_("Full day"),
    "approval": N_("Approval"),
    "overlap": N_("Other course"),
    "rule": N_("Check"),
}
_LOOKS: dict[Severity, tuple[str, Tone]] = {
    "info": ("○", "accent"),
    "warn": ("!", "attention"),
    "hold": ("■", "hold"),
    "block": ("×", "serious"),
}
_GONE = ("omitted", "ceased")


class Line(msgspec.Struct, frozen=True):
    """One dose as the table shows it.

    Attributes:
        number: of the dose.
        before, after: the day, with the reason why there is none as an empty text.
        before_detail, after_detail: grams and product, where the change touches any; empty otherwise.
        transplant_day: of the new day, signed; empty without a transplant date.
        state: what happens to it, or how it stands when nothing does; None for a dose that simply waits.
        notes: what to know, each as a chip and a sentence.
        is_changed: whether the change does anything to it.
        is_moved: whether it gets another day.
        is_gone: whether it is taken out of what will be given.
    """

    number: int
    before: str
    after: str
    transplant_day: str
    state: State | None
    notes: tuple[tuple[State, str], ...] = ()
    before_detail: str = ""
    after_detail: str = ""
    is_changed: bool = False
    is_moved: bool = False
    is_gone: bool = False

    @property
    def words(self) -> str:
        """Everything that is said about it, for readers of the screen and the tool tip."""
        said = [] if self.state is None else [self.state.word]
        return "; ".join((*said, *(f"{chip.word}: {sentence}" for chip, sentence in self.notes)))


def lines_of(ripple: Ripple, wording: Wording) -> tuple[Line, ...]:
    """Return the lines of a change, by date."""
    course = ripple.view.course
    shows_amounts = any(
        row.before and row.after and _amount(row.before.dose) != _amount(row.after) for row in ripple.rows
    )
    dated = _dating(ripple.rows, wording)
    return tuple(_line(row, course, dated, wording, shows_amounts=shows_amounts) for row in ripple.rows)


def lines_as_they_are(view: CourseView, wording: Wording) -> tuple[Line, ...]:
    """Return the lines of a course to which nothing is done."""
    dated = wording.date_short if len({dose.due_on.year for dose in view.course.doses}) == 1 else wording.date
    return tuple(
        Line(
            number=one.dose.number,
            before=dated(one.dose.due_on),
            after=dated(one.dose.due_on),
            transplant_day=_signed(one.dose, wording),
            state=_standing(one, wording),
        )
        for one in view.by_date
    )


def note_state(note: RippleNote, wording: Wording) -> State:
    """Return a note's kind as a chip, with the sign of its weight."""
    sign, tone = _LOOKS[note.severity]
    return State(sign, wording.gettext(_KINDS[note.kind]), tone)


def warnings_of(ripple: Ripple, wording: Wording) -> str:
    """Return which doses want a second look and why, by number; the table below says it in full."""
    numbers: dict[str, list[int]] = {}
    for row in ripple.rows:
        for note in row.notes:
            if note.severity != "info":
                numbers.setdefault(note.kind, []).append(row.number)
    parts = []
    for kind in _KINDS:
        if kind in numbers:
            doses = wording.ngettext("dose {numbers}", "doses {numbers}", len(set(numbers[kind])))
            parts.append(
                wording.gettext("{what} ({doses})").format(
                    what=wording.gettext(_KINDS[kind]), doses=doses.format(numbers=wording.ranges(set(numbers[kind])))
                )
            )
    if not parts:
        return ""
    return wording.gettext("Look first: {what}.").format(what=wording.gettext(", ").join(parts))


def summary_of(ripple: Ripple, wording: Wording) -> str:
    """Return `5 doses change; 4 of them move`, with what is added, and left out for the sake of the end date."""
    parts = []
    added = sum(row.before is None for row in ripple.rows)
    changed = len(ripple.changed) - added
    if changed:
        parts.append(wording.ngettext("{n} dose changes", "{n} doses change", changed).format(n=changed))
    moved = sum(row.is_moved for row in ripple.rows)
    if 0 < moved < changed:
        parts.append(wording.ngettext("{n} of them moves", "{n} of them move", moved).format(n=moved))
    if added:
        parts.append(wording.ngettext("{n} dose is added", "{n} doses are added", added).format(n=added))
    if ripple.left_out:
        text = wording.ngettext("dose {numbers} is left out", "doses {numbers} are left out", len(ripple.left_out))
        parts.append(text.format(numbers=wording.ranges(ripple.left_out)))
    if ripple.kept_end is not None:
        text = wording.gettext("the end on {day} is kept")
        parts.append(text.format(day=wording.date_short(ripple.kept_end)))
    return wording.gettext("; ").join(parts)


def _line(
    row: RippleRow, course: Course, dated: Callable[[date], str], wording: Wording, *, shows_amounts: bool
) -> Line:
    before, after, dose = row.before, row.after, row.dose
    shows_amounts = shows_amounts and row.is_changed
    is_gone = after is None or (row.is_changed and (after.state in _GONE or after.is_error))
    return Line(
        number=dose.number,
        before="" if before is None else dated(before.dose.due_on),
        after="" if after is None or is_gone else dated(after.due_on),
        transplant_day="" if is_gone else _signed(dose, wording),
        state=_change(row, course, wording),
        notes=tuple((note_state(note, wording), wording.say(note.message)) for note in row.notes),
        before_detail=_made_of(before.dose, course, wording) if shows_amounts and before is not None else "",
        after_detail=_made_of(after, course, wording) if shows_amounts and after is not None and not is_gone else "",
        is_changed=row.is_changed,
        is_moved=row.is_moved or before is None,
        is_gone=is_gone,
    )


def _change(row: RippleRow, course: Course, wording: Wording) -> State | None:
    """Return what happens to a dose; how it stands where nothing does."""
    _ = wording.gettext
    before, after = row.before, row.after
    if before is None:
        is_replacement = after is not None and after.replaces is not None
        return State("+", _("In its place") if is_replacement else _("Added"), "accent")
    if after is None:
        return State("−", _("Taken away again"), "plain")
    if after.is_error and not before.dose.is_error:
        return State("≠", _("Entered in error"), "serious")
    if after.state != before.dose.state and after.state != "planned":
        return _decided(after, wording)
    said = []
    if after.state != before.dose.state:
        said.append(_("Planned again"))
    if row.is_moved:
        said.append(_moved(row.moved_days, wording))
    if _amount(before.dose) != _amount(after):
        is_other = course.product_of(before.dose).id != course.product_of(after).id
        said.append(_("Other product") if is_other else _("Computed anew"))
    if row.is_changed and not said and after.state == "planned":
        said.append(_("Same amount"))
    if said:
        return State("←" if row.moved_days < 0 else "→", wording.gettext(", ").join(said), "accent")
    return _standing(before, wording)


def _decided(after: Dose, wording: Wording) -> State:
    _ = wording.gettext
    if after.state == "held":
        return State("■", _("On hold"), "hold")
    return State("−", _("Ceased") if after.state == "ceased" else _("Left out"), "attention")


def _moved(days: int, wording: Wording) -> str:
    later = wording.ngettext("{n} day later", "{n} days later", abs(days))
    earlier = wording.ngettext("{n} day earlier", "{n} days earlier", abs(days))
    return (later if days > 0 else earlier).format(n=abs(days))


def _standing(one: DoseView, wording: Wording) -> State | None:
    return None if one.status in ("planned", "due") else status_state(one.status, wording)


def _amount(dose: Dose) -> tuple[object, ...]:
    return dose.planned_dose_mg, dose.vials, dose.product.id if dose.product is not None else ""


def _made_of(dose: Dose, course: Course, wording: Wording) -> str:
    return wording.gettext("{amount} {product}").format(
        amount=dose_grams(wording, dose.planned_dose_mg), product=wording.text(course.product_of(dose).short_title)
    )


def _signed(dose: Dose, wording: Wording) -> str:
    return "" if dose.transplant_day is None else wording.signed(dose.transplant_day)


def _dating(rows: Sequence[RippleRow], wording: Wording) -> Callable[[date], str]:
    """Return how dates are written: without the year where every day has the same."""
    days = [row.before.dose.due_on for row in rows if row.before is not None]
    days += [row.after.due_on for row in rows if row.after is not None]
    return wording.date_short if len({day.year for day in days}) == 1 else wording.date
