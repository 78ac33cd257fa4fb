"""The ward's day list: its values and its parts."""
