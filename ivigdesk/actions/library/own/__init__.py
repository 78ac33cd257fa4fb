"""A ward's own library files: written on a form, kept in versions, handed to another ward and taken from one."""

from ivigdesk.actions.library.own.exchange import HandedIn, hand_over, take_in
from ivigdesk.actions.library.own.keeping import save_product, save_regimen
from ivigdesk.actions.library.own.product_draft import draft_product
from ivigdesk.actions.library.own.product_form import LadderRow, ProductForm, VialRow, product_form_of
from ivigdesk.actions.library.own.regimen_draft import draft_course, draft_regimen, preview
from ivigdesk.actions.library.own.regimen_form import PhaseRow, RegimenForm, regimen_form_of

__all__ = [
    "HandedIn",
    "LadderRow",
    "PhaseRow",
    "ProductForm",
    "RegimenForm",
    "VialRow",
    "draft_course",
    "draft_product",
    "draft_regimen",
    "hand_over",
    "preview",
    "product_form_of",
    "regimen_form_of",
    "save_product",
    "save_regimen",
    "take_in",
]
