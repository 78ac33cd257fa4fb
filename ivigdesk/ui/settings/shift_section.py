"""How the ward's day runs: when the first infusion starts, how many nurses give them, and whether it may be heard."""

from __future__ import annotations

import msgspec

from ivigdesk.actions.ward import settings_check as check
from ivigdesk.actions.words import read_clock
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.ui.widgets import Field, FormSection, LineField, TickField
from ivigdesk.wording import Wording


class ShiftSection(FormSection):
    """What the times are proposed from that nobody planned, and sounds."""

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording.gettext("Infusion day: what start times are proposed from"))
        _ = wording.gettext
        self.usual_start = LineField(
            "usual_start",
            wording.say(check.USUAL_START),
            example="09:00",
            hint=_("Start times that nobody planned are proposed from here on."),
        )
        self.nurses = LineField(
            "nurses_on_duty",
            wording.say(check.NURSES_ON_DUTY),
            hint=_("So many infusions may be started or changed at the same time. Leave it empty for no limit."),
        )
        self.sounds = TickField("sounds", "", _("A rate change or observation that is due is also heard"))
        self.add(self.usual_start)
        self.add(self.nurses)
        self.add(self.sounds, whole_row=True)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields, in reading order."""
        return (self.usual_start, self.nurses, self.sounds)

    def show_settings(self, settings: WardSettings) -> None:
        """Show what the ward has chosen."""
        self.usual_start.set_text(settings.usual_start)
        self.nurses.set_text("" if settings.nurses_on_duty is None else str(settings.nurses_on_duty))
        self.sounds.set_value(settings.sounds)

    def typed(self) -> tuple[object, ...]:
        """Return what stands in the fields, unread."""
        return (self.usual_start.text(), self.nurses.text(), self.sounds.value())

    def chosen(self, before: WardSettings) -> WardSettings:
        """Return the settings with what stands in the fields.

        Raises:
            UserMistake: no clock time, or no number of nurses.
        """
        return msgspec.structs.replace(
            before,
            usual_start=read_clock(self.usual_start.text(), field="usual_start", name=check.USUAL_START),
            nurses_on_duty=check.read_load(
                self.nurses.text(), field="nurses_on_duty", name=check.NURSES_ON_DUTY, limit=check.MOST_NURSES
            ),
            sounds=self.sounds.value(),
        )
