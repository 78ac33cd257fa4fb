"""A nurse at the window: finds controls by the name that a screen reader says, types, presses, reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from ivigdesk.ui.main_window import MainWindow

_Control = TypeVar("_Control", bound=QWidget)

DIALOG_OPENS_WITHIN_MS = 5000
SURPRISE_AFTER_MS = 500
MOST_TABS = 60


class Nurse:
    """Works the real window with keys and clicks.

    Attributes:
        window: the main window.
    """

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self._qtbot = qtbot
        self._expects_dialog = False

    def press(self, name: str) -> None:
        """Click the button called `name`."""
        button = self.find(QAbstractButton, name)
        if not button.isEnabled():
            raise AssertionError(f"“{name}” cannot be pressed")
        surprises: list[str] = []
        guard = QTimer()
        guard.timeout.connect(lambda: self._close_surprise(surprises))
        guard.start(SURPRISE_AFTER_MS)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        guard.stop()
        if surprises:
            raise AssertionError(f"“{name}” opened a dialog that nobody works in: {surprises[0]}")
        self.settle()

    def can_press(self, name: str) -> bool:
        """Whether there is a button called `name` that can be pressed."""
        return any(button.isEnabled() and _told(button).startswith(name) for button in self._all(QAbstractButton))

    def type(self, name: str, text: str) -> None:
        """Put `text` into the field called `name`, key by key."""
        field = self._field(name)
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_Delete)
        self.write(text)

    def choose(self, name: str, item: str) -> None:
        """Choose the item that begins with `item`, with the arrow keys."""
        box = self.find(QComboBox, name)
        items = [box.itemText(place) for place in range(box.count())]
        index = next((place for place, text in enumerate(items) if text.startswith(item)), None)
        if index is None:
            raise AssertionError(f"“{name}” does not offer “{item}”, but {items}")
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _ in range(index):
            QTest.keyClick(box, Qt.Key.Key_Down)
        self.settle()

    def tick_everything(self) -> None:
        """Tick every box in view."""
        for box in self._all(QCheckBox):
            if not box.isChecked():
                box.setFocus()
                QTest.keyClick(box, Qt.Key.Key_Space)
        self.settle()

    def open_row(self, table: str, text: str) -> None:
        """Open the row of a table whose text holds `text`, with Enter."""
        view = self.select_row(table, text)
        QTest.keyClick(view, Qt.Key.Key_Return)
        self.settle()

    def select_row(self, table: str, text: str) -> QAbstractItemView:
        """Go to the row of a table whose text holds `text`; return the table."""
        view = self.find(QAbstractItemView, table)
        model = view.model()
        for row in range(model.rowCount()):
            if text in _row_text(view, row):
                view.setFocus()
                view.setCurrentIndex(model.index(row, 0))
                self.settle()
                return view
        raise AssertionError(f"no row of “{table}” holds “{text}”")

    def read_row(self, table: str, text: str) -> str:
        """Return all that stands in the row of a table whose text holds `text`."""
        view = self.select_row(table, text)
        return _row_text(view, view.currentIndex().row())

    def in_dialog(self, opens: Callable[[], None], *does: Callable[[], None]) -> None:
        """Do something that opens a dialog, and work in it; with several, one dialog follows the other.

        Each must be closed by what is done in it; a dialog from which it was opened stays.
        """
        left = list(does)
        outer = QApplication.activeModalWidget()
        expected = self._expects_dialog
        failed: list[BaseException] = []
        waited = 0

        def look() -> None:
            nonlocal waited
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog) or dialog is outer:
                waited += 20
                if self._expects_dialog and waited < DIALOG_OPENS_WITHIN_MS:
                    QTimer.singleShot(20, look)
                return
            try:
                left.pop(0)()
            except (AssertionError, StopIteration) as error:
                failed.append(error)
            finally:
                still = QApplication.activeModalWidget()
                if isinstance(still, QDialog) and still is not outer and (failed or still is dialog or not left):
                    failed.append(AssertionError("a dialog stayed open: " + " · ".join(self._texts(still))))
                    still.done(0)
            if left and not failed:
                QTimer.singleShot(0, look)

        QTimer.singleShot(0, look)
        self._expects_dialog = True
        try:
            opens()
        finally:
            self._expects_dialog = expected
        if failed:
            raise failed[0]
        if left:
            raise AssertionError("no dialog opened")
        self.settle()

    def rows(self, table: str) -> list[str]:
        """Return all that stands in a table, row by row."""
        view = self.find(QAbstractItemView, table)
        return [_row_text(view, row) for row in range(view.model().rowCount())]

    def turn_to(self, tab: str) -> None:
        """Click the tab whose words begin with `tab`."""
        for bar in self._all(QTabBar):
            for index in range(bar.count()):
                if bar.isTabVisible(index) and bar.tabText(index).startswith(tab):
                    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(index).center())
                    self.settle()
                    return
        raise AssertionError(f"there is no tab “{tab}”")

    def wait_for_tab(self, tab: str) -> None:
        """Wait until there is a tab whose words begin with `tab`, and click it."""
        self._qtbot.waitUntil(
            lambda: any(
                bar.tabText(index).startswith(tab) for bar in self._all(QTabBar) for index in range(bar.count())
            ),
            timeout=5000,
        )
        self.turn_to(tab)

    def press_key(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the cursor is; in a menu that is open, there."""
        popup = QApplication.activePopupWidget()
        if popup is None and not self._here.isActiveWindow():
            with self._qtbot.waitActive(self._here):  # no window manager does it here
                self._here.activateWindow()
        QTest.keyClick(popup or self._here.focusWidget() or self._here, key, keys)
        self.settle()

    def press_keys(self, *keys: Qt.Key) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.press_key(key)

    def write(self, text: str) -> None:
        """Type `text` where the cursor is."""
        here = self._here.focusWidget()
        if not isinstance(here, QLineEdit | QPlainTextEdit):
            raise AssertionError(f"nothing can be typed here: {here}")
        if text.isascii():
            QTest.keyClicks(here, text)
        elif isinstance(here, QLineEdit):
            here.insert(text)  # an input method, not keys, makes Chinese characters
        else:
            here.insertPlainText(text)
        self.settle()

    def tab_to(self, name: str) -> None:
        """Press Tab until the cursor is at the control called `name`."""
        seen = []
        for _press in range(MOST_TABS):
            here = self._here.focusWidget()
            if here is not None and _told(here).startswith(name):
                return
            seen.append("" if here is None else _told(here))
            self.press_key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to “{name}”, but to {seen}")

    def texts(self) -> list[str]:
        """Return every visible text."""
        return self._texts(self._here)

    def sees(self, text: str) -> bool:
        """Whether some visible text holds `text`."""
        return any(text in seen for seen in self._texts(self._here))

    def wait_to_see(self, text: str) -> None:
        """Wait until some visible text holds `text`."""
        try:
            self._qtbot.waitUntil(lambda: self.sees(text), timeout=5000)
        except TimeoutError:
            raise AssertionError(f"“{text}” is not seen: " + " · ".join(self.texts())) from None

    def wait_not_to_see(self, text: str) -> None:
        """Wait until no visible text holds `text` any more."""
        self._qtbot.waitUntil(lambda: not self.sees(text), timeout=5000)

    def settle(self) -> None:
        """Let the window do what follows from a key or click."""
        for _ in range(3):
            QApplication.processEvents()

    def _close_surprise(self, surprises: list[str]) -> None:
        """Close a dialog that no journey works in: it would wait for ever."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and not self._expects_dialog:
            surprises.append(" · ".join(self._texts(dialog)))
            dialog.done(0)

    @property
    def _here(self) -> QWidget:
        return QApplication.activeModalWidget() or self.window

    def _texts(self, root: QWidget) -> list[str]:
        found = [label.text() for label in root.findChildren(QLabel) if label.isVisible()]
        found += [button.text() for button in root.findChildren(QAbstractButton) if button.isVisible()]
        return [text.replace("\u00a0", " ") for text in found]

    def _all(self, kind: type[_Control]) -> list[_Control]:
        return [control for control in self._here.findChildren(kind) if control.isVisible()]

    def find(self, kind: type[_Control], name: str) -> _Control:
        """Return the visible control of a kind that is called `name`, or else whose name begins with it."""
        controls = self._all(kind)
        exactly = [control for control in controls if _told(control) == name]
        nearly = [control for control in controls if _told(control).startswith(name)]
        for control in (*exactly, *nearly):
            return control
        raise AssertionError(f"there is no “{name}”; there are {[_told(control) for control in controls]}")

    def _field(self, name: str) -> QLineEdit | QPlainTextEdit:
        try:
            return self.find(QLineEdit, name)
        except AssertionError:
            return self.find(QPlainTextEdit, name)


def _row_text(view: QAbstractItemView, row: int) -> str:
    model = view.model()
    texts = (model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(model.columnCount()))
    return " ".join(str(text or "") for text in texts).replace("\u00a0", " ")


def _told(control: QWidget) -> str:
    """Return how a screen reader calls a control, with usual spaces."""
    text = control.text() if isinstance(control, QAbstractButton) else ""
    return (control.accessibleName() or text).replace("\u00a0", " ")
