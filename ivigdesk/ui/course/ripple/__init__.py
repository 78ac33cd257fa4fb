"""What a change of a course's calendar would do, shown before it is stored: its words, its choices, its table."""
