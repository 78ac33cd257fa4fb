"""The shape of the file of laboratory tests: units that convert exactly, what is plausible, what counts as a trough."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from ivigdesk.clinical.laboratory.values import LAB_TESTS, LabTest
from ivigdesk.clinical.library_file import ValueSource, as_record, read_tables, refusal, split_sources
from ivigdesk.clinical.rules import Limits, Span
from ivigdesk.messages import N_, Message, Record, Text, message
from ivigdesk.units import plain, rounded


class OtherUnit(Record, frozen=True):
    """A unit in which a test is also reported.

    Attributes:
        unit: as printed.
        factor: numerator and denominator: a value in this unit times the factor is the value in the test's own unit.
        source: evidence ids.
        facts: section of the fact base; may be empty.
    """

    unit: str
    factor: tuple[int, int]
    source: str
    facts: str = ""

    @property
    def ratio(self) -> Fraction:
        """The factor, exactly."""
        return Fraction(*self.factor)


class LabTestRule(Record, frozen=True):
    """What is known of one test.

    Attributes:
        id, title: which test.
        unit: the test's own unit, in which values are stored.
        plausible: what can be true, in that unit, both ends included.
        decimals: shown after the point; stored values keep all that was typed.
        source: evidence ids of the span.
        other_units: units that convert exactly.
        own_units: units that do not convert; a value keeps the one it was reported in.
        may_be_below: whether “<137” is a result.
        limit: name of the span among the dosing limits, where this file has none of its own.
        facts: section of the fact base; may be empty.
    """

    id: LabTest
    title: Text
    unit: str
    decimals: int
    source: str
    plausible: Span | None = None
    limit: Literal["", "weight_kg", "height_cm", "igg_g_per_l"] = ""
    other_units: tuple[OtherUnit, ...] = ()
    own_units: tuple[str, ...] = ()
    may_be_below: bool = False
    facts: str = ""

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit in which a value may be typed, the test's own one first."""
        return (self.unit, *self.own_units, *(other.unit for other in self.other_units))

    @property
    def span(self) -> Span:
        """What can be true of a value in the test's own unit."""
        if self.plausible is None:
            raise ValueError(f"{self.id}: the span was not filled in")
        return self.plausible

    def ratio(self, unit: str) -> Fraction:
        """Return what a value in `unit` is multiplied with to be stored; 1 for a unit that is kept.

        Raises:
            KeyError: the test is not reported in that unit.
        """
        if unit == self.unit or unit in self.own_units:
            return Fraction(1)
        for other in self.other_units:
            if other.unit == unit:
                return other.ratio
        raise KeyError(unit)

    def shown(self, value: Decimal | Fraction) -> str:
        """Return a stored value as it is read: rounded to the test's decimals, without trailing zeros."""
        return plain(rounded(value, Decimal(1).scaleb(-self.decimals)))


class TroughRules(Record, frozen=True):
    """Which IgG is a trough.

    Attributes:
        before_next_dose_days: so many days before the next dose at most, a sample is one.
        not_within_days: sooner after a dose it is none, unless the next dose is due.
        after_treatment_days: from so many days after the last dose, with none to come, treatment counts as over.
    """

    before_next_dose_days: int
    not_within_days: int
    after_treatment_days: int


class LabRules(Record, frozen=True):
    """The file of laboratory tests.

    Attributes:
        version: year and month of the last check.
        tests: one per test of the program, in the order in which a form offers them.
        troughs: which IgG is a trough.
        trough_sources: what each of those numbers rests on.
    """

    version: str
    tests: tuple[LabTestRule, ...]
    troughs: TroughRules
    trough_sources: dict[str, ValueSource] = msgspec.field(default_factory=dict)

    def test(self, test: LabTest) -> LabTestRule:
        """Return the rule of `test`."""
        return next(rule for rule in self.tests if rule.id == test)


def parse_lab_rules(content: bytes, name: str, limits: Limits) -> LabRules:
    """Return the laboratory file as a record; spans of the dosing limits are filled in.

    Args:
        content: the file as it is on disk.
        name: the file's name, for sentences.
        limits: of weights, heights and IgG, which doses keep to as well.

    Raises:
        KnownError: the file cannot be read, a test is missing or twice, or a number cannot be.
    """
    tables = read_tables(content, name)
    troughs = tables.get("troughs")
    sources: dict[str, ValueSource] = {}
    if isinstance(troughs, dict):
        tables["troughs"], sources = split_sources(troughs, name)
    rules = as_record(tables, name, LabRules)
    for key, fault in _faults(rules):
        raise refusal(name, key, fault)
    filled = tuple(
        msgspec.structs.replace(rule, plausible=getattr(limits, rule.limit)) if rule.limit else rule
        for rule in rules.tests
    )
    return msgspec.structs.replace(rules, tests=filled, trough_sources=sources)


def _faults(rules: LabRules) -> Iterator[tuple[str, Message]]:
    ids = [rule.id for rule in rules.tests]
    for test in LAB_TESTS:
        if ids.count(test) != 1:
            yield "tests", message(N_("the test “{test}” must stand here once."), test=test)
    for rule in rules.tests:
        yield from _faults_of(rule)
    for key in TroughRules.__struct_fields__:
        if getattr(rules.troughs, key) < 0:
            yield f"troughs.{key}", message(N_("this number must not be negative."))


def _faults_of(rule: LabTestRule) -> Iterator[tuple[str, Message]]:
    if (rule.plausible is None) == (not rule.limit):
        yield f"{rule.id}.plausible", message(N_("either plausible or limit must stand here."))
    if rule.plausible is not None and not 0 <= rule.plausible.least < rule.plausible.most:
        yield f"{rule.id}.plausible", message(N_("least must not be negative and must be smaller than most."))
    if not 0 <= rule.decimals <= 2:
        yield f"{rule.id}.decimals", message(N_("0 to 2 decimals can be shown."))
    if len(set(rule.units)) != len(rule.units) or not all(unit.strip() for unit in rule.units):
        yield f"{rule.id}.unit", message(N_("each unit must be written, and only once."))
    for other in rule.other_units:
        over, under = other.factor
        if over < 1 or under < 1 or not _is_finite(other.ratio):
            yield f"{rule.id}.factor", message(N_("a factor is two whole numbers above 0 whose quotient ends."))
        if not other.source.strip():
            yield f"{rule.id}.source", message(N_("this text must not be empty."))
    if not rule.source.strip():
        yield f"{rule.id}.source", message(N_("this text must not be empty."))


def _is_finite(ratio: Fraction) -> bool:
    """Whether a typed value times `ratio` has finitely many decimals, so that it is stored exactly."""
    rest = ratio.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1
