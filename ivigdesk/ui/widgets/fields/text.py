"""Fields for words: one line, several lines, one of a list, yes or no."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListView, QPlainTextEdit

from ivigdesk.ui import theme
from ivigdesk.ui.widgets.fields.base import Field
from ivigdesk.ui.widgets.labels import PlainLabel, tip
from ivigdesk.ui.widgets.wheel import guard_wheel


class LineField(Field):
    """One line of words, or a number as it was typed, with its unit beside it."""

    def __init__(
        self, name: str, label: str, *, unit: str = "", hint: str = "", required: bool = False, example: str = ""
    ) -> None:
        self.line = QLineEdit()
        super().__init__(name, label, self.line, hint=hint, required=required, spoken_unit=unit)
        self.line.setPlaceholderText(example)
        if unit:
            self.row.addWidget(PlainLabel(unit, "unit"))
        self.line.textEdited.connect(self._note_edit)

    def text(self) -> str:
        """Return what stands in the field, as typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Put `text` into the field; `edited` stays silent."""
        self.line.setText(text)


class TextField(Field):
    """Several lines of words. Tab leaves the field."""

    def __init__(self, name: str, label: str, *, lines: int = 3, hint: str = "", required: bool = False) -> None:
        self.box = QPlainTextEdit()
        super().__init__(name, label, self.box, hint=hint, required=required)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * lines + theme.SPACE_24)
        self._setting = False
        self.box.textChanged.connect(self._note_change)

    def text(self) -> str:
        """Return what stands in the field."""
        return self.box.toPlainText()

    def set_text(self, text: str) -> None:
        """Put `text` into the field; `edited` stays silent."""
        self._setting = True
        self.box.setPlainText(text)
        self._setting = False

    def _note_change(self) -> None:
        if not self._setting:
            self._note_edit()


class ChoiceField(Field):
    """One of a list. The wheel scrolls past it; arrow keys and typing choose.

    Choices are (value, worded text) pairs; values may be anything.
    """

    def __init__(
        self,
        name: str,
        label: str,
        choices: Sequence[tuple[object, str]] = (),
        *,
        hint: str = "",
        required: bool = False,
    ) -> None:
        self.box = QComboBox()
        super().__init__(name, label, self.box, hint=hint, required=required)
        self.box.setView(QListView())  # the style sheet reaches the rows of a list view only
        self.box.view().setAccessibleName(label)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        self._values: list[object] = []
        guard_wheel(self.box)
        self.box.currentTextChanged.connect(self._show_whole)
        self.set_choices(choices)
        self.box.activated.connect(self._note_edit)

    def _show_whole(self, text: str) -> None:
        """Let the tool tip carry what the box may be too narrow for."""
        self.box.setToolTip(tip(text))

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer other choices; the value stays when it is still offered, else the first is chosen."""
        before = self.value()
        self._values = [value for value, _ in choices]
        self.box.clear()
        for index, (_, text) in enumerate(choices):
            self.box.addItem(text)
            self.box.setItemData(index, tip(text), Qt.ItemDataRole.ToolTipRole)
        if before in self._values:
            self.set_value(before)

    def value(self) -> object:
        """Return the chosen value; None when nothing is offered."""
        index = self.box.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def set_value(self, value: object) -> None:
        """Choose `value`; `edited` stays silent.

        Raises:
            ValueError: it is not among the choices.
        """
        self.box.setCurrentIndex(self._values.index(value))


class TickField(Field):
    """Yes or no."""

    def __init__(self, name: str, label: str, text: str, *, hint: str = "") -> None:
        """Make a box with `text` beside it; `label` stands above (empty to line up without one)."""
        self.box = QCheckBox(text.replace("&", "&&"))
        super().__init__(name, label, self.box, hint=hint)
        self.box.setAccessibleName(text)
        self.label.setVisible(bool(label))
        self.box.clicked.connect(self._note_edit)

    def value(self) -> bool:
        """Return whether it is ticked."""
        return self.box.isChecked()

    def set_value(self, ticked: bool) -> None:
        """Tick it or not; `edited` stays silent."""
        self.box.setChecked(ticked)
