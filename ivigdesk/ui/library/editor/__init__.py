"""The forms in which a ward writes library files of its own."""

from ivigdesk.ui.library.editor.product_page import ProductEditorPage
from ivigdesk.ui.library.editor.regimen_page import RegimenEditorPage

__all__ = ["ProductEditorPage", "RegimenEditorPage"]
