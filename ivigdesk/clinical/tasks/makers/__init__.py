"""Makes the tasks of a course from its facts: one small function per kind of value, sample or check."""
