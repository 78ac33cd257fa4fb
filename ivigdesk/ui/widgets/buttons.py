"""Buttons: a verb, one of four weights, at least 38 px high, never the default of a dialog by accident."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QWidget

from ivigdesk.ui import icons, theme

Weight = Literal["primary", "secondary", "danger", "danger-filled", "quiet"]

_INK: dict[str, str] = {
    "primary": theme.ON_DARK,
    "secondary": theme.INK,
    "danger": theme.TONES["serious"].ink,
    "danger-filled": theme.ON_DARK,
    "quiet": theme.ACCENT,
}


class Button(QPushButton):
    """A button with a verb on it.

    Args of the constructor:
        text: the verb; an ampersand in it is shown, not read as a shortcut.
        weight: `primary` is filled and stands at most once on a page, for the thing to do next.
        picture: name of an icon before the text; may be empty.
        name: accessible name where the text alone does not say enough (“Start dose 3 of LI, Na”).
        bedside: True for the larger targets of the running infusion.
    """

    def __init__(
        self,
        text: str,
        weight: Weight = "secondary",
        *,
        picture: str = "",
        name: str = "",
        bedside: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setIconSize(QSize(18, 18))
        self._picture = picture
        if bedside:
            self.setProperty("bedside", "true")
        self.show_weight(weight)
        self.show_text(text)
        if name:
            self.setAccessibleName(name)

    def show_weight(self, weight: Weight) -> None:
        """Give it more or less weight: the thing to do next changes as the work goes on."""
        theme.set_look(self, weight)
        if self._picture:
            self.setIcon(icons.icon(self._picture, _INK[weight], 18))

    def show_text(self, text: str) -> None:
        """Put `text` on the button, literally."""
        space = " " if not self.icon().isNull() and text else ""
        keys = self.shortcut()
        self.setText(space + text.replace("&", "&&"))
        self.setShortcut(keys)  # Qt forgets it when the text changes
        self.setAccessibleName(text)


def primary_button(text: str, *, picture: str = "", name: str = "") -> Button:
    """Return the one filled button of a page: the thing to do next."""
    return Button(text, "primary", picture=picture, name=name)


def secondary_button(text: str, *, picture: str = "", name: str = "") -> Button:
    """Return an outlined button."""
    return Button(text, "secondary", picture=picture, name=name)


def danger_button(text: str, *, picture: str = "", name: str = "") -> Button:
    """Return a red outlined button, for stopping and giving up."""
    return Button(text, "danger", picture=picture, name=name)


def quiet_button(text: str, *, picture: str = "", name: str = "") -> Button:
    """Return a button without a frame, for a side path."""
    return Button(text, "quiet", picture=picture, name=name)
