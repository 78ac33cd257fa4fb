"""Write a product of the ward's own, or a copy of one, and see its pump rates for an example patient while typing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.library.own import ProductForm, draft_product, product_form_of, save_product
from ivigdesk.actions.patients.patient_form import Refused
from ivigdesk.errors import UserMistake
from ivigdesk.ui.library.editor.editor_page import EditorPage
from ivigdesk.ui.library.editor.product_fields import ProductFields
from ivigdesk.ui.library.editor.rates_preview import RatesPreview
from ivigdesk.ui.places import LibraryPlace, Place, ProductEditorPlace
from ivigdesk.wording import Wording


class ProductEditorPage(EditorPage[ProductForm]):
    """The editor of products."""

    def __init__(self, desk: Desk, wording: Wording, parent: QWidget | None = None) -> None:
        self.preview = RatesPreview(wording)
        super().__init__(desk, wording, ProductFields(wording), self.preview, parent)
        self.preview.edited.connect(self._note_edit)

    def show_place(self, place: Place) -> None:
        product_id = place.product_id if isinstance(place, ProductEditorPlace) else ""
        _, language = self.wording.gettext, self.wording.language
        if not product_id:
            self.begin(_("New product"), ProductForm(language=language))
            return
        library = self.desk.library
        is_own = library.is_own("products", product_id)
        form = product_form_of(library.product(product_id), language, is_own=is_own)
        self.begin(_("Change the ward's product") if is_own else _("Copy of a product"), form)

    def help_text(self) -> str:
        return self.wording.gettext(
            "A product of the ward's own. Copy every number from the label of the pack and let somebody compare it. "
            "Rates go from slow to fast between commas; the pump rates of an example patient appear while you type. It "
            "is stored with your name, the date and a version. Ctrl+Enter saves."
        )

    def mistakes(self, form: ProductForm) -> tuple[UserMistake, ...]:
        try:
            draft_product(self.desk.library, form, nurse=self.desk.nurse, day=self.today)
        except Refused as refused:
            return refused.mistakes
        return ()

    def show_preview(self, form: ProductForm) -> None:
        self.preview.show_product(form)

    def save_form(self, form: ProductForm) -> tuple[LibraryPlace, str]:
        product = save_product(self.desk, form)
        sentence = self.wording.gettext("Saved: {title}, version {version}").format(
            title=self.wording.text(product.title), version=product.version
        )
        return LibraryPlace("products", product.id), sentence
