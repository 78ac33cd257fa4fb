"""Every rule of the criteria that speaks of these doses: its outcome, which doses, what is missing, its source."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.actions.library.evidence import source_titles
from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.clinical.eligibility.criteria import RuleResult
from ivigdesk.clinical.eligibility.questions import missing_in
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.course.plan.criteria_words import by_outcome, criteria_words, doses_words
from ivigdesk.ui.course.plan.parts.reading import ReadingPart, line
from ivigdesk.ui.outcome_words import outcome_state
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.states import StateChip
from ivigdesk.wording import Wording

_OUTCOME_WIDTH = 176


class CriteriaPart(ReadingPart):
    """What the profile says as a whole, then rule by rule."""

    def __init__(self, library: Library, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(wording.gettext("Criteria"), parent)
        self._library = library
        self._wording = wording

    def lines_of(self, plan: CoursePlan) -> Sequence[QWidget]:
        words, profile = self._wording, plan.request.profile
        if profile is None:
            return [PlainLabel(words.gettext("No criteria were looked at."), wrap=True)]
        lines: list[QWidget] = [PlainLabel(words.text(profile.title), "heading", wrap=True)]
        for criteria, numbers in by_outcome(plan):
            said = words.gettext("{outcome}: {doses}").format(
                outcome=criteria_words(criteria, words), doses=self._doses(numbers, plan)
            )
            lines.append(PlainLabel(said, "strong", wrap=True))
            if not criteria.rules:
                lines.append(PlainLabel(words.gettext("No rule of these criteria speaks of this use."), wrap=True))
        if missing_in(infusion.criteria for infusion in plan.infusions):
            where = words.gettext("Some of it can be answered on the left, below “What the criteria ask”.")
            lines.append(PlainLabel(where, "caution", wrap=True))
        if profile.note is not None:
            lines.append(PlainLabel(words.text(profile.note), "small", wrap=True))
        return [*lines, *(self._line(rule, numbers, plan) for rule, numbers in _rules(plan))]

    def _line(self, rule: RuleResult, numbers: Sequence[int], plan: CoursePlan) -> QWidget:
        _ = self._wording.gettext
        text = self._wording.text(rule.title)
        said = _("{code}: {text}").format(code=rule.code, text=text)
        below = [PlainLabel(said, wrap=True)]
        if rule.missing:
            missing = _(", ").join(self._wording.say(one) for one in rule.missing)
            below.append(PlainLabel(_("Missing: {missing}").format(missing=missing), "caution", wrap=True))
        if rule.is_payment and not (plan.request.profile and plan.request.profile.is_payment):
            payment = _("Payment rule: says who pays, not what is right for the patient.")
            below.append(PlainLabel(payment, "caution", wrap=True))
        sources = _("; ").join(source_titles(self._library, (rule.source,), self._wording))
        doses = self._doses(numbers, plan)
        about = _("{doses} · Source: {source}").format(doses=doses[:1].upper() + doses[1:], source=sources)
        below.append(PlainLabel(about, "small", wrap=True))
        left = QWidget()
        column = bare(QVBoxLayout(left), 0)
        column.addWidget(StateChip(outcome_state(rule.outcome, self._wording, short=True)))
        return line(left, *below, width=_OUTCOME_WIDTH)

    def _doses(self, numbers: Sequence[int], plan: CoursePlan) -> str:
        is_everywhere = len(numbers) == len(plan.infusions)
        return self._wording.gettext("every dose") if is_everywhere else doses_words(numbers, self._wording)


def _rules(plan: CoursePlan) -> list[tuple[RuleResult, list[int]]]:
    """Return each rule once for each outcome, with the numbers of its doses, in the order of the file."""
    found: dict[str, tuple[RuleResult, list[int]]] = {}
    for infusion in plan.infusions:
        for rule in infusion.criteria.rules if infusion.criteria else ():
            found.setdefault(repr((rule.code, rule.outcome, rule.title, rule.missing)), (rule, []))[1].append(
                infusion.calendar.number
            )
    return list(found.values())
