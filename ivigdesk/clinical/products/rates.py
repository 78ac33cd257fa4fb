"""From a product's ladder to the pump rates of one dose."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from ivigdesk.clinical.findings import TraceStep
from ivigdesk.messages import Record


class RateRow(Record, frozen=True):
    """One row of a rate card.

    Attributes:
        from_min: minutes after the start at which this rate begins, to 0.1 min.
        ml_per_h: pump rate; 0 in the last row, which is the end.
        ml_total: volume given when this row begins.
        capped_by: what kept the rate below the ladder's rung, or empty.
    """

    from_min: Decimal
    ml_per_h: Decimal
    ml_total: Decimal
    capped_by: Literal["", "risk", "small patient", "absolute", "tolerated"] = ""


class RateCard(Record, frozen=True):
    """The rungs of a ladder worked out for one patient, product and volume.

    Attributes:
        ladder: which ladder: `first`, `later` or `any`.
        rows: ascending by time; the last row is the end (rate 0, whole volume).
        volume_ml: volume of the dose.
        duration_min: whole length, to 0.1 min.
        max_ml_per_h: fastest rate that this patient may have of this product.
        trace: which ladder, which caps, with their sources.
    """

    ladder: Literal["first", "later", "any"]
    rows: tuple[RateRow, ...]
    volume_ml: Decimal
    duration_min: Decimal
    max_ml_per_h: Decimal
    trace: tuple[TraceStep, ...] = ()
