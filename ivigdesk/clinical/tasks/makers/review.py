"""When an open-ended course is reviewed: its stop rule is reached, or its planned doses come to their end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ivigdesk.clinical.safety.facts import CourseFacts
from ivigdesk.clinical.safety.igg import review_words, troughs_that_ask
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.messages import N_, message


def review(facts: CourseFacts) -> Iterator[Task]:
    """REVIEW: from the trough that reaches the stop rule to the next dose; and from the last planned dose on.

    Source: the regimen's own `stop_rule` and `review_after_doses` (FACTS 1.1, 1.4).
    """
    regimen, reached = facts.request.regimen, troughs_that_ask(facts)
    if regimen.stop_rule is not None and reached:
        asked_on = reached[-1].taken_on
        following = next((dose for dose in facts.doses if dose.due_on >= asked_on), None)
        yield Task(
            code="REVIEW",
            kind="check",
            what=review_words(regimen.stop_rule, reached),
            due_from=asked_on,
            due_to=asked_on if following is None else following.due_on,
            source=regimen.stop_rule.source,
            dose_number=None if following is None else following.number,
        )
    if regimen.review_after_doses is not None and regimen.phases:
        last = facts.doses[-1]
        yield Task(
            code="REVIEW",
            kind="check",
            what=message(
                N_("Dose {number} is the last one planned: the prescriber reviews before any more"), number=last.number
            ),
            due_from=last.due_on,
            due_to=last.due_on + timedelta(days=regimen.phases[-1].every_days),
            source=", ".join(regimen.sources),
            dose_number=last.number,
        )
