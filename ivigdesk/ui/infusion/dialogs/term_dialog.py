"""Find a side effect in the whole catalogue, by words of either language or by pinyin."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ivigdesk.actions.infusions.find_side_effect import find_side_effects
from ivigdesk.clinical.infusions.side_effects import SideEffectCatalogue, SideEffectTerm
from ivigdesk.ui import theme
from ivigdesk.ui.widgets.dialogs import AskDialog
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.states import State
from ivigdesk.ui.widgets.tables import Column, RecordTable
from ivigdesk.wording import Wording


class TermDialog(AskDialog):
    """A search line over the terms; up and down choose while typing, Enter takes the chosen one."""

    def __init__(
        self,
        catalogue: SideEffectCatalogue,
        wording: Wording,
        parent: QWidget | None = None,
        *,
        late: bool = False,
    ) -> None:
        """Offer every term; `late` puts first what shows hours or days after an infusion."""
        _ = wording.gettext
        super().__init__(wording, _("Which side effect?"), _("Choose  Enter"), size=QSize(760, 600), parent=parent)
        self._catalogue = catalogue
        self._late_first = late
        self.term: SideEffectTerm | None = None
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Search side effects"))
        self.search.setPlaceholderText(_("what the patient says, in English, Chinese or pinyin"))
        self.table = RecordTable(_columns(wording), _("Side effects"), sortable=False)
        self.none = PlainLabel(_("Nothing fits. Try fewer words."), "muted")
        self.body.addWidget(self.search)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.none)
        self.table.setMinimumHeight(theme.TABLE_ROW * 6)
        self.search.textChanged.connect(self._show)
        self.table.opened.connect(self.confirm)
        self._show()
        self.search.setFocus()

    @classmethod
    def ask(
        cls,
        catalogue: SideEffectCatalogue,
        wording: Wording,
        parent: QWidget | None = None,
        *,
        late: bool = False,
    ) -> SideEffectTerm | None:
        """Return the chosen term, or None; `late` as for the dialog."""
        dialog = cls(catalogue, wording, parent, late=late)
        return dialog.term if dialog.exec() else None

    def confirm(self) -> None:
        """Take the chosen term and close."""
        current = self.table.current()
        if isinstance(current, SideEffectTerm):
            self.term = current
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            row = self.table.currentIndex().row() + (1 if key == Qt.Key.Key_Down else -1)
            self.table.selectRow(max(0, min(row, len(self.table.records.rows) - 1)))
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm()
            return
        super().keyPressEvent(event)

    def _show(self) -> None:
        found = find_side_effects(self._catalogue, self.search.text(), late_first=self._late_first)
        self.table.show_rows(found)
        if found:
            self.table.selectRow(0)
        self.none.setVisible(not found)


def _columns(wording: Wording) -> tuple[Column[SideEffectTerm], ...]:
    _ = wording.gettext

    def kind(term: SideEffectTerm) -> State:
        if term.kind == "serious":
            return State("!", _("serious"), "serious")
        return State("", _("common"), "plain")

    return (
        Column(_("Side effect"), lambda term: wording.text(term.name), strong=True, width=300),
        Column(_("Kind"), lambda term: kind(term).word, state=kind),
        Column(_("When it shows"), lambda term: wording.text(term.onset), stretch=True, muted=True),
    )
