"""What the nurse and the ward may choose."""

from ivigdesk.ui.settings.page import SettingsPage

__all__ = ["SettingsPage"]
