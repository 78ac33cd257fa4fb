"""Notices when something becomes due, once for each time: the next rate, the next observation, the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.infusions.remaining import RemainingCard
from ivigdesk.ui.dose_words import rate_text
from ivigdesk.ui.infusion.schedule import ObservationLine
from ivigdesk.wording import Wording


class DueWatch:
    """Remembers what was announced, so that a nurse is told once."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._known: set[tuple[str, object]] = set()

    def forget(self) -> None:
        """Begin anew, for another dose."""
        self._known = set()

    def newly_due(
        self, infusion: Infusion, remains: RemainingCard, coming: Sequence[ObservationLine], now: datetime
    ) -> tuple[str, ...]:
        """Return a sentence for each thing that became due since the last time."""
        _ = self._wording.gettext
        due: list[tuple[tuple[str, object], str]] = []
        observe = next((line for line in coming if line.is_due), None)
        if observe is not None:
            text = _("Observe now: {reason}.").format(reason=self._wording.say(observe.reason))
            due.append((("observe", observe.at), text))
        step = remains.next_step
        if step is not None and step.at <= now:
            text = _("The next rate is due: {rate}.").format(rate=rate_text(self._wording, step.ml_per_h))
            # The same setting of the pump is told of once, however long it is left.
            due.append((("rate", infusion.rate_changes[-1].id), text))
        if remains.left_ml <= 0 and infusion.end is None:
            due.append((("end", infusion.id), _("The volume is in: finish and sign.")))
        new = tuple(text for key, text in due if key not in self._known)
        self._known.update(key for key, _said in due)
        return new
