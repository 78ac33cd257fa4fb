"""The pages of a course in words."""
