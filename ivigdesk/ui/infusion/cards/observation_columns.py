"""The columns of the observations: measured values, those outside the limits with a sign, and words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from ivigdesk.clinical.infusions.infusion import Observation
from ivigdesk.clinical.infusions.remarks import Remark
from ivigdesk.ui.theme import Tone
from ivigdesk.ui.widgets.tables import Column
from ivigdesk.wording import Wording

Marks = Callable[[Observation], Sequence[Remark]]


def observation_columns(wording: Wording, marks: Marks) -> tuple[Column[Observation], ...]:
    """Return the columns; `marks` says what of an observation lies outside the limits."""
    _ = wording.gettext
    cells = _Cells(wording, marks)
    return (
        Column(_("Time"), cells.time, strong=True, width=72),
        cells.column("°C", 62, ("temperature_c",)),
        cells.column(_("Pulse"), 62, ("pulse_per_min",)),
        cells.column(_("BP"), 86, ("systolic_mmhg", "diastolic_mmhg")),
        cells.column(_("Resp"), 58, ("breaths_per_min",)),
        cells.column(_("SpO2"), 62, ("spo2_percent",)),
        Column(_("Symptoms"), cells.words, small=True, stretch=True, ink=cells.tone),
    )


class _Cells:
    """What stands in the cells of one table."""

    def __init__(self, wording: Wording, marks: Marks) -> None:
        self._wording = wording
        self._marks = marks

    def time(self, row: Observation) -> str:
        return self._wording.time(row.at)

    def words(self, row: Observation) -> str:
        words = self._wording
        said = [words.say(remark.message) for remark in self._marks(row)]
        site = words.gettext("site: {site}").format(site=row.site) if row.site else ""
        parts = [f"! {'; '.join(said)}" if said else "", row.symptoms, site]
        return words.gettext("; ").join(part for part in parts if part) or "–"

    def tone(self, row: Observation) -> Tone | None:
        return self._tone(row, None)

    def column(self, title: str, width: int, fields: tuple[str, ...]) -> Column[Observation]:
        """Return the column of one value, or of the two pressures; what is outside the limits has a sign."""

        def text(row: Observation) -> str:
            values = [getattr(row, field) for field in fields]
            if all(value is None for value in values):
                return "–"
            shown = "/".join(self._number(value, fields[0]) for value in values)
            return f"! {shown}" if self._tone(row, fields) else shown

        return Column(title, text, width=width, ink=lambda row: self._tone(row, fields))

    def _number(self, value: Decimal | int | None, field: str) -> str:
        if value is None:
            return "–"
        return f"{value:.1f}" if field == "temperature_c" else self._wording.number(value)

    def _tone(self, observation: Observation, fields: tuple[str, ...] | None) -> Tone | None:
        found = [remark for remark in self._marks(observation) if fields is None or remark.field in fields]
        if not found:
            return None
        return "serious" if any(remark.severity == "stop" for remark in found) else "attention"
