"""Language of the window; name and telephones of the ward; what it proposes for doses; its days and shifts."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.desk import Desk, set_ward
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.ui import theme
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import Place
from ivigdesk.ui.settings.days_section import DaysSection
from ivigdesk.ui.settings.dosing_section import DosingSection
from ivigdesk.ui.settings.shift_section import ShiftSection
from ivigdesk.ui.sign_in.page import LANGUAGE_NAMES
from ivigdesk.ui.widgets import Button, Card, FormErrors, FormSection, LineField, press_with, primary_button, title
from ivigdesk.wording import Wording

_WARD_FIELDS = ("name", "hospital", "phone", "emergency_phone")


class SettingsPage(Page):
    """Language at once; the ward's names after Save."""

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        self._languages = QButtonGroup(self)
        self.ward = LineField("ward", _("Name of the ward"), required=True)
        self.hospital = LineField("hospital", _("Hospital"))
        self.phone = LineField("phone", _("Telephone of the ward"))
        self.emergency_phone = LineField("emergency_phone", _("Emergency telephone"))
        self.doses = DosingSection(desk, wording)
        self.days = DaysSection(desk, wording)
        self.shift = ShiftSection(wording)
        self._save = primary_button(_("Save ward"), picture="save")
        press_with(self._save, "Ctrl+Return")
        fields = (*self._fields(), *self.doses.fields, *self.days.fields, *self.shift.fields)
        self._errors = FormErrors(fields, wording, self)
        self._shown: tuple[object, ...] = ()
        self._arrange()
        self._save.clicked.connect(self._store)
        self._errors.noticed.connect(self.noticed)
        self._languages.buttonClicked.connect(self._ask_language)

    def show_place(self, place: Place) -> None:  # noqa: ARG002 - there is only one such place
        self.show_banner(None)
        self._errors.clear()
        for field, name in zip(self._fields(), _WARD_FIELDS, strict=True):
            field.set_text(getattr(self.desk.settings, name))
        self.doses.show_settings(self.desk.settings)
        self.days.show_settings(self.desk.settings)
        self.shift.show_settings(self.desk.settings)
        self._shown = self._typed()

    def first_control(self) -> QWidget | None:
        return self._languages.checkedButton()

    def has_unsaved(self) -> bool:
        return self._typed() != self._shown

    def help_text(self) -> str:
        return self.wording.gettext(
            "The ward's names and telephones are printed on every sheet. Dosing weight and criteria are proposed for "
            "new courses; courses that are planned already keep theirs, and so do their doses on days that the ward "
            "closes on from now on. Ctrl+Enter saves."
        )

    def _fields(self) -> tuple[LineField, ...]:
        return (self.ward, self.hospital, self.phone, self.emergency_phone)

    def _typed(self) -> tuple[object, ...]:
        names = (field.text() for field in self._fields())
        return (*names, *self.doses.typed(), *self.days.typed(), *self.shift.typed())

    def _arrange(self) -> None:
        _ = self.wording.gettext
        language = Card(_("Language"))
        row = QHBoxLayout()
        for code, name in LANGUAGE_NAMES.items():
            button = Button(name)
            button.setCheckable(True)
            button.setChecked(code == self.wording.language)
            button.setProperty("language", code)
            self._languages.addButton(button)
            row.addWidget(button)
        row.addStretch()
        language.body.addLayout(row)
        ward = FormSection(_("Ward, as printed on the sheets"))
        for field in self._fields():
            ward.add(field)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, theme.SPACE_8, 0)
        column.setSpacing(theme.SPACE_16)
        column.addWidget(language)
        column.addWidget(ward)
        column.addWidget(self.doses)
        column.addWidget(self.days)
        column.addWidget(self.shift)
        column.addWidget(self._save, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self.body.addWidget(title(_("Settings")))
        self.fill_scrolling(content)

    def _store(self) -> None:
        names = {name: field.text().strip() for name, field in zip(_WARD_FIELDS, self._fields(), strict=True)}
        before = self.desk.settings
        try:
            policy, cut_off, profile = self.doses.chosen()
            settings = msgspec.structs.replace(
                before, **names, weight_policy=policy, adjust_from_bmi=cut_off, profile=profile or before.profile
            )
            set_ward(self.desk, self.shift.chosen(self.days.chosen(settings)))
        except UserMistake as mistake:
            self._errors.show_mistakes((mistake,))
            return
        except KnownError as error:
            self.say_refused(error)
            return
        self._shown = self._typed()
        self._errors.clear()
        self.say_saved(self.wording.gettext("Ward saved."))

    def _ask_language(self, button: Button) -> None:
        language = str(button.property("language"))
        if language != self.wording.language:
            self.language_requested.emit(language)
