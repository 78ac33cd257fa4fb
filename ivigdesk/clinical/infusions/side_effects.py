"""The catalogue of side effects and how one is graded."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from ivigdesk.clinical.laboratory.values import LabTest
from ivigdesk.messages import Record, Text

Consequence = Literal["CONT", "SLOW", "PREMED", "HYDR", "SPLIT", "SWITCH", "LAB", "HOLD", "DISC"]
Action = Literal["watch", "slow", "stop", "emergency"]
Multiple = Literal["value", "upper-limit", "lower-limit", "baseline"]


class GradeWords(Record, frozen=True):
    """What one CTCAE grade of a term means.

    Attributes:
        grade: 1 to 5.
        words: the definition, in our own short words.
    """

    grade: int
    words: Text


class Band(Record, frozen=True):
    """From where on a measured number has a grade; the highest grade whose band it is in counts.

    Attributes:
        grade: 1 to 5.
        at_least, above, below: exactly one of them: the limit, reached, passed or fallen below.
        of: what the limit multiplies: nothing (`value`), a limit of normal, or the patient's baseline.
        longer_than_hours: the number must have lasted longer than this.
    """

    grade: int
    at_least: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    of: Multiple = "value"
    longer_than_hours: Decimal | None = None


class Scale(Record, frozen=True):
    """How a measured number is graded.

    Attributes:
        measure: stable name, e.g. `temperature`, `systolic`.
        name: what the nurse calls it.
        unit: of the number and of its limits.
        least, most: range of numbers that are believed, both included.
        bands: in any order; the highest grade that fits counts.
        adults_only: True when the source gives no numbers for children.
    """

    measure: str
    name: Text
    unit: str
    least: Decimal
    most: Decimal
    bands: tuple[Band, ...]
    adults_only: bool = False


class Grading(Record, frozen=True):
    """One CTCAE term with the grades that it has.

    Attributes:
        ctcae_term: its name in CTCAE v5.0.
        grades: ascending; some terms begin at 2 or 3, some have no 4 or no 5.
        scales: for numbers that grade it.
    """

    ctcae_term: str
    grades: tuple[GradeWords, ...]
    scales: tuple[Scale, ...] = ()


class GradeAction(Record, frozen=True):
    """What a grade asks for, whatever the term.

    Attributes:
        grade: 1 to 5.
        action: first thing to do.
        words: what to do, in words.
        consequences: what it adds to the term's own for later doses.
    """

    grade: int
    action: Action
    words: Text
    consequences: tuple[Consequence, ...] = ()


class ConsequenceDetail(Record, frozen=True):
    """What a consequence is prefilled with.

    Attributes:
        from_grade: for side effects of this grade and above.
        words: e.g. which drugs; never a dose.
        source: evidence ids or `FACTS 6.1 (GK)`.
        terms: codes of the terms that it is for; empty for any other.
    """

    from_grade: int
    words: Text
    source: str
    terms: tuple[str, ...] = ()


class AwaitedTest(Record, frozen=True):
    """Which laboratory value a term waits for.

    Attributes:
        term: code of the term.
        test: of the ward's laboratory tests.
    """

    term: str
    test: LabTest


class ConsequenceWords(Record, frozen=True):
    """What one consequence is, in words.

    Attributes:
        code: the consequence.
        needs_prescriber: whether it is accepted on a prescriber's word only.
        name: its short name.
        words: what it means for later doses.
        source: evidence ids or `FACTS 6.1 (GK)`.
        line: its line of the checklist, with the places `{detail}` and `{reaction}`; None for no line.
        is_critical: whether that line is left open only with a reason.
        details: what it is prefilled with.
        tests: laboratory values that it waits for.
    """

    code: Consequence
    needs_prescriber: bool
    name: Text
    words: Text
    source: str
    line: Text | None = None
    is_critical: bool = False
    details: tuple[ConsequenceDetail, ...] = ()
    tests: tuple[AwaitedTest, ...] = ()

    def detail(self, term: str, grade: int) -> Text | None:
        """Return what it is prefilled with for this term and grade; None for nothing."""
        reached = [one for one in self.details if grade >= one.from_grade]
        own = [one for one in reached if term in one.terms]
        general = [one for one in reached if not one.terms]
        best = max(own or general, key=lambda one: one.from_grade, default=None)
        return None if best is None else best.words

    def test(self, term: str) -> LabTest | None:
        """Return the laboratory value that this term waits for; None for none that is recorded here."""
        return next((one.test for one in self.tests if one.term == term), None)


class SideEffectTerm(Record, frozen=True):
    """One term of the catalogue.

    Attributes:
        code: stable code, `AE14`; never reused.
        name: what the nurse calls it.
        plain_name: the article's or the patient's words; None when the name is plain.
        medical_term: MedDRA-style preferred term, without its number.
        kind: `serious` or `common`.
        in_article: True when the article lists it.
        ctcae_term: CTCAE v5.0 term that grades it.
        grades: allowed grades with their definitions, ascending; some terms start at 3.
        onset: when it shows.
        action: first thing to do.
        action_words: what to do, in words.
        consequences: what is proposed for later doses.
        search: further words to find it by, both languages.
        source: evidence ids or `FACTS 6.1 (GK)`.
        button: words of its one-touch button; None when the name is short enough.
        scales: for numbers that grade it.
        grade_actions: what each grade asks for, ascending.
    """

    code: str
    name: Text
    medical_term: str
    kind: Literal["serious", "common"]
    in_article: bool
    ctcae_term: str
    grades: tuple[GradeWords, ...]
    onset: Text
    action: Action
    action_words: Text
    consequences: tuple[Consequence, ...]
    plain_name: Text | None = None
    search: tuple[str, ...] = ()
    source: str = ""
    button: Text | None = None
    scales: tuple[Scale, ...] = ()
    grade_actions: tuple[GradeAction, ...] = ()

    @property
    def button_words(self) -> Text:
        """What stands on its one-touch button."""
        return self.button or self.name


class SideEffectCatalogue(Record, frozen=True):
    """The shipped catalogue, versioned and sourced.

    Attributes:
        version: year and month of the last check.
        terms: in the order in which a nurse is offered them.
        sources: evidence ids.
        quick: codes of the one-touch buttons, commonest first.
        alarm: codes of the buttons that stand apart because they are emergencies or hide one.
        late: codes of what shows hours or days after an infusion, gravest first: offered first for an earlier dose.
        gradings: every CTCAE term of the file, also those that no side effect uses as its own (creatinine, anaemia).
        consequences: each consequence in words.
    """

    version: str
    sources: tuple[str, ...]
    terms: tuple[SideEffectTerm, ...]
    quick: tuple[str, ...] = ()
    alarm: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    gradings: tuple[Grading, ...] = ()
    consequences: tuple[ConsequenceWords, ...] = ()

    def consequence(self, code: Consequence) -> ConsequenceWords:
        """Return a consequence in words.

        Raises:
            KeyError: there is no such code.
        """
        for words in self.consequences:
            if words.code == code:
                return words
        raise KeyError(code)

    def scale(self, measure: str) -> Scale:
        """Return the scale for a measured number, e.g. `creatinine`.

        Raises:
            KeyError: there is no such scale.
        """
        for grading in self.gradings:
            for scale in grading.scales:
                if scale.measure == measure:
                    return scale
        raise KeyError(measure)

    def term(self, code: str) -> SideEffectTerm:
        """Return the term with `code`.

        Raises:
            KeyError: there is no such code.
        """
        for term in self.terms:
            if term.code == code:
                return term
        raise KeyError(code)
