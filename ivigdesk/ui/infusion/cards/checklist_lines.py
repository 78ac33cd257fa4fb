"""One line of the checklist, and what is done in one line of words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from ivigdesk.actions.infusions.preparing import Prepared
from ivigdesk.clinical.infusions.infusion import Check
from ivigdesk.clinical.infusions.preparation import PreparedCheck
from ivigdesk.clinical.infusions.procedure import ChecklistItem
from ivigdesk.ui import theme
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

_BOX_WIDTH = 34
_ROW = 30


class CheckLine(QWidget):
    """The box, the words, and who ticked it when, or why it is left open.

    Signals:
        toggled(str, bool): code of the line, and whether it is ticked now.
    """

    toggled = Signal(object, object)

    def __init__(self, item: ChecklistItem, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        words = wording.text(item.text)
        self.box = QCheckBox()
        self.box.setAccessibleName(words)
        self.box.setFixedWidth(_BOX_WIDTH)
        self.said = PlainLabel("", "small")
        text = _TickText(f"{words}\u00a0*" if item.is_critical else words, self.box)
        text.setMinimumHeight(_ROW)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SPACE_4)
        self._row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(text, 1)
        self._row.addWidget(self.said)
        self.box.toggled.connect(lambda on: self.toggled.emit(item.code, on))

    def show_check(self, check: PreparedCheck | Check | None, *, is_fixed: bool) -> None:
        """Show what was said about the line; a fixed tick cannot be taken back, but what is left open may be done."""
        is_left_open = check is not None and bool(check.reason)
        self.box.blockSignals(True)
        self.box.setChecked(check is not None and not is_left_open)
        self.box.blockSignals(False)
        self.box.setEnabled(not is_fixed or is_left_open)
        self.said.setText("" if check is None else _said(check, self._wording))
        self.said.setWordWrap(is_left_open)
        theme.set_look(self.said, "caution" if is_left_open else "small")
        self._row.setStretch(2, 1 if is_left_open else 0)
        self.box.setAccessibleDescription(self.said.text())


class _TickText(PlainLabel):
    """The words of a line; a click on them is a click on its box."""

    def __init__(self, text: str, box: QCheckBox) -> None:
        super().__init__(text, wrap=True)
        self._box = box

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's name
        self._box.click()


def done_in_short(items: Iterable[ChecklistItem], ready: Prepared, wording: Wording) -> str:
    """Return `✓ 14 of 15 done, 08:52 to 09:01, A. Wong, S. Kaur`; empty where nothing is done."""
    lines = tuple(items)
    done = [check for item in lines if (check := ready.check(item.code)) is not None and not check.reason]
    if not done:
        return ""
    first, last = (wording.time(one(check.at for check in done)) for one in (min, max))
    nurses = wording.gettext(", ").join(dict.fromkeys(check.nurse for check in sorted(done, key=lambda one: one.at)))
    when = first if first == last else wording.gettext("{first} to {last}").format(first=first, last=last)
    text = wording.gettext("{n} of {all} done, {when}, {nurses}")
    return f"✓\u2002{text.format(n=len(done), all=len(lines), when=when, nurses=nurses)}"


def _said(check: PreparedCheck | Check, wording: Wording) -> str:
    if check.reason:
        text = wording.gettext("left open: {reason} ({time} {nurse})")
        return text.format(reason=check.reason, time=wording.time(check.at), nurse=check.nurse)
    return f"{wording.time(check.at)}\u2002{check.nurse}"
