"""The fields from which a course is planned."""

from __future__ import annotations

from ivigdesk.ui.course.plan.fields.plan_fields import PlanFields

__all__ = ["PlanFields"]
