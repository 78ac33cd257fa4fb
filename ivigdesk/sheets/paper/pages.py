"""Pages: blocks flow down, head and foot stand on each, and the file comes out as bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, message
from ivigdesk.sheets import fonts
from ivigdesk.sheets.paper.blocks import Block, Box, Cells, Figure, Mark, Stroke, Words, moved
from ivigdesk.sheets.paper.table import Table
from ivigdesk.sheets.style import LEFT, PAGE_HEIGHT, PAGE_WIDTH

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


class Flow:
    """Blocks put on as many pages as they need, between a top and a bottom (points from the page's top)."""

    def __init__(self, first_top: float, later_top: float, bottom: float) -> None:
        self._top = first_top
        self._later_top = later_top
        self._bottom = bottom
        self._pages: list[list[Mark]] = [[]]
        self._y = first_top

    @property
    def pages(self) -> tuple[tuple[Mark, ...], ...]:
        """The pages so far."""
        return tuple(tuple(page) for page in self._pages)

    @property
    def page_number(self) -> int:
        """The page that the next block begins on, from 1, if it fits there."""
        return len(self._pages)

    @property
    def room(self) -> float:
        """Points left on this page."""
        return self._bottom - self._y

    def turn_page(self) -> None:
        """Begin a new page, unless this one is still empty."""
        if self._y > self._top:
            self._pages.append([])
            self._top = self._y = self._later_top

    def add(self, block: Block, before: float = 0.0) -> None:
        """Put a block that is never split below the last one.

        Raises:
            KnownError: the block is taller than a page.
        """
        before = before if self._y > self._top else 0.0
        if block.height > self._bottom - max(self._top, self._later_top) + 0.01:
            raise KnownError(
                message(N_("A text is too long for one page. Nothing was printed. Shorten names, reasons and notes."))
            )
        if before + block.height > self.room + 0.01:
            self.turn_page()
            before = 0.0
        self._pages[-1].extend(moved(block.marks, LEFT, self._y + before))
        self._y += before + block.height

    def add_table(
        self, table: Table, before: float = 0.0, title: Block | None = None, *, is_whole: bool = False
    ) -> None:
        """Put a table, splitting between rows only; its header is repeated, its title is not.

        One that `is_whole` begins on a new page rather than being split, unless it is taller than a page.
        """
        title = title or Block(0.0)
        rows = sum(row.height for row in table.rows) if is_whole else self._together(table, 0)
        first = title.height + table.header.height + rows
        if before + first > self.room + 0.01:
            self.turn_page()
        if title.height:
            self.add(title, before)
            before = 0.0
        if table.header.height:
            self.add(table.header, before)
            before = 0.0
        for index, row in enumerate(table.rows):
            if before + self._together(table, index) > self.room + 0.01:
                self.turn_page()
                if table.header.height:
                    self.add(table.header)
            self.add(row, before)
            before = 0.0

    def _together(self, table: Table, index: int) -> float:
        """Return the height of a row with those that may not be parted from it."""
        height = 0.0
        while index < len(table.rows):
            height += table.rows[index].height
            if not table.stays_with_next[index]:
                break
            index += 1
        return height


FrameOf = Callable[[int, int], Sequence[Mark]]


def as_pdf(
    pages: Sequence[Sequence[Mark]],
    frame_of: FrameOf,
    *,
    title: str,
    language: str,
    size: tuple[float, float] = (PAGE_WIDTH, PAGE_HEIGHT),
) -> bytes:
    """Return the pages as a PDF file; the same pages give the same bytes.

    Args:
        pages: the body of each.
        frame_of: gives what stands around the body, by page number (from 1) and count of pages.
        title: of the file, as viewers show it; never a patient's name.
        language: `en` or `zh_CN`.
        size: width and height of the paper in points.
    """
    from reportlab.pdfgen.canvas import Canvas

    for name in (fonts.REGULAR, fonts.MEDIUM, fonts.BOLD):
        fonts.font(name)
    file = BytesIO()
    canvas = Canvas(
        file,
        pagesize=size,
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # else ReportLab names Helvetica on every page
        lang=language.replace("_", "-"),
    )
    canvas.setTitle(title)
    canvas.setAuthor("ivigdesk")
    pen = _Pen(canvas, size[1])
    for number, page in enumerate(pages, start=1):
        for mark in (*frame_of(number, len(pages)), *page):
            pen.draw(mark)
        pen.turn_page()
    canvas.save()
    return file.getvalue()


class _Pen:
    """A canvas with what it was last told, so that a page does not say the same ink and width for every mark."""

    def __init__(self, canvas: Canvas, page_height: float) -> None:
        self._canvas = canvas
        self._page_height = page_height
        self._width = self._stroke = self._fill = -1.0

    def turn_page(self) -> None:
        """End the page; the next one knows nothing of this one's inks."""
        self._canvas.showPage()
        self._width = self._stroke = self._fill = -1.0

    def draw(self, mark: Mark) -> None:
        """Draw one mark, from the top of the page downwards."""
        if isinstance(mark, Words):
            self._write(mark)
        elif isinstance(mark, Stroke):
            self._take(mark.thickness, mark.ink)
            self._canvas.line(mark.x, self._page_height - mark.y, mark.to_x, self._page_height - mark.to_y)
        elif isinstance(mark, Cells):
            self._fill_cells(mark)
        elif isinstance(mark, Figure):
            self._draw_figure(mark)
        else:
            self._draw_box(mark)

    def _take(self, width: float, ink: float) -> None:
        if width != self._width:
            self._canvas.setLineWidth(width)
            self._width = width
        if ink != self._stroke:
            self._canvas.setStrokeGray(ink)
            self._stroke = ink

    def _take_fill(self, ink: float) -> None:
        if ink != self._fill:
            self._canvas.setFillGray(ink)
            self._fill = ink

    def _write(self, words: Words) -> None:
        self._take_fill(words.style.ink)
        text = self._canvas.beginText(words.x, self._page_height - words.y)
        text.setFont(words.style.font, words.style.size)
        text.textOut(words.text)
        self._canvas.drawText(text)

    def _fill_cells(self, cells: Cells) -> None:
        """Fill all cells as one path on a grid of whole numbers, so that no hair of white parts two of them."""
        self._take_fill(0.0)
        self._canvas.saveState()
        self._canvas.translate(cells.x, self._page_height - cells.y)
        self._canvas.scale(cells.cell, -cells.cell)
        path = " ".join(f"{column} {row} {width} {height} re" for column, row, width, height in cells.rectangles)
        self._canvas.addLiteral(f"{path} f")
        self._canvas.restoreState()

    def _draw_figure(self, figure: Figure) -> None:
        self._take(figure.thickness, figure.ink)
        if figure.fill is not None:
            self._take_fill(figure.fill)
        if figure.dash is not None:
            self._canvas.setDash(*figure.dash)
        path = self._canvas.beginPath()
        for number, (x, y) in enumerate(figure.points):
            (path.lineTo if number else path.moveTo)(figure.x + x, self._page_height - figure.y - y)
        if figure.is_closed:
            path.close()
        self._canvas.drawPath(path, stroke=1, fill=int(figure.fill is not None))
        if figure.dash is not None:
            self._canvas.setDash()

    def _draw_box(self, box: Box) -> None:
        has_line = box.thickness > 0
        if has_line:
            self._take(box.thickness, box.ink)
        if box.fill is not None:
            self._take_fill(box.fill)
        if box.dashed:
            self._canvas.setDash(2, 2)
        bottom = self._page_height - box.y - box.height
        self._canvas.rect(box.x, bottom, box.width, box.height, stroke=int(has_line), fill=int(box.fill is not None))
        if box.dashed:
            self._canvas.setDash()
