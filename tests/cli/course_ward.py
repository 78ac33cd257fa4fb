"""A ward with one patient and one course, driven by commands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from ivigdesk.actions.desk import Desk, open_desk
from ivigdesk.actions.infusions import give_infusion as giving
from ivigdesk.actions.look_up import course_called
from ivigdesk.actions.patients.register_patient import register_patient
from ivigdesk.clock import SetClock
from tests.cli.conftest import Ran, Run
from tests.conftest import li_na

CMV = "03-02 03-04 03-06 03-08 03-10 03-12 03-14 03-16 03-23 03-30 04-06"
"""The dates of the course: every other day, then weekly from dose 8."""

FINDINGS = ("--reason", "As ordered", "--by", "Dr S. Kim")


class Ward:
    """A ward with LI, Na, driven by commands; what has no command is done at its desk."""

    def __init__(self, run: Run, folder: Path, clock: SetClock) -> None:
        self.run = run
        self.folder = folder
        self.clock = clock
        self.at_desk(lambda desk: register_patient(desk, li_na()))
        self.course = ""

    def at_desk(self, do: Callable[[Desk], Any]) -> Any:
        """Return what is done by a nurse in the window."""
        desk = open_desk(self.folder, self.clock)
        try:
            desk.nurse = "A. Wong"
            return do(desk)
        finally:
            desk.close()

    def plan(self, regimen: str, *more: str, product: str = "cn-ph4-5") -> None:
        """Confirm a course."""
        words = ("--patient", "BMT-004217", "--regimen", regimen, "--product", product, *more)
        ran = self.run("course", "plan", *words, "--confirm", *FINDINGS, "--json")
        assert ran.code == 0, ran.err
        self.course = ran.data["id"]

    def change(self, *words: str, reason: str = "Fever") -> Ran:
        """Change the course an hour later."""
        self.clock.advance(timedelta(hours=1))
        return self.run("course", "change", self.course, *words, "--reason", reason, "--json")

    def changed(self, *words: str) -> Any:
        """Return what a change that is taken prints."""
        ran = self.change(*words)
        assert ran.code == 0, ran.err
        assert ran.data["stored"] is True
        return ran.data

    def shown(self, *words: str) -> Any:
        """Return the course as other programs see it."""
        ran = self.run("course", "show", self.course, *words, "--json")
        assert ran.code == 0, ran.err
        return ran.data

    def dates(self) -> str:
        """Return the days of the doses, by number."""
        return " ".join(dose["date"][5:] for dose in self.shown()["doses"])

    def states(self) -> str:
        """Return the first letters of the doses' states, by number."""
        return "".join(dose["state"][0] for dose in self.shown()["doses"])

    def journal_head(self) -> str:
        """Return the newest hash of the journal: the same one means that nothing was written."""
        head: str = self.at_desk(lambda desk: desk.ward.journal_head())
        return head

    def give(self, number: int) -> None:
        """Start and finish the infusion of a dose now."""

        def at(desk: Desk) -> None:
            dose = course_called(desk, self.course).course.dose(number)
            infusion = giving.start_infusion(desk, dose.id, recorded_later=True)
            for vial in dose.vials:
                for _ in range(vial.count):
                    form = giving.VialForm(product_id="cn-ph4-5", mg=vial.mg, lot="L1", expires_on="2027-01")
                    giving.hang_vial(desk, infusion.id, form)
            self.clock.advance(timedelta(hours=2))
            giving.finish_infusion(desk, infusion.id, giving.EndForm(outcome="completed"))

        self.at_desk(at)
