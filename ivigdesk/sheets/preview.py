"""Finished sheets as pictures, for the screen."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page as pixels.

    Attributes:
        width, height: pixels.
        bytes_per_line: of `rgb`; may be more than three times the width.
        rgb: red, green, blue, one byte each, rows from the top.
    """

    width: int
    height: int
    bytes_per_line: int
    rgb: bytes


def page_count(pdf: bytes) -> int:
    """Return how many pages the file has."""
    document = pdfium.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_width(pdf: bytes) -> int:
    """Return the width of the first page in whole points; all pages of a sheet are alike."""
    return int(_size(pdf)[0])


def is_landscape(pdf: bytes) -> bool:
    """Return whether the pages are wider than high."""
    width, height = _size(pdf)
    return width > height


def page_pictures(pdf: bytes, scale: float, first: int = 1, last: int | None = None) -> tuple[PagePicture, ...]:
    """Return the pages as pictures.

    Args:
        pdf: a finished sheet.
        scale: pixels per point; 1 is 72 dpi.
        first: number of the first page wanted, from 1.
        last: number of the last page wanted; None for the end.
    """
    document = pdfium.PdfDocument(pdf)
    try:
        last = len(document) if last is None else min(last, len(document))
        return tuple(_picture(document[index], scale) for index in range(first - 1, last))
    finally:
        document.close()


def _size(pdf: bytes) -> tuple[float, float]:
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[0]
        try:
            return float(page.get_width()), float(page.get_height())
        finally:
            page.close()
    finally:
        document.close()


def _picture(page: pdfium.PdfPage, scale: float) -> PagePicture:
    bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=pdfium.raw.FPDFBitmap_BGR)
    try:
        return PagePicture(
            width=bitmap.width,
            height=bitmap.height,
            bytes_per_line=bitmap.stride,
            rgb=bytes(bitmap.buffer),
        )
    finally:
        bitmap.close()
        page.close()
