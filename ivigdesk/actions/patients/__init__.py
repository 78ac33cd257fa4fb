"""Patients: registered, found, imported; their values and events."""
