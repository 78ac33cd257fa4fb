"""The sheet before it is printed: the pages of the real PDF, then paper or a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QScrollArea, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.printing import print_sheets
from ivigdesk.actions.printing.print_sheets import Printout
from ivigdesk.errors import KnownError, WordedError
from ivigdesk.messages import N_, message
from ivigdesk.sheets.preview import page_count, page_pictures, page_width
from ivigdesk.ui import theme
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import Place, PrintPlanPlace
from ivigdesk.ui.printing import printer as printers
from ivigdesk.ui.printing.drawing import drawn
from ivigdesk.ui.printing.page_view import PageView
from ivigdesk.ui.widgets.buttons import Button, primary_button, secondary_button
from ivigdesk.ui.widgets.labels import PlainLabel, title
from ivigdesk.wording import LANGUAGES, Wording

_A4_POINTS = 595
_NAMES = {"en": "English", "zh_CN": "中文"}
_ZOOMS = (50, 75, 100, 125, 150, 200)
_FIT_AFTER_MS = 120


class PrintPage(Page):
    """Shows a sheet page by page, in either language, and sends it to a printer or a file.

    The first zoom fits the page into the window's width.
    """

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        self._place: Place | None = None
        self._language = wording.language
        self._printout: Printout | None = None
        self._page = 1
        self._pages = 0
        self._width = _A4_POINTS
        self._zoom: int | None = None
        self.title = title("")
        self.view = PageView()
        self.area = QScrollArea()
        self.languages = QButtonGroup(self)
        self.with_reasons = Button(_("With the reasons"), name=_("Also print why each dose is as it is"))
        self.before = secondary_button("‹", name=_("Page before"))
        self.after = secondary_button("›", name=_("Next page"))
        self.number = PlainLabel("")
        self.smaller = secondary_button("−", name=_("Smaller"))
        self.larger = secondary_button("+", name=_("Larger"))
        self.zoom = PlainLabel("", "small")
        self.print = primary_button(_("Print…  Ctrl+P"), picture="print", name=_("Print"))
        self.save = secondary_button(_("Save as PDF…"), picture="save")
        self.back = secondary_button(_("Back"))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._lay_out()
        self._connect()

    @property
    def printout(self) -> Printout | None:
        """The sheet that is shown."""
        return self._printout

    def show_place(self, place: Place) -> None:
        self._place = place
        self._page = 1
        self._make()

    def first_control(self) -> QWidget | None:
        return self.print

    def help_text(self) -> str:
        return self.wording.gettext(
            "The sheet as it will be printed. Page Up and Page Down turn the pages, Ctrl+P prints, Ctrl+S saves a PDF."
        )

    def choose_language(self, language: str) -> None:
        """Make the sheet in another language; the window keeps its own."""
        if language != self._language:
            self._language = language
            self.make_again()

    def make_again(self) -> None:
        """Make the sheet as language and buttons say now."""
        try:
            self._make()
        except WordedError as error:
            self.say_refused(error)

    def save_to(self, file: Path) -> bool:
        """Write the sheet to `file`, whole or not at all; say how it went and return whether it was written."""
        if self._printout is None:
            return False
        try:
            print_sheets.save_printout(self._printout, file)
        except WordedError as error:
            self.say_refused(error)
            return False
        self.say_saved(self.wording.gettext("Saved as {file}.").format(file=str(file)))
        return True

    def turn(self, by: int) -> None:
        """Show another page, `by` pages on."""
        page = min(max(self._page + by, 1), max(self._pages, 1))
        if page != self._page:
            self._page = page
            self.area.verticalScrollBar().setValue(0)
            self._show_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._zoom is None and self._printout is not None:
            self._soon.start(_FIT_AFTER_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        self._soon.stop()
        super().hideEvent(event)

    def _make(self) -> None:
        words = self.wording if self._language == self.wording.language else Wording(self._language)
        place = self._place
        if place is None:
            return
        self._printout, patient = drawn(
            self.desk,
            place,
            words,
            with_reasons=self.with_reasons.isChecked(),
            window=self.window(),
            window_words=self.wording,
        )
        self.show_banner(patient)
        self.with_reasons.setVisible(isinstance(place, PrintPlanPlace))
        self.title.setText(self._printout.title)
        self._pages = page_count(self._printout.pdf)
        self._width = page_width(self._printout.pdf)
        self._page = min(self._page, self._pages)
        for index, language in enumerate(LANGUAGES):
            self.languages.button(index).setChecked(language == self._language)
        self._show_page()

    def _show_page(self) -> None:
        if self._printout is None:
            return
        percent = self._zoom or self._fitting()
        scale = percent / 100 * self.view.devicePixelRatioF()
        picture = page_pictures(self._printout.pdf, scale, self._page, self._page)[0]
        said = self.wording.gettext("page {page} of {pages}").format(page=self._page, pages=self._pages)
        self.view.show_page(picture, f"{self._printout.title}, {said}")
        self.number.setText(said)
        self.zoom.setText(self.wording.amount(percent, "%"))
        self.before.setEnabled(self._page > 1)
        self.after.setEnabled(self._page < self._pages)
        self.smaller.setEnabled(percent > _ZOOMS[0])
        self.larger.setEnabled(percent < _ZOOMS[-1])

    def _fitting(self) -> int:
        """Return the zoom in percent at which a page is as wide as its place, within what can be read."""
        room = self.area.viewport().width() - theme.SPACE_32
        return min(max(room * 100 // self._width, _ZOOMS[0]), 150)

    def _zoom_by(self, steps: int) -> None:
        percent = self._zoom or self._fitting()
        if steps > 0:
            self._zoom = next((zoom for zoom in _ZOOMS if zoom > percent), _ZOOMS[-1])
        else:
            self._zoom = next((zoom for zoom in reversed(_ZOOMS) if zoom < percent), _ZOOMS[0])
        self._show_page()

    def _enlarge(self) -> None:
        self._zoom_by(1)

    def _shrink(self) -> None:
        self._zoom_by(-1)

    def _turn_on(self) -> None:
        self.turn(1)

    def _turn_back(self) -> None:
        self.turn(-1)

    def _take_language(self, index: int) -> None:
        self.choose_language(LANGUAGES[index])

    def _print(self) -> None:
        if self._printout is None:
            return
        if not printers.has_printer():
            self.say_refused(_no_printer())
            return
        chosen = printers.ask_printer(self._printout.title, self._pages, self)
        if chosen is None:
            return
        try:
            sent = printers.print_pages(self._printout.pdf, chosen)
        except WordedError as error:
            self.say_refused(error)
            return
        said = self.wording.ngettext("{n} page was sent to the printer.", "{n} pages were sent to the printer.", sent)
        self.say_saved(said.format(n=sent))

    def _save(self) -> None:
        if self._printout is None:
            return
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.wording.gettext("Save as PDF"), self._printout.file_name, "PDF (*.pdf)"
        )
        if chosen:
            file = Path(chosen)
            self.save_to(file if file.suffix else file.with_suffix(".pdf"))

    def _connect(self) -> None:
        self._soon.timeout.connect(self._show_page)
        self.before.clicked.connect(self._turn_back)
        self.after.clicked.connect(self._turn_on)
        self.smaller.clicked.connect(self._shrink)
        self.larger.clicked.connect(self._enlarge)
        self.languages.idClicked.connect(self._take_language)
        self.with_reasons.clicked.connect(self.make_again)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self.back_requested)
        for keys, act in (
            ("PgDown", self._turn_on),
            ("PgUp", self._turn_back),
            ("Ctrl++", self._enlarge),
            ("Ctrl+-", self._shrink),
            ("Ctrl+P", self._print),
            ("Ctrl+S", self._save),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_12)
        head.addWidget(self.title, 1)
        for widget in (self.back, self.save, self.print):
            head.addWidget(widget)
        tools = QHBoxLayout()
        tools.setSpacing(theme.SPACE_8)
        tools.addWidget(PlainLabel(self.wording.gettext("Language of the sheet"), "label"))
        for index, language in enumerate(LANGUAGES):
            choice = Button(_NAMES[language])
            choice.setCheckable(True)
            self.languages.addButton(choice, index)
            tools.addWidget(choice)
        self.with_reasons.setCheckable(True)
        tools.addSpacing(theme.SPACE_12)
        tools.addWidget(self.with_reasons)
        tools.addStretch()
        turning: tuple[QWidget, ...] = (self.before, self.number, self.after)
        zooming: tuple[QWidget, ...] = (self.smaller, self.zoom, self.larger)
        for tool in turning:
            tools.addWidget(tool)
        tools.addSpacing(theme.SPACE_24)
        for tool in zooming:
            tools.addWidget(tool)
        self.area.setWidget(self.view)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setAccessibleName(self.wording.gettext("Preview"))
        self.body.addLayout(head)
        self.body.addLayout(tools)
        self.body.addWidget(self.area, 1)


def _no_printer() -> WordedError:
    return KnownError(
        message(N_("This computer knows no printer. Save the sheet as PDF, and print it from a computer that has one."))
    )
