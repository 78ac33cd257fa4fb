"""The square code of a page, as one shape."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Any
from uuid import UUID

from ivigdesk.sheets.paper.blocks import Block, Cells

_FORMAT = 1


def payload(course_id: UUID, revision: int, dose_id: UUID | None) -> str:
    """Return what the code says: no name, no number of a patient."""
    return f"IVIGDESK:{_FORMAT}:{course_id.hex}:{revision}:{dose_id.hex if dose_id else '-'}"


@lru_cache(maxsize=64)
def data_matrix(text: str, side: float) -> Block:
    """Return `text` as a DataMatrix of `side` points without quiet zone; keep white of two modules around it."""
    import zxingcpp

    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    image: Any = barcode.to_image(1, False, False)  # its stubs do not say that it is a buffer
    rows: Any = memoryview(image).tolist()
    rectangles = []
    for number, row in enumerate(rows):
        at = 0
        for value, group in groupby(row):
            length = len(list(group))
            if value == 0:
                rectangles.append((at, number, length, 1))
            at += length
    return Block(side, (Cells(0, 0, side / len(rows), tuple(rectangles)),))
