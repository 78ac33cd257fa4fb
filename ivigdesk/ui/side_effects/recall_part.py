"""The recall of a lot: typed or scanned, who got it, who still could."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.ward.recall import Recall, product_titles, recall, unknown_words
from ivigdesk.errors import UserMistake
from ivigdesk.ui import theme
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.side_effects.columns import given_columns, to_come_columns
from ivigdesk.ui.widgets import (
    Button,
    EmptyState,
    LineField,
    PlainLabel,
    RecordTable,
    heading,
    primary_button,
    secondary_button,
)
from ivigdesk.ui.widgets.flow import FlowLayout
from ivigdesk.wording import Wording


class RecallPart(QWidget):
    """A line for the lot, a sentence with the counts, and two tables.

    Attributes:
        lot: the line; Enter, which a scanner sends too, looks it up.
        found: what is shown; None before anything was looked up.
        given, to_come: the tables.
        near: buttons of lots that may be meant.

    Signals:
        opened(RecallRow | RecallToCome): the record of this dose is wanted.
        print_requested(str): the recall of this lot as paper.
    """

    opened = Signal(object)
    print_requested = Signal(object)

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._desk = desk
        self._wording = wording
        self.found: Recall | None = None
        self.near: tuple[Button, ...] = ()
        self.lot = LineField("lot", _("Lot"), hint=_("Type it, or scan the code of a vial. Enter looks it up."))
        self.look_up = primary_button(_("Look up"), picture="search")
        self.print = secondary_button(_("Print…"), picture="print")
        self.summary = PlainLabel("", "heading", wrap=True)
        self.beside = PlainLabel("", "small", wrap=True)
        tall = theme.TABLE_ROW_TWO_LINES
        self.given = RecordTable(given_columns(wording), _("Who got it"), row_height=tall)
        self.to_come = RecordTable(to_come_columns(wording), _("Who still could"), row_height=tall)
        self._none = EmptyState("search", "", "")
        self._near_row = QWidget()
        self._tables = QWidget()
        self._arrange()
        self._connect()

    def look_for(self, lot: str) -> None:
        """Look a lot up; empty starts anew."""
        self.lot.set_text(lot)
        self._show(None) if not lot.strip() else self.read()

    def read(self) -> None:
        """Look up what stands in the line, or say why it cannot be a lot."""
        try:
            found = recall(self._desk, self.lot.text())
        except UserMistake as mistake:
            self.lot.show_error(self._wording.say_error(mistake))
            self.lot.focus()
            return
        self.lot.set_text(found.lot)
        self._show(found)
        if found.rows:
            self.given.setFocus()
        elif found.to_come:
            self.to_come.setFocus()
        else:
            self.lot.line.selectAll()

    def _show(self, found: Recall | None) -> None:
        self.found = found
        is_known = found is not None and found.is_known
        self.print.setEnabled(is_known)
        self.summary.setVisible(is_known)
        self.beside.setVisible(is_known)
        self._none.setVisible(not is_known)
        self._tables.setVisible(is_known)
        self._offer(found.near if found else ())
        if found is None or not is_known:
            self._show_none(found)
            return
        self.summary.setText(self._counted(found))
        self.beside.setText(self._beside(found))
        self.given.show_rows(found.rows)
        self.to_come.show_rows(found.to_come)

    def _show_none(self, found: Recall | None) -> None:
        _ = self._wording.gettext
        if found is None:
            self._none.show_words(
                _("Recall of a lot"),
                _("Everybody who got a vial of it, and everybody for whom one lies ready or who could get one."),
            )
            return
        self._none.show_words(_("Not found"), self._wording.say(unknown_words(found)))

    def _counted(self, found: Recall) -> str:
        words = self._wording
        patients = words.ngettext("{n} patient", "{n} patients", found.patients).format(n=found.patients)
        vials = words.ngettext("{n} vial", "{n} vials", found.vials).format(n=found.vials)
        text = words.gettext("Lot {lot}: {patients} got it · {vials}, {grams} hung").format(
            lot=found.lot, patients=patients, vials=vials, grams=dose_grams(words, found.mg)
        )
        if not found.prepared:
            return text
        ready = words.ngettext(
            "{text} · ! lies ready for {n} dose", "{text} · ! lies ready for {n} doses", len(found.prepared)
        )
        return ready.format(text=text, n=len(found.prepared))

    def _beside(self, found: Recall) -> str:
        _ = self._wording.gettext
        comma = _(", ")
        parts = [
            _("Product: {products}.").format(
                products=comma.join(product_titles(self._desk, found.product_ids, self._wording))
            )
        ]
        others = [lot for lot in found.spellings if lot != found.lot]
        if others:
            parts.append(_("Written as: {lots}.").format(lots=comma.join(found.spellings)))
        if any(row.status in ("entered in error", "not given") for row in found.rows):
            parts.append(_("Doses entered in error or not given are listed; they count as no patient."))
        return " ".join(parts)

    def _offer(self, near: tuple[str, ...]) -> None:
        layout = self._near_row.layout()
        for button in self.near:
            if layout is not None:
                layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.near = tuple(self._near_button(lot) for lot in near)
        for button in self.near:
            if layout is not None:
                layout.addWidget(button)
        self._near_row.setVisible(bool(near))

    def _near_button(self, lot: str) -> Button:
        button = secondary_button(self._wording.gettext("{lot}?").format(lot=lot))
        button.setProperty("lot", lot)
        button.clicked.connect(self._take_near)
        return button

    def _take_near(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, Button):
            self.look_for(str(pressed.property("lot")))

    def _ask_for_paper(self) -> None:
        if self.found is not None and self.found.is_known:
            self.print_requested.emit(self.found.lot)

    def _arrange(self) -> None:
        _ = self._wording.gettext
        self.lot.setMaximumWidth(theme.FIELD_WIDTH)
        self.lot.label.hide()
        FlowLayout(self._near_row)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_12)
        head.addWidget(self.lot, 1)
        for button in (self.look_up, self.print):
            column = QVBoxLayout()
            column.addWidget(button)
            column.addStretch()
            head.addLayout(column)
        head.addStretch()
        column = QVBoxLayout(self._tables)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        for text, table, share in (
            (_("Who got it"), self.given, 3),
            (_("Who still could: doses that wait"), self.to_come, 2),
        ):
            column.addWidget(heading(text))
            column.addWidget(table, share)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.SPACE_8)
        body.addLayout(head)
        body.addWidget(self._near_row)
        body.addWidget(self.summary)
        body.addWidget(self.beside)
        body.addWidget(self._none, 1)
        body.addWidget(self._tables, 1)
        self._show(None)

    def _connect(self) -> None:
        self.lot.line.returnPressed.connect(self.read)
        self.look_up.clicked.connect(self.read)
        self.print.clicked.connect(self._ask_for_paper)
        for table in (self.given, self.to_come):
            table.opened.connect(self.opened)
