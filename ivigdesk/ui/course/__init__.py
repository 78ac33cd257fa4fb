"""Plan a course, see its calendar, and change it."""

from __future__ import annotations

from ivigdesk.ui.course.course_page import CoursePage
from ivigdesk.ui.course.plan_page import PlanCoursePage

__all__ = ["CoursePage", "PlanCoursePage"]
