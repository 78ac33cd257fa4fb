"""What donors are called, on screen and paper alike."""

from __future__ import annotations

from ivigdesk.clinical.patients.patient import DonorKind
from ivigdesk.messages import N_

DONORS: dict[DonorKind, str] = {
    "matched-sibling": N_("Matched sibling"),
    "matched-unrelated": N_("Matched unrelated donor"),
    "haploidentical": N_("Half-matched relative (haploidentical)"),
    "cord-blood": N_("Cord blood"),
    "twin": N_("Identical twin"),
}
"""Every kind that is known, in the order in which a form asks for them."""
