"""The grades of one term as buttons, each with its definition on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ivigdesk.clinical.infusions.side_effects import GradeWords
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

_USUAL_WIDTH = 420


class GradeButton(QPushButton):
    """One grade: its number, and its definition on as many lines as it needs."""

    def __init__(self, words: GradeWords, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grade = words.grade
        self.setCheckable(True)
        self.setAutoDefault(False)
        said = wording.text(words.words)
        self.setAccessibleName(wording.gettext("Grade {grade}: {words}").format(grade=words.grade, words=said))
        self._number = PlainLabel("", "heading")
        self._words = PlainLabel(said, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_12, theme.SPACE_4, theme.SPACE_12, theme.SPACE_4)
        row.setSpacing(theme.SPACE_12)
        row.addWidget(self._number)
        row.addWidget(self._words, 1)
        for label in (self._number, self._words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.toggled.connect(self._show_chosen)
        self._show_chosen()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return max(layout.heightForWidth(width) if layout is not None else 0, theme.TARGET)

    def sizeHint(self) -> QSize:
        return QSize(_USUAL_WIDTH, self.heightForWidth(_USUAL_WIDTH))

    def minimumSizeHint(self) -> QSize:
        return QSize(_USUAL_WIDTH // 2, self.heightForWidth(self.width()))

    def _show_chosen(self) -> None:
        sign = "●" if self.isChecked() else "○"
        self._number.setText(f"{sign}\u2002{self.grade}")


class GradeButtons(QWidget):
    """The grades that a term has, ascending. None is chosen for the nurse.

    Attributes:
        group: the buttons by grade; its `idClicked` tells that somebody chose.
        error: what is wrong with the choice.
    """

    def __init__(self, grades: Sequence[GradeWords], wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = QButtonGroup(self)
        self.error = PlainLabel("", "error", wrap=True)
        column = bare(QVBoxLayout(self), theme.SPACE_4)
        numbers = wording.ranges(words.grade for words in grades)
        column.addWidget(PlainLabel(wording.gettext("Grade (CTCAE), keys {numbers}").format(numbers=numbers), "label"))
        for words in grades:
            button = GradeButton(words, wording)
            self.group.addButton(button, words.grade)
            column.addWidget(button)
        column.addWidget(self.error)
        self.error.hide()

    def chosen(self) -> int:
        """Return the chosen grade; 0 while none is."""
        return max(self.group.checkedId(), 0)

    def choose(self, grade: int) -> bool:
        """Choose a grade without telling anybody; return whether the term has it."""
        if all(self.group.id(button) != grade for button in self.group.buttons()):
            return False
        self.group.button(grade).setChecked(True)
        self.show_error("")
        return True

    def show_error(self, sentence: str) -> None:
        """Say below the buttons what is wrong; an empty sentence takes it away."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def focus(self) -> None:
        """Put the cursor on the chosen grade, or on the first one."""
        button = self.group.checkedButton() or self.group.buttons()[0]
        button.setFocus(Qt.FocusReason.OtherFocusReason)
