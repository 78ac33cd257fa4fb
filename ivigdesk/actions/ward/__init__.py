"""The ward as a whole: its day, its file."""
