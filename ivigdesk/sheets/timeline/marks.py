"""What the marks of a timeline look like: the shape alone says the state, on a black and white copy too."""

from __future__ import annotations

from typing import NamedTuple

from ivigdesk.clinical.courses.status import DoseStatus
from ivigdesk.sheets.trend.shapes import Line, Mark, Point, Polyline, Role, Shape, Shapes, Text

GRAVE = 3
"""Side effects from this grade on are larger and black."""

_HOLLOW: dict[DoseStatus, Role] = {"planned": "dose", "due": "dose", "overdue": "overdue", "partly given": "given"}


class DoseSign(NamedTuple):
    """The sign of a state in the legend."""

    status: DoseStatus
    words: str

    def sign(self, at: Point, radius: float) -> Shapes:
        """Return the mark, a little larger than a plain figure: it has lines inside."""
        return dose_sign(self.status, at, radius * 1.25)


class TailSign(NamedTuple):
    """The line from the day that was first planned, in the legend."""

    words: str

    def sign(self, at: Point, radius: float) -> Shapes:
        """Return a piece of it."""
        x, y = at
        return tail((x - radius, y + radius), (x + radius, y + radius), y - radius * 0.6)


class EffectSign(NamedTuple):
    """The mark of a side effect in the legend."""

    grade: int
    words: str

    def sign(self, at: Point, radius: float) -> Shapes:
        """Return the mark without its number."""
        return (Mark(at, "circle", radius * (1.2 if self.grade >= GRAVE else 1), "text", self.grade >= GRAVE),)


def dose_sign(status: DoseStatus, at: Point, radius: float) -> Shapes:
    """Return the mark of a dose: one shape for each state."""
    x, y = at

    def spot(across: float, down: float) -> Point:
        return x + across * radius, y + down * radius

    thin, thick = max(radius * 0.2, 0.7), max(radius * 0.3, 0.9)
    if status in _HOLLOW:
        role = _HOLLOW[status]
        inside: dict[DoseStatus, tuple[Shape, ...]] = {
            "due": (Mark(spot(0, 0.3), "circle", radius * 0.28, role),),
            "overdue": (
                Line(spot(0, -0.35), spot(0, 0.25), role, thick),
                Mark(spot(0, 0.6), "circle", radius * 0.1, role),
            ),
            "partly given": (Mark(at, "half", radius, role),),
        }
        return (Mark(at, "triangle", radius, role, is_filled=False), *inside.get(status, ()))
    if status == "given":
        tick = Polyline((spot(-0.38, 0.35), spot(-0.08, 0.65), spot(0.4, 0.0)), "ground", thin)
        return (Mark(at, "triangle", radius, "given"), tick)
    if status == "running":
        return (Mark(at, "play", radius, "running"),)
    if status == "held":
        return (Mark(at, "square", radius * 0.85, "held"),)
    if status == "not given":
        ring = Mark(at, "circle", radius * 0.95, "line", is_filled=False)
        return (ring, *_cross(at, radius * 0.5, "line", thin))
    clear = Mark(at, "circle", radius * 0.9, "ground")  # else a line across the lanes would be read as part of it
    if status == "ceased":
        return (clear, *_cross(at, radius * 0.75, "second", thick))
    if status == "omitted":
        return (clear, Line(spot(-0.8, 0), spot(0.8, 0), "second", thick))
    lines = (Line(spot(-0.8, down), spot(0.8, down), "second", thin) for down in (-0.3, 0.3))
    return (clear, *lines, Line(spot(-0.5, 0.85), spot(0.5, -0.85), "second", thin))


def effect_sign(grade: int, at: Point, radius: float, size: float) -> Shapes:
    """Return a circle with the grade in it; black from grade 3 on."""
    is_grave = grade >= GRAVE
    number = Text(
        (at[0], at[1] + size * 0.34), str(grade), size, "ground" if is_grave else "text", "middle", is_bold=True
    )
    return (Mark(at, "circle", radius, "text", is_grave), number)


def tail(start: Point, end: Point, y: float) -> Shapes:
    """Return the thin line from the day that was first planned: up, along `y`, and down to the mark."""
    (x, low), (to_x, to_low) = start, end
    return (
        Line((x, low), (x, y), "second", 0.8),
        Line((x, y), (to_x, y), "second", 0.8),
        Line((to_x, y), (to_x, to_low), "second", 0.8),
    )


def _cross(at: Point, far: float, role: Role, thickness: float) -> Shapes:
    x, y = at
    return (
        Line((x - far, y - far), (x + far, y + far), role, thickness),
        Line((x - far, y + far), (x + far, y - far), role, thickness),
    )
