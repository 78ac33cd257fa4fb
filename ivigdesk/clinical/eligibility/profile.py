"""A profile of criteria as its file states it: rules made of conditions on named facts."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from ivigdesk.clinical.eligibility.criteria import Outcome, ProfileId
from ivigdesk.messages import Record, Text

Part = Literal["bar", "caution", "grant", "otherwise"]


class Clause(Record, frozen=True):
    """One condition on one fact; exactly one of the comparisons is set.

    Attributes:
        fact: name of the fact, e.g. `age`, `transplant_day`, `transplant_kind`, `igg_g_per_l`.
        one_of: the fact is one of these words.
        none_of: the fact is none of these words.
        at_least, at_most, above, below: bounds of a number.
        is_true: the fact is, or is not, so.
    """

    fact: str
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    is_true: bool | None = None


class Rule(Record, frozen=True):
    """One rule: when all its conditions hold, it says `outcome`.

    All of `when` must hold, and, where there are any, one of `any_of`, and all conditions of one of `ways`.

    Attributes:
        code: of the fact base, e.g. `CMS-3`; an `otherwise` may carry the code of the grant that it stands in for.
        part: a `bar` that applies wins over everything; a `caution` wins over grants; one `grant` is enough; an
            `otherwise` counts only where no grant applies.
        outcome: what it says.
        title: in words.
        source: evidence ids.
        when, any_of: conditions.
        ways: several conditions each, of which one lot must hold as a whole.
        is_payment: True for a rule about who pays, which takes no part in the outcome of a profile that is none.
    """

    code: str
    part: Part
    outcome: Outcome
    title: Text
    source: str
    when: tuple[Clause, ...] = ()
    any_of: tuple[Clause, ...] = ()
    ways: tuple[tuple[Clause, ...], ...] = ()
    is_payment: bool = False


class Profile(Record, frozen=True):
    """Whose criteria they are, and the rules.

    Attributes:
        id, version: of the file.
        title: whose criteria.
        note: what must be said beside every result; None for nothing.
        rules: in the order of the fact base.
        sources: evidence ids.
        is_payment: True when the whole profile says who pays.
        otherwise: outcome where no rule applies.
    """

    id: ProfileId
    version: str
    title: Text
    rules: tuple[Rule, ...]
    sources: tuple[str, ...]
    otherwise: Outcome
    note: Text | None = None
    is_payment: bool = False
