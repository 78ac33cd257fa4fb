"""The library: regimens and products as their files state them; nothing is changed here."""

from ivigdesk.ui.library.page import LibraryPage

__all__ = ["LibraryPage"]
