"""Keys that press buttons."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton


def press_with(button: QAbstractButton, keys: str) -> None:
    """Let `keys` (`Ctrl+Return`) press `button` while it is visible and enabled, and say so in its tool tip.

    Qt's own `setShortcut` waits a tenth of a second before it clicks, and forgets the keys when the text changes.
    """
    sequence = QKeySequence(keys)
    shortcut = QShortcut(sequence, button)
    shortcut.activated.connect(button.click)
    button.setToolTip(sequence.toString(QKeySequence.SequenceFormat.NativeText))
