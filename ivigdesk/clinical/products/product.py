"""What a product is: strength, vials, rate ladders and warnings, as its file states them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from ivigdesk.messages import Record, Text
from ivigdesk.scheduling.regimen import Immunoglobulin

RateUnit = Literal["mg/kg/min", "mg/kg/h", "mL/kg/h", "mL/kg/min", "mL/min"]
Sugar = Literal["none", "maltose", "sucrose", "sorbitol", "unknown"]


class Vial(Record, frozen=True):
    """One container size.

    Attributes:
        mg: immunoglobulin in the vial, milligrams.
        ml: volume in millilitres.
        confirmed: False where the size rests on general knowledge and waits for the pharmacist.
    """

    mg: int
    ml: Decimal
    confirmed: bool = True


class RateStep(Record, frozen=True):
    """One rung of a ladder.

    Attributes:
        rate: speed in the ladder's unit.
        minutes: how long before the next rung; None for the last, which runs to the end.
    """

    rate: Decimal
    minutes: int | None = None


class RateLadder(Record, frozen=True):
    """A product's rule for how fast.

    Attributes:
        use: `first` for a first infusion (or changed product, or a long gap), `later` for the others, `any` for both.
        unit: unit of every rung.
        steps: rungs, slowest first; all but the last carry minutes.
        indication: the regimen's indication that this ladder is for; `any` when the label makes no difference.
        source: evidence id.
        note: what the source says beside the numbers.
    """

    use: Literal["first", "later", "any"]
    unit: RateUnit
    steps: tuple[RateStep, ...]
    source: str
    indication: str = "any"
    note: Text | None = None


class Product(Record, frozen=True):
    """A brand with its concentration, vial sizes and rate ladders.

    Attributes:
        id, version: stable name and version of the file, e.g. `cn-ph4-5`, `2026-11`.
        facts: rows of the fact base it rests on, e.g. `4.1 Privigen 10 %`; the first one is its own.
        title: printed name, brand first.
        short_title: for a crowded row.
        g_per_l: concentration; 50 is 5 %.
        vials: sizes, smallest first.
        sugar: sugar that matters for meters and kidneys; `unknown` until somebody has read the pack.
        proline: whether it is stabilised with L-proline.
        iga_max: IgA as the source words it.
        iga_max_ug_per_ml: the same as a number, micrograms per millilitre: the most, or the mean where `iga_max` says
            so; None where no source gives a number.
        units_per_ml: activity per millilitre of a product whose label counts in units.
        stabiliser, storage, dilution, flush, line_filter, after_opening: texts for sheet and screen.
        ladders: rate ladders; empty only while something is `to_confirm`.
        risk_cap_mg_per_kg_min: fastest for a patient at risk of kidney injury or clots; None = minimum practicable.
        small_patient_cap_mg_per_kg_min: fastest per kg where the label counts per minute and not per kg.
        absolute_cap_ml_per_h: fastest for anybody.
        max_mg_per_kg: most per infusion.
        contraindications: words of the label that the nurse must see.
        sources: evidence ids.
        checked_on: day on which the numbers were last compared with their source.
        checked_by: who compared them with the label of the pack; empty while nobody has, and the numbers are those of
            the fact base.
        note: what the numbers rest on where the label is silent; waits for the pharmacist.
        risk_cap_note: where the risk cap is from.
        risk_cap_source: what the risk cap rests on where it is not the ladder's source.
        immunoglobulin: `normal`, or `cmv` for one with raised antibodies against CMV; doses are not interchangeable.
        to_confirm: what a pharmacist has to confirm before a course may be planned with it; None when nothing is open.
        author, written_on: who wrote a ward's own file, and when; empty and None for a shipped one.
    """

    id: str
    version: str
    title: Text
    short_title: Text
    maker: Text
    g_per_l: Decimal
    vials: tuple[Vial, ...]
    sugar: Sugar
    stabiliser: Text
    storage: Text
    ladders: tuple[RateLadder, ...]
    sources: tuple[str, ...]
    checked_on: date
    checked_by: str
    facts: tuple[str, ...] = ()
    iga_max: str = ""
    after_opening: Text | None = None
    dilution: Text | None = None
    flush: Text | None = None
    line_filter: Text | None = None
    contraindications: tuple[Text, ...] = ()
    risk_cap_mg_per_kg_min: Decimal | None = None
    small_patient_cap_mg_per_kg_min: Decimal | None = None
    absolute_cap_ml_per_h: Decimal | None = None
    max_mg_per_kg: Decimal | None = None
    note: Text | None = None
    risk_cap_note: Text | None = None
    risk_cap_source: str = ""
    immunoglobulin: Immunoglobulin = "normal"
    proline: bool = False
    iga_max_ug_per_ml: Decimal | None = None
    units_per_ml: Decimal | None = None
    to_confirm: Text | None = None
    author: str = ""
    written_on: date | None = None
