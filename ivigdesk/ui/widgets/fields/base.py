"""What every field is: a label above, a control, a hint below it, and a sentence when the value cannot be taken."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from ivigdesk.ui import theme
from ivigdesk.ui.widgets.labels import PlainLabel


class Field(QWidget):
    """A labelled control of a form.

    Attributes:
        name: the record's field name, as `UserMistake.field` gives it.
        control: the widget that takes the focus.

    Signals:
        edited(): a person changed the value; never emitted by `set_...` methods.
        left(): the focus left the control.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self, name: str, label: str, control: QWidget, *, hint: str = "", required: bool = False, spoken_unit: str = ""
    ) -> None:
        """Put `label` above `control` and tie them together for screen readers.

        Args:
            name: the record's field name.
            label: worded; a needed field gets a star after it.
            control: the widget that takes the focus.
            hint: worded sentence under the control; may be empty.
            required: True shows the star.
            spoken_unit: unit that is read with the name.
        """
        super().__init__()
        self.name = name
        self.control = control
        self.required = required
        self._hint = hint
        self.label = PlainLabel(f"{label}\u00a0*" if required else label, "label")
        self.label.setBuddy(control)
        control.setAccessibleName(f"{label}, {spoken_unit}" if spoken_unit else label)
        self.setFocusProxy(control)
        control.installEventFilter(self)
        self.below = PlainLabel(hint, "hint", wrap=True)
        if not hint:
            self.below.hide()  # never shown here: without a parent it would open as a window of its own
        self.row = QHBoxLayout()
        self.row.setSpacing(theme.SPACE_8)
        self.row.addWidget(control, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self.label)
        column.addLayout(self.row)
        column.addWidget(self.below)
        # Room that is left goes below, but the field does not ask for any.
        column.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred))
        column.setStretch(3, 1)

    def show_error(self, sentence: str) -> None:
        """Show under the control why its value cannot be taken, and mark the control."""
        theme.set_look(self.control, "wrong")
        self._show_below(sentence, "error")
        self.control.setAccessibleDescription(sentence)

    def clear_error(self) -> None:
        """Take the sentence away; the hint comes back."""
        theme.set_look(self.control, "")
        self._show_below(self._hint, "hint")
        self.control.setAccessibleDescription(self._hint)

    def show_hint(self, sentence: str, *, caution: bool = False) -> None:
        """Say something else under the control; an error that stands there goes away."""
        self._hint = sentence
        theme.set_look(self.control, "")
        self._show_below(sentence, "caution" if caution else "hint")
        self.control.setAccessibleDescription(sentence)

    @property
    def error(self) -> str:
        """The error sentence that stands under the control; empty when none does."""
        return self.below.text() if self.below.property("look") == "error" else ""

    def focus(self) -> None:
        """Put the cursor into the control."""
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.control
            and isinstance(event, QFocusEvent)
            and event.type() == QEvent.Type.FocusOut
            and event.reason() != Qt.FocusReason.PopupFocusReason
        ):
            self.left.emit()
        return super().eventFilter(watched, event)

    def _show_below(self, sentence: str, look: str) -> None:
        self.below.setText(sentence)
        theme.set_look(self.below, look)
        self.below.setVisible(bool(sentence))

    def _note_edit(self) -> None:
        if self.error:
            self.clear_error()
        self.edited.emit()
