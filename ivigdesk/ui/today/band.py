"""How much of the page's height belongs to what stands below the list; known before that is made."""

from __future__ import annotations

_HIGH, _LOW = 268, 200
_MUCH = 700  # pixels of the page from which the list has enough


def band_height(page_height: int) -> int:
    """Return how many pixels of a page's height it takes."""
    return _HIGH if page_height >= _MUCH else _LOW
