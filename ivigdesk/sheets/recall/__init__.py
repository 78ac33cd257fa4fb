"""The recall sheet: its values and its parts."""
