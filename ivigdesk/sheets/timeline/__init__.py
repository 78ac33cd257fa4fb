"""The courses of one patient on one axis of days: values, shapes, and their drawing on paper."""
