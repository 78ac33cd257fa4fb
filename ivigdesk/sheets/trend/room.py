"""A drawing under construction: shapes so far, and which places are taken, so that no words lie on others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from ivigdesk.sheets.trend.shapes import Anchor, Mark, Point, Role, Shape, Shapes, Text

ASCENT = 0.88  # of the size, above the baseline
DESCENT = 0.24
_ELLIPSIS = "…"


class Measure(Protocol):
    """Tells how wide words are, in points; each painter has its own letters."""

    def __call__(self, words: str, size: float, is_bold: bool) -> float: ...


class Box(NamedTuple):
    """A place."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def is_crossed(self, start: Point, end: Point) -> bool:
        """Whether a straight line from `start` to `end` touches it."""
        lowest, highest = 0.0, 1.0
        for begin, stop, low, high in (
            (start[0], end[0], self.left, self.right),
            (start[1], end[1], self.top, self.bottom),
        ):
            if begin == stop:
                if not low <= begin <= high:
                    return False
                continue
            one, other = sorted(((low - begin) / (stop - begin), (high - begin) / (stop - begin)))
            lowest, highest = max(lowest, one), min(highest, other)
        return lowest <= highest


class Room:
    """Takes shapes; words only where nothing else is written.

    Attributes:
        size: of the usual letters.
    """

    def __init__(self, width: float, height: float, size: float, measure: Measure) -> None:
        self.size = size
        self._whole = Box(0, 0, width, height)
        self._measure = measure
        self._shapes: list[Shape] = []
        self._taken: list[Box] = []

    @property
    def right(self) -> float:
        """The right edge of the drawing."""
        return self._whole.right

    @property
    def shapes(self) -> Shapes:
        """Everything so far, in the order of drawing."""
        return tuple(self._shapes)

    def draw(self, *shapes: Shape) -> None:
        """Add shapes that words may cross."""
        self._shapes.extend(shapes)

    def mark(self, mark: Mark, *, keeps_words_off: bool = True) -> None:
        """Add a mark; words keep off it unless there are too many marks for that."""
        self._shapes.append(mark)
        if keeps_words_off:
            self.keep_off(mark.at, mark.radius)

    def keep_off(self, at: Point, far: float) -> None:
        """Keep words off what lies around a point."""
        x, y = at
        self._taken.append(Box(x - far, y - far, x + far, y + far))

    def width(self, words: str, *, small: bool = False, is_bold: bool = False) -> float:
        """Return how wide the words are."""
        return self._measure(words, self.small if small else self.size, is_bold)

    @property
    def small(self) -> float:
        """The size of numbers beside marks."""
        return self.size * 0.88

    def cut(self, words: str, widest: float) -> str:
        """Return the words, shortened with an ellipsis where they are wider than `widest`."""
        if self.width(words) <= widest:
            return words
        while words and self.width(words + _ELLIPSIS) > widest:
            words = words[:-1]
        return words.rstrip() + _ELLIPSIS if words else ""

    def write(
        self,
        words: str,
        at: Point,
        anchor: Anchor = "start",
        role: Role = "text",
        *,
        small: bool = False,
        is_bold: bool = False,
        inside: Box | None = None,
        off: Iterable[tuple[Point, Point]] = (),
        apart: float = 0.0,
    ) -> bool:
        """Write the words when their place is free, and say whether it was.

        Args:
            words: on one line.
            at: on the baseline.
            anchor: which part of them stands there.
            role: their ink.
            small: True for numbers beside marks.
            is_bold: True for a title.
            inside: they must lie inside; None for the whole drawing.
            off: straight lines that they may not touch.
            apart: white that they keep at either side.
        """
        if not words:
            return True
        text = Text(at, words, self.small if small else self.size, role, anchor, is_bold)
        box = self.box_of(text)
        wide = box._replace(left=box.left - apart, right=box.right + apart)
        if not (inside or self._whole).holds(box) or any(wide.meets(other) for other in self._taken):
            return False
        if any(box.is_crossed(start, end) for start, end in off):
            return False
        self._shapes.append(text)
        self._taken.append(box)
        return True

    def box_of(self, text: Text) -> Box:
        """Return the place that words take."""
        wide = self._measure(text.words, text.size, text.is_bold)
        left = text.at[0] - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
        return Box(left, text.at[1] - ASCENT * text.size, left + wide, text.at[1] + DESCENT * text.size)


def first_last_and_between(count: int) -> Sequence[int]:
    """Return the positions of a row in the order in which they are worth a label: both ends first."""
    ends = (count - 1, 0) if count > 1 else (0,) if count else ()
    return (*ends, *range(1, count - 1))
