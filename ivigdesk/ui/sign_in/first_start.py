"""The first start of an empty ward: its name, and the first nurse."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.actions import desk as at_desk
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.words import one_line
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.ui import theme
from ivigdesk.ui.widgets import FormErrors, LineField, Notice, PlainLabel, primary_button
from ivigdesk.wording import Wording


class FirstStart(QWidget):
    """Asks for the ward's name and the first nurse, and begins.

    Signals:
        signed_in(): ward and nurse are stored, and the nurse is on duty.
        noticed(Notice | None): why not.
    """

    signed_in = Signal()
    noticed = Signal(object)

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wording = wording
        _ = wording.gettext
        self.ward = LineField("ward", _("Name of the ward"), hint=_("As printed on the sheets"), required=True)
        self.nurse = LineField("nurse", _("Your name"), hint=_("As on signatures"), required=True)
        self.begin = primary_button(_("Begin"))
        self._errors = FormErrors((self.ward, self.nurse), wording, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_12)
        column.addWidget(PlainLabel(_("This ward's file is new and empty."), "heading"))
        for widget in (self.ward, self.nurse, self.begin):
            column.addWidget(widget)
        self.begin.clicked.connect(self._begin)
        self.ward.line.returnPressed.connect(self.nurse.focus)
        self.nurse.line.returnPressed.connect(self._begin)

    def start(self) -> None:
        """Put the cursor into the first field."""
        self.ward.focus()

    def _begin(self) -> None:
        try:
            self._store()
        except UserMistake as mistake:
            self._errors.show_mistakes((mistake,))
            return
        except KnownError as error:
            self.noticed.emit(Notice(self._wording.say_error(error), "serious"))
            return
        self.signed_in.emit()

    def _store(self) -> None:
        name = self.ward.text().strip()
        if not any(nurse.name == self.nurse.text().strip() for nurse in at_desk.nurses(self._desk)):
            one_line(name, field="ward", name=message(N_("Ward")), most=60, required=True)
            at_desk.add_nurse(self._desk, self.nurse.text())
        at_desk.sign_in(self._desk, self.nurse.text())
        at_desk.set_ward(self._desk, WardSettings(name=name, is_practice=self._desk.settings.is_practice))
