"""Ink on a page: measured text, blocks, tables and pages; knows nothing of patients."""
