"""Two lists, regimens and products, each with what its file says beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.product import Product
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.ui import theme
from ivigdesk.ui.library.detail import Detail, product_parts, regimen_parts
from ivigdesk.ui.library.words import concentration, standing_state
from ivigdesk.ui.page import Page
from ivigdesk.ui.places import Place
from ivigdesk.ui.widgets import Column, Notice, RecordTable, scrolling, title
from ivigdesk.wording import Wording


class LibraryPage(Page):
    """Regimens and products with version, sentence, source, and a warning where the source warns."""

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(desk, wording, parent)
        _ = wording.gettext
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Parts of the library"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab(_("Regimens"))
        self.tabs.addTab(_("Products"))
        self.regimens = RecordTable(self._regimen_columns(), _("Regimens"), row_height=theme.TABLE_ROW_TWO_LINES)
        self.products = RecordTable(self._product_columns(), _("Products"), row_height=theme.TABLE_ROW_TWO_LINES)
        self._lists = QStackedWidget()
        self._detail = Detail(wording)
        self._arrange()
        self.tabs.currentChanged.connect(self._lists.setCurrentIndex)
        self.tabs.currentChanged.connect(self._show_detail)
        self.regimens.chosen.connect(self._show_detail)
        self.products.chosen.connect(self._show_detail)

    def show_place(self, place: Place) -> None:  # noqa: ARG002 - there is only one such place
        self.show_banner(None)
        self.regimens.show_rows(self.desk.library.regimens())
        self.products.show_rows(self.desk.library.products())
        problems = " ".join(self.wording.say_error(error) for error in self.desk.library.problems)
        self.noticed.emit(Notice(problems, "attention") if problems else None)

    def first_control(self) -> QWidget | None:
        return self.regimens if self.tabs.currentIndex() == 0 else self.products

    def help_text(self) -> str:
        return self.wording.gettext(
            "The regimens and products that courses are planned from. A course keeps a copy of the version that it was "
            "made with. A ward may add files of its own in its data folder."
        )

    def _regimen_columns(self) -> tuple[Column[Regimen], ...]:
        _ = self.wording.gettext
        return (
            Column(
                _("Regimen"),
                lambda one: self.wording.text(one.title),
                detail=lambda one: f"{one.id} · {one.version}",
                stretch=True,
            ),
            Column(
                _("Standing"),
                lambda one: standing_state(one.standing, self.wording).word,
                state=lambda one: standing_state(one.standing, self.wording),
                width=170,
            ),
        )

    def _product_columns(self) -> tuple[Column[Product], ...]:
        _ = self.wording.gettext
        return (
            Column(
                _("Product"),
                lambda one: self.wording.text(one.title),
                detail=lambda one: f"{one.id} · {one.version}",
                stretch=True,
            ),
            Column(
                _("Concentration"),
                lambda one: concentration(one, self.wording),
                sort_key=lambda one: one.g_per_l,
                width=150,
            ),
        )

    def _show_detail(self, _chosen: object = None) -> None:
        if self.tabs.currentIndex() == 0:
            regimen = self.regimens.current()
            self._detail.show_parts(regimen_parts(regimen, self.desk.library, self.wording) if regimen else ())
        else:
            product = self.products.current()
            self._detail.show_parts(product_parts(product, self.wording) if product else ())

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_24)
        head.addWidget(title(self.wording.gettext("Library")))
        head.addWidget(self.tabs)
        head.addStretch()
        self._lists.addWidget(self.regimens)
        self._lists.addWidget(self.products)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_16)
        row.addWidget(self._lists, 1)
        row.addWidget(scrolling(self._detail), 1)
        self.body.addLayout(head)
        self.body.addLayout(row, 1)
