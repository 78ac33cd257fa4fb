"""Whom this is about: the darkest thing on the page, above it, never scrolled away."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.messages import N_
from ivigdesk.ui import theme
from ivigdesk.ui.widgets.flow import FlowLayout
from ivigdesk.ui.widgets.labels import PlainLabel, WrappingLabel, tip
from ivigdesk.ui.widgets.states import State
from ivigdesk.units import kilograms
from ivigdesk.wording import Wording

SEXES = {"female": N_("Female"), "male": N_("Male"), "unknown": N_("Sex not recorded")}
RISKS = {
    "renal": N_("kidneys at risk"),
    "thrombosis": N_("clots at risk"),
    "cardiac": N_("heart at risk"),
    "diabetes": N_("diabetes"),
}


_WIDEST = 420  # of an alert that stands beside the rest
_MARGIN = 28  # of an alert's look, left and right together, with what Qt keeps free beside wrapped words


class PatientBanner(QWidget):
    """Name, birth date and age, sex, record number, bed, weight and its date, transplant day, allergies and alerts.

    Where they do not fit beside the rest, allergies and alerts take a line of their own; nothing is cut off.
    """

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patient-banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._wording = wording
        self._name = WrappingLabel("name", widest=340)
        self._born = PlainLabel(look="small")
        self._number = _Pair(wording.gettext("Record no."))
        self._bed = _Pair(wording.gettext("Bed"))
        self._weight = _Pair(wording.gettext("Weight"))
        self._day = _Pair(wording.gettext("Transplant"))
        self._dose = _Pair(wording.gettext("Dose"))
        self._pairs = (self._number, self._bed, self._weight, self._day, self._dose)
        self._identity = QWidget()
        self._allergies = _Alert()
        self._alerts = _Alert()
        self._arrange()
        self.hide()

    def show_patient(self, patient: Patient | None, today: date, dose: str = "") -> None:
        """Show whom the page is about, as on `today`; `dose` says which dose (“8 of 11”); None hides the banner."""
        self.setVisible(patient is not None)
        if patient is None:
            return
        self._name.setText(patient.name)
        self._name.setToolTip(tip(patient.name))
        self._born.setText(born_line(patient, today, self._wording))
        self._number.show_value(patient.record_number)
        self._bed.show_value(patient.bed or "–")
        self._weight.show_value(weight_line(patient, today, self._wording))
        day = patient.transplant_day_on(today)
        self._day.show_value("–" if day is None else self._wording.transplant_day(day))
        self._dose.show_value(dose)
        self._dose.setVisible(bool(dose))
        self._allergies.show_state(allergy_state(patient, self._wording))
        self._show_alerts(patient)
        self.setAccessibleName(
            f"{patient.name}, {self._born.text()}, {patient.record_number}, {self._allergies.text()}"
        )
        self._place_alerts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_alerts()
        super().resizeEvent(event)

    def _place_alerts(self) -> None:
        """Put allergies and alerts at the right, one below the other, or below the rest, side by side."""
        facts = [pair for pair in self._pairs if not pair.isHidden()]
        alerts = [alert for alert in (self._allergies, self._alerts) if not alert.isHidden()]
        identity = max(self._name.sizeHint().width(), self._born.sizeHint().width())
        for alert in alerts:
            alert.allow(_WIDEST)
        needed = identity + sum(pair.sizeHint().width() + theme.SPACE_24 for pair in facts)
        needed += max((alert.sizeHint().width() for alert in alerts), default=0) + 3 * theme.SPACE_24
        beside = needed <= self.width()
        self._identity.setMinimumWidth(min(identity, self.width() // 2))
        self._alert_row.setDirection(QBoxLayout.Direction.TopToBottom if beside else QBoxLayout.Direction.LeftToRight)
        self._frame.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._frame.setSpacing(theme.SPACE_24 if beside else theme.SPACE_4)
        if not beside:
            for alert in alerts:
                alert.allow((self.width() - 3 * theme.SPACE_24) // len(alerts))

    def _show_alerts(self, patient: Patient) -> None:
        alerts = alert_line(patient, self._wording)
        self._alerts.show_state(State("▲", alerts, "attention") if alerts else None)

    def _arrange(self) -> None:
        identity = QVBoxLayout(self._identity)
        identity.setContentsMargins(0, 0, 0, 0)
        identity.setSpacing(0)
        identity.addWidget(self._name)
        identity.addWidget(self._born)
        facts = QWidget()
        flow = FlowLayout(facts, spacing=theme.SPACE_24, row_spacing=theme.SPACE_4)
        for pair in self._pairs:
            flow.addWidget(pair)
        alerts = QWidget()
        self._alert_row = QBoxLayout(QBoxLayout.Direction.TopToBottom, alerts)
        self._alert_row.setContentsMargins(0, 0, 0, 0)
        self._alert_row.setSpacing(theme.SPACE_4)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._alert_row.addWidget(self._allergies, 0, left)
        self._alert_row.addWidget(self._alerts, 1, left)
        upper = QHBoxLayout()
        upper.setSpacing(theme.SPACE_24)
        upper.addWidget(self._identity, 0, Qt.AlignmentFlag.AlignVCenter)
        upper.addWidget(facts, 1, Qt.AlignmentFlag.AlignVCenter)
        self._frame = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._frame.setContentsMargins(theme.SPACE_24, theme.SPACE_8, theme.SPACE_24, theme.SPACE_8)
        self._frame.addLayout(upper, 1)
        self._frame.addWidget(alerts, 0, Qt.AlignmentFlag.AlignVCenter)


class _Alert(WrappingLabel):
    """A warning in the banner: as many lines as it needs, never cut off."""

    def __init__(self) -> None:
        super().__init__(widest=_WIDEST, margin=_MARGIN)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_state(self, state: State | None) -> None:
        """Show another warning; None hides it."""
        self.setVisible(state is not None)
        if state is not None:
            theme.set_look(self, f"alert-{state.tone}")
            self.setText(state.text)


class _Pair(QWidget):
    """A small label above a strong value."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._value = PlainLabel(look="strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PlainLabel(label, "small"))
        column.addWidget(self._value)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def show_value(self, text: str) -> None:
        self._value.setText(text)


