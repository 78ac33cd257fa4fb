"""Today: what is overdue, running, due, on hold and done."""

from ivigdesk.ui.today.page import TodayPage

__all__ = ["TodayPage"]
