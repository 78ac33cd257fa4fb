"""The line of filters above the side effects: who, what, how grave, and which stretch of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from ivigdesk.actions.ward.side_effects import GRADES, SideEffectQuery
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Text, message
from ivigdesk.ui import theme
from ivigdesk.ui.side_effects.words import grade_state
from ivigdesk.ui.widgets import ChoiceField, DateField, LineField, quiet_button
from ivigdesk.ui.widgets.fields import Field
from ivigdesk.ui.widgets.flow import FlowLayout
from ivigdesk.wording import Wording

READ_AFTER_MS = 200
Span = Literal["30", "90", "365", "all", "own"]
USUAL: Span = "365"
_WIDTHS = (190, 160, 150, 200, 170, 160, 200, 200)


class FilterBar(QWidget):
    """Patient, product, lot, regimen, least grade, time. Typing waits a moment before it is read.

    Signals:
        changed(): the filters are other ones now.
    """

    changed = Signal()

    def __init__(self, wording: Wording, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._today = today
        _ = wording.gettext
        self.patient = LineField("patient", _("Patient"), example=_("Name, number, bed"))
        self.product = ChoiceField("product_id", _("Product"), (("", _("Every product")),))
        self.lot = LineField("lot", _("Lot"), example=_("Lot"))
        self.regimen = ChoiceField("regimen_id", _("Regimen"), (("", _("Every regimen")),))
        grades = ((1, _("Every grade")), *((grade, self._from_grade(grade)) for grade in GRADES[1:]))
        self.grade = ChoiceField("grade", _("Grade"), grades)
        self.span = ChoiceField("span", _("Time"), self._spans())
        self.first = DateField("first", message(N_("First day")), wording, today, hint=" ")
        self.last = DateField("last", message(N_("Last day")), wording, today, hint=" ")
        self.clear = quiet_button(_("Clear filters"), picture="x")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._arrange()
        self._connect()
        self.span.set_value(USUAL)
        self._show_own()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in order."""
        return (self.patient, self.product, self.lot, self.regimen, self.grade, self.span, self.first, self.last)

    def query(self) -> SideEffectQuery:
        """Return what is chosen.

        Raises:
            UserMistake: one of the ward's own dates is none.
        """
        first, last = self._days()
        grade = self.grade.value()
        return SideEffectQuery(
            patient=self.patient.text(),
            product_id=str(self.product.value() or ""),
            lot=self.lot.text(),
            regimen_id=str(self.regimen.value() or ""),
            least_grade=grade if isinstance(grade, int) else 1,
            first=first,
            last=last,
        )

    def offer(self, regimens: Sequence[tuple[str, Text]], products: Sequence[tuple[str, Text]]) -> None:
        """Offer the regimens and products that the ward's courses have."""
        _ = self._wording.gettext
        for field, every, found in (
            (self.regimen, _("Every regimen"), regimens),
            (self.product, _("Every product"), products),
        ):
            choices = sorted(((id_, self._wording.text(text)) for id_, text in found), key=lambda choice: choice[1])
            field.set_choices((("", every), *choices))

    def show_mistake(self, mistake: UserMistake | None) -> None:
        """Say at a field why it cannot be read; None takes every sentence away."""
        for field in self.fields:
            if field.error:
                field.clear_error()
            if mistake is not None and field.name == mistake.field:
                field.show_error(self._wording.say_error(mistake))

    def empty(self) -> None:
        """Take all filters away; the time becomes the usual one."""
        self._soon.stop()
        for line in (self.patient, self.lot, self.first, self.last):
            line.set_text("")
        for field in (self.product, self.regimen):
            field.set_value("")
        self.grade.set_value(1)
        self.span.set_value(USUAL)
        self._show_own()
        self.changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        self._soon.stop()
        super().hideEvent(event)

    def _from_grade(self, grade: int) -> str:
        state = grade_state(grade, self._wording)
        if grade == GRADES[-1]:
            return state.text
        return self._wording.gettext("from {grade}").format(grade=state.word)

    def _spans(self) -> tuple[tuple[Span, str], ...]:
        _ = self._wording.gettext
        return (
            ("30", _("Last 30 days")),
            ("90", _("Last 90 days")),
            ("365", _("Last 365 days")),
            ("all", _("All time")),
            ("own", _("Own dates")),
        )

    def _days(self) -> tuple[date | None, date | None]:
        span = self.span.value()
        if span == "own":
            return self.first.value(), self.last.value()
        if span == "all":
            return None, None
        return self._today() - timedelta(days=int(str(span)) - 1), None

    def _show_own(self) -> None:
        is_own = self.span.value() == "own"
        self.first.setVisible(is_own)
        self.last.setVisible(is_own)

    def _note_span(self) -> None:
        self._show_own()
        if self.span.value() == "own":
            self.first.focus()
        self.changed.emit()

    def is_empty(self) -> bool:
        """Whether nothing is narrowed but the usual time."""
        try:
            query = self.query()
        except UserMistake:
            return False
        return self.span.value() == USUAL and msgspec.structs.replace(query, first=None) == SideEffectQuery()

    def _arrange(self) -> None:
        row = FlowLayout(self)
        for field, width in zip(self.fields, _WIDTHS, strict=True):
            field.label.hide()
            field.setFixedWidth(width)
            row.addWidget(field)
        self.clear.setFixedHeight(theme.TARGET)
        row.addWidget(self.clear)

    def _connect(self) -> None:
        for line in (self.patient, self.lot, self.first, self.last):
            line.edited.connect(self._wait)
        for field in (self.product, self.regimen, self.grade):
            field.edited.connect(self.changed)
        self.span.edited.connect(self._note_span)
        self.clear.clicked.connect(self.empty)
        self._soon.timeout.connect(self.changed)

    def _wait(self) -> None:
        self._soon.start(READ_AFTER_MS)
