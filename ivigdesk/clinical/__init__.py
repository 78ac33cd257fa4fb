"""Patients, products, doses, rates and side effects: pure rules over values."""
