"""What a nurse does, one file per intention; each change is one transaction and one journal entry."""
