"""Courses: planned, changed, weighed anew, ceased."""
