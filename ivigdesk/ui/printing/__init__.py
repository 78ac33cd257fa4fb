"""Sheets as they will be printed, looked at inside the program."""

from __future__ import annotations

from ivigdesk.ui.printing.preview import PrintPage

__all__ = ["PrintPage"]
