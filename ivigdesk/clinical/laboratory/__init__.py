"""Laboratory values: tests and units, reading what was typed, troughs."""
