"""A trend on paper: its shapes as marks of a page, in black and grey."""

from __future__ import annotations

from ivigdesk.sheets.fonts import BOLD, REGULAR
from ivigdesk.sheets.fonts import width as text_width
from ivigdesk.sheets.glyphs import clean
from ivigdesk.sheets.paper.blocks import Block, Figure, Words
from ivigdesk.sheets.paper.blocks import Mark as PaperMark
from ivigdesk.sheets.style import BLACK, FAINT, RULE, SOFT, WHITE, Style
from ivigdesk.sheets.trend.layout import height_for, lay_out
from ivigdesk.sheets.trend.shapes import Line, Mark, Polyline, Role, Shape, Text, outline
from ivigdesk.sheets.trend.values import Trend
from ivigdesk.wording import Wording

_SIZE = 8.5  # points
_INKS: dict[Role, float] = {
    "ground": WHITE,
    "frame": BLACK,
    "grid": FAINT,
    "series": BLACK,
    "dose": BLACK,
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
    height = height_for(trend, width, plot_height, _measure, wording, _SIZE)
    shapes = lay_out(trend, width, height, _measure, wording, _SIZE)
    return Block(height, tuple(map(_on_paper, shapes)))


def _measure(words: str, size: float, is_bold: bool) -> float:
    return text_width(clean(words), BOLD if is_bold else REGULAR, size)


def _on_paper(shape: Shape) -> PaperMark:
    ink = _INKS[shape.role]
    match shape:
        case Line(start, end, _, thickness, dash):
            return Figure(0, 0, (start, end), thickness, ink, dash=dash)
        case Polyline(points, _, thickness):
            return Figure(0, 0, points, thickness, ink)
        case Mark():
            return Figure(0, 0, outline(shape), 0.9, ink, fill=ink if shape.is_filled else WHITE, is_closed=True)
        case Text((x, y), words, size):
            style = Style(BOLD if shape.is_bold else REGULAR, size, min(ink, _WORDS_ON_LINES))
            wide = _measure(words, size, shape.is_bold)
            return Words(x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor], y, clean(words), style)
