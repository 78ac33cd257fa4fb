"""What is known of a patient, as pairs of a label and a value."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ivigdesk.clinical.patients.conditions import condition_words
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui import theme
from ivigdesk.ui.patients import words
from ivigdesk.ui.widgets import PlainLabel
from ivigdesk.units import centimetres
from ivigdesk.wording import Wording


class Facts(QWidget):
    """Pairs of a small label and a value, in three columns; long values take a row of their own."""

    COLUMNS = 3

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_24)
        self._grid.setVerticalSpacing(theme.SPACE_8)
        self._values: list[tuple[PlainLabel, PlainLabel]] = []

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Show `facts` as (label, value) pairs; an empty value is shown as a dash."""
        while len(self._values) < len(facts):
            self._add_pair()
        for (label, value), (name, text) in zip(self._values, facts, strict=False):
            label.setText(name)
            value.setText(text or "–")

    def _add_pair(self) -> None:
        row, column = divmod(len(self._values), self.COLUMNS)
        label, value = PlainLabel(look="label"), PlainLabel(wrap=True)
        pair = QVBoxLayout()
        pair.setSpacing(0)
        pair.addWidget(label)
        pair.addWidget(value)
        pair.addStretch()
        self._grid.addLayout(pair, row, column)
        self._grid.setColumnStretch(column, 1)
        self._values.append((label, value))


def facts_of(patient: Patient, wording: Wording) -> tuple[tuple[str, str], ...]:
    """Return label and value of what the overview shows; an empty value is one that is not known."""
    _ = wording.gettext
    height = wording.amount(centimetres(patient.height_mm), "cm") if patient.height_mm is not None else ""
    transplant = wording.date(patient.transplant_on) if patient.transplant_on else ""
    kind = words.word_of(words.TRANSPLANT, patient.transplant_kind, wording)
    own = (
        words.word_of(words.BLOOD, patient.blood_group, wording),
        words.word_of(words.RHESUS, patient.rhesus, wording),
    )
    return (
        (_("Diagnosis"), patient.diagnosis),
        (_("Consultant"), patient.consultant),
        (_("Height"), height),
        (_("Transplant date"), transplant),
        (_("Kind of transplant"), kind),
        (_("Donor"), _joined(words.word_of(words.DONOR, patient.donor_kind, wording), patient.donor)),
        (_("Earlier transplants"), _(", ").join(map(wording.date_plain, patient.earlier_transplants_on))),
        (_("Blood group, Rhesus factor"), ", ".join(dict.fromkeys(own))),
        (_("Donor's blood group"), words.word_of(words.BLOOD, patient.donor_blood_group, wording)),
        (
            _("CMV serostatus, donor's"),
            ", ".join(words.word_of(words.SEROSTATUS, one, wording) for one in (patient.cmv, patient.donor_cmv)),
        ),
        (_("Other medicines"), patient.medicines),
        (_("Conditions"), _(", ").join(wording.say(condition_words(one)) for one in patient.conditions)),
    )


def _joined(kind: str, more: str) -> str:
    """Return both, or the words alone where the kind is not recorded."""
    return more if more and kind == "" else f"{kind}, {more}" if more else kind
