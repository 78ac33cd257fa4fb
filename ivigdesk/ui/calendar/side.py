"""Beside the calendar: the chosen day, the dose that is chosen or carried, and what an overfull day could do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ivigdesk.actions.ward.ward_calendar import CalendarDay, CalendarDose, Offer
from ivigdesk.ui import theme
from ivigdesk.ui.calendar.scene import Carried, Scene, Wish
from ivigdesk.ui.calendar.words import DOT, CalendarWords
from ivigdesk.ui.widgets import (
    Button,
    Card,
    NoticeBar,
    PlainLabel,
    StateChip,
    WrappingLabel,
    primary_button,
    scrolling,
    secondary_button,
    tip,
)
from ivigdesk.ui.widgets.flow import FlowLayout
from ivigdesk.ui.widgets.notices import Notice
from ivigdesk.wording import Wording

WIDTH = 272
_FEW = 5


class DayPart(QWidget):
    """The day that is chosen: its date, what kind of day it is, its load."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.date = PlainLabel(look="heading", wrap=True)
        self.mark = PlainLabel(wrap=True)
        self.load = PlainLabel(look="muted", wrap=True)
        self.more = PlainLabel(look="hint", wrap=True)
        column = _bare_column(self)
        for widget in (self.date, self.mark, self.load, self.more):
            column.addWidget(widget)

    def show_day(self, scene: Scene, words: CalendarWords, *, is_walking: bool) -> None:
        """Show the day on which the keyboard stands; while days are walked through, say how to go into it."""
        known = scene.day(scene.cursor)
        first, *rest = words.day(scene.cursor, known).split("\n")
        self.date.setText(first)
        mark = words.mark(known)
        self.mark.setVisible(mark is not None)
        if mark is not None:
            self.mark.setText(f"{mark.sign}\u2002{words.mark_in_full(known)}")
            self.mark.show_ink(mark.tone)
        said = rest if mark is None else rest[1:]
        over = words.wording.say(known.over_words) if known is not None and known.over_words is not None else None
        self.load.setText("\n".join(line for line in said if line != over))
        self.more.setText(words.wording.gettext("Enter goes into the doses of this day."))
        self.more.setVisible(is_walking and bool(scene.doses(scene.cursor)))


class DosePart(Card):
    """The dose that is chosen, in full.

    Signals:
        course_requested(CalendarDose), patient_requested(CalendarDose): open it.
        move_requested(Wish): ask for another day.
    """

    course_requested = Signal(object)
    patient_requested = Signal(object)
    move_requested = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(margin=theme.SPACE_12, parent=parent)
        _ = wording.gettext
        self._dose: CalendarDose | None = None
        self.state = StateChip()
        self.name = PlainLabel(look="strong", wrap=True)
        self.who = PlainLabel(look="small", wrap=True)
        self.what = PlainLabel(wrap=True)
        self.regimen = PlainLabel(look="small", wrap=True)
        self.open_course = primary_button(_("Open course"))
        self.move_dose = secondary_button(_("Move…"))
        self.open_patient = secondary_button(_("Open patient"))
        for widget in (self.state, self.name, self.who, self.what, self.regimen):
            self.body.addWidget(widget)
        buttons = QWidget()
        row = FlowLayout(buttons)
        for button in (self.open_course, self.move_dose, self.open_patient):
            row.addWidget(button)
        self.body.addWidget(buttons)
        self.open_course.clicked.connect(self._open_course)
        self.move_dose.clicked.connect(self._move)
        self.open_patient.clicked.connect(self._open_patient)
        self.hide()

    def show_dose(self, dose: CalendarDose | None, words: CalendarWords) -> None:
        """Show a dose; None hides the card."""
        self._dose = dose
        self.setVisible(dose is not None)
        if dose is None:
            return
        wording = words.wording
        self.state.show_state(words.state(dose))
        self.name.setText(dose.patient_name)
        self.who.setText(words.identity(dose))
        lines = (
            DOT.join(part for part in (words.number(dose), words.transplant_day(dose)) if part),
            words.amount(dose),
            wording.text(dose.product_title),
        )
        self.what.setText("\n".join(lines))
        self.regimen.setText(wording.text(dose.regimen_title))
        self.move_dose.setEnabled(dose.may_move)
        self.move_dose.setToolTip(tip("" if dose.may_move else words.not_moved(dose)))
        self.setAccessibleName(words.dose(dose))

    def _open_course(self) -> None:
        self.course_requested.emit(self._dose)

    def _open_patient(self) -> None:
        self.patient_requested.emit(self._dose)

    def _move(self) -> None:
        if self._dose is not None:
            self.move_requested.emit(Wish(self._dose))


