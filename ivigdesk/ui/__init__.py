"""The window: shows what actions return and asks them for changes."""
