"""Compute the remaining doses with the new weight: before and after, side by side, until a prescriber approves."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.courses.reweigh_course import Reweighed, ReweighedDose, confirm
from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.course import Course
from ivigdesk.ui import theme
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.course.layout import pair
from ivigdesk.ui.course.words import by_weight, kilograms_text
from ivigdesk.ui.dose_words import dose_grams, taken_from
from ivigdesk.ui.widgets.fields.text import LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.notices import FindingLine
from ivigdesk.ui.widgets.tables import Column, RecordTable
from ivigdesk.units import rounded
from ivigdesk.wording import Wording

_ROWS, _LEAST_ROWS = 5, 2  # that are seen at once; the others are scrolled to
_MOST_FINDINGS = 3


class ReweighDialog(FormDialog):
    """Asks a prescriber to approve the remaining doses; given ones stay as they are."""

    def __init__(self, desk: Desk, reweighed: Reweighed, wording: Wording, parent: QWidget | None = None) -> None:
        _ = wording.gettext
        super().__init__(
            wording,
            _("Compute the remaining doses with the new weight"),
            _("Approve and store"),
            cancel=_("Leave it"),
            width=1000,
            parent=parent,
        )
        self._desk = desk
        self._reweighed = reweighed
        self.course: Course | None = None
        self.weights = PlainLabel(_weights(reweighed, wording), "heading", wrap=True)
        self.table = RecordTable(
            _columns(reweighed, wording),
            _("Before and after the change"),
            row_height=theme.TABLE_ROW_TWO_LINES,
            sortable=False,
        )
        self.outcome = PlainLabel(_outcome(reweighed, wording), "small", wrap=True)
        self.by = LineField("by", _("Prescriber who approves it"), required=True)
        self.reason = LineField("reason", _("Reason"), required=True)
        self._arrange_content()
        self.table.show_rows(reweighed.rows)
        self.by.focus()

    @classmethod
    def ask(cls, desk: Desk, reweighed: Reweighed, wording: Wording, parent: QWidget | None = None) -> Course | None:
        """Return the course with its new revision, or None when nothing was changed."""
        dialog = cls(desk, reweighed, wording, parent)
        dialog.exec()
        return dialog.course

    def submit(self) -> None:
        self.course = confirm(self._desk, self._reweighed, self.reason.text(), self.by.text())

    def has_unsaved(self) -> bool:
        return self.course is None and bool(self.by.text().strip() or self.reason.text().strip())

    def _arrange_content(self) -> None:
        grave = [finding for finding in by_weight(self._reweighed.findings) if finding.severity != "info"]
        rows = min(len(self._reweighed.rows), max(_ROWS - len(grave), _LEAST_ROWS))
        self.table.setMinimumHeight(theme.TABLE_ROW + rows * theme.TABLE_ROW_TWO_LINES)
        self.body.addWidget(self.weights)
        for finding in grave[:_MOST_FINDINGS]:
            self.body.addWidget(FindingLine(finding, self.wording))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.outcome)
        self.body.addLayout(pair(self.by, self.reason))
        self.watch((self.by, self.reason))


def _weights(reweighed: Reweighed, wording: Wording) -> str:
    """Return `Weight 70 kg → 62 kg on Mon 02 Mar 2026 (−11.4 %)`."""
    weight = reweighed.weight
    return wording.gettext("Weight {before} → {now} on {day} ({change})").format(
        before=wording.amount(Decimal(weight.before.value), weight.before.unit),
        now=wording.amount(Decimal(weight.now.value), weight.now.unit),
        day=wording.date(weight.weighed_on),
        change=wording.percent(rounded(weight.percent, Decimal("0.1"))),
    )


def _outcome(reweighed: Reweighed, wording: Wording) -> str:
    now = reweighed.course.revision.number
    said = wording.ngettext(
        "{n} remaining dose: {before} become {after} in all. This becomes revision {new}; prints of revision {old} are "
        "then superseded.",
        "{n} remaining doses: {before} become {after} in all. This becomes revision {new}; prints of revision {old} "
        "are then superseded.",
        len(reweighed.rows),
    )
    return said.format(
        n=len(reweighed.rows),
        before=dose_grams(wording, reweighed.before_mg),
        after=dose_grams(wording, reweighed.after_mg),
        new=now + 1,
        old=now,
    )


def _columns(reweighed: Reweighed, wording: Wording) -> tuple[Column[ReweighedDose], ...]:
    _ = wording.gettext
    course = reweighed.course
    new_kg = kilograms_text(wording, reweighed.dosing_weight.dosing_weight.kg)

    def old_kg(row: ReweighedDose) -> str:
        return kilograms_text(wording, course.weight_of(row.before).dosing_weight.kg)

    return (
        Column(_("Dose"), lambda row: str(row.before.number), strong=True),
        Column(_("Date"), lambda row: wording.date(row.before.due_on)),
        Column(_("Per kg"), lambda row: wording.amount(row.before.mg_per_kg, "mg/kg")),
        Column(_("Before"), lambda row: dose_grams(wording, row.before.planned_dose_mg), detail=old_kg, muted=True),
        Column("", lambda row: "→" if row.before.planned_dose_mg != row.after.planned_dose_mg else "=", muted=True),
        Column(
            _("After"),
            lambda row: dose_grams(wording, row.after.planned_dose_mg),
            detail=lambda _row: new_kg,
            strong=True,
        ),
        Column(_("Change"), lambda row: _change(row, wording)),
        Column(
            _("Vials"),
            lambda row: taken_from(wording, row.after.volume_ml, row.after.vials, short=True),
            detail=lambda row: _("before: {vials}").format(
                vials=taken_from(wording, row.before.volume_ml, row.before.vials, short=True)
            ),
            stretch=True,
        ),
    )


def _change(row: ReweighedDose, wording: Wording) -> str:
    """Return the change of the grams in percent, to 0.1."""
    before, after = row.before.planned_dose_mg, row.after.planned_dose_mg
    if before == 0:
        return ""
    return wording.percent(rounded(Fraction(after - before, before) * 100, Decimal("0.1")))
