"""Why the doses of a course are as they are, in words: for the annex of the plan."""

from __future__ import annotations

from ivigdesk.actions import look_up
from ivigdesk.actions.desk import Desk
from ivigdesk.actions.library.evidence import source_titles
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.sheets.values import TraceLine, TraceSection
from ivigdesk.wording import Wording


def trace_sections(desk: Desk, view: CourseView, words: Wording) -> tuple[TraceSection, ...]:
    """Return every answer of every dose of the revision shown; a step that several doses share stands once.

    In the order of the questions; within one, in that of the doses and their steps.
    """
    titles: dict[str, str] = {}
    numbers: dict[str, dict[tuple[str, str], list[int]]] = {}
    for one in view.doses:
        for part in look_up.why(desk, view, one.dose.number):
            lines = numbers.setdefault(words.say(part.title), {})
            for step in part.steps:
                said = lines.setdefault((words.say(step.rule), _source(desk, step.source, titles, words)), [])
                if one.dose.number not in said:
                    said.append(one.dose.number)
    return tuple(
        TraceSection(
            title=title,
            lines=tuple(
                TraceLine(text=text, numbers=tuple(doses), source=source) for (text, source), doses in lines.items()
            ),
        )
        for title, lines in numbers.items()
    )


def _source(desk: Desk, source: str, titles: dict[str, str], words: Wording) -> str:
    """Return a source by its titles; looked up once for each, because the doses of a course share them."""
    if source and source not in titles:
        titles[source] = words.gettext("; ").join(source_titles(desk.library, [source], words))
    return titles.get(source, "")
