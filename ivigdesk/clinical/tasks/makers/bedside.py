"""Bedside tasks of a course: samples before the infusion, meter, weight, late effects, live vaccines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from ivigdesk.clinical import library
from ivigdesk.clinical.safety.facts import CourseFacts
from ivigdesk.clinical.safety.vaccines_and_samples import given_amounts, no_live_vaccine_before
from ivigdesk.clinical.tasks.makers.spans import HOURS_PER_DAY, sample_before, ticked_as, told_once, whole_days
from ivigdesk.clinical.tasks.task import LATE_CHECK, DoseBasis, Task
from ivigdesk.clinical.vaccines import months_after
from ivigdesk.messages import N_, message


def samples(facts: CourseFacts) -> Iterator[Task]:
    """SR15: what antibodies of the donors falsify is drawn before the infusion."""
    source = "FACTS 7 SR15, 8, Traps T38, S45"
    serology = message(
        N_(
            "Draw before the first infusion, if due: CMV IgG, hepatitis B core, hepatitis C, HIV, EBV, toxoplasma, "
            "isohaemagglutinins"
        )
    )
    yield ticked_as(sample_before(facts, 0, "SR15", serology, 0, source), "task-serology")
    for index, dose in enumerate(facts.doses):
        what = message(N_("Draw before infusion {number}, if due: galactomannan"), number=dose.number)
        task = ticked_as(sample_before(facts, index, "SR15", what, 0, source), "task-galactomannan")
        yield told_once(task, message(N_("Draw before infusions {numbers}, if due: galactomannan")))


def meter(facts: CourseFacts, bases: Sequence[DoseBasis]) -> Iterator[Task]:
    """SR16: with maltose, or a sugar that nobody has read yet, only a glucose-specific meter."""
    hours = facts.limits.maltose_warning_hours
    for dose, basis in zip(facts.doses, bases, strict=True):
        if basis.product.sugar not in ("maltose", "unknown"):
            continue
        yield Task(
            code="SR16",
            kind="check",
            what=message(
                N_("Blood sugar only with a glucose-specific meter, up to {hours} hours after dose {number}"),
                hours=hours,
                number=dose.number,
            ),
            each=message(
                N_("Blood sugar only with a glucose-specific meter, up to {hours} hours after doses {numbers}"),
                hours=hours,
            ),
            due_from=dose.due_on,
            due_to=dose.due_on + timedelta(days=-(-hours // HOURS_PER_DAY)),
            source="FACTS 7 SR16, Traps T22, S46, S32",
            dose_number=dose.number,
        )


def weight(facts: CourseFacts, bases: Sequence[DoseBasis]) -> Iterator[Task]:
    """SR24: before each dose for which the weight behind it is too old."""
    days = facts.limits.weight_valid_days
    for dose, basis in zip(facts.doses, bases, strict=True):
        if (dose.due_on - (basis.weighed_on or facts.first_on)).days <= days:
            continue
        yield Task(
            code="SR24",
            kind="weight",
            what=message(N_("Weigh again before dose {number}"), number=dose.number),
            each=message(N_("Weigh again before doses {numbers}")),
            due_from=dose.due_on - timedelta(days=days),
            due_to=dose.due_on,
            source="FACTS 7 SR24, 5.1, S47",
            dose_number=dose.number,
            test="weight",
        )


def late_check(facts: CourseFacts) -> Iterator[Task]:
    """After each dose, once it has gone home: late effects."""
    rules = library.task_rules().late_check
    first_day, last_day = whole_days(rules.from_hours, rules.to_hours)
    for dose in facts.doses:
        yield Task(
            code="LATE",
            kind="check",
            what=message(
                N_(
                    "Ask about late effects of dose {number}: headache, stiff neck, dark urine, little urine, swollen "
                    "leg, breathlessness"
                ),
                number=dose.number,
            ),
            each=message(
                N_(
                    "Ask about late effects of doses {numbers}: headache, stiff neck, dark urine, little urine, "
                    "swollen leg, breathlessness"
                )
            ),
            due_from=dose.due_on + timedelta(days=first_day),
            due_to=dose.due_on + timedelta(days=last_day),
            source="FACTS 5.3, Traps T34, S50, S43",
            dose_number=dose.number,
            item=LATE_CHECK,
        )


def vaccine(facts: CourseFacts) -> Iterator[Task]:
    """SR13: from when on a live vaccine may be thought of, and why not before."""
    allowed_on = no_live_vaccine_before(facts)
    months = months_after(given_amounts(facts))
    if facts.request.transplant_on is None:
        what = message(
            N_(
                "No measles, mumps, rubella or varicella vaccine before {day}: {months} months after the last dose of "
                "immunoglobulin"
            ),
            day=allowed_on,
            months=months,
        )
    else:
        what = message(
            N_(
                "No measles, mumps, rubella or varicella vaccine before {day}: {months} months after the last dose of "
                "immunoglobulin, and never within {transplant} months of the transplant"
            ),
            day=allowed_on,
            months=months,
            transplant=library.vaccine_rules().after_transplant.months,
        )
    yield Task(
        code="SR13",
        kind="vaccine",
        what=what,
        due_from=allowed_on,
        due_to=None,
        source="FACTS 7 SR13, 7.1, Traps T37, S44",
    )
