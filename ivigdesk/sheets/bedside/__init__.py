"""The parts of the bedside sheet, in the order of the work."""
