"""The cards of the bedside, one file each."""
