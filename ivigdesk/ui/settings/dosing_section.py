"""What the ward proposes where nobody chooses: the dosing weight and the criteria."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from ivigdesk.actions.desk import Desk
from ivigdesk.clinical import library
from ivigdesk.clinical.doses.dosing import WeightPolicy
from ivigdesk.clinical.eligibility.criteria import ProfileId
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.messages import N_, message
from ivigdesk.ui.widgets import ChoiceField, Field, FormSection, NumberField
from ivigdesk.wording import Wording

_POLICY_WORDS: dict[WeightPolicy, str] = {
    "actual": N_("Every dose is computed from the weight as measured."),
    "ontario": N_("Adjusts the weight of nearly everybody of adult height; a contradiction in the rule is asked."),
    "nba-2026": N_("Adjusts the weight of everybody who is not excluded: children, pregnancy, short height."),
    "nhs-england": N_("Adjusts the weight from a body mass index on, or far above the ideal weight."),
}


class DosingSection(FormSection):
    """Weight policy, the ward's own cut-off and criteria, each with a line that says what it does."""

    def __init__(self, desk: Desk, wording: Wording) -> None:
        super().__init__(wording.gettext("Doses: what is proposed where nobody chooses"))
        _ = wording.gettext
        self._wording = wording
        policies = tuple((rule.id, wording.text(rule.title)) for rule in library.weight_rules().policies)
        self._notes = {one.id: wording.text(one.note) if one.note else "" for one in desk.library.profiles()}
        profiles = tuple((one.id, wording.text(one.title)) for one in desk.library.profiles())
        span = library.limits().bmi_cut_off
        self.policy = ChoiceField("weight_policy", _("Dosing weight"), policies)
        self.cut_off = NumberField(
            "adjust_from_bmi",
            message(N_("Own body mass index to adjust from")),
            wording,
            unit="kg/m²",
            least=span.least,
            most=span.most,
        )
        self.profile = ChoiceField("profile", _("Criteria for giving immunoglobulin"), profiles)
        self.add(self.policy)
        self.add(self.cut_off)
        self.add(self.profile, whole_row=True)
        self._explain()
        self.policy.edited.connect(self._explain)
        self.profile.edited.connect(self._explain)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields, in reading order."""
        return (self.policy, self.cut_off, self.profile)

    def show_settings(self, settings: WardSettings) -> None:
        """Show what the ward has chosen."""
        self.policy.set_value(settings.weight_policy)
        self.cut_off.set_value(settings.adjust_from_bmi)
        if settings.profile in self._notes:  # else its file is refused, which the Library page says
            self.profile.set_value(settings.profile)
        self._explain()

    def typed(self) -> tuple[object, ...]:
        """Return what stands in the fields, unread."""
        return (self.policy.value(), self.cut_off.text(), self.profile.value())

    def chosen(self) -> tuple[WeightPolicy, Decimal | None, ProfileId | None]:
        """Return policy, cut-off and criteria; None for criteria when none can be read.

        Raises:
            UserMistake: the cut-off is no number that can be one.
        """
        policy = cast(WeightPolicy, self.policy.value())
        return policy, self.cut_off.value(), cast(ProfileId | None, self.profile.value())

    def _explain(self) -> None:
        _ = self._wording.gettext
        policy = cast(WeightPolicy, self.policy.value())
        self.policy.show_hint(_(_POLICY_WORDS[policy]))
        rule = library.weight_rules().policy(policy)
        goes_by_it = rule.bmi_from is not None or rule.bmi_over is not None
        self.cut_off.show_hint(
            _("Leave it empty to take the policy's own number.")
            if goes_by_it
            else _("This policy does not go by the body mass index; a number here changes nothing.")
        )
        note = self._notes.get(cast(ProfileId, self.profile.value()), "")
        self.profile.show_hint(
            note or _("Each dose is looked at on its own day. The program informs; the prescriber decides.")
        )
