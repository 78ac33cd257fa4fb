"""Drugs and fluids beside a dose: what is due before the start, what was given, and one line to note the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.infusions.medicate import DueBefore, MedicationForm
from ivigdesk.clinical.infusions.preparation import Medication, MedicationKind
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare, empty, pair
from ivigdesk.ui.infusion.cards.reason_question import ReasonQuestion
from ivigdesk.ui.widgets.buttons import Button, secondary_button
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.fields.text import ChoiceField, LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

_KINDS: tuple[tuple[MedicationKind, str], ...] = (
    ("premedication", N_("Premedication")),
    ("hydration", N_("Fluid")),
    ("treatment", N_("Against a reaction")),
)


class MedicationsCard(Card):
    """What the patient gets beside the dose.

    Attributes:
        due: the buttons of what is due, in the order of their times.

    Signals:
        given(MedicationForm): something was given.
        taken_back(Medication, str): it was not given, for this reason.
    """

    given = Signal(object)
    taken_back = Signal(object, object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(wording.gettext("Premedication and fluids"), parent=parent)
        _ = wording.gettext
        self._wording = wording
        self._form = MedicationForm(kind="premedication", what="")
        self.due: tuple[Button, ...] = ()
        self.none = PlainLabel(_("Nothing is recorded, and nothing is due."), "small", wrap=True)
        self.add = secondary_button(_("Add a drug or fluid"), picture="plus")
        self.what = LineField("what", _("Drug or fluid"), required=True)
        self.amount = LineField("amount", _("Amount"), example="1 g")
        self.route = LineField("route", _("Route"), example=_("by mouth"))
        self.kind = ChoiceField("kind", _("For"), [(kind, _(word)) for kind, word in _KINDS])
        self.kind.box.setMinimumContentsLength(4)
        self.at = LineField("given_at", _("Given at"), example=_("now"))
        self.save = secondary_button(_("Record  Enter"), name=_("Record this drug"))
        self.question = ReasonQuestion(
            wording, _("Why is it taken back?"), _("Take back"), spoken_cancel=_("Do not take it back")
        )
        self._due = bare(QVBoxLayout(), theme.SPACE_4)
        self._lines = bare(QVBoxLayout(), theme.SPACE_4)
        self._entry = QWidget()
        self._lay_out()
        self._connect()

    @property
    def fields(self) -> tuple[LineField, ...]:
        """The fields that words are typed into."""
        return (self.what, self.amount, self.route, self.at)

    def show_medications(
        self, due: Sequence[DueBefore], medications: Sequence[Medication], now: datetime, *, is_started: bool
    ) -> None:
        """Show what is due and was not given, then what was given, by time.

        Args:
            is_started: the pump ran: what is added now is against a reaction, and nothing is due before any more.
        """
        empty(self._due)
        empty(self._lines)
        missing = [one for one in due if one.given is None]
        self.due = () if is_started else tuple(self._due_line(one, now) for one in missing)
        for one in missing if is_started else ():
            text = self._wording.gettext("Not recorded: {what}").format(what=self._said(one))
            self._due.addWidget(PlainLabel(f"!\u2002{text}", "caution", wrap=True))
        for medication in medications:
            self._lines.addWidget(self._line(medication))
        self.none.setVisible(not missing and not medications)
        if self._entry.isHidden():
            self.kind.set_value("treatment" if is_started else "premedication")

    def open_entry(self, kind: MedicationKind | None = None) -> None:
        """Show the fields, with the cursor in the first."""
        if kind is not None:
            self.kind.set_value(kind)
        self._entry.show()
        self.add.hide()
        self.what.focus()

    def clear_entry(self) -> None:
        """Empty and fold the fields after something was recorded."""
        self._form = MedicationForm(kind="premedication", what="")
        for field in self.fields:
            field.clear_error()
            field.set_text("")
        self.question.close_question()
        self._entry.hide()
        self.add.show()

    def show_mistake(self, mistake: UserMistake) -> bool:
        """Put the sentence under its field; False when it belongs to none of them."""
        if self.question.show_mistake(mistake):
            return True
        for field in self.fields:
            if field.name == mistake.field and not self._entry.isHidden():
                field.show_error(self._wording.say_error(mistake))
                field.focus()
                return True
        return False

    def has_typed(self) -> bool:
        """Whether something stands in the fields that is not recorded."""
        is_typed = not self._entry.isHidden() and any(field.text().strip() for field in self.fields)
        return is_typed or self.question.has_typed()

    def _due_line(self, due: DueBefore, now: datetime) -> Button:
        """Add what is due with its time, and return its button: one touch where it is ordered in so many words."""
        _ = self._wording.gettext
        what, why = self._said(due), self._why(due, now)
        is_order = isinstance(due.what, str) and bool(due.what)
        button = Button(_("Given now") if is_order else _("Record what was given…"), bedside=True)
        button.setAccessibleName(_("{name}: {detail}").format(name=button.text(), detail=what))
        button.setAccessibleDescription(why)
        button.clicked.connect(lambda: self._give(due))
        self._due.addWidget(PlainLabel(what, "strong", wrap=True))
        self._due.addWidget(PlainLabel(why, "caution", wrap=True))
        self._due.addWidget(button)
        return button

    def _give(self, due: DueBefore) -> None:
        """Record what was ordered in so many words at once; what is asked for in general is written down first."""
        if isinstance(due.what, str) and due.what:
            self.given.emit(MedicationForm(kind=due.kind, what=due.what))
        else:
            self.open_entry(due.kind)

    def _said(self, due: DueBefore) -> str:
        if isinstance(due.what, str):
            return due.what or self._wording.gettext(dict(_KINDS)[due.kind])
        return self._wording.say(due.what)

    def _why(self, due: DueBefore, now: datetime) -> str:
        """Return `! due 08:35 to 09:05 (dose 3: Headache, grade 2)`."""
        words = self._wording
        first, last = words.time(due.from_at), words.time(due.until)
        is_late = now > due.until
        text = words.gettext("was due {first} to {last}") if is_late else words.gettext("due {first} to {last}")
        sign = "!" if now >= due.from_at else "○"
        when = text.format(first=first, last=last)
        if due.why is not None:
            when = words.gettext("{when} ({reaction})").format(when=when, reaction=words.text(due.why))
        return f"{sign}\u2002{when}"

    def _line(self, medication: Medication) -> QWidget:
        words = self._wording
        what = " ".join(part for part in (medication.what, medication.amount, medication.route) if part)
        text = f"✓\u2002{words.time(medication.given_at)}\u2002{what}"
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_4)
        column = bare(QVBoxLayout(), 0)
        column.addWidget(PlainLabel(text, wrap=True))
        kind = words.gettext(dict(_KINDS)[medication.kind])
        column.addWidget(PlainLabel(words.gettext("; ").join((kind, medication.nurse)), "small", wrap=True))
        back = Button(words.gettext("Take back"), "quiet")
        back.setAccessibleName(words.gettext("Take back {what}").format(what=what))
        back.clicked.connect(lambda: self.question.ask(medication, what))
        row.addLayout(column, 1)
        row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        return widget

    def _enter(self) -> None:
        self.given.emit(
            MedicationForm(
                kind=str(self.kind.value()),
                what=self.what.text(),
                amount=self.amount.text(),
                route=self.route.text(),
                given_at=self.at.text(),
                id=self._form.id,
            )
        )

    def _connect(self) -> None:
        self.add.clicked.connect(lambda: self.open_entry())
        self.save.clicked.connect(self._enter)
        self.question.answered.connect(self.taken_back)
        for field in self.fields:
            field.line.returnPressed.connect(self._enter)

    def _lay_out(self) -> None:
        entry = bare(QVBoxLayout(self._entry), theme.SPACE_4)
        entry.addWidget(self.what)
        entry.addLayout(pair(self.amount, self.route))
        entry.addLayout(pair(self.kind, self.at))
        entry.addWidget(self.save)
        self._entry.hide()
        self.body.addLayout(self._due)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.none)
        self.body.addWidget(self.question)
        self.body.addWidget(self._entry)
        self.body.addWidget(self.add)
