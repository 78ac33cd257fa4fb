"""What goes with a course: criteria, antiviral, approval, prescriber."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.clinical.eligibility.criteria import ProfileId, profile_title
from ivigdesk.clinical.eligibility.profile import Profile
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, pair
from ivigdesk.ui.widgets.fields.base import Field
from ivigdesk.ui.widgets.fields.date import DateField
from ivigdesk.ui.widgets.fields.text import ChoiceField, LineField
from ivigdesk.wording import NO_BREAK, Wording


class BesideFields(QWidget):
    """Criteria with the ward's own chosen; an antiviral that is marked as needed where the regimen requires one.

    Signals:
        edited(): a person changed something.
    """

    edited = Signal()

    def __init__(self, wording: Wording, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self._profiles: dict[ProfileId, Profile] = {}
        self._needs_antiviral = False
        self.profile = ChoiceField("profile", _("Criteria"))
        self.antiviral = LineField("antiviral", _("Antiviral with it"))
        self.approved = LineField("approved_g", _("Approved in all"), unit="g")
        self.approved_until = DateField("approved_until", message(N_("Approved until")), wording, today)
        self.prescriber = LineField("prescriber", _("Prescriber"))
        column = bare(QVBoxLayout(self), theme.SPACE_4)
        column.addWidget(self.antiviral)
        column.addWidget(self.prescriber)
        column.addLayout(pair(self.approved, self.approved_until))
        column.addWidget(self.profile)
        self.profile.edited.connect(self._show_payment)
        self.antiviral.edited.connect(self._show_need)
        for field in self.fields:
            field.edited.connect(self.edited)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in reading order."""
        return (self.antiviral, self.prescriber, self.approved, self.approved_until, self.profile)

    @property
    def chosen_profile(self) -> Profile | None:
        """The criteria that are chosen; None while none can be."""
        return next((one for key, one in self._profiles.items() if key == self.profile.value()), None)

    def show_profiles(self, profiles: tuple[Profile, ...], of_ward: ProfileId) -> None:
        """Offer these criteria, the ward's own chosen."""
        self._profiles = {one.id: one for one in profiles}
        self.profile.set_choices([(one.id, self._profile_words(one, of_ward)) for one in profiles])
        if of_ward in self._profiles:  # else its file is refused, which the Library page says
            self.profile.set_value(of_ward)
        self._show_payment()

    def show_regimen(self, regimen: Regimen) -> None:
        """Say whether this regimen needs an antiviral."""
        self._needs_antiviral = "antiviral" in regimen.requires
        label = self._wording.gettext("Antiviral with it")
        self.antiviral.label.setText(f"{label}{NO_BREAK}*" if self._needs_antiviral else label)
        self._show_need()

    def begin(self) -> None:
        """Empty what belongs to one course."""
        for field in (self.antiviral, self.approved, self.approved_until, self.prescriber):
            field.set_text("")
        self._show_need()

    def _profile_words(self, profile: Profile, of_ward: ProfileId) -> str:
        _ = self._wording.gettext
        said = self._wording.say(profile_title(profile.id))
        said = said[:1].upper() + said[1:]
        if profile.is_payment:
            said = _("{profile}: payment rule").format(profile=said)
        return _("{profile} (the ward's)").format(profile=said) if profile.id == of_ward else said

    def _show_payment(self) -> None:
        profile = self.chosen_profile
        is_payment = profile is not None and profile.is_payment
        said = self._wording.gettext("Payment rule: says who pays, not what is right for the patient.")
        self.profile.show_hint(said if is_payment else "", caution=is_payment)

    def _show_need(self) -> None:
        missing = self._needs_antiviral and not self.antiviral.text().strip()
        said = self._wording.gettext("Needed: the course is held without one.")
        self.antiviral.show_hint(said if missing else "", caution=True)
