"""Laboratory values and clinical events of the practice ward, recorded with the actions that a nurse uses."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients import record_event, record_lab_value
from ivigdesk.actions.practice.story import Happening, Sample, Story


def record_facts(desk: Desk, story: Story, patient_id: UUID, today: date, days_ago: range) -> None:
    """Record what happened to a patient on these days before today.

    Args:
        today: the day on which the practice ward ends.
    """
    for sample in story.samples:
        if sample.days_ago in days_ago:
            record_lab_value.record(desk, _lab_form(sample, patient_id, today))
    for happening in story.happenings:
        if happening.days_ago in days_ago:
            record_event.record(desk, _event_form(happening, patient_id, today))


def _lab_form(sample: Sample, patient_id: UUID, today: date) -> record_lab_value.LabForm:
    return record_lab_value.LabForm(
        patient_id=patient_id,
        test=sample.test,
        value=sample.value,
        unit=sample.unit,
        taken_on=_day(today, sample.days_ago),
    )


def _event_form(happening: Happening, patient_id: UUID, today: date) -> record_event.EventForm:
    until = happening.until_days_ago
    form = record_event.EventForm(
        patient_id=patient_id,
        kind=happening.kind,
        on=_day(today, happening.days_ago),
        until="" if until is None else _day(today, until),
    )
    return msgspec.structs.replace(form, **happening.more)


def _day(today: date, days_ago: int) -> str:
    return (today - timedelta(days=days_ago)).isoformat()
