"""What the cards of the bedside show of one dose at one moment. Nothing is stored here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from ivigdesk.actions.infusions.give_infusion import Bedside
from ivigdesk.actions.infusions.medicate import DueBefore
from ivigdesk.actions.infusions.preparing import Prepared
from ivigdesk.actions.infusions.ready_to_start import open_lines
from ivigdesk.clinical import library
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.infusions.procedure import ChecklistItem
from ivigdesk.clinical.infusions.remaining import RemainingCard
from ivigdesk.clinical.infusions.remarks import Remark, first_values, remarks_on
from ivigdesk.clinical.infusions.side_effects import SideEffectCatalogue
from ivigdesk.clinical.tasks.standing import TaskStanding, is_before_dose
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.infusion.bedside_view import BedsideView
from ivigdesk.ui.infusion.cards.remember_card import in_force
from ivigdesk.ui.infusion.cards.vial_lines import VialLine
from ivigdesk.ui.infusion.schedule import ObservationLine, still_to_observe, watched_until
from ivigdesk.ui.infusion.steps import asked_of_pump, must_end
from ivigdesk.wording import Wording


@dataclass(frozen=True, slots=True)
class Moment:
    """A dose at the bedside.

    Attributes:
        here: the dose as it was read last.
        now: the time by which the infusion runs.
        items: the lines of its checklist.
        ready: what is recorded beside the dose: checks, vials, drugs.
        due: what is to be given before the start.
        remains: how a started infusion goes on; None before the start.
        pump_step: smallest step of the ward's pumps.
        nurses: who else is on the ward's list.
        tasks: tests and checks of the course, with where they stand.
    """

    here: Bedside
    now: datetime
    items: tuple[ChecklistItem, ...]
    ready: Prepared
    due: tuple[DueBefore, ...] = ()
    remains: RemainingCard | None = None
    pump_step: Decimal = Decimal(1)
    nurses: tuple[str, ...] = ()
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
    def is_open(self) -> bool:
        """Whether checks and vials may still be recorded."""
        return self.infusion is None or self.infusion.is_running

    @property
    def was_given(self) -> bool:
        """Whether something went into the patient, or does; a record that was entered in error says nothing of it."""
        infusion = self.infusion
        if infusion is None or self.here.dose.is_error:
            return False
        return infusion.end is None or infusion.end.outcome != "not given"

    @property
    def coming(self) -> tuple[ObservationLine, ...]:
        """The observations that are due or still to come."""
        infusion, remains = self.infusion, self.remains
        if infusion is None or remains is None or not self.was_given:
            return ()
        rules = library.observation_rules()
        return still_to_observe(self.here.dose, infusion, remains, self.now, rules, self.pump_step)

    @property
    def marks(self) -> dict[UUID, tuple[Remark, ...]]:
        """Return of each observation what lies outside the limits."""
        infusion = self.infusion
        if infusion is None:
            return {}
        rules = library.infusion_day_rules().vital_signs
        is_adult = self.here.view.patient.age_on(self.now.date()) >= rules.adult_from_years
        baseline = first_values(infusion.observations)
        return {one.id: remarks_on(one, baseline, rules, is_adult=is_adult) for one in infusion.observations}


def show_moment(cards: BedsideView, moment: Moment, catalogue: SideEffectCatalogue) -> None:
    """Fill every card."""
    here, infusion = moment.here, moment.infusion
    is_running = infusion is not None and infusion.is_running
    cards.show_stage("before" if infusion is None else "running" if is_running else "after")
    cards.start.show_bedside(here, in_force(here, catalogue, cards.wording))
    cards.start.start.setEnabled(here.dose_view.status in ("due", "overdue"))
    asked = asked_of_pump(infusion, catalogue) if infusion is not None else None
    cards.running.show_bedside(here, moment.remains, moment.now, asked)
    cards.remember.show_bedside(here, catalogue, moment.checks_after)
    cards.checklist.show_tests(moment.tests_before if infusion is None else ())
    show_prepared(cards, moment)
    if infusion is not None and not is_running:
        until = watched_until(here.dose, infusion, library.observation_rules())
        cards.after.show_bedside(here, until, moment.nurses, moment.now)
    cards.effects.show_effects(
        infusion.side_effects if infusion else (),
        is_running=is_running,
        is_started=infusion is not None and not here.dose.is_error,
    )
    show_passing(cards, moment)


def show_prepared(cards: BedsideView, moment: Moment) -> None:
    """Show the checklist, the vials, the drugs, and whether the start still waits for them."""
    is_started, ready = moment.infusion is not None, moment.ready
    cards.checklist.show_items(moment.items, ready, is_started=is_started, is_open=moment.is_open)
    lines = [
        VialLine(vial.id, vial.mg, vial.lot, vial.expires_on, vial.serial, may_go=not is_started)
        for vial in ready.vials
    ]
    cards.vials.show_vials(moment.here.product, moment.here.dose, lines, is_open=moment.is_open)
    given = sorted(ready.medications, key=lambda one: (one.given_at, one.at))
    cards.medications.show_medications(moment.due, given, moment.now, is_started=is_started)
    cards.start.show_open(checks=len(open_lines(moment.items, ready.checks)), has_vials=bool(ready.vials))


def show_passing(cards: BedsideView, moment: Moment) -> None:
    """Show what changes as time passes: the card, what is due, and whether finishing is the thing to do next."""
    here, infusion, remains = moment.here, moment.infusion, moment.remains
    cards.card.show_bedside(here, remains)
    if infusion is None or remains is None:
        return
    is_in = remains.left_ml <= 0
    cards.finish.show_weight("primary" if is_in or must_end(infusion) else "secondary")
    coming = moment.coming
    cards.observations.show_observations(infusion.observations, moment.marks, coming, can_enter=moment.was_given)
    until = moment.now if infusion.end is None else infusion.end.ended_at
    cards.plot.show_course(infusion.observations, infusion.rate_changes, until)
    cards.course.setVisible(cards.plot.is_worth_it)
    cards.observations.show_due(coming, moment.now)


def dose_in_banner(here: Bedside, wording: Wording) -> str:
    """Return `8 of 11 · 12.5 g`."""
    in_all = here.view.highest_number
    amount = dose_grams(wording, here.dose.planned_dose_mg)
    return wording.gettext("{number} of {n} · {amount}").format(number=here.dose.number, n=in_all, amount=amount)
