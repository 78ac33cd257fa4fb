"""Laboratory values of one patient: entered, corrected, listed, and drawn with the doses marked."""

from ivigdesk.ui.patients.laboratory.panel import LaboratoryPanel

__all__ = ["LaboratoryPanel"]
