"""Asks where a library file goes to or comes from, and whether one with a known id becomes a new version."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QFileDialog, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.library import own as own_library
from ivigdesk.actions.library.own import HandedIn
from ivigdesk.ui.widgets import ask_which
from ivigdesk.wording import Wording


def hand_over(
    desk: Desk, kind: Literal["regimens", "products"], file_id: str, wording: Wording, parent: QWidget
) -> Path | None:
    """Copy a file to where the nurse says, and return where it lies; None when it was given up.

    Raises:
        KnownError: it cannot be written there.
    """
    _ = wording.gettext
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, _("Give to another ward"), f"{file_id}.toml", _("Library file (*.toml)")
    )
    return own_library.hand_over(desk, kind, file_id, Path(chosen)) if chosen else None


def ask_file(wording: Wording, parent: QWidget) -> str:
    """Return the file that the nurse chose; empty when it was given up."""
    _ = wording.gettext
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Take in from another ward"), "", _("Library file (*.toml)"))
    return chosen


def take_in(desk: Desk, path: Path, wording: Wording, parent: QWidget) -> HandedIn | None:
    """Take a file in, and return it; None when the nurse did not want it in place of the known one.

    Raises:
        KnownError: the file is refused; the sentence says why.
    """
    taken = own_library.take_in(desk, path)
    if taken.is_stored:
        return taken
    _ = wording.gettext
    sentence = _(
        "The library has “{id}” in version {version} with another content. Take the file “{file}” as a new version? "
        "The version before is kept, and courses keep what they were made with."
    ).format(id=taken.record.id, version=taken.known_version, file=path.name)
    verbs = ((_("Take as a new version"), "primary"), (_("Leave as it is"), "secondary"))
    if ask_which(_("This id is known"), sentence, verbs, parent) != 0:  # type: ignore[arg-type]
        return None
    return own_library.take_in(desk, path, as_new_version=True)
