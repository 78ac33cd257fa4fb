"""What the rules noticed about a course or one of its doses."""

from __future__ import annotations

from typing import Literal

from ivigdesk.messages import Message, Record

Severity = Literal["info", "warn", "hold", "block"]

SEVERITIES: tuple[Severity, ...] = ("info", "warn", "hold", "block")


class Finding(Record, frozen=True):
    """Something noticed, worded only at the edge.

    Attributes:
        severity: `info` tells, `warn` asks to confirm, `hold` keeps the plan a draft, `block` needs an override.
        code: stable code, e.g. `SR22`, `ROUND-10`.
        message: what was noticed and what to do.
        source: evidence ids or section of the fact base.
        needs_reason: True when somebody must write down why it is accepted, whatever the severity.
    """

    severity: Severity
    code: str
    message: Message
    source: str = ""
    needs_reason: bool = False


def noticed(
    severity: Severity, code: str, what: Message, source: str, *, needs_reason: bool = False
) -> tuple[Finding, ...]:
    """Return one finding as a tuple, to be joined with others."""
    return (Finding(severity=severity, code=code, message=what, source=source, needs_reason=needs_reason),)


class TraceStep(Record, frozen=True):
    """One step of “why this number?”.

    Attributes:
        rule: what was done, with its inputs and its result, as a sentence.
        source: where the rule is from; empty for plain arithmetic.
    """

    rule: Message
    source: str = ""


def worst(findings: tuple[Finding, ...]) -> Severity | None:
    """Return the gravest severity, or None when nothing was noticed."""
    return max((finding.severity for finding in findings), key=SEVERITIES.index, default=None)


def standing_in_the_way(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that need a prescriber's name and reason before anything is confirmed."""
    return tuple(finding for finding in findings if finding.severity in ("hold", "block") or finding.needs_reason)
