"""What the rules noticed about a plan: each sentence once, with its doses, the gravest first."""

from __future__ import annotations

from dataclasses import dataclass

from ivigdesk.actions.library.evidence import source_titles
from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.clinical.eligibility.criteria import Criteria
from ivigdesk.clinical.findings import SEVERITIES, Finding, standing_in_the_way
from ivigdesk.ui.course.plan.criteria_words import criteria_words, doses_words
from ivigdesk.ui.widgets.states import State, severity_state
from ivigdesk.wording import Wording

CRITERIA_CODE = "SR26"


@dataclass(frozen=True, slots=True)
class Noticed:
    """One finding of a plan.

    Attributes:
        finding: as the rules gave it.
        numbers: of the doses that it is about; empty for the whole course.
        criteria: what it speaks of, where it is the remark on criteria; None otherwise.
    """

    finding: Finding
    numbers: tuple[int, ...]
    criteria: Criteria | None = None

    @property
    def stands_in_the_way(self) -> bool:
        """Whether it needs a prescriber's name and reason."""
        return bool(standing_in_the_way((self.finding,)))

    @property
    def is_grave(self) -> bool:
        """Whether it is more than a remark."""
        return self.finding.severity != "info" or self.finding.needs_reason

    def state(self, wording: Wording) -> State:
        """Return how grave it is, as a chip; what needs a reason says so whatever its severity."""
        severity = self.finding.severity
        is_asking = self.finding.needs_reason and severity in ("info", "warn")
        return severity_state("hold" if is_asking else severity, wording)

    def words(self, wording: Wording) -> str:
        """Return the sentence, with the doses it is about; a payment rule is named as one before anything else."""
        said = wording.say(self.finding.message)
        if self.criteria is not None and self.criteria.is_payment:
            said = wording.gettext("{head}. {sentence}").format(
                head=criteria_words(self.criteria, wording), sentence=said
            )
        if not self.numbers:
            return said
        doses = doses_words(self.numbers, wording)
        return wording.gettext("{doses}: {sentence}").format(doses=doses[:1].upper() + doses[1:], sentence=said)

    def source_words(self, library: Library, wording: Wording) -> str:
        """Return code and source: `SR22 · Source: …`; a citation of the fact base stands for the pages it names."""
        titles = source_titles(library, (self.finding.source,), wording) if self.finding.source else ()
        if not titles:
            return self.finding.code
        sources = titles[0] if self.finding.source.startswith("FACTS") else wording.gettext("; ").join(titles)
        return wording.gettext("{code} · Source: {source}").format(code=self.finding.code, source=sources)


def noticed_of(plan: CoursePlan) -> tuple[Noticed, ...]:
    """Return every finding of `plan` once: the gravest first, then by date."""
    found: dict[str, tuple[Finding, list[int], Criteria | None]] = {}
    first = plan.infusions[0] if plan.infusions else None
    for finding in plan.findings:
        about = first.criteria if first is not None and finding.code == CRITERIA_CODE else None
        found.setdefault(_key(finding), (finding, [], about))
    of_course = set(found)
    for infusion in plan.infusions:
        for finding in infusion.findings:
            if _key(finding) in of_course:
                continue
            about = infusion.criteria if finding.code == CRITERIA_CODE else None
            found.setdefault(_key(finding), (finding, [], about))[1].append(infusion.calendar.number)
    everywhere = len(plan.infusions)
    noticed = (
        Noticed(finding, () if len(numbers) == everywhere else tuple(numbers), about)
        for finding, numbers, about in found.values()
    )
    return tuple(sorted(noticed, key=_rank))


def _rank(one: Noticed) -> int:
    """Return what it is sorted by: what needs a reason never stands below what is on hold."""
    rank = SEVERITIES.index(one.finding.severity)
    return -max(rank, SEVERITIES.index("hold")) if one.finding.needs_reason else -rank


def _key(finding: Finding) -> str:
    return f"{finding.code} {finding.message!r}"
