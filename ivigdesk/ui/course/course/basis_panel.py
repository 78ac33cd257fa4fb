"""What a course rests on: how it was accepted, and the evidence of its regimen."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.library.evidence import reference, source_titles
from ivigdesk.actions.library.files import Library
from ivigdesk.clinical.courses.course import Course
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.ui import theme
from ivigdesk.ui.course.course.accepted import accepted_parts
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.library.detail import Detail, Part, pair, scrolling_detail
from ivigdesk.ui.library.parts.evidence import kind_states
from ivigdesk.wording import Wording


class BasisPanel(QWidget):
    """Two cards side by side, each scrolled on its own."""

    def __init__(self, library: Library, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._library = library
        self._wording = wording
        self.accepted = Detail(wording)
        self.evidence = Detail(wording)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_12)
        row.addWidget(scrolling_detail(self.accepted, _("How the course was accepted")), 1)
        row.addWidget(scrolling_detail(self.evidence, _("Evidence of the regimen")), 1)
        column = bare(QVBoxLayout(self))
        column.addLayout(row, 1)

    def show_course(self, course: Course) -> None:
        """Show what `course` rests on."""
        self.accepted.show_parts(accepted_parts(course, self._wording))
        self.evidence.show_parts(regimen_evidence(course.regimen, self._library, self._wording))


def regimen_evidence(regimen: Regimen, library: Library, wording: Wording) -> tuple[Part, ...]:
    """Return what each source of a regimen says, with its type, and the sources that only name numbers.

    SAFETY: a plan of a study says that it has no results; a payment rule says that it is one.
    """
    _ = wording.gettext
    evidence = library.evidence()
    parts = [Part("heading", _("Evidence of the regimen")), Part("line", wording.text(regimen.title))]
    named = []
    for source in regimen.sources:
        entry = evidence.entry(source) if source in evidence else None
        if entry is None or entry.statement is None:
            named.append(source)
            continue
        parts.append(pair(reference(entry), entry.title))
        parts.append(Part("chips", states=kind_states(entry, wording)))
        parts.append(Part("line", wording.text(entry.statement)))
    if len(parts) == 2:
        parts.append(Part("line", _("None of its sources states an outcome.")))
    if named:
        titles = source_titles(library, named, wording)
        parts.append(pair(_("Sources"), "\n".join(f"•\u2002{title}" for title in titles)))
    file = _("{file}, version {version}").format(file=f"{regimen.id}.toml", version=regimen.version)
    parts.append(pair(_("File"), file))
    return tuple(parts)
