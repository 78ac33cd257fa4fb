"""The parts of the course plan, in the order of the page."""