def born_line(patient: Patient, today: date, wording: Wording) -> str:
    """Return `Born 14 Aug 1979 (46 y) · Female`."""
    born = wording.gettext("Born {date} ({age})").format(
        date=wording.date_plain(patient.birth_on), age=age_words(patient, today, wording)
    )
    return f"{born} · {wording.gettext(SEXES[patient.sex])}"


def age_words(patient: Patient, today: date, wording: Wording) -> str:
    """Return the age in full years, or in months for a child under two."""
    years = patient.age_on(today)
    if years >= 2:
        return wording.gettext("{n} y").format(n=years)
    born = patient.birth_on
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    return wording.ngettext("{n} month", "{n} months", months).format(n=months)


def weight_line(patient: Patient, today: date, wording: Wording) -> str:
    """Return `84.6 kg · today`, `84.6 kg · 01 Mar 2026`, or that no weight is recorded."""
    if patient.weight_g is None:
        return wording.gettext("not recorded")
    weight = wording.amount(kilograms(patient.weight_g), "kg")
    if patient.weighed_on is None:
        return weight
    when = wording.gettext("today") if patient.weighed_on == today else wording.date_plain(patient.weighed_on)
    return f"{weight} · {when}"


def allergy_state(patient: Patient, wording: Wording) -> State:
    """Return what is known of allergies: always a text, never blank."""
    if patient.allergy_state == "known":
        words = patient.allergies or wording.gettext("known, not named")
        return State("▲", wording.gettext("Allergies: {words}").format(words=words), "attention")
    if patient.allergy_state == "none known":
        return State("✓", wording.gettext("Allergies: none known"), "given")
    return State("?", wording.gettext("Allergies: not recorded"), "attention")


def alert_line(patient: Patient, wording: Wording) -> str:
    """Return earlier reactions and risks in one line; empty when there are none."""
    parts = []
    if patient.earlier_reactions:
        parts.append(wording.gettext("Earlier reaction: {words}").format(words=patient.earlier_reactions))
    parts.extend(wording.gettext(RISKS[risk]) for risk in patient.risks)
    if patient.pregnant:
        parts.append(wording.gettext("pregnant"))
    return " · ".join(parts)