class OffersPart(QWidget):
    """A day over what the ward can give, and where doses of it could go. It proposes; the nurse decides.

    Signals:
        move_requested(Wish): ask for the move that was offered.
    """

    move_requested = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.over = NoticeBar(wording, closable=False)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SPACE_8)
        self._wishes: dict[Button, Wish] = {}
        self.buttons: tuple[Button, ...] = ()
        column = _bare_column(self)
        column.addWidget(self.over)
        column.addLayout(self._rows)
        self.hide()

    def show_day(self, known: CalendarDay | None, offers: Sequence[Offer], words: CalendarWords) -> None:
        """Show what is too much on a day and what could be done; a day within the ward's capacity hides it."""
        self._drop_rows()
        self.setVisible(known is not None and known.over_words is not None)
        if known is None or known.over_words is None:
            self.over.show_notice(None)
            return
        self.over.show_notice(Notice(words.overfull(known), "serious"))
        _ = words.wording.gettext
        ahead = _("Inside their tolerance these could go to another day. Nothing moves before you confirm it.")
        none = _("No dose of this day could go to another day inside its tolerance.")
        self._rows.addWidget(PlainLabel(ahead if offers else none, "hint", wrap=True))
        for offer in offers[:_FEW]:
            self._add(offer, words)
        if len(offers) > _FEW:
            self._rows.addWidget(PlainLabel(words.more_offers(len(offers) - _FEW), "hint", wrap=True))
        self.buttons = tuple(self._wishes)

    def _add(self, offer: Offer, words: CalendarWords) -> None:
        button = secondary_button(words.offered_day(offer), name=words.offer(offer))
        button.setToolTip(tip(words.offer(offer)))
        # The dose alone was found to fit there: what comes after it need not move.
        self._wishes[button] = Wish(offer.dose, offer.to, reach="this")
        button.clicked.connect(self._press)
        who = WrappingLabel("small", widest=WIDTH)
        who.setText(words.offered_dose(offer))
        self._rows.addWidget(who)
        self._rows.addWidget(button)

    def _press(self) -> None:
        pressed = self.sender()
        for button, wish in self._wishes.items():
            if button is pressed:
                self.move_requested.emit(wish)
                return

    def _drop_rows(self) -> None:
        self._wishes, self.buttons = {}, ()
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class Side(QWidget):
    """Everything beside the calendar, scrolled where there is too little room.

    Signals:
        course_requested(CalendarDose), patient_requested(CalendarDose): open it.
        move_requested(Wish): ask for another day.
    """

    course_requested = Signal(object)
    patient_requested = Signal(object)
    move_requested = Signal(object)

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = DayPart()
        self.carried = NoticeBar(wording, closable=False)
        self.dose = DosePart(wording)
        self.nothing = PlainLabel(look="hint", wrap=True)
        self.offers = OffersPart(wording)
        inner = QWidget()
        column = _bare_column(inner)
        column.setSpacing(theme.SPACE_12)
        column.setContentsMargins(0, 0, theme.SPACE_8, 0)
        for widget in (self.day, self.carried, self.dose, self.nothing, self.offers):
            column.addWidget(widget)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(scrolling(inner))
        self.dose.course_requested.connect(self.course_requested)
        self.dose.patient_requested.connect(self.patient_requested)
        self.dose.move_requested.connect(self.move_requested)
        self.offers.move_requested.connect(self.move_requested)

    def show_scene(self, scene: Scene, words: CalendarWords) -> None:
        """Show the chosen day and dose."""
        self.day.show_day(scene, words, is_walking=scene.chosen is None)
        self.dose.show_dose(scene.chosen, words)

    def show_nothing(self, words: str) -> None:
        """Say why no dose at all is shown; empty where there are some."""
        self.nothing.setText(words)
        self.nothing.setVisible(bool(words))

    def show_offers(self, known: CalendarDay | None, offers: Sequence[Offer], words: CalendarWords) -> None:
        """Show what could be done about an overfull day."""
        self.offers.show_day(known, offers, words)

    def show_carried(self, carried: Carried | None, scene: Scene, words: CalendarWords) -> None:
        """Say where a carried dose would go, and how it is let go; None when it was put down."""
        if carried is None:
            self.carried.show_notice(None)
            return
        text, against = words.carried(carried, scene)
        _ = words.wording.gettext
        by_hand = _("Let it go to see what it would change. Esc puts it back.")
        by_keys = _("Enter shows what it would change. Esc puts it back.")
        keys = by_keys if carried.at is None else by_hand
        self.carried.show_notice(Notice("\n".join((text, *(f"!\u2002{one}" for one in against), keys)), "accent"))


def _bare_column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE_4)
    return column
