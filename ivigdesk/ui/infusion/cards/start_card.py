"""Before the start: which dose, how much, how fast first, and the button that starts it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ivigdesk.actions.infusions.give_infusion import Bedside
from ivigdesk.clinical.library import limits
from ivigdesk.ui import theme
from ivigdesk.ui.course.course.weight_notice import WeightNotice
from ivigdesk.ui.course.words import product_title
from ivigdesk.ui.dose_words import dose_grams, made_of, rate_text
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.states import StateChip, status_state
from ivigdesk.wording import Wording

_DAYS_PER_WEEK = 7


class StartCard(Card):
    """The dose that waits.

    Attributes:
        weight: what the weight asks for before it; the page settles it.

    Signals:
        start_requested(): start the pump.
        not_given_requested(): the dose is not given.
    """

    start_requested = Signal()
    not_given_requested = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        _ = wording.gettext
        self._wording = wording
        self.state = StateChip()
        self.amount = PlainLabel("", "rate")
        self.made_of = PlainLabel("", wrap=True)
        self.first_rate = PlainLabel("", "heading", wrap=True)
        self.first = PlainLabel("", "", wrap=True)
        self.in_force = PlainLabel("", "", wrap=True)
        self.weight = WeightNotice(wording, upright=True)
        self.at = LineField("at", _("Started at"), example=_("now"))
        self.open = PlainLabel("", "caution", wrap=True)
        self.start = Button(_("Start the infusion"), bedside=True, picture="play")
        self.not_given = Button(_("Not given…"), bedside=True)
        for widget in (
            self.state, self.amount, self.made_of, self.first_rate, self.first, self.in_force, self.weight, self.open,
            self.start,
        ):  # fmt: skip
            self.body.addWidget(widget)
        beside = QHBoxLayout()
        beside.setSpacing(theme.SPACE_12)
        beside.addWidget(self.at, 1)
        beside.addWidget(self.not_given, 1, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(beside)
        self.start.clicked.connect(self.start_requested)
        self.not_given.clicked.connect(self.not_given_requested)

    def show_bedside(self, here: Bedside, in_force: Sequence[str] = ()) -> None:
        """Show the dose of `here`; `in_force` is what was decided after earlier side effects."""
        _ = self._wording.gettext
        dose = here.dose
        state = status_state(here.dose_view.status, self._wording)
        self.state.show_state(state)
        self.amount.setText(dose_grams(self._wording, dose.planned_dose_mg))
        made = made_of(self._wording, dose.volume_ml, dose.vials)
        self.made_of.setText(f"= {made}\n{product_title(self._wording, here.product)}")
        rate = rate_text(self._wording, dose.rate_card.rows[0].ml_per_h)
        self.first_rate.setText(_("First rate {rate}").format(rate=rate))
        self.first.setText(self._first_words(here))
        self.first.setVisible(dose.is_first_infusion)
        self.first.show_ink("attention")
        self.in_force.setText("\n".join(f"!\u2002{sentence}" for sentence in in_force))
        self.in_force.setVisible(bool(in_force))
        self.in_force.show_ink("attention")

    def _first_words(self, here: Bedside) -> str:
        """Return why the pump begins at the initial rate; empty for a dose that goes on as before."""
        _ = self._wording.gettext
        if not here.dose.is_first_infusion:
            return ""
        if here.course.dose(here.dose.number).is_first_infusion:
            return _("First infusion: initial rate, observe 1 h after")
        weeks = limits().restart_after_days // _DAYS_PER_WEEK
        text = _(
            "Initial rate again, although it was planned otherwise: no dose of this product was given within {n} "
            "weeks, or the last one was another product. Observe 1 h after."
        )
        return text.format(n=weeks)

    def is_ready(self) -> bool:
        """Whether nothing stands before the start."""
        return self.open.isHidden() and self.start.isEnabled()

    def show_open(self, *, checks: int, has_vials: bool) -> None:
        """Say what stands before the start; once nothing does, starting is the thing to do next."""
        _ = self._wording.gettext
        what = []
        if checks:
            what.append(self._wording.ngettext("{n} check (*)", "{n} checks (*)", checks).format(n=checks))
        finding = self.weight.finding
        if finding is not None and finding.severity == "hold":
            what.insert(0, _("the weight"))
        if not has_vials:
            what.append(_("the vials with their lots"))
        self.open.setText(_("Still open: {what}").format(what=_(", ").join(what)) if what else "")
        self.open.setVisible(bool(what))
        self.start.show_weight("secondary" if what else "primary")
