"""The page that stands before the others: language, name, and the first start of an empty ward."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions import desk as at_desk
from ivigdesk.actions.desk import Desk
from ivigdesk.ui import icons, theme
from ivigdesk.ui.sign_in.choose import ChooseNurse
from ivigdesk.ui.sign_in.first_start import FirstStart
from ivigdesk.ui.widgets import Button, Card, NoticeBar, PlainLabel
from ivigdesk.wording import Wording

LANGUAGE_NAMES = {"en": "English", "zh_CN": "中文"}


class SignInPage(QWidget):
    """Choose your name, or name the ward and yourself on the first start.

    Signals:
        signed_in(): somebody is on duty now.
        language_requested(str): read this in another language.
    """

    signed_in = Signal()
    language_requested = Signal(object)

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_look(self, "page")
        self._wording = wording
        self._notices = NoticeBar(wording)
        is_new = not at_desk.nurses(desk)
        self.form: ChooseNurse | FirstStart = FirstStart(desk, wording) if is_new else ChooseNurse(desk, wording)
        self._languages = QButtonGroup(self)
        self._arrange(desk.settings.name)
        self.form.signed_in.connect(self.signed_in)
        self.form.noticed.connect(self._notices.show_notice)
        self._languages.buttonClicked.connect(self._ask_language)

    def start(self) -> None:
        """Put the cursor where typing or Enter goes on."""
        self.form.start()

    def _arrange(self, ward: str) -> None:
        card = Card(margin=theme.SPACE_32)
        card.setFixedWidth(520)
        card.body.setSpacing(theme.SPACE_12)
        card.body.addLayout(self._head(ward))
        card.body.addWidget(self._notices)
        card.body.addWidget(self.form)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def _head(self, ward: str) -> QHBoxLayout:
        picture = PlainLabel()
        picture.setPixmap(icons.pixmap("ivigdesk", theme.INK, 48, 2.0))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel("ivigdesk", "title"))
        words.addWidget(PlainLabel(ward or self._wording.gettext("A new ward"), "muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_12)
        row.addWidget(picture)
        row.addLayout(words, 1)
        for language, name in LANGUAGE_NAMES.items():
            button = Button(name)
            button.setCheckable(True)
            button.setChecked(language == self._wording.language)
            button.setProperty("language", language)
            self._languages.addButton(button)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _ask_language(self, button: Button) -> None:
        language = str(button.property("language"))
        if language != self._wording.language:
            self.language_requested.emit(language)
