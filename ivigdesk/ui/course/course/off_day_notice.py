"""What a dose asks that was given on another day than planned: whether the later ones go along."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.ui.course.course.action_notice import ActionNotice
from ivigdesk.ui.course.ripple.verbs import off_day
from ivigdesk.ui.widgets.buttons import secondary_button
from ivigdesk.wording import Wording


class OffDayNotice(ActionNotice):
    """Shown until it is answered, or put aside for this visit: nothing is stored then.

    Signals:
        look_requested(int): show what moving the later doses along would do; the number of the given dose.
    """

    look_requested = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._wording = wording
        self._number: int | None = None
        self._put_aside: set[object] = set()
        self._shown: object = None
        self.keep = secondary_button(wording.gettext("Keep the days"))
        layout = self.layout()
        if isinstance(layout, QBoxLayout):
            layout.addWidget(self.keep)
        self.keep.clicked.connect(self._put_it_aside)
        self.acted.connect(self._look)

    def start_visit(self) -> None:
        """Ask again what was put aside on an earlier visit."""
        self._put_aside.clear()

    def show_dose(self, view: CourseView, one: DoseView | None) -> None:
        """Ask about a dose of `view`; None for nothing to ask."""
        self._shown = None if one is None else one.dose.id
        if one is None or one.dose.id in self._put_aside:
            self.show_words("")
            return
        self._number = one.dose.number
        _ = self._wording.gettext
        said = _("{given} Move the later doses along?").format(given=off_day(view, one.dose, self._wording))
        self.show_words(said, _("Look at it…"))

    def _look(self) -> None:
        if self._number is not None:
            self.look_requested.emit(self._number)

    def _put_it_aside(self) -> None:
        self._put_aside.add(self._shown)
        self.show_words("")
