"""The card beside the library's list: what one file says, part after part."""

from __future__ import annotations

from typing import Literal

import msgspec
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ivigdesk.actions.evidence import evidence_lines
from ivigdesk.actions.library import Library
from ivigdesk.clinical.product import Product
from ivigdesk.messages import Text
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.scheduling.sentence import rule_sentence
from ivigdesk.ui import theme
from ivigdesk.ui.library.words import concentration, ladder_lines, ladder_title, standing_warning, sugar
from ivigdesk.ui.widgets import Card, PlainLabel
from ivigdesk.units import grams
from ivigdesk.wording import Wording


class Part(msgspec.Struct, frozen=True):
    """One part of the card: a heading, a pair of label and text, or a warning."""

    kind: Literal["heading", "pair", "warning"]
    text: str
    label: str = ""


class Detail(QWidget):
    """Shows the parts of one record; the text can be read by screen readers line by line."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, theme.SPACE_8, 0)
        self._card: Card | None = None

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        """Show other parts instead of those that stand here."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not parts:
            return
        self._card = Card()
        for part in parts:
            self._card.body.addWidget(_part_widget(part))
        self._column.addWidget(self._card)
        self._column.addStretch()


def regimen_parts(regimen: Regimen, library: Library, wording: Wording) -> tuple[Part, ...]:
    """Return what the file of a regimen says."""
    _ = wording.gettext
    warning = standing_warning(regimen.standing, wording)
    anchor = _("first dose (day 1)") if regimen.anchor == "first-dose" else _("transplant (day 0)")
    parts = [
        Part("heading", wording.text(regimen.title)),
        *([Part("warning", warning)] if warning else []),
        Part("pair", rule_sentence(regimen, wording), _("The rule")),
        Part("pair", anchor, _("Days are counted from")),
        *([Part("pair", _("an antiviral"), _("Goes with"))] if "antiviral" in regimen.requires else []),
        *([Part("pair", wording.text(regimen.note), _("Note"))] if regimen.note else []),
        *(
            Part("pair", wording.text(line.statement), f"{line.reference} {wording.text(line.kind)}")
            for line in evidence_lines(library, regimen, wording)
        ),
        Part("pair", ", ".join(regimen.sources), _("Sources")),
        Part("pair", f"{regimen.id} · {regimen.version}", _("File and version")),
    ]
    return tuple(parts)


def product_parts(product: Product, wording: Wording) -> tuple[Part, ...]:
    """Return what the file of a product says."""
    _ = wording.gettext
    vials = ", ".join(
        f"{wording.amount(grams(vial.mg), 'g')} / {wording.amount(vial.ml, 'mL')}"
        + ("" if vial.confirmed else _(" (ask the pharmacist)"))
        for vial in product.vials
    )
    parts = [Part("heading", wording.text(product.title))]
    parts.extend(Part("warning", wording.text(one)) for one in product.contraindications)
    parts.extend(
        (
            Part("pair", wording.text(product.maker), _("Maker")),
            Part("pair", concentration(product, wording), _("Concentration")),
            Part("pair", vials, _("Vials")),
            Part("pair", wording.text(product.stabiliser), _("Stabiliser")),
            Part("pair", sugar(product, wording), _("Sugar")),
            Part("pair", wording.text(product.storage), _("Storage")),
        )
    )
    optional: tuple[tuple[Text | None, str], ...] = (
        (product.dilution, _("Dilution")),
        (product.flush, _("Flush")),
        (product.line_filter, _("Filter")),
        (product.after_opening, _("After opening")),
    )
    parts.extend(Part("pair", wording.text(text), label) for text, label in optional if text)
    for ladder in product.ladders:
        parts.append(Part("pair", "\n".join(ladder_lines(ladder, wording)), ladder_title(ladder, wording)))
    checked = _("{date}, by {who}").format(date=wording.date_plain(product.checked_on), who=product.checked_by)
    parts.extend(
        (
            Part("pair", ", ".join(product.sources), _("Sources")),
            Part("pair", checked, _("Compared with the label")),
            Part("pair", f"{product.id} · {product.version}", _("File and version")),
        )
    )
    return tuple(parts)


def _part_widget(part: Part) -> QWidget:
    if part.kind == "heading":
        return PlainLabel(part.text, "heading", wrap=True)
    if part.kind == "warning":
        bar = QFrame()
        theme.set_look(bar, "notice-attention")
        column = QVBoxLayout(bar)
        column.setContentsMargins(theme.SPACE_12, theme.SPACE_8, theme.SPACE_12, theme.SPACE_8)
        column.addWidget(PlainLabel(f"!\u2002{part.text}", wrap=True))
        return bar
    pair = QWidget()
    column = QVBoxLayout(pair)
    column.setContentsMargins(0, theme.SPACE_4, 0, 0)
    column.setSpacing(0)
    column.addWidget(PlainLabel(part.label, "label"))
    column.addWidget(PlainLabel(part.text, wrap=True))
    return pair
