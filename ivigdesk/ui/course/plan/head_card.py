"""The head of the preview: the banner of a regimen that is no routine, the sentence, and the grams of the course."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.clinical.courses.ledger import from_stock_mg
from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.clinical.eligibility.criteria import profile_title
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.scheduling.sentence import regimen_sentence
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.course.plan.criteria_words import by_outcome, criteria_words, doses_words
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.outcome_words import outcome_state
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.flow import FlowLayout
from ivigdesk.ui.widgets.labels import PlainLabel, WrappingLabel
from ivigdesk.ui.widgets.notices import Notice, NoticeBar
from ivigdesk.ui.widgets.states import State, StateChip
from ivigdesk.units import grams, rounded
from ivigdesk.wording import NO_BREAK, Wording

_READING = Decimal("0.01")
_WIDEST = 640
_LEAST = 240
_INNER = 3


class HeadCard(QWidget):
    """What the course is, in a sentence and a line of sums.

    Attributes:
        banner: above it, for a regimen that guidelines advise against.
        sentence: amounts, days, number of doses, last date.
        own: who wrote the regimen, where it is the ward's own.
        grams: ordered, rounded to vials, and taken from stock.
        criteria: what the criteria come to: once where every dose has the same, else for which doses.
        approval: whether the course stays within what was approved; hidden where nothing was.
    """

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self.banner = NoticeBar(wording, closable=False)
        self.sentence = PlainLabel("", "heading", wrap=True)
        self.own = PlainLabel("", "small", wrap=True)
        self.grams = WrappingLabel("small", widest=_WIDEST)
        self.criteria: tuple[WrappingLabel, ...] = ()
        self.approval = StateChip()
        card = Card(margin=theme.SPACE_12)
        card.body.setSpacing(theme.SPACE_4)
        self._sums = QWidget()
        self._flow = FlowLayout(self._sums, theme.SPACE_12, theme.SPACE_4)
        for one in (self.grams, self.approval):
            self._flow.addWidget(one)
        for widget in (self.sentence, self.own, self._sums):
            card.body.addWidget(widget)
        column = bare(QVBoxLayout(self), theme.SPACE_8)
        column.addWidget(self.banner)
        column.addWidget(card)
        self._show_details(False)

    def show_plan(self, plan: CoursePlan, approved_mg: int | None, approved_until: date | None = None) -> None:
        """Show the course in a sentence, and its grams and days against the approval."""
        regimen, words = plan.request.regimen, self._wording
        days = tuple(infusion.calendar for infusion in plan.infusions)
        self.sentence.setText(regimen_sentence(regimen, days, words))
        self._show_banner(regimen)
        self.own.setText(_author(regimen, words))
        self.grams.setText(grams_line(plan, approved_mg, words, approved_until))
        self.approval.show_state(approval_state(plan, approved_mg, words, approved_until))
        self._show_criteria(plan)
        self._show_details(True)

    def show_words(self, sentence: str) -> None:
        """Say something else instead of a course."""
        self.sentence.setText(sentence)
        self.banner.show_notice(None)
        self._show_details(False)

    def _show_details(self, shown: bool) -> None:
        self.own.setVisible(shown and bool(self.own.text()))
        self._sums.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        for label in (self.grams, *self.criteria):
            label.allow(self._room())
        super().resizeEvent(event)

    def _show_criteria(self, plan: CoursePlan) -> None:
        for old in self.criteria:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.criteria = tuple(_chip(state, self._room()) for state in criteria_states(plan, self._wording))
        for chip in self.criteria:
            self._flow.addWidget(chip)

    def _room(self) -> int:
        return max(self.width() - 2 * theme.SPACE_12 - 2, _LEAST)

    def _show_banner(self, regimen: Regimen) -> None:
        said = standing_banner(regimen, self._wording)
        self.banner.show_notice(Notice(said, "attention") if said else None)


def criteria_states(plan: CoursePlan, wording: Wording) -> tuple[State, ...]:
    """Return what the criteria come to: one state where every dose has the same, else one for each outcome."""
    _ = wording.gettext
    found = by_outcome(plan)
    states = []
    for criteria, numbers in found:
        look, said = outcome_state(criteria.outcome, wording, short=True), criteria_words(criteria, wording)
        if len(found) > 1:
            said = _("{outcome}: {doses}").format(outcome=said, doses=doses_words(numbers, wording))
        elif criteria.is_payment:
            said = _("{outcome}, every dose").format(outcome=said)
        else:
            profile = wording.say(profile_title(criteria.profile))
            said = _("{outcome}, every dose ({profile})").format(outcome=said, profile=profile)
        states.append(State(look.sign, said, look.tone))
    return tuple(states)


def _chip(state: State, widest: int) -> WrappingLabel:
    """Return a chip that breaks its words where a narrow window asks for it."""
    label = WrappingLabel(widest=widest, margin=2 * theme.SPACE_12)
    label.setContentsMargins(theme.SPACE_12, _INNER, theme.SPACE_12, _INNER)
    theme.set_look(label, f"chip-{state.tone}")
    label.setText(state.text)
    label.setAccessibleName(state.word)
    return label


def standing_banner(regimen: Regimen, wording: Wording) -> str:
    """Return what stands above a course that guidelines advise against; empty for any other."""
    _ = wording.gettext
    if regimen.standing == "not-routine":
        return _("Guidelines advise against routine use. A written justification is asked for on confirming.")
    if regimen.standing == "historical":
        return _(
            "Historical regimen: guidelines advise against routine use. A written justification is asked for on "
            "confirming."
        )
    return ""


def grams_line(plan: CoursePlan, approved_mg: int | None, wording: Wording, approved_until: date | None = None) -> str:
    """Return `Ordered 115.5 g · as vials 110 g: 44 × 2.5 g · 1.57 g/kg over 36 days · approved 100 g`."""
    _ = wording.gettext
    ordered = rounded(sum((one.amount.exact_mg for one in plan.infusions), Decimal(0)) / 1000, _READING)
    opened_mg = from_stock_mg(one.amount for one in plan.infusions)
    per_kg = rounded(Decimal(plan.total_mg) / 1000 / _kilograms(plan), _READING)
    parts = [
        _("Ordered {amount}").format(amount=wording.amount(ordered, "g")),
        _("rounded {amount}").format(amount=wording.amount(grams(plan.total_mg), "g")),
    ]
    if opened_mg > plan.total_mg:
        parts.append(_("from stock {amount}").format(amount=wording.amount(grams(opened_mg), "g")))
    parts += [
        _("vials {vials}").format(vials=_vials(plan, wording)),
        _("{per_kg} over {days} days").format(
            per_kg=wording.amount(per_kg, "g/kg"), days=plan.infusions[-1].calendar.course_day
        ),
    ]
    if approved_mg is None and approved_until is None:
        parts.append(_("no approval entered"))
    if approved_mg is not None:
        parts.append(_("approved {amount}").format(amount=wording.amount(grams(approved_mg), "g")))
    if approved_until is not None:
        parts.append(_("approved until {day}").format(day=wording.date_plain(approved_until)))
    return f"{NO_BREAK}· ".join(parts)


def approval_state(
    plan: CoursePlan, approved_mg: int | None, wording: Wording, approved_until: date | None = None
) -> State | None:
    """Return whether the course stays within what was approved, as a chip; None without an approval."""
    _ = wording.gettext
    left_mg = None if approved_mg is None else approved_mg - from_stock_mg(one.amount for one in plan.infusions)
    if left_mg is not None and left_mg < 0:
        over = wording.amount(grams(-left_mg), "g")
        return State("!", _("Approval exceeded by {amount}").format(amount=over), "attention")
    late = sum(approved_until is not None and one.calendar.due_on > approved_until for one in plan.infusions)
    if late:
        said = wording.ngettext("{n} dose after the approval ends", "{n} doses after the approval ends", late)
        return State("!", said.format(n=late), "attention")
    if left_mg is None:
        return None
    left = wording.amount(grams(left_mg), "g")
    return State("✓", _("Within the approval, {amount} left").format(amount=left), "given")


def _author(regimen: Regimen, wording: Wording) -> str:
    if not regimen.author:
        return ""
    _ = wording.gettext
    parts = [_("The ward's own regimen"), _("by {author}").format(author=regimen.author)]
    if regimen.written_on is not None:
        parts.append(_("written {day}").format(day=wording.date_plain(regimen.written_on)))
    parts.append(_("version {version}").format(version=regimen.version))
    return f"{NO_BREAK}· ".join(parts)


def _vials(plan: CoursePlan, wording: Wording) -> str:
    counts: dict[int, int] = {}
    for infusion in plan.infusions:
        for vial in infusion.amount.vials:
            counts[vial.mg] = counts.get(vial.mg, 0) + vial.count
    return " + ".join(
        f"{counts[mg]}{NO_BREAK}×{NO_BREAK}{dose_grams(wording, mg)}" for mg in sorted(counts, reverse=True)
    )


def _kilograms(plan: CoursePlan) -> Decimal:
    kg = plan.dosing_weight.kg
    return Decimal(kg.numerator) / Decimal(kg.denominator)
