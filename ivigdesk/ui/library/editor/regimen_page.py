"""Write a regimen of the ward's own, or a copy of one, and see its days while typing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.library.own import (
    RegimenForm,
    draft_course,
    draft_regimen,
    preview,
    regimen_form_of,
    save_regimen,
)
from ivigdesk.actions.patients.patient_form import Refused
from ivigdesk.errors import UserMistake
from ivigdesk.ui.library.editor.course_preview import CoursePreview
from ivigdesk.ui.library.editor.editor_page import EditorPage
from ivigdesk.ui.library.editor.regimen_fields import RegimenFields
from ivigdesk.ui.places import LibraryPlace, Place, RegimenEditorPlace
from ivigdesk.wording import Wording


class RegimenEditorPage(EditorPage[RegimenForm]):
    """The editor of regimens."""

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        self.preview = CoursePreview(wording, lambda: self.today)
        super().__init__(desk, wording, RegimenFields(wording), self.preview, parent)
        self.preview.edited.connect(self._note_edit)

    def show_place(self, place: Place) -> None:
        regimen_id = place.regimen_id if isinstance(place, RegimenEditorPlace) else ""
        _ = self.wording.gettext
        self.preview.begin()
        self.preview.empty()
        if not regimen_id:
            self.begin(_("New regimen"), RegimenForm())
            return
        library = self.desk.library
        is_own = library.is_own("regimens", regimen_id)
        form = regimen_form_of(library.regimen(regimen_id), is_own=is_own)
        self.begin(_("Change the ward's regimen") if is_own else _("Copy of a regimen"), form)

    def help_text(self) -> str:
        return self.wording.gettext(
            "A regimen of the ward's own: phases with an interval, or a list of days. Where several numbers stand, the "
            "prescriber picks one when the course is planned. The days of an example appear while you type. It is "
            "stored with your name, the date and a version; courses keep the version they were made with. Ctrl+Enter "
            "saves."
        )

    def mistakes(self, form: RegimenForm) -> tuple[UserMistake, ...]:
        try:
            draft_regimen(self.desk.library, form)
        except Refused as refused:
            return refused.mistakes
        return ()

    def show_preview(self, form: RegimenForm) -> None:
        try:
            regimen = draft_course(self.desk.library, form)
            first_on, transplant_on = self.preview.dates()
            doses = preview(regimen, first_on, transplant_on if regimen.anchor == "transplant" else None)
        except Refused as refused:
            self.preview.show_stale(refused.mistakes[0])
        except UserMistake as mistake:
            self.preview.show_stale(mistake)
        else:
            self.preview.show_course(regimen, doses)

    def save_form(self, form: RegimenForm) -> tuple[LibraryPlace, str]:
        regimen = save_regimen(self.desk, form)
        sentence = self.wording.gettext("Saved: {title}, version {version}").format(
            title=self.wording.text(regimen.title), version=regimen.version
        )
        return LibraryPlace("regimens", regimen.id), sentence
