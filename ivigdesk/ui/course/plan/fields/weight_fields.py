"""The weight, its date, and the policy that makes the dosing weight of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.actions.courses.plan_form import proposed_policy
from ivigdesk.clinical.doses.dosing import WeightPolicy
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, pair
from ivigdesk.ui.course.words import POLICIES
from ivigdesk.ui.widgets.fields.base import Field
from ivigdesk.ui.widgets.fields.date import DateField
from ivigdesk.ui.widgets.fields.text import ChoiceField, LineField
from ivigdesk.units import centimetres, kilograms, plain
from ivigdesk.wording import Wording


class WeightFields(QWidget):
    """Weight and policy. The reason is asked for when another policy is chosen than the one that is proposed.

    Signals:
        edited(): a person changed something.
    """

    edited = Signal()

    def __init__(self, wording: Wording, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self._proposed: WeightPolicy = "actual"
        self._is_dated_by_hand = False
        self.weight = LineField("weight", _("Weight"), unit="kg")
        self.weighed_on = DateField("weighed_on", message(N_("Weighed on")), wording, today)
        self.policy = ChoiceField("policy", _("Dosing weight"), [(key, _(word)) for key, word in POLICIES.items()])
        self.height_cm = LineField("height", _("Height"), unit="cm", hint=_("Needed for the adjusted weight"))
        self.policy_reason = LineField("policy_reason", _("Reason for another dosing weight"), required=True)
        column = bare(QVBoxLayout(self), theme.SPACE_4)
        column.addLayout(pair(self.weight, self.weighed_on))
        column.addWidget(self.policy)
        column.addWidget(self.height_cm)
        column.addWidget(self.policy_reason)
        self._connect()
        self._show_what_follows()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in reading order."""
        return (self.weight, self.weighed_on, self.policy, self.height_cm, self.policy_reason)

    def show_patient(self, patient: Patient, today: date) -> None:
        """Begin anew with the patient's own weight and height."""
        self._is_dated_by_hand = False
        self.weight.set_text("" if patient.weight_g is None else plain(kilograms(patient.weight_g)))
        self.weighed_on.set_value(patient.weighed_on if patient.weight_g is not None else today)
        self.height_cm.set_text("" if patient.height_mm is None else plain(centimetres(patient.height_mm)))
        self.policy_reason.set_text("")

    def propose(self, regimen: Regimen, of_ward: WeightPolicy) -> None:
        """Choose the policy of the regimen, else of the ward, and mark it as the proposed one."""
        _ = self._wording.gettext
        self._proposed = proposed_policy(regimen, of_ward)
        marked = _("{value} (proposed)")
        self.policy.set_choices(
            [
                (key, marked.format(value=_(word)) if key == self._proposed else _(word))
                for key, word in POLICIES.items()
            ]
        )
        self.policy.set_value(self._proposed)
        self.policy_reason.show_hint(
            _("“{policy}” is proposed. Why another one is taken is printed on the plan.").format(
                policy=_(POLICIES[self._proposed])
            )
        )
        self._show_what_follows()

    @property
    def chosen(self) -> WeightPolicy:
        """The policy that is chosen."""
        return cast(WeightPolicy, self.policy.value())

    @property
    def reason(self) -> str:
        """Why another policy than the proposed one; empty where the proposed one is taken."""
        return "" if self.policy_reason.isHidden() else self.policy_reason.text()

    @property
    def height_text(self) -> str:
        """The height as typed; empty where the policy needs none."""
        return "" if self.height_cm.isHidden() else self.height_cm.text()

    def _show_what_follows(self) -> None:
        self.height_cm.setVisible(self.chosen != "actual")
        self.policy_reason.setVisible(self.chosen != self._proposed)

    def _connect(self) -> None:
        self.weight.edited.connect(self._date_the_weight)
        self.weighed_on.edited.connect(self._keep_the_date)
        self.policy.edited.connect(self._show_what_follows)
        for field in self.fields:
            field.edited.connect(self.edited)

    def _date_the_weight(self) -> None:
        # SAFETY: a newly typed weight must not carry the date of the old one.
        if not self._is_dated_by_hand:
            self.weighed_on.set_text("t")

    def _keep_the_date(self) -> None:
        self._is_dated_by_hand = True
