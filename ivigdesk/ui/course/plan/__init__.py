"""The planning page."""
