"""What a drawing is made of: lines, outlines, marks and words, in points from its top left corner, `y` downwards."""

from __future__ import annotations

from typing import Literal, NamedTuple

Role = Literal[
    "ground", "band", "frame", "grid", "series", "dose", "given", "held", "overdue", "running", "line", "event",
    "text", "second",
]  # fmt: skip
"""What a shape stands for; each painter has an ink for each."""

Form = Literal["circle", "square", "diamond", "triangle", "half", "play", "flag"]
Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


class Line(NamedTuple):
    """A straight line; dashed when `dash` gives the lengths of stroke and gap."""

    start: Point
    end: Point
    role: Role
    thickness: float = 0.5
    dash: tuple[float, float] | None = None


class Polyline(NamedTuple):
    """A line through several points."""

    points: tuple[Point, ...]
    role: Role
    thickness: float = 1.0


class Mark(NamedTuple):
    """A small figure around a point.

    Attributes:
        at: its middle.
        form: what it looks like.
        radius: half its height.
        role: what it stands for.
        is_filled: an open one is filled with the ground, so that lines do not cross it.
    """

    at: Point
    form: Form
    radius: float
    role: Role
    is_filled: bool = True


class Area(NamedTuple):
    """A rectangle that is filled with the ink of its role, and outlined when `edge` names another."""

    left: float
    top: float
    right: float
    bottom: float
    role: Role
    edge: Role | None = None


class Text(NamedTuple):
    """Words on one line.

    Attributes:
        at: on the baseline; where across the words it lies, `anchor` says.
        words: literal.
        size: points.
    """

    at: Point
    words: str
    size: float
    role: Role = "text"
    anchor: Anchor = "start"
    is_bold: bool = False


Shape = Line | Polyline | Mark | Area | Text
Shapes = tuple[Shape, ...]

# A circle as a figure of many sides, so that every painter needs only one way of filling.
_CIRCLE: tuple[Point, ...] = (
    (1.0, 0.0), (0.9239, 0.3827), (0.7071, 0.7071), (0.3827, 0.9239),
    (0.0, 1.0), (-0.3827, 0.9239), (-0.7071, 0.7071), (-0.9239, 0.3827),
    (-1.0, 0.0), (-0.9239, -0.3827), (-0.7071, -0.7071), (-0.3827, -0.9239),
    (0.0, -1.0), (0.3827, -0.9239), (0.7071, -0.7071), (0.9239, -0.3827),
)  # fmt: skip
_FIGURES: dict[Form, tuple[Point, ...]] = {
    "circle": _CIRCLE,
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)),
    "triangle": ((0.0, -1.0), (1.0, 0.9), (-1.0, 0.9)),
    "half": ((0.0, -1.0), (0.0, 0.9), (-1.0, 0.9)),  # the left half of the triangle
    "play": ((-0.75, -1.0), (1.0, 0.0), (-0.75, 1.0)),
    "flag": ((-1.0, -0.9), (1.0, -0.9), (0.0, 1.0)),
}


def outline(mark: Mark) -> tuple[Point, ...]:
    """Return the corners of a mark, to be joined and closed."""
    x, y = mark.at
    return tuple((x + across * mark.radius, y + down * mark.radius) for across, down in _FIGURES[mark.form])
