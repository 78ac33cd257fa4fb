"""The library as a ward uses it: read, checked, shown by its sources, added to."""
