"""Courses: computed, kept, looked at, explained."""
