"""Everything that a sheet prints, handed to it as one value."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ivigdesk.clinical.courses.course import Revision
from ivigdesk.clinical.courses.ledger import Ledger
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.infusions.following import FollowUpInForce
from ivigdesk.clinical.laboratory.values import LAB_TESTS, LabTest, LabValue
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.clinical.ward import WardSettings
from ivigdesk.messages import Message, Record, Text


class EvidenceLine(Record, frozen=True):
    """One neutral sentence on what is known of a regimen.

    Attributes:
        reference: how it is cited, e.g. `[4]`.
        kind: type of publication, e.g. centre guideline; two protocols without results must never read as results.
        statement: the sentence.
    """

    reference: str
    kind: Text
    statement: Text


class Printing(Record, frozen=True):
    """Who printed a sheet, when, and where the journal stood.

    Attributes:
        printed_by: nurse.
        printed_at: aware wall time.
        journal_head: hexadecimal hash of the newest journal entry; empty for a calculation that is not stored.
    """

    printed_by: str
    printed_at: datetime
    journal_head: str = ""


class TraceLine(Record, frozen=True):
    """One step of why doses are as they are, already in the sheet's language.

    Attributes:
        text: rule, inputs, result.
        numbers: of the doses that it holds for, ascending.
        source: where the rule is from; empty for plain arithmetic.
    """

    text: str
    numbers: tuple[int, ...]
    source: str = ""


class TraceSection(Record, frozen=True):
    """One question about the doses with its answers.

    Attributes:
        title: the question, e.g. why this amount.
        lines: in the order in which they are checked; a step that several doses share stands once.
    """

    title: str
    lines: tuple[TraceLine, ...]


class PlanSheet(Record, frozen=True):
    """The printed course plan.

    Attributes:
        ward: where.
        view: patient, course, doses and what was given.
        regimen_sentence: the rule with its dates, already in the sheet's language.
        evidence: what is known of the regimen; may be empty.
        printing: who, when.
        criteria_title: whose criteria the doses were looked at with; None for none.
        tasks: tests and checks that the doses bring with them, by date.
        ledger: the grams of the course; None leaves them out.
        trace: why the doses are as they are, printed after the plan; empty leaves it out.
        labs: newest value of each test, for the boxes of the baseline tests.
        revisions: up to the one that is printed, oldest first; empty leaves the changes out.
    """

    ward: WardSettings
    view: CourseView
    regimen_sentence: str
    printing: Printing
    evidence: tuple[EvidenceLine, ...] = ()
    criteria_title: Text | None = None
    tasks: tuple[Task, ...] = ()
    ledger: Ledger | None = None
    trace: tuple[TraceSection, ...] = ()
    labs: tuple[LabValue, ...] = ()
    revisions: tuple[Revision, ...] = ()


class LabSheet(Record, frozen=True):
    """The printed laboratory sheet of one patient.

    Attributes:
        ward: where.
        patient: whose.
        views: every course of the patient, as it stands.
        labs: current laboratory values of every test, by date.
        events: current clinical events, by first day.
        printing: who, when.
        day: the ward's date.
        tests: which tests are printed, in this order; those without a value are left out.
    """

    ward: WardSettings
    patient: Patient
    views: tuple[CourseView, ...]
    labs: tuple[LabValue, ...]
    events: tuple[ClinicalEvent, ...]
    printing: Printing
    day: date
    tests: tuple[LabTest, ...] = LAB_TESTS


class ChecklistItem(Record, frozen=True):
    """One line to tick before the infusion starts.

    Attributes:
        code: stable, e.g. `two-identifiers`; matches `Check.item`.
        text: what is checked.
        is_critical: the infusion does not start without it; printed in bold.
    """

    code: str
    text: Text
    is_critical: bool = False


class ObservationTime(Record, frozen=True):
    """When vital signs are to be taken.

    Attributes:
        from_min: minutes after the start; negative before it.
        reason: why then, e.g. `before 120 mL/h`.
    """

    from_min: Decimal
    reason: Message


class EarlierReaction(Record, frozen=True):
    """The latest reaction before this dose, from this or an earlier course.

    Attributes:
        term: what it is, in the words of its record.
        grade: 1 to 5.
        onset_on: date of onset.
        dose_number: number of the dose; None when it belongs to another course.
        action: what was done; may be empty.
    """

    term: Text
    grade: int
    onset_on: date
    dose_number: int | None = None
    action: str = ""


class BedsideSheet(Record, frozen=True):
    """The sheet for one dose at the bedside; for a dose already given, its record.

    Attributes:
        ward: where.
        view: patient, course, doses and what was given.
        number: of the dose.
        printing: who, when.
        start_at: planned start; None prints times after the start, such as `+15 min`.
        checklist: in the order of the work.
        observations: ascending by time.
        earlier_reaction: None takes the latest of this course.
        tasks: tests and checks of this dose, by date.
        follow_ups: decisions after earlier side effects that hold for it; its card in `view` keeps to them, and
            their lines stand in `checklist`.
    """

    ward: WardSettings
    view: CourseView
    number: int
    printing: Printing
    start_at: datetime | None = None
    checklist: tuple[ChecklistItem, ...] = ()
    observations: tuple[ObservationTime, ...] = ()
    earlier_reaction: EarlierReaction | None = None
    tasks: tuple[Task, ...] = ()
    follow_ups: tuple[FollowUpInForce, ...] = ()
