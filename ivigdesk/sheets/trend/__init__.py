"""The course of one laboratory value over time, with doses and events: values, shapes, and their drawing on paper."""
