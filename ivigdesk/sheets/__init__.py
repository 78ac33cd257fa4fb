"""Printed sheets: drawn from values alone, one file per sheet."""
