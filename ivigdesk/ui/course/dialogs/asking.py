"""A dialog with fields: mistakes stand under them, Enter in a line confirms, and its height fits what it asks."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from ivigdesk.errors import UserMistake, WordedError
from ivigdesk.ui import theme
from ivigdesk.ui.widgets.buttons import Weight
from ivigdesk.ui.widgets.dialogs import AskDialog
from ivigdesk.ui.widgets.fields.base import Field
from ivigdesk.ui.widgets.notices import Notice
from ivigdesk.ui.widgets.screen import room_on_screen
from ivigdesk.wording import Wording

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FormDialog(AskDialog):
    """A question with fields.

    A subclass fills `body`, calls `watch` with its fields and overrides `submit`. Whatever `submit` refuses stands
    under its field, or in the bar, and the dialog stays open.
    """

    def __init__(
        self,
        wording: Wording,
        text: str,
        verb: str,
        *,
        weight: Weight = "primary",
        cancel: str = "",
        width: int = 600,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(wording, text, verb, weight=weight, cancel=cancel, size=QSize(width, 320), parent=parent)
        self._fields: dict[str, Field] = {}

    def watch(self, fields: Iterable[Field]) -> None:
        """Put mistakes of these fields under them."""
        for field in fields:
            self._fields[field.name] = field
            field.edited.connect(self._clear_notice)

    def submit(self) -> None:
        """Do what the verb says.

        Raises:
            WordedError: it cannot be done; the sentence says why.
        """

    def confirm(self) -> None:
        """Do what the verb says and close; stay open with the sentence when it is refused."""
        if not self.confirm_button.isEnabled():
            return
        try:
            self.submit()
        except WordedError as error:
            self.show_refusal(error)
        else:
            self.accept()

    def show_refusal(self, error: WordedError) -> None:
        """Show why it cannot be done: under its field, or in the bar."""
        sentence = self.wording.say_error(error)
        field = self._fields.get(error.field) if isinstance(error, UserMistake) else None
        if field is not None and field.isVisibleTo(self):
            field.show_error(sentence)
            field.focus()
        else:
            self.notices.show_notice(Notice(sentence, "serious"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and isinstance(self.focusWidget(), QLineEdit):
            self.confirm()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height that the content needs, as far as the screen has it."""
        area = self.findChild(QScrollArea)
        if area is None:
            return
        width = self.width() - 2 * theme.SPACE_24
        needed = self.body.heightForWidth(width) if self.body.hasHeightForWidth() else self.body.sizeHint().height()
        around = self.sizeHint().height() - area.sizeHint().height()
        room = room_on_screen(self).height() - theme.SPACE_32
        wanted = max(needed, self.body.sizeHint().height(), self.body.minimumSize().height())
        self.resize(self.width(), min(wanted + around + theme.SPACE_24, room))

    def _clear_notice(self) -> None:
        self.notices.show_notice(None)
