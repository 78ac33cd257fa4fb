"""What happened last time, where the next decision is made."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.actions.infusions.give_infusion import Bedside
from ivigdesk.clinical.courses.status import DoseView
from ivigdesk.clinical.infusions.side_effects import SideEffectCatalogue
from ivigdesk.clinical.tasks.standing import TaskStanding
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, empty
from ivigdesk.ui.course.words import by_weight
from ivigdesk.ui.dose_words import dose_grams, effect_text, rate_text
from ivigdesk.ui.infusion.words import term_name
from ivigdesk.ui.task_words import when_text
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.units import rounded
from ivigdesk.wording import Wording

_MOST_DOSES = 3
_PER_KG = Decimal("0.01")


class RememberCard(Card):
    """Earlier doses with their reactions, the patient's earlier reactions, and what the rules noticed."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(wording.gettext("Remember"), parent=parent)
        self._wording = wording
        self._lines = bare(QVBoxLayout(), theme.SPACE_4)
        self.body.addLayout(self._lines)

    def show_bedside(
        self, here: Bedside, catalogue: SideEffectCatalogue, afterwards: Sequence[tuple[Task, TaskStanding]] = ()
    ) -> None:
        """Show what is known before this dose, and what follows it."""
        empty(self._lines)
        for sentence in in_force(here, catalogue, self._wording):
            self._lines.addWidget(PlainLabel(f"!\u2002{sentence}", "caution", wrap=True))
        for sentence in remembered(here, catalogue, self._wording):
            label = PlainLabel(sentence, wrap=True)
            self._lines.addWidget(label)
        for finding in by_weight(here.dose.findings):
            if finding.severity != "info":
                self._lines.addWidget(PlainLabel(f"!\u2002{self._wording.say(finding.message)}", "caution", wrap=True))
        self._show_afterwards(afterwards)

    def _show_afterwards(self, afterwards: Sequence[tuple[Task, TaskStanding]]) -> None:
        words = self._wording
        if afterwards:
            self._lines.addWidget(PlainLabel(words.gettext("During and after this dose"), "label", wrap=True))
        for task, standing in afterwards:
            said = words.gettext("{when}: {what}").format(when=when_text(task, words), what=words.say(task.what))
            sign = "✓" if standing == "done" else "○"
            self._lines.addWidget(PlainLabel(f"{sign}\u2002{said}", "small", wrap=True))


def remembered(here: Bedside, catalogue: SideEffectCatalogue, wording: Wording) -> list[str]:
    """Return one sentence for each of the last doses that were given, newest first, and for earlier reactions."""
    _ = wording.gettext
    earlier = [
        one
        for one in here.view.by_date
        if one.dose.comes_before(here.dose)
        and one.infusion is not None
        and one.infusion.end is not None
        and one.status != "entered in error"
    ]
    said = [_dose(one, catalogue, wording) for one in reversed(earlier[-_MOST_DOSES:])]
    last = here.view.last_reaction_before(here.dose.number)
    if last is not None and last[0].number not in {one.dose.number for one in earlier[-_MOST_DOSES:]}:
        said.append(
            _("Dose {number}: {what}").format(
                number=last[0].number, what=effect_text(wording, term_name(catalogue, last[1].code, wording), last[1])
            )
        )
    if not earlier:
        said.append(_("No dose of this course was given before."))
    cumulative = so_far(here, wording)
    if cumulative:
        said.append(cumulative)
    if here.view.patient.earlier_reactions:
        said.append(_("Earlier reactions: {words}").format(words=here.view.patient.earlier_reactions))
    if here.course.antiviral:
        said.append(_("Antiviral with it: {antiviral}").format(antiviral=here.course.antiviral))
    return said


def in_force(here: Bedside, catalogue: SideEffectCatalogue, wording: Wording) -> list[str]:
    """Return what was decided after earlier side effects and holds for this dose, one sentence each."""
    _ = wording.gettext
    said = []
    for one in here.follow_ups:
        follow_up = one.follow_up
        if follow_up.ml_per_h is not None:
            what = _("Not faster than {rate}").format(rate=rate_text(wording, follow_up.ml_per_h))
        else:
            name = wording.text(catalogue.consequence(follow_up.consequence).name)
            what = _("{name}: {detail}").format(name=name, detail=follow_up.detail) if follow_up.detail else name
        sentence = _("{what} (after {reaction})").format(what=what, reaction=wording.text(one.reaction))
        if one.was_corrected:
            sentence = _("{sentence}. That side effect was corrected since: decide again").format(sentence=sentence)
        said.append(sentence)
    return said


def so_far(here: Bedside, wording: Wording) -> str:
    """Return what the patient got in this course so far, `62.5 g, 0.74 g/kg in 12 days`; empty for nothing."""
    given = [
        (one.infusion.started_at.date(), one.infusion.end.given_dose_mg)
        for one in here.view.by_date
        if one.status in ("given", "partly given")
        and one.infusion is not None
        and one.infusion.end is not None
        and one.dose.comes_before(here.dose)
    ]
    if not given:
        return ""
    mg = sum(amount for _, amount in given)
    days = (here.view.day - given[0][0]).days + 1
    return wording.ngettext(
        "In this course so far: {amount}, {per_kg} in {n} day",
        "In this course so far: {amount}, {per_kg} in {n} days",
        days,
    ).format(
        amount=dose_grams(wording, mg),
        per_kg=wording.amount(rounded(Fraction(mg, here.course.weight_g), _PER_KG), "g/kg"),
        n=days,
    )


def _dose(one: DoseView, catalogue: SideEffectCatalogue, wording: Wording) -> str:
    _ = wording.gettext
    infusion = one.infusion
    if one.side_effects:
        what = _("; ").join(
            effect_text(wording, term_name(catalogue, effect.code, wording), effect) for effect in one.side_effects
        )
    elif infusion is not None and infusion.end is not None and infusion.end.outcome == "not given":
        what = _("not given: {reason}").format(reason=infusion.end.reason)
    else:
        rates = [change.ml_per_h for change in infusion.rate_changes] if infusion is not None else []
        what = _("no reaction, up to {rate}").format(rate=rate_text(wording, max(rates))) if rates else _("no reaction")
    return _("Dose {number}: {what}").format(number=one.dose.number, what=what)
