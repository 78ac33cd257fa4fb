"""Patients: who they are, what is known of them, what happened to them."""
