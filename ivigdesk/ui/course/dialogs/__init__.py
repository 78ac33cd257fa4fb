"""What is asked before a course changes, and why its numbers are what they are."""
