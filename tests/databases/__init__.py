"""One ward's file per released schema, opened by today's code."""
