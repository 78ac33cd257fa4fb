"""The look as values: colours, spaces, sizes, tones, palette and fonts; no colour or size is written elsewhere."""

from __future__ import annotations

from typing import Final, Literal

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ivigdesk import resources

GROUND: Final = "#F4F6F9"
CARD: Final = "#FFFFFF"
LINE: Final = "#D8E0E8"
FIELD_LINE: Final = "#7F8F9F"  # the border of a control: 3:1 on a card
FAINT: Final = "#F8FAFC"
INK: Final = "#16212C"
SECOND_INK: Final = "#4A5A6A"
ACCENT: Final = "#0B5CAD"
ACCENT_DARK: Final = "#084A8C"
ACCENT_GROUND: Final = "#E5F0FB"
RAIL: Final = "#12314F"
RAIL_CHOSEN: Final = "#22507C"
BANNER: Final = "#0E2740"
ON_DARK: Final = "#FFFFFF"
ON_DARK_SECOND: Final = "#C3D2E0"
FOCUS_ON_DARK: Final = "#FFD35C"
DISABLED_INK: Final = "#6B7A88"
DISABLED_GROUND: Final = "#EDF1F5"

SPACE_4: Final = 4
SPACE_8: Final = 8
SPACE_12: Final = 12
SPACE_16: Final = 16
SPACE_24: Final = 24
SPACE_32: Final = 32

RADIUS: Final = 8
RADIUS_CARD: Final = 12
FOCUS_WIDTH: Final = 2

TEXT: Final = 15
SMALL: Final = 13
HEADING: Final = 17
TITLE: Final = 22
AMOUNT: Final = 26
RATE: Final = 44

TARGET: Final = 38
BEDSIDE_TARGET: Final = 48
RAIL_WIDTH: Final = 96
TABLE_ROW: Final = 44
TABLE_ROW_TWO_LINES: Final = 60
FIELD_WIDTH: Final = 480

FONT_FAMILY: Final = "Noto Sans SC"
_PROPORTIONAL: Final = QFont.Tag("pwid")

Tone = Literal["plain", "accent", "given", "attention", "serious", "hold", "running"]


class ToneColours(msgspec.Struct, frozen=True):
    """Ink and ground that belong together; the ink is legible (4.5:1) on the ground and on a card."""

    ink: str
    ground: str


TONES: Final[dict[Tone, ToneColours]] = {
    "plain": ToneColours(SECOND_INK, "#E9EEF3"),
    "accent": ToneColours(ACCENT, ACCENT_GROUND),
    "given": ToneColours("#17703F", "#E3F4EA"),
    "attention": ToneColours("#7A4B00", "#FFF1CC"),
    "serious": ToneColours("#B3261E", "#FDE8E6"),
    "hold": ToneColours("#5A3A9E", "#EEE9FA"),
    "running": ToneColours("#006670", "#DCF2F4"),
}


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def font(size: int = TEXT, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the program's font at `size` logical pixels, for painters, set for the language of the window."""
    chosen = QFont(QGuiApplication.font())
    chosen.setFamily(FONT_FAMILY)
    chosen.setPixelSize(size)
    chosen.setWeight(weight)
    return chosen


def speak(app: QApplication, language: str) -> None:
    """Set the letters for a language; widgets made from now on show it.

    In English the font's quotation marks would be as wide as a Chinese character; in Chinese they, the comma and the
    brackets have to be.
    """
    chosen = font()
    if language == "en":
        chosen.setFeature(_PROPORTIONAL, 1)
    else:
        chosen.unsetFeature(_PROPORTIONAL)
    if chosen != app.font():  # else every widget would be dressed again for nothing
        app.setFont(chosen)


def palette() -> QPalette:
    """Return the palette that painters and standard dialogs read."""
    colours = QPalette()
    roles = {
        QPalette.ColorRole.Window: GROUND,
        QPalette.ColorRole.Base: CARD,
        QPalette.ColorRole.AlternateBase: FAINT,
        QPalette.ColorRole.Text: INK,
        QPalette.ColorRole.WindowText: INK,
        QPalette.ColorRole.Button: CARD,
        QPalette.ColorRole.ButtonText: INK,
        QPalette.ColorRole.Highlight: ACCENT,
        QPalette.ColorRole.HighlightedText: ON_DARK,
        QPalette.ColorRole.Link: ACCENT,
        QPalette.ColorRole.ToolTipBase: INK,
        QPalette.ColorRole.ToolTipText: ON_DARK,
        QPalette.ColorRole.PlaceholderText: SECOND_INK,
        QPalette.ColorRole.Mid: LINE,
    }
    for role, colour in roles.items():
        colours.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        colours.setColor(QPalette.ColorGroup.Disabled, role, QColor(DISABLED_INK))
    return colours


def load_fonts() -> None:
    """Make the bundled font known to Qt; without the files the platform's own font stands in."""
    if FONT_FAMILY in QFontDatabase.families():
        return
    for path in resources.files("fonts", ".ttf"):
        QFontDatabase.addApplicationFont(str(path))


def install(app: QApplication) -> None:
    """Dress the application: style, font, palette and style sheet. Doing it twice changes nothing."""
    from ivigdesk.ui.style_sheet import style_sheet  # late: it is built from this module's values

    load_fonts()
    if app.style().name().casefold() != "fusion":  # setting it again would dress everything again
        app.setStyle("Fusion")
    speak(app, "en")
    app.setPalette(palette())
    app.setStyleSheet(style_sheet())


def set_look(widget: QWidget, look: str) -> None:
    """Give a widget the look that the style sheet knows by this word, at once even when it is on screen."""
    if widget.property("look") == look:
        return
    widget.setProperty("look", look)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        polish_again(widget)


def polish_again(widget: QWidget) -> None:
    """Dress a widget anew, because its own look or that of the widget around it has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    # Polishing alone leaves a label the margins of its look before.
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
    widget.update()


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.03928 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
