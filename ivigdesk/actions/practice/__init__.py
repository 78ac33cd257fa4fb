"""The practice ward with its invented patients."""
