"""What is known of the regimen: each statement with its type, so that a protocol never reads as a result."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.library.evidence import evidence_lines, source_titles
from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.courses.planning import CoursePlan
from ivigdesk.sheets.values import EvidenceLine
from ivigdesk.ui.course.plan.parts.reading import ReadingPart, line
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

_KIND_WIDTH = 156


class EvidencePart(ReadingPart):
    """The statements of the regimen's sources, then the titles of all that it rests on."""

    def __init__(self, library: Library, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(wording.gettext("Evidence"), parent)
        self._library = library
        self._wording = wording

    def lines_of(self, plan: CoursePlan) -> Sequence[QWidget]:
        regimen, words = plan.request.regimen, self._wording
        lines = [self._line(one) for one in evidence_lines(self._library, regimen, words)]
        if regimen.note is not None:
            lines.append(self._pair(words.gettext("Note"), words.text(regimen.note)))
        titles = source_titles(self._library, regimen.sources, words)
        lines.append(self._pair(words.gettext("Sources"), "\n".join(titles)))
        return lines

    def _line(self, one: EvidenceLine) -> QWidget:
        kind = self._wording.text(one.kind)
        left = PlainLabel(f"{kind[:1].upper()}{kind[1:]} {one.reference}", "strong", wrap=True)
        return line(left, PlainLabel(self._wording.text(one.statement), wrap=True), width=_KIND_WIDTH)

    def _pair(self, label: str, text: str) -> QWidget:
        return line(PlainLabel(label, "muted", wrap=True), PlainLabel(text, "small", wrap=True), width=_KIND_WIDTH)
