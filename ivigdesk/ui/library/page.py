"""The library: regimens, products, criteria, evidence and refused files, each with what its file says beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.errors import WordedError
from ivigdesk.ui import theme
from ivigdesk.ui.library import columns, handing
from ivigdesk.ui.library.detail import Detail, Part, scrolling_detail
from ivigdesk.ui.library.parts import criteria_parts, evidence_parts, product_parts, refused_parts, regimen_parts
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import LibraryPlace, LibraryTab, Place, ProductEditorPlace, RegimenEditorPlace
from ivigdesk.ui.widgets import Notice, RecordTable, press_with, primary_button, secondary_button, title
from ivigdesk.wording import Wording

TABS: tuple[LibraryTab, ...] = ("regimens", "products", "criteria", "evidence", "refused")


class LibraryPage(Page):
    """Five lists; the last one stands there only when a file was refused.

    Attributes:
        regimens, products, criteria, evidence, refused: the lists.
        new, change, hand_over, take_in: what can be done with files of the ward.
    """

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        library = desk.library
        tall = theme.TABLE_ROW_TWO_LINES
        self.tabs = QTabBar()
        self.regimens = RecordTable(columns.regimen_columns(library, wording), _("Regimens"), row_height=tall)
        self.products = RecordTable(columns.product_columns(library, wording), _("Products"), row_height=tall)
        self.criteria = RecordTable(columns.profile_columns(library, wording), _("Criteria"), row_height=tall)
        self.evidence = RecordTable(columns.evidence_columns(wording), _("Evidence"), row_height=tall)
        self.refused = RecordTable(columns.refused_columns(wording), _("Refused files"), row_height=tall)
        self.new = primary_button(_("New regimen"), picture="plus")
        self.change = secondary_button(_("Change a copy"), picture="pencil")
        self.hand_over = secondary_button(_("Give to another ward…"), picture="upload")
        self.take_in = secondary_button(_("Take in…"), picture="download")
        self._lists = QStackedWidget()
        self._detail = Detail(wording)
        self._arrange()
        self._connect()

    def show_place(self, place: Place) -> None:
        self.show_banner(None)
        self.desk.library.read_again()
        self._read()
        if isinstance(place, LibraryPlace) and place != LibraryPlace():
            self._choose(place)
        self._show_tab()

    def first_control(self) -> QWidget | None:
        return self._table

    def help_text(self) -> str:
        return self.wording.gettext(
            "What courses are planned from, and what it rests on. A course keeps a copy of the version that it was "
            "made with. Ctrl+N writes a new file of the ward, Ctrl+E changes a copy of the chosen one. The ward's own "
            "files stand in its data folder; one with the id of a shipped file is used in its place."
        )

    @property
    def detail_words(self) -> str:
        """Everything that stands on the card beside the list."""
        return self._detail.words

    @property
    def tab(self) -> LibraryTab:
        """Which list is in view."""
        return TABS[self.tabs.currentIndex()]

    def open_tab(self, tab: LibraryTab) -> None:
        """Show this list."""
        self.tabs.setCurrentIndex(TABS.index(tab))

    @property
    def _table(self) -> RecordTable:
        return (self.regimens, self.products, self.criteria, self.evidence, self.refused)[self.tabs.currentIndex()]

    def _read(self) -> None:
        library = self.desk.library
        self.regimens.show_rows(library.regimens())
        self.products.show_rows(library.products())
        self.criteria.show_rows(library.profiles())
        self.evidence.show_rows(library.evidence().entries)
        refused = library.refused
        self.refused.show_rows(refused)
        last = TABS.index("refused")
        self.tabs.setTabVisible(last, bool(refused))
        self.tabs.setTabText(last, self.wording.gettext("Refused files ({n})").format(n=len(refused)))
        problems = " ".join(self.wording.say_error(one.error) for one in refused)
        self.noticed.emit(Notice(problems, "attention") if problems else None)

    def _choose(self, place: LibraryPlace) -> None:
        self.open_tab(place.tab)
        if not place.record_id:
            return
        record = next((one for one in self._table.records.rows if one.id == place.record_id), None)
        self._table.choose(record)

    def _show_tab(self, _index: int = 0) -> None:
        _ = self.wording.gettext
        self._lists.setCurrentIndex(self.tabs.currentIndex())
        is_product = self.tab == "products"
        self.new.show_text(_("New product") if is_product else _("New regimen"))
        for button in (self.new, self.change, self.hand_over):
            button.setVisible(self.tab in ("regimens", "products"))
        self._show_detail()

    def _show_detail(self, _chosen: object = None) -> None:
        record = self._table.current()
        self._detail.show_parts(self._parts(record) if record is not None else ())
        for button in (self.change, self.hand_over):
            button.setEnabled(record is not None)

    def _parts(self, record: Any) -> tuple[Part, ...]:
        library, wording = self.desk.library, self.wording
        match self.tab:
            case "regimens":
                return regimen_parts(record, library, wording)
            case "products":
                return product_parts(record, library, wording)
            case "criteria":
                return criteria_parts(record, library, wording)
            case "evidence":
                return evidence_parts(record, library, wording)
            case "refused":
                return refused_parts(record, wording)

    def _write_new(self) -> None:
        self.place_requested.emit(ProductEditorPlace() if self.tab == "products" else RegimenEditorPlace())

    def _change(self, _record: object = None) -> None:
        record = self._table.current()
        if record is None or self.tab not in ("regimens", "products"):
            return
        place = ProductEditorPlace(record.id) if self.tab == "products" else RegimenEditorPlace(record.id)
        self.place_requested.emit(place)

    def _hand_over(self) -> None:
        record = self._table.current()
        if record is None or (self.tab != "regimens" and self.tab != "products"):
            return
        try:
            path = handing.hand_over(self.desk, self.tab, record.id, self.wording, self)
        except WordedError as error:
            self.say_refused(error)
            return
        if path is not None:
            self.say_saved(self.wording.gettext("Handed over: {file}").format(file=path.name))

    def _take_in(self) -> None:
        chosen = handing.ask_file(self.wording, self)
        if chosen:
            self.take_in_file(Path(chosen))

    def take_in_file(self, path: Path) -> None:
        """Take a file of another ward in, after asking when its id is known with another content."""
        try:
            taken = handing.take_in(self.desk, path, self.wording, self)
        except WordedError as error:
            self.say_refused(error)
            return
        if taken is None:
            return
        self.show_place(LibraryPlace(taken.kind, taken.record.id))
        self.say_saved(self.wording.gettext("Taken in: {title}").format(title=self.wording.text(taken.record.title)))

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        for table in (self.regimens, self.products, self.criteria, self.evidence, self.refused):
            table.chosen.connect(self._show_detail)
        for table in (self.regimens, self.products):
            table.opened.connect(self._change)
        self.new.clicked.connect(self._write_new)
        self.change.clicked.connect(self._change)
        self.hand_over.clicked.connect(self._hand_over)
        self.take_in.clicked.connect(self._take_in)
        press_with(self.new, "Ctrl+N")
        press_with(self.change, "Ctrl+E")

    def _arrange(self) -> None:
        _ = self.wording.gettext
        self.tabs.setAccessibleName(_("Parts of the library"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for text in (_("Regimens"), _("Products"), _("Criteria"), _("Evidence"), _("Refused files")):
            self.tabs.addTab(text)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_12)
        head.addWidget(title(_("Library")))
        head.addStretch()
        for button in (self.take_in, self.hand_over, self.change, self.new):
            head.addWidget(button)
        for table in (self.regimens, self.products, self.criteria, self.evidence, self.refused):
            self._lists.addWidget(table)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_16)
        row.addWidget(self._lists, 1)
        row.addWidget(scrolling_detail(self._detail, _("What the file says")), 1)
        self.body.addLayout(head)
        self.body.addWidget(self.tabs)
        self.body.addLayout(row, 1)
