"""Risks and conditions of a patient as boxes to tick, in groups, so that a long list is read part by part."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QGridLayout

from ivigdesk.clinical.patients.conditions import Condition, condition_words
from ivigdesk.clinical.patients.patient import Risk
from ivigdesk.messages import N_
from ivigdesk.ui import theme
from ivigdesk.ui.patients import words
from ivigdesk.ui.widgets import Card, PlainLabel, TickField
from ivigdesk.wording import Wording


class Group(NamedTuple):
    """Boxes that belong together: risks first."""

    title: str
    risks: tuple[Risk, ...]
    conditions: tuple[Condition, ...]


GROUPS = (
    Group(
        N_("Immunoglobulin and its stabilisers"),
        (),
        (
            "immunoglobulin-anaphylaxis",
            "iga-deficiency",
            "anti-iga",
            "fructose-intolerance",
            "hyperprolinaemia",
        ),
    ),
    Group(
        N_("Kidneys and fluid"),
        ("renal",),
        ("dialysis", "volume-depletion", "positive-fluid-balance", "sepsis"),
    ),
    Group(
        N_("Heart, clots and blood"),
        ("cardiac", "thrombosis"),
        (
            "cardiovascular-disease",
            "earlier-clot",
            "immobility",
            "central-line",
            "oestrogens",
            "hyperviscosity",
            "paraprotein",
            "cryoglobulins",
            "high-triglycerides",
        ),
    ),
    Group(
        N_("Other"),
        ("diabetes",),
        ("migraine", "seizure", "immunosuppression", "b-cell-deficiency", "breast-feeding"),
    ),
)
_COLUMNS = 3


class ConditionsSection(Card):
    """All groups with their boxes; a box that is not ticked counts as absent, which the card says.

    Attributes:
        boxes: by `risk-...` or `condition-...`, in reading order.
    """

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording.gettext("Risks and conditions"))
        note = wording.gettext("Tick what is known. What is not ticked counts as absent for the safety rules.")
        self.body.addWidget(PlainLabel(note, "muted", wrap=True))
        self.boxes: dict[str, TickField] = {}
        risks = dict(words.RISK)
        for group in GROUPS:
            self.body.addSpacing(theme.SPACE_4)
            self.body.addWidget(PlainLabel(wording.gettext(group.title), "strong"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(theme.SPACE_24)
            grid.setVerticalSpacing(theme.SPACE_4)
            for column in range(_COLUMNS):
                grid.setColumnStretch(column, 1)
            names = [(f"risk-{risk}", wording.gettext(risks[risk])) for risk in group.risks]
            names.extend((f"condition-{one}", _sentence(wording.say(condition_words(one)))) for one in group.conditions)
            for index, (name, text) in enumerate(names):
                self.boxes[name] = TickField(name, "", text)
                grid.addWidget(self.boxes[name], index // _COLUMNS, index % _COLUMNS)
            self.body.addLayout(grid)

    def show_ticked(self, risks: tuple[str, ...], conditions: tuple[str, ...]) -> None:
        """Tick what is known; `edited` stays silent."""
        for name, box in self.boxes.items():
            kind, _, value = name.partition("-")
            box.set_value(value in (risks if kind == "risk" else conditions))

    def ticked(self, kind: str) -> tuple[str, ...]:
        """Return which `risk`s or `condition`s are ticked."""
        found = (name.partition("-") for name, box in self.boxes.items() if box.value())
        return tuple(value for begin, _, value in found if begin == kind)


def _sentence(text: str) -> str:
    """Return the words with a capital, as they stand alone."""
    return text[:1].upper() + text[1:]
