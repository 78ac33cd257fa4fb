"""Signs by organ system, as a report to haemovigilance asks for them, and which of them a recorded term says."""

from __future__ import annotations

from collections import Counter

from ivigdesk.clinical.library_file import read_record, refusal
from ivigdesk.messages import N_, Record, Text, message


class Sign(Record, frozen=True):
    """One box of the report.

    Attributes:
        name: of the sign.
        source: which form or page has it.
        codes: terms of the catalogue that say this sign itself; empty for a box that only a person ticks.
    """

    name: Text
    source: str
    codes: tuple[str, ...] = ()


class SignSystem(Record, frozen=True):
    """The boxes of one organ system, in the order of the form."""

    name: Text
    source: str
    signs: tuple[Sign, ...]


class ReactionSigns(Record, frozen=True):
    """Every box of the report, by system."""

    version: str
    source: str
    systems: tuple[SignSystem, ...]

    def has(self, code: str) -> bool:
        """Whether a box says what the term is; of another one the report says the term itself."""
        return any(code in sign.codes for system in self.systems for sign in system.signs)


def parse_reaction_signs(content: bytes, name: str) -> ReactionSigns:
    """Return the boxes of a file.

    Raises:
        KnownError: the file does not fit, or a term ticks two boxes.
    """
    signs = read_record(content, name, ReactionSigns)
    counts = Counter(code for system in signs.systems for sign in system.signs for code in sign.codes)
    for code, count in counts.items():
        if count > 1:
            reason = message(N_("“{value}” stands here twice; each may stand once."), value=code)
            raise refusal(name, "systems", reason)
    return signs
