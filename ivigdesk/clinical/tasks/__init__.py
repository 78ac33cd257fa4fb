"""Dated tests and checks that doses bring with them."""
