"""The rooms of a course's page: its tests and checks, its grams, what it rests on, and what its weight asks for."""
