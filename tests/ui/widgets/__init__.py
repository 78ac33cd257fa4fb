"""Widgets one by one."""
