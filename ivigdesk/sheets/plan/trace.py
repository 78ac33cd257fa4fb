"""Why the doses are as they are: an annex that a second person can check line by line."""

from __future__ import annotations

from collections.abc import Sequence

from ivigdesk.sheets.paper.blocks import Block, paragraph, stacked
from ivigdesk.sheets.paper.pages import Flow
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.sections import heading
from ivigdesk.sheets.style import CAPTION, CELL, GAP, MM, SECTION_GAP, SMALL_STRONG, WIDTH
from ivigdesk.sheets.values import TraceLine, TraceSection
from ivigdesk.wording import Wording


def add_trace(flow: Flow, sections: Sequence[TraceSection], wording: Wording) -> None:
    """Put the answers on pages of their own, with their sources numbered at the end."""
    if not sections:
        return
    _ = wording.gettext
    flow.turn_page()
    flow.add(heading(_("Why each dose"), _("rule, inputs, result and source; to be checked by a second person")))
    everyone = {number for section in sections for line in section.lines for number in line.numbers}
    sources: dict[str, int] = {}
    for section in sections:
        blocks = [_line(line, everyone, sources, wording) for line in section.lines]
        title = paragraph(section.title, WIDTH, SMALL_STRONG)
        flow.add(stacked((title, *blocks[:1]), 0.3 * MM), SECTION_GAP)
        for block in blocks[1:]:
            flow.add(block, GAP / 4)
    if sources:
        named = [paragraph(f"({number}) {source}", WIDTH, CAPTION) for source, number in sources.items()]
        flow.add(stacked((paragraph(_("Sources"), WIDTH, SMALL_STRONG), *named[:1]), 0.3 * MM), SECTION_GAP)
        for block in named[1:]:
            flow.add(block)


def _line(line: TraceLine, everyone: set[int], sources: dict[str, int], wording: Wording) -> Block:
    """Return a step with the doses that it holds for, where it does not hold for all, and its source's number."""
    runs = [Run(line.text, CELL)]
    if set(line.numbers) != everyone:
        doses = wording.ngettext("dose {numbers}", "doses {numbers}", len(line.numbers))
        runs.insert(0, Run(f"{doses.format(numbers=wording.ranges(line.numbers))}:  ", SMALL_STRONG))
    if line.source:
        runs.append(Run(f"  ({sources.setdefault(line.source, len(sources) + 1)})", CAPTION))
    return paragraph(runs, WIDTH)
