"""Infusions: prepared, started, watched, finished; side effects."""
