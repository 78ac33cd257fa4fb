"""Several sheets in one file, for one trip to the printer."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pypdfium2 as pdfium


def join(pdfs: Sequence[bytes]) -> bytes:
    """Return one file with the pages of all, in order.

    Raises:
        ValueError: there is nothing to join.
    """
    if not pdfs:
        raise ValueError("nothing to join")
    if len(pdfs) == 1:
        return pdfs[0]
    joined = pdfium.PdfDocument.new()
    sources = []
    try:
        for content in pdfs:
            source = pdfium.PdfDocument(content)
            sources.append(source)
            joined.import_pages(source)
        file = BytesIO()
        joined.save(file)
        return file.getvalue()
    finally:
        for source in sources:
            source.close()
        joined.close()
