"""Sheets: everything that they print, and the finished files."""
