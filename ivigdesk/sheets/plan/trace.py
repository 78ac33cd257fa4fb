"""Why the doses are as they are: an annex that a second person can check line by line."""

from __future__ import annotations

from collections.abc import Sequence

from ivigdesk.sheets.paper.blocks import Block, paragraph, stacked
from ivigdesk.sheets.paper.pages import Flow
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.plan.dose_notes import ranges
from ivigdesk.sheets.sections import heading
from ivigdesk.sheets.style import CAPTION, CELL, GAP, MM, SECTION_GAP, SMALL_STRONG, WIDTH
from ivigdesk.sheets.values import TraceLine, TraceSection
from ivigdesk.wording import Wording


def add_trace(flow: Flow, sections: Sequence[TraceSection], wording: Wording) -> None:
    """Put the answers on pages of their own; doses with the same answer share it."""
    if not sections:
        return
    _ = wording.gettext
    flow.turn_page()
    flow.add(heading(_("Why each dose"), _("rule, inputs, result and source; to be checked by a second person")))
    for section in sections:
        doses = wording.ngettext("dose {numbers}", "doses {numbers}", len(section.numbers))
        title = paragraph(
            (
                Run(section.title, SMALL_STRONG),
                Run(f"  {doses.format(numbers=ranges(section.numbers, wording))}", CELL),
            ),
            WIDTH,
        )
        lines = [_line(number, line, wording) for number, line in enumerate(section.lines, start=1)]
        if lines:
            flow.add(stacked((title, lines[0]), 0.3 * MM), SECTION_GAP)
            for line in lines[1:]:
                flow.add(line, GAP / 4)


def _line(number: int, line: TraceLine, wording: Wording) -> Block:
    runs = [Run(f"{number}.  {line.text}", CELL)]
    if line.source:
        runs.append(Run(f"  {wording.gettext('Source: {source}').format(source=line.source)}", CAPTION))
    return paragraph(runs, WIDTH)
