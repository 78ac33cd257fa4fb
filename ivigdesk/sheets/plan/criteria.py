"""What a profile of criteria says of the doses of a plan."""

from __future__ import annotations

from ivigdesk.clinical.eligibility.criteria import Outcome, outcome_words
from ivigdesk.sheets.values import PlanSheet
from ivigdesk.wording import Wording


def criteria_line(sheet: PlanSheet, wording: Wording) -> str:
    """Return whose criteria they are, and what they say of which doses; a rule about who pays says that it is one."""
    _ = wording.gettext
    looked_at = [dose for dose in sheet.view.course.doses if dose.criteria is not None]
    if not looked_at or sheet.criteria_title is None:
        return ""
    by_outcome: dict[Outcome, list[int]] = {}
    for dose in looked_at:
        if dose.criteria is not None:
            by_outcome.setdefault(dose.criteria.outcome, []).append(dose.number)
    said = []
    for outcome, numbers in by_outcome.items():
        text = wording.say(outcome_words(outcome))
        if len(by_outcome) > 1:
            doses = wording.ngettext("dose {numbers}", "doses {numbers}", len(numbers))
            text = _("{outcome}: {doses}").format(outcome=text, doses=doses.format(numbers=wording.ranges(numbers)))
        said.append(text)
    title = wording.text(sheet.criteria_title)
    if any(dose.criteria is not None and dose.criteria.is_payment for dose in looked_at):
        title = _("{title} (payment rule, not a medical one)").format(title=title)
    return _("{title}: {said}").format(title=title, said=_("; ").join(said))
