"""Say that a record was entered in error: nothing takes its place, and it stays in the history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.widgets import LineField, PlainLabel
from ivigdesk.wording import Wording


class WithdrawDialog(FormDialog):
    """What is withdrawn, and why."""

    def __init__(
        self, what: str, act: Callable[[str], object], wording: Wording, parent: QWidget | None = None
    ) -> None:
        """Ask for the reason; `act` is called with it and may refuse."""
        _ = wording.gettext
        super().__init__(
            wording, _("Entered in error?"), _("Mark as entered in error"), weight="danger-filled", parent=parent
        )
        self._act = act
        self.reason = LineField("reason", _("Reason"), required=True)
        self.body.addWidget(PlainLabel(what, "strong", wrap=True))
        self.body.addWidget(
            PlainLabel(
                _("It no longer counts for any rule. It stays in the history, with your name and the reason."),
                wrap=True,
            )
        )
        self.body.addWidget(self.reason)
        self.watch((self.reason,))
        self.reason.focus()

    @classmethod
    def ask(cls, what: str, act: Callable[[str], object], wording: Wording, parent: QWidget | None = None) -> bool:
        """Return whether it was withdrawn."""
        return bool(cls(what, act, wording, parent).exec())

    def submit(self) -> None:
        self._act(self.reason.text())

    def has_unsaved(self) -> bool:
        return bool(self.reason.text().strip())
