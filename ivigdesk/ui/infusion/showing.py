"""What the cards of the bedside show of one dose at one moment. Nothing is stored here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ivigdesk.actions.infusions.give_infusion import Bedside
from ivigdesk.actions.infusions.prepare_infusion import VialForm
from ivigdesk.clinical.infusions.infusion import Check, Infusion
from ivigdesk.clinical.infusions.procedure import ChecklistItem, observation_times
from ivigdesk.clinical.infusions.side_effects import SideEffectCatalogue
from ivigdesk.clinical.tasks.standing import TaskStanding, is_before_dose
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.infusion.bedside_view import BedsideView
from ivigdesk.ui.infusion.cards.vials_card import VialLine
from ivigdesk.ui.infusion.steps import asked_of_pump, given_ml, must_end, observation_due
from ivigdesk.wording import Wording


@dataclass(frozen=True, slots=True)
class Moment:
    """A dose at the bedside.

    Attributes:
        here: the dose as it was read last.
        now: the ward's clock.
        items: the lines of its checklist.
        ticked: codes of lines that were ticked before the start and are not stored yet.
        vials: containers that were entered before the start and are not stored yet.
        tasks: tests and checks of the course, with where they stand.
    """

    here: Bedside
    now: datetime
    items: tuple[ChecklistItem, ...]
    ticked: tuple[str, ...] = ()
    vials: tuple[VialForm, ...] = ()
    tasks: tuple[tuple[Task, TaskStanding], ...] = ()

    @property
    def tests_before(self) -> tuple[tuple[Task, TaskStanding], ...]:
        """What is to be drawn or known before this dose, and the values of this week that are still missing."""
        one = self.here.dose_view
        return tuple(
            (task, standing)
            for task, standing in self.tasks
            if (task.dose_number == one.dose.number and is_before_dose(task, one.dose.due_on))
            or (task.dose_number is None and task.test is not None and standing == "open")
        )

    @property
    def checks_after(self) -> tuple[tuple[Task, TaskStanding], ...]:
        """What goes with this dose or follows it."""
        one = self.here.dose_view
        return tuple(
            (task, standing)
            for task, standing in self.tasks
            if task.dose_number == one.dose.number and not is_before_dose(task, one.dose.due_on)
        )

    @property
    def infusion(self) -> Infusion | None:
        """The infusion, once it was started or recorded as not given."""
        return self.here.infusion

    @property
    def was_given(self) -> bool:
        """Whether something went into the patient, or does; a record that was entered in error says nothing of it."""
        infusion = self.infusion
        if infusion is None or self.here.dose.is_error:
            return False
        return infusion.end is None or infusion.end.outcome != "not given"


def show_moment(cards: BedsideView, moment: Moment, catalogue: SideEffectCatalogue) -> None:
    """Fill every card."""
    here, infusion = moment.here, moment.infusion
    is_running = infusion is not None and infusion.is_running
    cards.show_stage("before" if infusion is None else "running" if is_running else "after")
    cards.start.show_bedside(here)
    cards.start.start.setEnabled(here.dose_view.status in ("due", "overdue"))
    asked = asked_of_pump(infusion, catalogue) if infusion is not None else None
    cards.running.show_bedside(here, moment.now, asked)
    cards.card.show_bedside(here, moment.now)
    cards.remember.show_bedside(here, catalogue, moment.checks_after)
    cards.checklist.show_tests(moment.tests_before if infusion is None else ())
    show_prepared(cards, moment)
    cards.observations.show_observations(infusion.observations if infusion else (), can_enter=moment.was_given)
    cards.effects.show_effects(
        infusion.side_effects if infusion else (),
        is_running=is_running,
        is_started=infusion is not None and not here.dose.is_error,
    )
    show_passing(cards, moment)


def show_prepared(cards: BedsideView, moment: Moment) -> None:
    """Show the checklist, the vials, and whether the start still waits for them."""
    _show_checklist(cards, moment)
    infusion = moment.infusion
    if infusion is None:
        lines = [VialLine(form.mg, form.lot.strip(), form.expires_on.strip(), form) for form in moment.vials]
    else:
        lines = [VialLine(vial.mg, vial.lot, vial.expires_on) for vial in infusion.vials]
    is_open = infusion is None or infusion.is_running
    cards.vials.show_vials(moment.here.product, moment.here.dose, lines, is_open=is_open)
    show_readiness(cards, moment)


def show_readiness(cards: BedsideView, moment: Moment) -> None:
    """Fill the start button once nothing stands before it; else say how much does."""
    checks = sum(item.is_critical and item.code not in moment.ticked for item in moment.items)
    cards.start.show_open(checks=checks, has_vials=bool(moment.vials))


def show_passing(cards: BedsideView, moment: Moment) -> None:
    """Show what changes as time passes: what is due, and whether finishing is the thing to do next."""
    here, infusion = moment.here, moment.infusion
    if infusion is None:
        return
    is_in = given_ml(infusion, moment.now, here.dose.volume_ml) >= here.dose.volume_ml
    cards.finish.show_weight("primary" if is_in or must_end(infusion) else "secondary")
    if not moment.was_given:
        cards.observations.show_due("", None)
        return
    dues = observation_times(here.dose.rate_card, first=here.dose.is_first_infusion)
    missing, coming = observation_due(dues, infusion, moment.now)
    cards.observations.show_due(cards.wording.say(missing.reason) if missing else "", coming)


def dose_in_banner(here: Bedside, wording: Wording) -> str:
    """Return `8 of 11 · 12.5 g`."""
    in_all = here.view.highest_number
    amount = dose_grams(wording, here.dose.planned_dose_mg)
    return wording.gettext("{number} of {n} · {amount}").format(number=here.dose.number, n=in_all, amount=amount)


def _show_checklist(cards: BedsideView, moment: Moment) -> None:
    infusion, items = moment.infusion, moment.items
    ticked: dict[str, Check | None] = dict.fromkeys(moment.ticked)
    if infusion is not None:
        ticked = {check.item: check for check in infusion.checks}
        # After the start only what is open is worth room; what was ticked stands in the record.
        items = tuple(item for item in items if item.code not in ticked)
        cards.checklist.setVisible(bool(items) and infusion.is_running)
    cards.checklist.show_items(items, ticked, stored=infusion is not None)
