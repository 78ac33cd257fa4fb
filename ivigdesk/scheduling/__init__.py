"""Regimens and their calendars: pure rules over plain dates."""
