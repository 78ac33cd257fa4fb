"""ivigdesk: plans and records immunoglobulin infusions on a bone-marrow transplant ward."""

__version__ = "0.1.0"
