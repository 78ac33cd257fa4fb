"""What is to be said about doses: once above the calendar when it concerns several of them."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase
from typing import NamedTuple

from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.sheets import words
from ivigdesk.sheets.fonts import width as text_width
from ivigdesk.sheets.glyphs import clean
from ivigdesk.sheets.paper.blocks import Block, paragraph, stacked
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.plan.changes import reason_of_move
from ivigdesk.sheets.style import CELL, MM, SMALL_STRONG, WIDTH
from ivigdesk.sheets.values import PlanSheet
from ivigdesk.wording import NO_BREAK, Wording

_WITH_THE_TESTS = ("SR24",)
_LONG = 100 * MM  # three lines and more in a row of the calendar


class DoseNote(NamedTuple):
    """A sentence about several doses, or too long a one for the row of its dose.

    Attributes:
        letter: by which the rows name it; empty when it concerns every dose.
        text: the sentence.
        numbers: of the doses, ascending.
        is_grave: more than a remark.
    """

    letter: str
    text: str
    numbers: tuple[int, ...]
    is_grave: bool


def shared_notes(view: CourseView, wording: Wording) -> tuple[DoseNote, ...]:
    """Return the sentences that concern several doses or are long, in the order in which they first appear."""
    concerned: dict[str, list[int]] = {}
    grave: set[str] = set()
    for dose_view in view.doses:
        for text, is_grave in _said_of(dose_view.dose, view, wording):
            concerned.setdefault(text, []).append(dose_view.dose.number)
            if is_grave:
                grave.add(text)
    notes: list[DoseNote] = []
    letters = iter((*ascii_lowercase, *(f"a{letter}" for letter in ascii_lowercase)))
    for text, numbers in concerned.items():
        if len(numbers) > 1 or text_width(clean(text), CELL.font, CELL.size) > _LONG:
            letter = "" if len(numbers) == len(view.doses) else next(letters)
            notes.append(DoseNote(letter, text, tuple(numbers), text in grave))
    return tuple(notes)


def notes_above(notes: Sequence[DoseNote], wording: Wording) -> Block:
    """Return the sentences with the doses that they concern."""
    _ = wording.gettext
    lines = []
    for note in notes:
        style = SMALL_STRONG if note.is_grave else CELL
        if note.letter:
            doses = wording.ngettext("Dose {numbers}:", "Doses {numbers}:", len(note.numbers))
            label = f"{note.letter}  " + doses.format(numbers=wording.ranges(note.numbers))
        else:
            label = _("Every dose:")
        lines.append(paragraph((Run(f"{label} ", SMALL_STRONG), Run(note.text, style)), WIDTH))
    return stacked(lines, 0.3 * MM)


def notes_of_row(dose: Dose, notes: Sequence[DoseNote], sheet: PlanSheet, wording: Wording) -> list[Run]:
    """Return what a dose's row says: its own notes in words, shared ones by their letter."""
    shared = {note.text: note for note in notes}
    own: list[Run] = []
    letters: list[str] = []
    said = _said_of(dose, sheet.view, wording)
    if dose.was_moved:
        is_shared = bool(dose.reason) and said[0][0] in shared
        text, has_reason = _moved(dose, sheet, wording, is_shared=is_shared)
        own.append(Run(text, SMALL_STRONG))
        said = said[1:] if has_reason else said
    for text, is_grave in said:
        note = shared.get(text)
        if note is None:
            own.append(Run(text, SMALL_STRONG if is_grave else CELL))
        elif note.letter:
            letters.append(note.letter)
    if letters:
        named = wording.gettext(", ").replace(" ", NO_BREAK).join(sorted(letters))
        own.append(Run(wording.gettext("see note {letters}").format(letters=named), SMALL_STRONG))
    return own


def _moved(dose: Dose, sheet: PlanSheet, wording: Wording, *, is_shared: bool) -> tuple[str, bool]:
    """Return from where a dose was moved and why, and whether that says the reason of its newest change too.

    Where several doses share the reason, it stands above the calendar.
    """
    _ = wording.gettext
    moved = _("moved from {day}").format(day=wording.date_short(dose.planned_on))
    why = reason_of_move(dose, sheet.revisions) or (dose.reason if dose.state == "planned" else "")
    is_newest = why == dose.reason
    if not why or (is_newest and is_shared):
        return moved, False
    return _("{moved}: {reason}").format(moved=moved, reason=why), is_newest


def _said_of(dose: Dose, view: CourseView, wording: Wording) -> list[tuple[str, bool]]:
    """Return the reason of a change, then what the rules noticed; whether each is more than a remark."""
    reason = words.reason(dose.reason, words.effects_of(view), wording)
    said = [(wording.gettext("reason: {reason}").format(reason=reason), False)] if reason else []
    rules = {rule.code for rule in dose.criteria.rules} if dose.criteria is not None else set()
    said.extend(
        (wording.say(finding.message), finding.severity != "info")
        for finding in dose.findings
        if finding.code not in _WITH_THE_TESTS and not (finding.severity == "info" and finding.code in rules)
    )
    return said
