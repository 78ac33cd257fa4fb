"""Pictures of every page and sheet, in both languages, to be looked at."""
