"""How far a change goes, and what later doses count from: one choice below the other, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from ivigdesk.messages import N_
from ivigdesk.scheduling.changes.slots import Grid, Reach
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.keys import press_with
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
GRIDS: tuple[tuple[Grid, str, str], ...] = (
    ("re-anchor", N_("Count from the new date"), "Alt+N"),
    ("keep", N_("Keep the days of the rhythm"), "Alt+K"),
)


class ReachChoice(QWidget):
    """The reach as a list of buttons, and below it the grid where the reach lets it matter.

    Signals:
        changed(): a person chose another one.
    """

    changed = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self._reaches: tuple[Reach, ...] = ()
        self._words: dict[Reach, str] = {}
        self._moves = False
        self.reaches = QButtonGroup(self)
        self.grids = QButtonGroup(self)
        self.question = PlainLabel(_("How far? Up and Down choose."), "label", wrap=True)
        self.grid_question = PlainLabel(
            _("And the doses after it? Left and Right, or Alt+N and Alt+K, choose."), "label", wrap=True
        )
        self.error = PlainLabel("", "error", wrap=True)
        self._column = bare(QVBoxLayout(self), theme.SPACE_4)
        self._lay_out()
        self.reaches.idClicked.connect(self._choose)
        self.grids.idClicked.connect(self._choose)

    def offer(self, reaches: Sequence[tuple[Reach, str]], chosen: Reach | None, grid: Grid, *, moves: bool) -> None:
        """Offer these reaches, each with its word; `moves` says whether what later doses count from is a question."""
        self._reaches = tuple(reach for reach, _word in reaches)
        self._words = dict(reaches)
        self._moves = moves
        for index, button in enumerate(self.reaches.buttons()):
            button.setVisible(index < len(self._reaches))
        if chosen in self._reaches:
            self.reaches.button(self._reaches.index(chosen)).setChecked(True)
        self.grids.button(int(grid == "keep")).setChecked(True)
        self.setVisible(bool(self._reaches))
        self._show_words()

    def offers(self, reach: Reach) -> bool:
        """Return whether this reach may be chosen."""
        return reach in self._reaches

    def show_left_out(self, n: int | None) -> None:
        """Say beside the reach that keeps the end how many doses it leaves out; None where that is not known."""
        if "keep-end" not in self._reaches:
            return
        word = self._wording.gettext("Keep the end date")
        if n is not None:
            word = self._wording.ngettext("Keep the end date ({n} fewer)", "Keep the end date ({n} fewer)", n)
            word = word.format(n=n)
        self._words["keep-end"] = word
        self._show_words()

    def show_error(self, sentence: str) -> None:
        """Say why this reach cannot be taken; an empty sentence takes it away."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def reach(self) -> Reach | None:
        """Return the chosen reach; None where there is nothing to choose."""
        return self._reaches[self.reaches.checkedId()] if self._reaches and self.reaches.checkedId() >= 0 else None

    def grid(self) -> Grid | None:
        """Return what later doses count from; None where it does not matter."""
        matters = self._moves and self.reach() not in (None, "this")
        return GRIDS[self.grids.checkedId()][0] if matters else None

    def step(self, steps: int) -> None:
        """Choose the reach so many places further down."""
        if self._reaches:
            self._click(self.reaches, (self.reaches.checkedId() + steps) % len(self._reaches))

    def turn(self) -> None:
        """Choose the other grid."""
        if self.grid() is not None:
            self._click(self.grids, 1 - self.grids.checkedId())

    def _click(self, group: QButtonGroup, index: int) -> None:
        had_focus = any(button.hasFocus() for button in group.buttons())
        group.button(index).click()
        if had_focus:
            group.button(index).setFocus()

    def _choose(self) -> None:
        self.show_error("")
        self._show_words()
        self.changed.emit()

    def _show_words(self) -> None:
        for index, reach in enumerate(self._reaches):
            _mark(self.reaches.button(index), self._words[reach])
        shows_grid = self.grid() is not None
        self.grid_question.setVisible(shows_grid)
        for index, (_grid, word, _keys) in enumerate(GRIDS):
            _mark(self.grids.button(index), self._wording.gettext(word))
            self.grids.button(index).setVisible(shows_grid)

    def _lay_out(self) -> None:
        self._column.addWidget(self.question)
        for index in range(4):
            self._add(self.reaches, index)
        self._column.addWidget(self.error)
        self._column.addSpacing(theme.SPACE_8)
        self._column.addWidget(self.grid_question)
        for index, (_grid, _word, keys) in enumerate(GRIDS):
            press_with(self._add(self.grids, index), keys)
        self.show_error("")

    def _add(self, group: QButtonGroup, index: int) -> Button:
        button = _Choice()
        group.addButton(button, index)
        self._column.addWidget(button)
        return button


class _Choice(Button):
    """One of several; the arrow keys are the dialog's."""

    def __init__(self) -> None:
        super().__init__("")
        self.setCheckable(True)
        self.setStyleSheet("text-align: left;")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)


def _mark(button: object, word: str) -> None:
    """Write the word on a button, with the sign of what is chosen."""
    if not isinstance(button, Button):
        raise TypeError("no button of a choice")
    sign = "●" if button.isChecked() else "○"
    button.show_text(f"{sign}\u2002{word}")
    button.setAccessibleName(word)
