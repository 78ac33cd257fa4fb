"""Laboratory tasks of a course: what is drawn, in which days, around which dose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ivigdesk.clinical import library
from ivigdesk.clinical.patients.events import EventKind
from ivigdesk.clinical.safety.facts import CourseFacts
from ivigdesk.clinical.safety.red_cells import blood_groups, must_watch_red_cells, reaching_dose
from ivigdesk.clinical.safety.risks import RisksOnDay
from ivigdesk.clinical.tasks.makers.spans import (
    sample_before,
    ticked_as,
    told_once,
    value_after,
    value_before,
    whole_days,
)
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.messages import N_, message

_GVHD: tuple[EventKind, ...] = ("acute-gvhd", "chronic-gvhd")


def baseline(facts: CourseFacts) -> Iterator[Task]:
    """Before the first dose: creatinine, haemoglobin, and the blood groups where one is not recorded."""
    source = "FACTS 8, 5.1, S33, S43, S47"
    days = library.task_rules().baseline.within_days
    yield value_before(
        facts, 0, "LAB-CREATININE", message(N_("Creatinine before the first dose")), "creatinine", days, source
    )
    if reaching_dose(facts) != 0 or not must_watch_red_cells(facts):
        what = message(N_("Haemoglobin before the first dose"))
        yield value_before(facts, 0, "LAB-HB", what, "haemoglobin", days, source)
    groups = blood_groups(facts)
    if "unknown" in groups:
        what = (
            message(N_("Blood group (ABO) of the patient: find out and record it"))
            if len(groups) == 1
            else message(N_("Blood groups (ABO) of patient and donor: find out and record both"))
        )
        yield ticked_as(sample_before(facts, 0, "LAB-ABO", what, days, source), "task-blood-group")


def haemolysis(facts: CourseFacts) -> Iterator[Task]:
    """SR10: around the dose that reaches the limit, and in both windows after the last dose.

    Where the last dose is long after the one that reaches the limit, that one is followed too (design).
    """
    reaching = reaching_dose(facts)
    if reaching is None or not must_watch_red_cells(facts):
        return
    source = "FACTS 7 SR10, 8, Traps T30, S43"
    rules = library.task_rules().haemolysis
    what = message(
        N_("Haemoglobin and direct antiglobulin test before dose {number}"), number=facts.doses[reaching].number
    )
    yield value_before(facts, reaching, "SR10", what, "haemoglobin", rules.before_days, source)
    last = len(facts.doses) - 1
    is_long_before = (facts.last_on - facts.doses[reaching].due_on).days > rules.late_to_days
    for index in (reaching, last) if is_long_before else (last,):
        number = facts.doses[index].number
        early = message(
            N_("Haemoglobin {early_from} to {early_to} hours after dose {number}"),
            early_from=rules.early_from_hours,
            early_to=rules.early_to_hours,
            number=number,
        )
        first_day, last_day = whole_days(rules.early_from_hours, rules.early_to_hours)
        yield value_after(facts, index, "SR10", early, "haemoglobin", first_day, last_day, source)
        late = message(
            N_("Haemoglobin {late_from} to {late_to} days after dose {number}: most haemolysis shows only then"),
            late_from=rules.late_from_days,
            late_to=rules.late_to_days,
            number=number,
        )
        yield value_after(facts, index, "SR10", late, "haemoglobin", rules.late_from_days, rules.late_to_days, source)


def creatinine(facts: CourseFacts) -> Iterator[Task]:
    """SR05: before each dose and in the window after it where kidneys are at risk; R01 wants it before each dose."""
    rules = library.task_rules().creatinine
    every_dose = facts.request.regimen.facts in rules.each_dose_of
    first_day, last_day = whole_days(rules.after_from_hours, rules.after_to_hours)
    for index, dose in enumerate(facts.doses):
        is_at_risk = bool(RisksOnDay(facts, dose.due_on).renal)
        if index and (is_at_risk or every_dose):
            code, source = ("SR05", "FACTS 7 SR05, S33, S29") if is_at_risk else ("LAB-CREATININE", "FACTS 8")
            what = message(N_("Creatinine before dose {number}"), number=dose.number)
            task = value_before(facts, index, code, what, "creatinine", rules.before_days, source)
            yield told_once(task, message(N_("Creatinine before doses {numbers}")))
        if is_at_risk:
            after = message(
                N_("Creatinine {from_hours} to {to_hours} hours after dose {number}"),
                from_hours=rules.after_from_hours,
                to_hours=rules.after_to_hours,
                number=dose.number,
            )
            each = message(
                N_("Creatinine {from_hours} to {to_hours} hours after doses {numbers}"),
                from_hours=rules.after_from_hours,
                to_hours=rules.after_to_hours,
            )
            source = "FACTS 7 SR05, 8, S33, S29"
            yield told_once(value_after(facts, index, "SR05", after, "creatinine", first_day, last_day, source), each)


def igg(facts: CourseFacts) -> Iterator[Task]:
    """In replacement: a level before the first dose, then troughs by the cadence of the time after transplant."""
    regimen = facts.request.regimen
    if "replacement" not in (regimen.standing, regimen.indication):
        return
    source = "FACTS 8, 1.4, S29, S48, S23"
    rules = library.task_rules().igg
    what = message(N_("IgG before the first dose"))
    yield value_before(facts, 0, "LAB-IGG", what, "igg", facts.thresholds.igg.baseline_valid_days, source)
    last = facts.first_on
    for index, dose in enumerate(facts.doses[1:], start=1):
        day = dose.transplant_day
        is_early = day is not None and day <= rules.early_last_transplant_day
        interval = rules.early_every_days if is_early else rules.later_every_days
        if (dose.due_on - last).days >= interval:
            last = dose.due_on
            trough = message(N_("IgG trough before dose {number}"), number=dose.number)
            task = value_before(facts, index, "LAB-IGG", trough, "igg", rules.before_days, source)
            yield told_once(task, message(N_("IgG trough before doses {numbers}")))


def cmv_pcr(facts: CourseFacts) -> Iterator[Task]:
    """In CMV regimens: one value in each week, to the last dose and at least to a day after the transplant."""
    rules = library.task_rules().cmv_pcr
    if facts.request.regimen.indication not in rules.indications:
        return
    until = facts.last_on
    transplant_on = facts.request.transplant_on
    if transplant_on is not None:
        is_suppressed = facts.known.has("immunosuppression") or any(
            event.lasts_on(facts.first_on) for kind in _GVHD for event in facts.events(kind)
        )
        day = rules.last_transplant_day_immunosuppressed if is_suppressed else rules.last_transplant_day
        until = max(until, transplant_on + timedelta(days=day))
    what = message(N_("CMV PCR of this week"))
    begins = facts.first_on
    while begins <= until:
        ends = begins + timedelta(days=rules.every_days - 1)
        yield Task(
            code="LAB-CMV",
            kind="laboratory",
            what=what,
            due_from=begins,
            due_to=ends,
            source="FACTS 8, S51 (frequency GK-H)",
            test="cmv-pcr",
        )
        begins = ends + timedelta(days=1)


def platelets(facts: CourseFacts) -> Iterator[Task]:
    """In courses for low platelets: before the first dose and after the last."""
    rules = library.task_rules().platelets
    if facts.request.regimen.indication not in rules.indications:
        return
    source = "FACTS 8 (GK-H)"
    before = message(N_("Platelets before the first dose"))
    days = library.task_rules().baseline.within_days
    yield value_before(facts, 0, "LAB-PLATELETS", before, "platelets", days, source)
    after = message(N_("Platelets after the last dose: the response"))
    yield value_after(facts, len(facts.doses) - 1, "LAB-PLATELETS", after, "platelets", 1, rules.after_days, source)
