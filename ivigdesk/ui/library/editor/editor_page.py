"""What both editors are: fields on the left, what they come to on the right a moment after the last key."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.patients.patient_form import Refused
from ivigdesk.errors import UserMistake, WordedError
from ivigdesk.messages import Record
from ivigdesk.ui import theme
from ivigdesk.ui.library.editor.form_fields import FormFields, in_card
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import LibraryPlace
from ivigdesk.ui.widgets import Card, Notice, PlainLabel, press_with, primary_button, secondary_button, title
from ivigdesk.wording import Wording

PREVIEW_AFTER_MS = 150
_FIELDS_SHARE, _PREVIEW_SHARE = 5, 6

Form = TypeVar("Form", bound=Record)


class EditorPage(Page, Generic[Form]):
    """Takes a form; a mistake stands under its field as soon as that was touched, and all of them after Save.

    Attributes:
        fields: every field of the form.
        save, cancel: the two verbs.
    """

    def __init__(
        self, desk: Desk, wording: Wording, fields: FormFields[Form], preview: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        self.fields = fields
        self.save = primary_button(_("Save  Ctrl+Enter"), name=_("Save"))
        self.cancel = secondary_button(_("Cancel"))
        self._title = title("")
        self._area = in_card(fields)
        self._shown: Form | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._arrange(preview)
        self._soon.timeout.connect(self.compute)
        fields.edited.connect(self._note_edit)
        self.cancel.clicked.connect(self.back_requested)
        self.save.clicked.connect(self.store)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            press_with(self.save, keys)

    def begin(self, heading: str, form: Form) -> None:
        """Show `form` under `heading`; nothing of it counts as typed yet."""
        self.show_banner(None)
        self._title.setText(heading)
        self.fields.show_form(form)
        self._area.verticalScrollBar().setValue(0)
        self._shown = self.fields.form()
        self.compute()

    def first_control(self) -> QWidget | None:
        return self.fields.first_control()

    def has_unsaved(self) -> bool:
        return self._shown is not None and self.fields.form() != self._shown

    def hideEvent(self, event: QHideEvent) -> None:
        self._soon.stop()
        super().hideEvent(event)

    def compute(self) -> None:
        """Bring the right side up to date with the fields, now."""
        self._soon.stop()
        form = self.fields.form()
        self.show_preview(form)
        self.fields.show_mistakes(self.mistakes(form), all_of_them=False)

    def store(self) -> None:
        """Save the form and go to the library; stay, with every mistake under its field, when it is refused."""
        self._soon.stop()
        form = self.fields.form()
        try:
            place, sentence = self.save_form(form)
        except Refused as refused:
            self._show_refused(refused.mistakes)
            return
        except WordedError as error:
            self.say_refused(error)
            return
        self._shown = form
        self.place_requested.emit(place)
        self.say_saved(sentence)

    def mistakes(self, form: Form) -> tuple[UserMistake, ...]:
        """Return what cannot be taken of the form."""
        raise NotImplementedError

    def show_preview(self, form: Form) -> None:
        """Show on the right what the form says."""
        raise NotImplementedError

    def save_form(self, form: Form) -> tuple[LibraryPlace, str]:
        """Save the form, and return where it is seen and what was saved.

        Raises:
            WordedError: nothing was saved.
        """
        raise NotImplementedError

    def _show_refused(self, mistakes: tuple[UserMistake, ...]) -> None:
        homeless = self.fields.show_mistakes(mistakes, all_of_them=True)
        first = next((field for field in self.fields.all_fields() if field.error), None)
        if first is not None:
            QTimer.singleShot(0, first, lambda: self._area.ensureWidgetVisible(first, 0, theme.SPACE_32))
        if homeless:
            sentence = " ".join(self.wording.say_error(one) for one in homeless)
        else:
            sentence = self.wording.ngettext(
                "Not saved: {n} field needs another look.", "Not saved: {n} fields need another look.", len(mistakes)
            ).format(n=len(mistakes))
        self.noticed.emit(Notice(sentence, "serious"))

    def _note_edit(self) -> None:
        self._soon.start(PREVIEW_AFTER_MS)

    def _arrange(self, preview: QWidget) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_12)
        head.addWidget(self._title)
        head.addWidget(PlainLabel(self.wording.gettext("nothing is stored until you save"), "muted"), 1)
        head.addWidget(self.cancel)
        head.addWidget(self.save)
        left = Card()
        left.body.addWidget(self._area, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_12)
        row.addWidget(left, _FIELDS_SHARE)
        row.addWidget(preview, _PREVIEW_SHARE)
        self.body.addLayout(head)
        self.body.addLayout(row, 1)
