"""How grave a side effect is, what it asks for now, and what it means for later doses."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import get_args

from ivigdesk.clinical.infusions.side_effects import (
    Action,
    Band,
    Consequence,
    GradeAction,
    Scale,
    SideEffectCatalogue,
    SideEffectTerm,
)
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, Record, Text, message

HOLDS_FROM_GRADE = 3
"""From this grade on later doses wait for the prescriber. Source: FACTS 6.2, Traps T36."""

ADULT_YEARS = 18
"""Age from which adult scales are used. Source: FACTS 6.2 (hypertension: adult)."""


class ProposedAction(Record, frozen=True):
    """What is proposed when a side effect is recorded; the nurse decides.

    Attributes:
        action: the graver of what the grade and the term ask for.
        grade_words: what the grade asks for, whatever the term.
        term_words: what the term asks for.
    """

    action: Action
    grade_words: Text
    term_words: Text


def check_grade(term: SideEffectTerm, grade: int) -> None:
    """Accept a grade that the term has.

    Raises:
        UserMistake: the term has no such grade; the sentence names those that it has.
    """
    allowed = tuple(words.grade for words in term.grades)
    if grade not in allowed:
        raise UserMistake(
            "grade",
            message(
                N_("Grade {grade} does not exist for “{term}”. Allowed: {allowed}."),
                grade=grade,
                term=term.name,
                allowed=allowed,
            ),
        )


def holds_course(grade: int) -> bool:
    """Whether later doses of the course wait for the prescriber. Source: FACTS 6.2, Traps T36."""
    return grade >= HOLDS_FROM_GRADE


def proposed_action(term: SideEffectTerm, grade: int) -> ProposedAction:
    """Return what to do now: the graver of the grade's and the term's own action.

    Raises:
        UserMistake: the term has no such grade.

    Source: FACTS 6.2 (grade to action), 6.1 and 5.5 (the term's own).
    """
    of_grade = _grade_action(term, grade)
    return ProposedAction(
        action=max(of_grade.action, term.action, key=get_args(Action).index),
        grade_words=of_grade.words,
        term_words=term.action_words,
    )


def proposed_consequences(term: SideEffectTerm, grade: int) -> tuple[Consequence, ...]:
    """Return what is proposed for later doses: the grade's first, then the term's; never continue beside hold or stop.

    Raises:
        UserMistake: the term has no such grade.
    """
    both = dict.fromkeys((*_grade_action(term, grade).consequences, *term.consequences))
    if "HOLD" in both or "DISC" in both:
        both.pop("CONT", None)
    return tuple(both)


def grade_from_number(
    term: SideEffectTerm,
    value: Decimal,
    *,
    measure: str = "",
    age_years: int | None = None,
    upper_limit: Decimal | None = None,
    lower_limit: Decimal | None = None,
    baseline: Decimal | None = None,
    lasted_hours: Decimal | None = None,
) -> int | None:
    """Return the grade of a measured number on the term's own scale; None when it has none.

    None also for a scale of adults when the patient is a child or the age is unknown: grade by the words then.

    Args:
        term: e.g. fever, high blood pressure, low neutrophils.
        value: in the scale's unit.
        measure: which scale, where the term has several (`systolic`, `diastolic`).
        age_years: the patient's full years.
        upper_limit, lower_limit: the laboratory’s limits of normal, in the scale's unit.
        baseline: the patient's own value before, in the scale's unit.
        lasted_hours: how long the value has lasted; None counts as not long.

    Raises:
        UserMistake: the number is not believed, or a limit of normal is needed and missing.
        ValueError: the term has no such scale.
    """
    scales = [scale for scale in term.scales if measure in ("", scale.measure)]
    if len(scales) != 1:
        raise ValueError(f"{term.code} has {len(scales)} scales for measure {measure!r}: name one")
    return grade_on_scale(
        scales[0],
        value,
        age_years=age_years,
        upper_limit=upper_limit,
        lower_limit=lower_limit,
        baseline=baseline,
        lasted_hours=lasted_hours,
    )


def grade_on_scale(
    scale: Scale,
    value: Decimal,
    *,
    age_years: int | None = None,
    upper_limit: Decimal | None = None,
    lower_limit: Decimal | None = None,
    baseline: Decimal | None = None,
    lasted_hours: Decimal | None = None,
) -> int | None:
    """Return the grade of a number on any scale of the catalogue; arguments as for `grade_from_number`.

    Raises:
        UserMistake: the number is not believed, or a limit of normal is needed and missing.
    """
    _must_be_believed(scale, value)
    if scale.adults_only and (age_years is None or age_years < ADULT_YEARS):
        return None
    multiples = {
        "value": Decimal(1),
        "upper-limit": upper_limit,
        "lower-limit": lower_limit,
        "baseline": baseline,
    }
    for band in sorted(scale.bands, key=lambda band: -band.grade):
        multiple = multiples[band.of]
        if band.of == "baseline" and multiple is None:
            continue  # the same grade has a band by the limit of normal
        if multiple is None:
            # A missing limit must not read as "no grade" (FACTS Traps T26).
            raise UserMistake(band.of.replace("-", "_"), _limit_needed(scale, band))
        if _is_in(band, value, multiple, lasted_hours):
            return band.grade
    return None


def find_terms(catalogue: SideEffectCatalogue, text: str) -> tuple[SideEffectTerm, ...]:
    """Return the terms that hold every word of `text`, in either language; best first, all for an empty text.

    A word counts wherever it stands: name, article's words, further words, medical term or code. A term whose name
    or code is the text comes first, then names that begin with it, further words that are it, names that hold it,
    and the others; ties keep the catalogue's order.
    """
    words = _folded(text).split()
    found = [term for term in catalogue.terms if all(word in _everything(term) for word in words)]
    sought = " ".join(words)
    return tuple(sorted(found, key=lambda term: _distance(term, sought)))


def _grade_action(term: SideEffectTerm, grade: int) -> GradeAction:
    check_grade(term, grade)
    for action in term.grade_actions:
        if action.grade == grade:
            return action
    raise ValueError(f"{term.code} has no action for grade {grade}")


def _must_be_believed(scale: Scale, value: Decimal) -> None:
    if not scale.least <= value <= scale.most:
        raise UserMistake(
            scale.measure,
            message(
                N_("{name}: “{value}” cannot be used. Allowed: {least} to {most} {unit}."),
                name=scale.name,
                value=value,
                least=scale.least,
                most=scale.most,
                unit=scale.unit,
            ),
        )


def _limit_needed(scale: Scale, band: Band) -> Message:
    if band.of == "upper-limit":
        return message(
            N_("{name}: the laboratory’s upper limit of normal is needed, in {unit}."), name=scale.name, unit=scale.unit
        )
    return message(
        N_("{name}: the laboratory’s lower limit of normal is needed, in {unit}."), name=scale.name, unit=scale.unit
    )


def _is_in(band: Band, value: Decimal, multiple: Decimal, lasted_hours: Decimal | None) -> bool:
    if band.longer_than_hours is not None and (lasted_hours is None or lasted_hours <= band.longer_than_hours):
        return False
    if band.at_least is not None:
        return value >= band.at_least * multiple
    if band.above is not None:
        return value > band.above * multiple
    return band.below is not None and value < band.below * multiple


def _names(term: SideEffectTerm) -> tuple[str, ...]:
    texts = [text for text in (term.name, term.plain_name, term.button) if text is not None]
    return tuple(_folded(words) for text in texts for words in (text.en, text.zh_CN))


def _everything(term: SideEffectTerm) -> str:
    # A line break keeps a word from matching across two entries.
    return "\n".join((*_names(term), *map(_folded, (*term.search, term.medical_term, term.ctcae_term, term.code))))


def _distance(term: SideEffectTerm, sought: str) -> int:
    names = _names(term)
    further = [_folded(word) for word in (*term.search, term.code)]
    if sought in names or sought in further[-1:]:
        return 0
    if any(name.startswith(sought) for name in names):
        return 1
    if sought in further:
        return 2
    if any(sought in name for name in names):
        return 3
    return 4


def _folded(text: str) -> str:
    """Return the text as it is compared: full-width letters as plain ones, small letters, plain spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("-", " ").split())
