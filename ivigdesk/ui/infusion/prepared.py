"""What was ticked and recorded before the start: kept on the page until it is stored together with the start."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.give_infusion import Bedside
from ivigdesk.actions.infusions.prepare_infusion import Preparation, Ticked, VialForm, read_vials


class Prepared:
    """Ticks and vials of one dose that is not started.

    Attributes:
        infusion_id: made when the page opens, so that starting twice makes one infusion.
        vials: containers, in the order in which they were recorded.
    """

    def __init__(self) -> None:
        self.infusion_id: UUID = uuid4()
        self.vials: tuple[VialForm, ...] = ()
        self._ticked: dict[str, Ticked] = {}

    @property
    def ticked(self) -> tuple[str, ...]:
        """Codes of the lines that are ticked."""
        return tuple(self._ticked)

    @property
    def is_empty(self) -> bool:
        """Whether leaving would lose nothing."""
        return not self._ticked and not self.vials

    def tick(self, desk: Desk, item: str) -> None:
        """Note who ticked a line, and when."""
        self._ticked[item] = Ticked(item=item, nurse=desk.nurse, at=desk.clock.now())

    def untick(self, item: str) -> None:
        """Take a tick back."""
        self._ticked.pop(item, None)

    def add_vials(self, desk: Desk, here: Bedside, forms: Sequence[VialForm]) -> None:
        """Keep more vials.

        Raises:
            UserMistake: one of them cannot be taken; then none is kept.
        """
        both = (*self.vials, *forms)
        read_vials(
            both,
            infusion_id=self.infusion_id,
            course=here.course,
            dose=here.dose,
            nurse=desk.nurse,
            at=desk.clock.now(),
        )
        self.vials = both

    def take_back(self, forms: Sequence[VialForm]) -> None:
        """Keep these vials no longer."""
        self.vials = tuple(form for form in self.vials if form not in forms)

    def preparation(self) -> Preparation:
        """Return what is stored with the start."""
        return Preparation(checks=tuple(self._ticked.values()), vials=self.vials)
