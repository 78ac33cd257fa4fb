"""The window under the offscreen platform, with real actions and a real database file."""
