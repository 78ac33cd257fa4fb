"""What happened to one patient, beside doses and laboratory values, and how an event is recorded."""

from ivigdesk.ui.patients.events.panel import EventsPanel

__all__ = ["EventsPanel"]
