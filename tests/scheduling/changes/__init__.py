"""Changes to a calendar: tables of dates, refusals, notes, undo, and any sequence of changes."""
