"""Why the doses of a course are as they are, in words: for the annex of the plan."""

from __future__ import annotations

from ivigdesk.actions import look_up
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.evidence import source_titles
from ivigdesk.clinical.status import CourseView
from ivigdesk.sheets.values import TraceLine, TraceSection
from ivigdesk.wording import Wording


def trace_sections(desk: Desk, view: CourseView, words: Wording) -> tuple[TraceSection, ...]:
    """Return every answer of every dose of the revision shown; doses with the same answer share it.

    In the order of the questions, then of the doses.
    """
    titles: dict[str, str] = {}
    order: dict[str, int] = {}
    numbers: dict[tuple[str, tuple[TraceLine, ...]], list[int]] = {}
    for one in view.doses:
        for part in look_up.why(desk, view, one.dose.number):
            lines = tuple(
                TraceLine(text=words.say(step.rule), source=_source(desk, step.source, titles, words))
                for step in part.steps
            )
            title = words.say(part.title)
            order.setdefault(title, len(order))
            numbers.setdefault((title, lines), []).append(one.dose.number)
    sections = [
        TraceSection(title=title, numbers=tuple(doses), lines=lines) for (title, lines), doses in numbers.items()
    ]
    return tuple(sorted(sections, key=lambda section: (order[section.title], section.numbers)))


def _source(desk: Desk, source: str, titles: dict[str, str], words: Wording) -> str:
    """Return a source by its titles; looked up once for each, because the doses of a course share them."""
    if source and source not in titles:
        titles[source] = words.gettext("; ").join(source_titles(desk.library, [source], words))
    return titles.get(source, "")
