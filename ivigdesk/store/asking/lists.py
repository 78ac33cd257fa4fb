"""Questions across the whole ward: its side effects, and the recall of a lot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from ivigdesk.messages import Text
from ivigdesk.store.asking.questions import Questions
from ivigdesk.store.records import recall, side_effect_rows


class AskedOfTheWard(Questions):
    """Side effects with their denominator, and who got or could get a lot."""

    def effect_rows(self, wanted: side_effect_rows.EffectFilter) -> tuple[side_effect_rows.EffectRow, ...]:
        """Return the current side effects, the latest onset first; none of a dose entered in error."""
        return self.ask(side_effect_rows.effect_rows, wanted)

    def infusions_by_month(self, wanted: side_effect_rows.EffectFilter) -> tuple[tuple[date, int], ...]:
        """Return the number of infusions begun in each month that has any, as its first day, ascending."""
        return self.ask(side_effect_rows.infusions_by_month, wanted)

    def regimens_and_products(self) -> tuple[tuple[tuple[str, Text], ...], tuple[tuple[str, Text], ...]]:
        """Return id and title of the regimens, and of the products, that the ward's courses are made from, by id."""
        return self.ask(side_effect_rows.regimens_and_products)

    def dose_of_side_effect(self, effect_id: UUID) -> UUID | None:
        """Return the dose of a side effect, current or corrected since."""
        return self.ask(side_effect_rows.dose_of_side_effect, effect_id)

    def lots(self) -> tuple[str, ...]:
        """Return every lot that a vial was ever recorded with, each once, ascending."""
        return self.ask(recall.lots)

    def given_of_lots(self, spellings: Iterable[str]) -> tuple[recall.LotGiven, ...]:
        """Return the doses for which a vial of one of these lots was hung, by start."""
        return self.ask(recall.given_of_lots, tuple(spellings))

    def prepared_of_lots(self, spellings: Iterable[str]) -> tuple[recall.LotWaiting, ...]:
        """Return the doses not started for which a vial of one of these lots lies ready, by date."""
        return self.ask(recall.prepared_of_lots, tuple(spellings))

    def waiting_with_products(self, product_ids: Iterable[str]) -> tuple[recall.LotWaiting, ...]:
        """Return the doses that still wait and are planned to be given from one of these products, by date."""
        return self.ask(recall.waiting_with_products, tuple(product_ids))
