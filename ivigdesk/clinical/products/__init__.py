"""Products: what a brand is, its vials, and how fast it may run."""
