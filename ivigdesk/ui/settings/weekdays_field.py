"""A field of seven ticks, Monday first."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QCheckBox, QWidget

from ivigdesk.scheduling.closures import EVERY_DAY
from ivigdesk.ui import theme
from ivigdesk.ui.widgets import Field
from ivigdesk.ui.widgets.flow import FlowLayout
from ivigdesk.wording import Wording

_MONDAY = date(2026, 3, 2)


class WeekdaysField(Field):
    """Some of the weekdays."""

    def __init__(self, name: str, label: str, wording: Wording, *, hint: str = "") -> None:
        boxes = QWidget()
        super().__init__(name, label, boxes, hint=hint)
        self.boxes = tuple(QCheckBox(wording.weekday(_MONDAY + timedelta(days=weekday))) for weekday in EVERY_DAY)
        row = FlowLayout(boxes, theme.SPACE_12)
        for box in self.boxes:
            box.setAccessibleName(f"{label}: {box.text()}")
            row.addWidget(box)
            box.clicked.connect(self._note_edit)
        boxes.setFocusProxy(self.boxes[0])

    def value(self) -> tuple[int, ...]:
        """Return the ticked weekdays, 0 = Monday."""
        return tuple(weekday for weekday, box in zip(EVERY_DAY, self.boxes, strict=True) if box.isChecked())

    def set_value(self, weekdays: tuple[int, ...]) -> None:
        """Tick these; `edited` stays silent."""
        for weekday, box in zip(EVERY_DAY, self.boxes, strict=True):
            box.setChecked(weekday in weekdays)
