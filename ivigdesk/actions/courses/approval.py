"""What somebody approved for a course, grams and last day: read from the planning fields, and held against the plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ivigdesk.actions.words import read_date
from ivigdesk.clinical.courses.ledger import from_stock_mg
from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.clinical.findings import Finding, noticed
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message, plural_message
from ivigdesk.units import grams, read_number, to_thousandths

_APPROVED_G = (Decimal("0.1"), Decimal(9999))
"""What an approval can be, in grams: from less than the smallest dose to more than anybody's course."""


def read_approved(text: str) -> int | None:
    """Return the milligrams that somebody approved for the course, typed in grams; None for an empty text.

    Raises:
        UserMistake: no plain number, or out of range.
    """
    if not text.strip():
        return None
    least, most = _APPROVED_G
    name = message(N_("Approved amount"))
    return to_thousandths(read_number(text, field="approved_g", name=name, least=least, most=most, unit="g"))


def read_approved_until(text: str, now: date) -> date | None:
    """Return the last day that the approval covers; None for an empty text.

    Raises:
        UserMistake: no date, or one that does not exist.
    """
    if not text.strip():
        return None
    return read_date(text, field="approved_until", name=message(N_("Approved until")), base=now)


def above_the_approval(plan: CoursePlan, approved_mg: int | None) -> tuple[Finding, ...]:
    """Return the finding of a course that takes more from stock than was approved."""
    needed_mg = from_stock_mg(infusion.amount for infusion in plan.infusions)
    if approved_mg is None or needed_mg <= approved_mg:
        return ()
    return noticed(
        "warn",
        "APPROVED",
        message(
            N_("The course takes {needed} g from stock; {approved} g are approved. Ask for {over} g more."),
            needed=grams(needed_mg),
            approved=grams(approved_mg),
            over=grams(needed_mg - approved_mg),
        ),
        "FACTS 3.2 (S8)",
    )


def after_the_approval(plan: CoursePlan, approved_until: date | None) -> tuple[Finding, ...]:
    """Return the finding of a course that has doses after the last day of its approval.

    Raises:
        UserMistake: the approval ends before the first dose: it is none for this course.
    """
    if approved_until is None:
        return ()
    doses = [infusion.calendar for infusion in plan.infusions]
    if approved_until < doses[0].due_on:
        raise UserMistake(
            "approved_until",
            message(
                N_("Approved until: {value} is before the first dose on {first}. Allowed: from that day on."),
                value=approved_until,
                first=doses[0].due_on,
            ),
        )
    after = [dose.number for dose in doses if dose.due_on > approved_until]
    if not after:
        return ()
    return noticed(
        "warn",
        "APPROVED",
        plural_message(
            "Dose {first} is planned after {day}, the last day of the approval. Ask for a longer one.",
            "Doses {first} to {last} are planned after {day}, the last day of the approval. Ask for a longer one.",
            len(after),
            first=after[0],
            last=after[-1],
            day=approved_until,
        ),
        "FACTS 3.2 (S8)",
    )
