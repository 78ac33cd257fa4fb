"""Each kind of record in its table: how it is written, and the questions that are asked of it."""
