"""The reaction report: its values and its parts."""
