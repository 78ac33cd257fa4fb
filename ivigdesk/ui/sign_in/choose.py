"""Choose your name from the ward's list, or add it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from ivigdesk.actions import desk as at_desk
from ivigdesk.actions.desk import Desk
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.ui import theme
from ivigdesk.ui.widgets import FormErrors, LineField, Notice, PlainLabel, primary_button, secondary_button
from ivigdesk.wording import Wording


class NameList(QListWidget):
    """A list of names that says when Enter is pressed on one; Qt itself does so on some platforms only.

    Signals:
        entered_name(): Enter was pressed.
    """

    entered_name = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_name.emit()
            return
        super().keyPressEvent(event)


class ChooseNurse(QWidget):
    """The names of the ward; Enter continues with the marked one.

    Signals:
        signed_in(): the nurse is on duty.
        noticed(Notice | None): why not.
    """

    signed_in = Signal()
    noticed = Signal(object)

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wording = wording
        _ = wording.gettext
        self.names = NameList()
        self.names.setAccessibleName(_("Nurses of this ward"))
        self.go_on = primary_button(_("Continue"))
        self.new_name = LineField("nurse", _("Not on the list? Your name as on signatures"))
        self.add = secondary_button(_("Add my name"))
        self._errors = FormErrors((self.new_name,), wording, self)
        self._arrange()
        self.go_on.clicked.connect(self._continue)
        self.names.entered_name.connect(self._continue)
        self.names.itemDoubleClicked.connect(self._continue)
        self.add.clicked.connect(self._add)
        self.new_name.line.returnPressed.connect(self._add)
        self._show_names()

    def start(self) -> None:
        """Put the cursor on the first name."""
        self.names.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_12)
        column.addWidget(PlainLabel(self._wording.gettext("Who is on duty?"), "heading"))
        column.addWidget(
            PlainLabel(self._wording.gettext("Your name stands beside everything that you record."), "muted", wrap=True)
        )
        column.addWidget(self.names)
        column.addWidget(self.go_on)
        column.addSpacing(theme.SPACE_8)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        row.addWidget(self.new_name, 1)
        column.addLayout(row)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_names(self, chosen: str = "") -> None:
        self.names.clear()
        for number, nurse in enumerate(at_desk.nurses(self._desk)):
            self.names.addItem(nurse.name)
            self.names.item(number).setSizeHint(QSize(0, theme.TARGET))
            if nurse.name == chosen or (number == 0 and not chosen):
                self.names.setCurrentRow(number)
        rows = min(max(self.names.count(), 2), 6)
        self.names.setFixedHeight(rows * theme.TARGET + theme.SPACE_16)

    def _continue(self) -> None:
        if self.names.currentRow() < 0:
            return
        name = self.names.currentItem().text()
        try:
            at_desk.sign_in(self._desk, name)
        except (KnownError, UserMistake) as error:
            self.noticed.emit(Notice(self._wording.say_error(error), "serious"))
            return
        self.signed_in.emit()

    def _add(self) -> None:
        try:
            nurse = at_desk.add_nurse(self._desk, self.new_name.text())
        except UserMistake as mistake:
            self._errors.show_mistakes((mistake,))
            return
        except KnownError as error:
            self.noticed.emit(Notice(self._wording.say_error(error), "serious"))
            return
        self.new_name.set_text("")
        self._show_names(nurse.name)
        self.names.setFocus(Qt.FocusReason.OtherFocusReason)
