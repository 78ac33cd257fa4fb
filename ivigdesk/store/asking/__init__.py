"""The questions that a ward's open file answers, by subject."""
