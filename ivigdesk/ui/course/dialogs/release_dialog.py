"""Asks who lets a held course go on, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.record_side_effect import release_hold
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.notices import Notice, NoticeBar
from ivigdesk.wording import Wording


class ReleaseDialog(FormDialog):
    """A prescriber's word with which the held doses return to the calendar."""

    def __init__(
        self, desk: Desk, view: CourseView, held: str, wording: Wording, parent: QWidget | None = None
    ) -> None:
        """Ask about the held doses of `view`; `held` says why they are on hold."""
        _ = wording.gettext
        super().__init__(wording, _("Release the hold"), _("Release with this reason"), width=640, parent=parent)
        self._desk = desk
        self._course_id = view.course.id
        self.course: Course | None = None
        self.prescriber = LineField("prescriber", _("Prescriber who decided"), required=True)
        self.reason = LineField("reason", _("Reason"), required=True)
        why = NoticeBar(wording, closable=False)
        why.show_notice(Notice(_("On hold: {reason}").format(reason=held), "hold"))
        self.body.addWidget(why)
        self.body.addWidget(
            PlainLabel(
                _("Only a prescriber may release it. The doses return to their dates in the calendar."), wrap=True
            )
        )
        self.body.addWidget(self.prescriber)
        self.body.addWidget(self.reason)
        self.watch((self.prescriber, self.reason))
        self.prescriber.focus()

    @classmethod
    def ask(
        cls, desk: Desk, view: CourseView, held: str, wording: Wording, parent: QWidget | None = None
    ) -> Course | None:
        """Return the course with its new revision, or None when it stays on hold."""
        dialog = cls(desk, view, held, wording, parent)
        dialog.exec()
        return dialog.course

    def submit(self) -> None:
        self.course = release_hold(
            self._desk, self._course_id, prescriber=self.prescriber.text(), reason=self.reason.text()
        )

    def has_unsaved(self) -> bool:
        return self.course is None and bool(self.prescriber.text().strip() or self.reason.text().strip())
