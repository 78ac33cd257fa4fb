"""What a change needs to know beside its reach: the day, the product, the phase's first day, the prescriber."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.actions.courses.changing.slots_of import day_one
from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clock import today
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.changes.slots import Verb
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.course.ripple.verbs import MOVING, VERBS, has_date
from ivigdesk.ui.course.words import product_caution, product_title
from ivigdesk.ui.widgets.fields.base import Field
from ivigdesk.ui.widgets.fields.date import DateField
from ivigdesk.ui.widgets.fields.text import ChoiceField, LineField
from ivigdesk.wording import Wording

_NOT_CHOSEN, _OTHER = "not chosen", "another"


class RippleFields(QWidget):
    """The fields of one verb, one below the other; those that it does not need are hidden.

    Signals:
        edited(): a person changed what the calendar follows from.
        signed(): a person wrote in the prescriber's name.
    """

    edited = Signal()
    signed = Signal()

    def __init__(
        self, desk: Desk, verb: Verb, number: int | None, wording: Wording, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._desk = desk
        self._verb = verb
        self._number = number
        self._wording = wording
        words = VERBS[verb]
        is_needed = not words.date_hint
        self.to = DateField(
            "to", message(words.date or N_("Day")), wording, lambda: today(desk.clock), hint=_(words.date_hint),
            required=is_needed,
        )  # fmt: skip
        self.first_day = ChoiceField("first_day", _("First day of the phase"))
        self.product = ChoiceField("product_id", _("Product"), required=True)
        self.by = LineField("by", _("Prescriber who approves it"), required=True)
        column = bare(QVBoxLayout(self), theme.SPACE_8)
        for field in self.all():
            column.addWidget(field)
            field.hide()
        self._offer_products()
        for field in (self.to, self.first_day, self.product):
            field.edited.connect(self._note_edit)
        self.by.edited.connect(self.signed)

    def all(self) -> Iterator[Field]:
        """Give every field, in reading order."""
        yield from (self.first_day, self.to, self.product, self.by)

    def show_view(self, view: CourseView) -> None:
        """Offer what this course leaves open; what was typed stays."""
        if self._verb == "first-day" and self._number is not None:
            _ = self._wording.gettext
            choices = first_days(view, view.course.dose(self._number).phase, self._wording)
            asked = ((_NOT_CHOSEN, _("Choose the day")), *choices, (_OTHER, _("Another day")))
            self.first_day.set_choices(asked if choices else ())
            self.first_day.setVisible(bool(choices))
        self.product.setVisible(self.product_is_asked)
        self._show_date()

    def show_needs_prescriber(self, needed: bool) -> None:
        """Ask for the prescriber's name, or not."""
        self.by.setVisible(needed)

    def propose(self, to: str, product_id: str) -> None:
        """Fill in what is known when the dialog opens."""
        self.to.set_text(to)
        if product_id:
            self.product.set_value(product_id)
            self._show_caution()

    def day(self) -> date | None:
        """Return the day that was chosen; None where there is none, or none is asked for.

        Raises:
            UserMistake: it cannot be read, or is missing.
        """
        return self.to.value() if self._asks_day() else None

    def chosen_first_day(self) -> str:
        """Return the day number that was picked from the regimen's; empty for none."""
        value = str(self.first_day.value() or "")
        return "" if value in (_NOT_CHOSEN, _OTHER) else value

    def is_complete(self) -> bool:
        """Return whether everything that the calendar follows from has been entered."""
        if self.product_is_asked:
            return bool(self.product_id())
        if self.first_day.value() == _NOT_CHOSEN:
            return False
        return not (self._asks_day() and self.to.required and not self.to.text().strip())

    @property
    def product_is_asked(self) -> bool:
        """Whether the change is about a product."""
        return self._verb == "product"

    def product_id(self) -> str:
        """Return the chosen product; empty for none."""
        return str(self.product.value() or "") if self.product_is_asked else ""

    def first(self) -> Field | None:
        """Return where the cursor starts: None where nothing but the reason is asked for."""
        if self.product_is_asked:
            return self.product
        if not self.first_day.isHidden():
            return self.first_day
        return self.to if self._verb in (*MOVING, "add", "first-day") else None

    def _asks_day(self) -> bool:
        return has_date(self._verb) and self.first_day.value() in (None, _OTHER)

    def _show_date(self) -> None:
        self.to.setVisible(self._asks_day())

    def _note_edit(self) -> None:
        self._show_date()
        self._show_caution()
        self.edited.emit()

    def _offer_products(self) -> None:
        if not self.product_is_asked:
            return
        products = self._desk.library.products()
        titles = [(one.id, product_title(self._wording, one)) for one in products]
        self.product.set_choices([("", self._wording.gettext("Choose the product")), *titles])

    def _show_caution(self) -> None:
        """Say what must be known of the product: the box may cut off its title before the strength."""
        chosen = self.product_id()
        if not chosen:
            self.product.show_hint("")
            return
        product = self._desk.library.product(chosen)
        caution = product_caution(self._wording, product)
        title = self._wording.text(product.short_title)
        self.product.show_hint("\n".join(part for part in (title, caution) if part), caution=bool(caution))


def first_days(view: CourseView, phase: int, wording: Wording) -> tuple[tuple[object, str], ...]:
    """Return the first days that the regimen offers for a phase, with their dates; empty where it offers none."""
    regimen = view.course.regimen
    days = regimen.phases[phase].first_day_choices if phase < len(regimen.phases) else ()
    of_transplant = view.course.transplant_on if regimen.anchor == "transplant" else None
    start = of_transplant if of_transplant is not None else day_one(view) - timedelta(days=1)
    return tuple(
        (str(day), wording.gettext("Day {n}: {date}").format(n=day, date=wording.date(start + timedelta(days=day))))
        for day in days
    )
