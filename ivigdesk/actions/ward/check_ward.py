"""Check the ward: its file, its journal, and the library's files."""

from __future__ import annotations

from ivigdesk.actions.desk import Desk
from ivigdesk.messages import N_, Message, Record, message, plural_message


class WardCheck(Record, frozen=True):
    """What a check found.

    Attributes:
        lines: what was looked at, in sentences.
        problems: what is wrong; empty when all is well.
    """

    lines: tuple[Message, ...]
    problems: tuple[Message, ...]


def check_ward(desk: Desk) -> WardCheck:
    """Check the file's pages, references, journal and rebuild, and every file of the library."""
    report = desk.ward.check()
    rows = dict(report.counts)
    desk.library.regimens()
    desk.library.products()
    desk.library.profiles()
    desk.library.side_effects()
    return WardCheck(
        lines=(
            plural_message(
                "{n} journal entry, newest {head}",
                "{n} journal entries, newest {head}",
                report.entries,
                head=desk.journal_head or "–",
            ),
            message(N_("SQLite {sqlite}, SQLCipher {sqlcipher}"), sqlite=report.sqlite, sqlcipher=report.sqlcipher),
            message(
                N_("Patients: {patients}. Courses: {courses}. Doses: {doses}. Infusions: {infusions}."),
                patients=rows["patients"],
                courses=rows["courses"],
                doses=rows["doses"],
                infusions=rows["infusions"],
            ),
        ),
        problems=report.problems + tuple(error.message for error in desk.library.problems),
    )
