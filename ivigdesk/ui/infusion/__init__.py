"""The bedside record of one infusion, with its side effects."""

from __future__ import annotations

from ivigdesk.ui.infusion.infusion_page import InfusionPage

__all__ = ["InfusionPage"]
