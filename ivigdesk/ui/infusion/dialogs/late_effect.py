"""A side effect that showed hours or days after a dose, added to that dose."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import bedside
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.ui.infusion.dialogs.side_effect_dialog import SideEffectDialog
from ivigdesk.ui.infusion.dialogs.term_dialog import TermDialog
from ivigdesk.wording import Wording


def ask_late_effect(desk: Desk, dose_id: UUID, wording: Wording, parent: QWidget | None = None) -> SideEffect | None:
    """Ask which side effect it is, the late ones first, then when it began and how grave it is; None for nothing.

    Raises:
        KnownError: the dose is not known.
    """
    here = bedside(desk, dose_id)
    term = TermDialog.ask(desk.library.side_effects(), wording, parent, late=True)
    return None if term is None else SideEffectDialog.ask(desk, here, term, wording, parent=parent)
