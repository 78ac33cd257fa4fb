"""The ward's month and week: load, closures, doses to be moved, and what an overfull day could do."""

from ivigdesk.ui.calendar.page import CalendarPage

__all__ = ["CalendarPage"]
