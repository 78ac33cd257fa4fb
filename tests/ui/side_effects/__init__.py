"""The page of the ward's side effects."""
