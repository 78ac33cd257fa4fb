"""Rows of a product's form: a vial size, and a rate ladder."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.library.own import LadderRow, VialRow
from ivigdesk.clinical.products.product import RateUnit
from ivigdesk.ui import theme
from ivigdesk.ui.library.editor.form_fields import grid, put, text_of
from ivigdesk.ui.library.words import INDICATIONS, USES, indication_words
from ivigdesk.ui.widgets import ChoiceField, Field, LineField, PlainLabel, TickField, quiet_button
from ivigdesk.wording import Wording


class VialLine(QWidget):
    """One container size.

    Signals:
        removed(): the size is not wanted.
    """

    removed = Signal()

    def __init__(self, index: int, row: VialRow, wording: Wording, *, is_only: bool) -> None:
        super().__init__()
        _ = wording.gettext
        path = f"vials[{index}]"
        self.fields: dict[str, Field] = {
            "grams": LineField(f"{path}.grams", _("Vial"), unit="g", required=True),
            "ml": LineField(f"{path}.ml", _("Volume"), unit="mL", required=True),
            "confirmed": TickField(f"{path}.confirmed", "", _("size confirmed")),
        }
        for name, field in self.fields.items():
            put(field, getattr(row, name))
        remove = quiet_button(_("Remove"), name=_("Remove vial size {n}").format(n=index + 1))
        if is_only:
            remove.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.fields["confirmed"], 1)
        foot.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        grid(column, ((self.fields["grams"], self.fields["ml"]),))
        column.addLayout(foot)
        remove.clicked.connect(self.removed)

    def row(self) -> VialRow:
        """Return what is typed."""
        confirmed = self.fields["confirmed"]
        return VialRow(
            grams=text_of(self.fields["grams"]),
            ml=text_of(self.fields["ml"]),
            confirmed=isinstance(confirmed, TickField) and confirmed.value(),
        )


class LadderCard(QFrame):
    """One rate ladder.

    Signals:
        removed(): the ladder is not wanted.
    """

    removed = Signal()

    def __init__(self, index: int, row: LadderRow, wording: Wording) -> None:
        super().__init__()
        _ = wording.gettext
        theme.set_look(self, "card")
        path = f"ladders[{index}]"
        known = ["any", *INDICATIONS]
        indications = known if row.indication in known else [*known, row.indication]
        self.fields: dict[str, Field] = {
            "use": ChoiceField(f"{path}.use", _("For"), [(key, _(word)) for key, word in USES.items()]),
            "indication": ChoiceField(
                f"{path}.indication", _("Indication"), [(one, indication_words(one, wording)) for one in indications]
            ),
            "rates": LineField(f"{path}.rates", _("Rates"), required=True, hint=_("slow to fast, between commas")),
            "unit": ChoiceField(f"{path}.unit", _("Unit"), [(unit, unit) for unit in get_args(RateUnit)]),
            "minutes": LineField(
                f"{path}.minutes", _("Minutes before each next rate"), hint=_("one for all, or one for each")
            ),
            "source": LineField(f"{path}.source", _("Source"), required=True),
            "note": LineField(f"{path}.note", _("Note")),
        }
        for name, field in self.fields.items():
            put(field, getattr(row, name))
        remove = quiet_button(_("Remove"), name=_("Remove rate ladder {n}").format(n=index + 1))
        head = QHBoxLayout()
        head.addWidget(PlainLabel(_("Rate ladder {n}").format(n=index + 1), "strong"), 1)
        head.addWidget(remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_12, theme.SPACE_8, theme.SPACE_12, theme.SPACE_8)
        column.addLayout(head)
        one = self.fields
        grid(column, ((one["use"], one["indication"]), (one["rates"],), (one["unit"], one["minutes"])))
        grid(column, ((one["source"],), (one["note"],)))
        remove.clicked.connect(self.removed)

    def row(self) -> LadderRow:
        """Return what is typed."""
        return LadderRow(**{name: text_of(field) for name, field in self.fields.items()})
