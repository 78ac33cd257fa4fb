"""Infusions: the record, the procedure around it, side effects and their grades."""
