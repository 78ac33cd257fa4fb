"""A trend on paper: shapes of a drawing as marks of a page, in black and grey."""

from __future__ import annotations

from ivigdesk.sheets.fonts import BOLD, REGULAR
from ivigdesk.sheets.fonts import width as text_width
from ivigdesk.sheets.glyphs import clean
from ivigdesk.sheets.paper.blocks import Block, Box, Figure, Words
from ivigdesk.sheets.paper.blocks import Mark as PaperMark
from ivigdesk.sheets.style import BLACK, FAINT, RULE, SHADE, SOFT, WHITE, Style
from ivigdesk.sheets.trend.layout import height_for, lay_out
from ivigdesk.sheets.trend.shapes import Area, Line, Mark, Polyline, Role, Shape, Text, outline
from ivigdesk.sheets.trend.values import Trend
from ivigdesk.wording import Wording

SIZE = 8.5  # points, of the letters of a drawing
_INKS: dict[Role, float] = {
    "ground": WHITE,
    "band": SHADE,
    "frame": BLACK,
    "grid": FAINT,
    "series": BLACK,
    "dose": BLACK,
    "given": BLACK,
    "held": BLACK,
    "overdue": BLACK,
    "running": BLACK,
    "line": RULE,
    "event": SOFT,
    "text": BLACK,
    "second": SOFT,
}
_WORDS_ON_LINES = SOFT  # words beside a grey line are darker than the line


def trend_block(trend: Trend, width: float, plot_height: float, wording: Wording) -> Block:
    """Return the drawing as a block of the page, as high as its axes and events need around the plot.

    Raises:
        KnownError: a character cannot be printed.
    """
    height = height_for(trend, width, plot_height, measure, wording, SIZE)
    shapes = lay_out(trend, width, height, measure, wording, SIZE)
    return Block(height, tuple(map(on_paper, shapes)))


def measure(words: str, size: float, is_bold: bool) -> float:
    """Return how wide words are on paper, in points."""
    return text_width(clean(words), BOLD if is_bold else REGULAR, size)


def on_paper(shape: Shape) -> PaperMark:
    """Return a shape of a drawing as a mark of the page."""
    ink = _INKS[shape.role]
    match shape:
        case Line(start, end, _, thickness, dash):
            return Figure(0, 0, (start, end), thickness, ink, dash=dash)
        case Polyline(points, _, thickness):
            return Figure(0, 0, points, thickness, ink)
        case Mark():
            return Figure(0, 0, outline(shape), 0.9, ink, fill=ink if shape.is_filled else WHITE, is_closed=True)
        case Area(left, top, right, bottom, _, edge):
            thickness = 0.0 if edge is None else 0.6
            edge_ink = BLACK if edge is None else _INKS[edge]
            return Box(left, top, right - left, bottom - top, thickness, edge_ink, fill=ink)
        case Text((x, y), words, size):
            style = Style(
                BOLD if shape.is_bold else REGULAR, size, WHITE if shape.role == "ground" else min(ink, _WORDS_ON_LINES)
            )
            wide = measure(words, size, shape.is_bold)
            return Words(x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor], y, clean(words), style)
