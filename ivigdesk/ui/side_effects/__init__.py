"""The ward's side effects with their denominator, and the recall of a lot."""

from ivigdesk.ui.side_effects.page import SideEffectsPage

__all__ = ["SideEffectsPage"]
