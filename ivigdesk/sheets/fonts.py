"""The sheets' one typeface in three weights, read once per process and embedded in every file."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ivigdesk import resources
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, message

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "NotoSansSC-Regular"
MEDIUM = "NotoSansSC-Medium"
BOLD = "NotoSansSC-Bold"

_ENDLESS = 50_000
_PER_EM = 1000


@cache
def font(name: str) -> TTFont:
    """Return the font `name` (one of the three above), registered with ReportLab on first use.

    Raises:
        KnownError: the font's file is not installed or cannot be read.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        loaded = TTFont(name, str(resources.folder("fonts", f"{name}.ttf")))
    except (OSError, TTFError) as error:
        raise KnownError(
            message(
                N_("The font {name} is not installed, so that nothing was printed. Install the program again."),
                name=name,
            )
        ) from error
    pdfmetrics.registerFont(loaded)
    return loaded


def has_glyph(character: str) -> bool:
    """Whether the typeface can print `character`; its three weights carry the same characters."""
    glyphs: dict[int, int] = font(REGULAR).face.charToGlyph
    return bool(glyphs.get(ord(character), 0))


@lru_cache(maxsize=_ENDLESS)
def _em_width(text: str, name: str) -> float:
    return float(font(name).stringWidth(text, _PER_EM))


def width(text: str, name: str, size: float) -> float:
    """Return the printed width of `text` in points."""
    return _em_width(text, name) * size / _PER_EM
