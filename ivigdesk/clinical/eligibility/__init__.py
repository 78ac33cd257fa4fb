"""Eligibility: profiles of criteria as data, looked at on the date of every dose."""
