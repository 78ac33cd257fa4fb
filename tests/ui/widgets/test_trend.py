"""The trend on screen: the same shapes as on paper, laid out anew when its size or its values change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from ivigdesk.sheets.trend.shapes import Mark, Text
from ivigdesk.sheets.trend.values import Trend, TrendPoint
from ivigdesk.ui import theme
from ivigdesk.ui.widgets.trend import TrendView
from ivigdesk.wording import Wording

Show = Callable[[QWidget], QWidget]
TREND = Trend(
    title="IgG, g/L",
    points=(
        TrendPoint(on=date(2026, 2, 20), value=Decimal("3.1")),
        TrendPoint(on=date(2026, 3, 2), value=Decimal("5.4"), kind="trough on treatment", form="square"),
    ),
    today=date(2026, 3, 2),
)


def view(wording: Wording, shown: Show, width: int = 600, height: int = 340) -> TrendView:
    made = TrendView(wording)
    made.resize(width, height)
    made.show_trend(TREND)
    shown(made)
    return made


def test_every_word_lies_inside(english: Wording, shown: Show) -> None:
    made = view(english, shown)
    words = [shape for shape in made.shapes if isinstance(shape, Text)]
    assert {"IgG, g/L", "3.1", "5.4"} <= {text.words for text in words}
    assert all(0 <= text.at[0] <= 600 and 0 <= text.at[1] <= 340 for text in words)


def test_values_are_painted_where_they_lie(english: Wording, shown: Show) -> None:
    made = view(english, shown)
    picture = made.grab().toImage()
    mark = next(shape for shape in made.shapes if isinstance(shape, Mark) and shape.form == "square")
    scale = picture.devicePixelRatio()
    assert picture.pixelColor(int(mark.at[0] * scale), int(mark.at[1] * scale)) == QColor(theme.ACCENT)


def test_another_size_is_laid_out_anew(english: Wording, shown: Show) -> None:
    made = view(english, shown)
    before = made.shapes
    assert made.shapes is before
    made.resize(800, 340)
    assert made.shapes != before


def test_screen_readers_hear_which_test_it_is(english: Wording, shown: Show) -> None:
    made = view(english, shown)
    assert made.accessibleName() == "IgG, g/L"
    made.show_trend(None)
    assert made.shapes == ()
    assert made.accessibleName() == ""
