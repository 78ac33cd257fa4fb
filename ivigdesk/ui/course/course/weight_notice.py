"""What the patient's weight asks for before the next dose, and the way to settle it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.courses import reweigh_course
from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.findings import Finding
from ivigdesk.ui.course.course.action_notice import ActionNotice
from ivigdesk.ui.course.dialogs.reweigh_dialog import ReweighDialog
from ivigdesk.ui.course.dialogs.weigh_dialog import WeighDialog
from ivigdesk.wording import Wording


class WeightNotice(ActionNotice):
    """Says that the weight is old or has changed; its button weighs again or computes the remaining doses anew.

    Attributes:
        finding: what the weight asks for; None for nothing.
    """

    def __init__(self, wording: Wording, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(upright=upright, parent=parent)
        self._wording = wording
        self._is_narrow = upright
        self.finding: Finding | None = None

    def show_view(self, desk: Desk, view: CourseView) -> None:
        """Show what the next dose of `view` asks for; nothing for a revision that is only read."""
        _ = self._wording.gettext
        self.finding = None if view.is_superseded else reweigh_course.needs_reweigh(desk, view)
        if self.finding is None:
            self.show_words("")
            return
        anew = _("Compute the doses anew…") if self._is_narrow else _("Compute remaining doses with the new weight…")
        stops = self.finding.severity == "hold"
        self.show_words(
            self._wording.say(self.finding.message),
            anew if self.finding.needs_reason else _("Weigh again…"),
            sign="■" if stops else "!",
            tone="hold" if stops else "attention",
        )

    def settle(self, desk: Desk, view: CourseView, parent: QWidget) -> Course | bool:
        """Ask for what the notice says is needed.

        Returns:
            The course with its new revision, True when a weight was stored, False when nothing was done.

        Raises:
            WordedError: the doses cannot be computed; the sentence says why.
        """
        if self.finding is None:
            return False
        if self.finding.needs_reason:
            return (
                ReweighDialog.ask(desk, reweigh_course.proposal(desk, view.course.id), self._wording, parent) or False
            )
        return WeighDialog.ask(desk, view.patient, self._wording, parent) is not None
