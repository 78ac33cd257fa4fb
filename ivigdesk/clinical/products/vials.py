"""From an exact dose to whole vials (or a measured part of them), and how far that is from the exact dose."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import msgspec

from ivigdesk.clinical import library
from ivigdesk.clinical.doses.dosing import RoundedDose, Rounding, VialCount
from ivigdesk.clinical.findings import Finding, Severity, TraceStep
from ivigdesk.clinical.products.product import Product, Vial
from ivigdesk.clinical.products.vial_search import fewest_vials, neighbours
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Amount, Message, message
from ivigdesk.scheduling.regimen import Standing
from ivigdesk.units import grams, plain, rounded, rounded_down

_PERCENT_STEP = Decimal("0.01")
_MG_STEP = Decimal("0.001")
_SOURCE = "FACTS 3.4"
_MOST_MG = 1_000_000  # beyond any infusion (300 kg × 2 g/kg = 600 g): a slip of the caller, not a dose

_ROUNDS_DOWN_AT_A_TIE: tuple[Standing, ...] = ("replacement", "not-routine", "historical")


def round_dose(
    product: Product,
    exact_mg: Fraction,
    *,
    rounding: Rounding = "nearest",
    rounding_chosen: bool = False,
    standing: Standing = "treatment",
    most_mg: Fraction | None = None,
) -> RoundedDose:
    """Return what is drawn up for an exact dose.

    Whole vials nearest to the exact dose, in the fewest vials. More than ±10 % off asks a person, unless a person
    chose the rounding. A dose that no vial fits is drawn up in part and the rest discarded: never zero.

    Args:
        product: whose confirmed vial sizes are used.
        exact_mg: dose per kg × dosing weight, above 0.
        rounding: `nearest`, or what was chosen.
        rounding_chosen: True when a person chose `rounding`.
        standing: the regimen's; decides at an exact tie.
        most_mg: rounding never goes above this, unless the exact dose itself does; None for no such limit.

    Raises:
        KnownError: a pharmacist has still to confirm something about the product, or one of its vial sizes.
        ValueError: the dose is not above 0, or beyond any infusion.
    """
    if not 0 < exact_mg <= _MOST_MG:
        raise ValueError(f"{exact_mg} mg is no dose")
    if product.to_confirm is not None:
        raise KnownError(
            message(
                N_("{product} cannot be planned with yet. The pharmacist has to confirm in its file: {what}"),
                product=product.title,
                what=product.to_confirm,
            )
        )
    return _Rounding(product, exact_mg, rounding, rounding_chosen, standing, most_mg).result()


class _Rounding:
    """One rounding: the neighbours of the exact dose, and the choice between them."""

    def __init__(
        self,
        product: Product,
        exact_mg: Fraction,
        rounding: Rounding,
        rounding_chosen: bool,
        standing: Standing,
        most_mg: Fraction | None,
    ) -> None:
        self.product = product
        self.exact_mg = exact_mg
        self.rounding = rounding
        self.rounding_chosen = rounding_chosen or rounding in ("down", "up")
        self.standing = standing
        self.limits = library.limits()
        self.vials = {vial.mg: vial for vial in product.vials if vial.confirmed}
        if not self.vials:
            raise KnownError(
                message(
                    N_(
                        "{product} has no confirmed vial size. Ask the pharmacist to confirm one in the product's file."
                    ),
                    product=product.title,
                )
            )
        self.below, self.above = neighbours(tuple(self.vials), exact_mg)
        # A dose that is itself above the most is another rule's finding; it is not hidden by rounding it away.
        self.may_go_up = most_mg is None or self.above <= most_mg or exact_mg > most_mg
        self.most_mg = most_mg
        self.findings: list[Finding] = []
        self.trace = [TraceStep(rule=self._neighbours_sentence(), source=_SOURCE)]

    def result(self) -> RoundedDose:
        if self.rounding == "partial":
            return self._part()
        if self.rounding == "up":
            return self._whole(self.above)
        if self.rounding == "down":
            return self._whole(self.below) if self.below else self._part_instead()
        if self.below == self.above:
            return self._whole(self.below)
        return self._nearest()

    def _nearest(self) -> RoundedDose:
        if not self.below:
            fits = self.may_go_up and not self._is_far(self.above)
            return self._whole(self.above) if fits else self._part_instead()
        if not self.may_go_up:
            return self._part_instead() if self._is_far(self.below) else self._whole(self.below)
        to_below, to_above = self.exact_mg - self.below, self.above - self.exact_mg
        if to_below == to_above:
            self._tie()
            return self._whole(self.below)
        return self._whole(self.below if to_below < to_above else self.above)

    def _tie(self) -> None:
        if self.standing in _ROUNDS_DOWN_AT_A_TIE:
            self.trace.append(TraceStep(rule=message(N_("exactly between two: rounded down")), source=_SOURCE))
        elif not self.rounding_chosen:
            self._find(
                "hold",
                "ROUND-TIE",
                message(
                    N_(
                        "The exact dose {exact} lies exactly between {below} and {above}. The smaller one is shown "
                        "meanwhile. Choose rounding down, up, or part of a vial."
                    ),
                    exact=self._g(self.exact_mg),
                    below=self._with_percent(self.below),
                    above=self._with_percent(self.above),
                ),
            )

    def _whole(self, dose_mg: int) -> RoundedDose:
        if self._is_far(dose_mg):
            self._too_far(dose_mg)
        counts = fewest_vials(tuple(self.vials), dose_mg)
        self.trace.append(
            TraceStep(
                rule=message(
                    N_("rounded to whole vials: {dose} ({deviation})"),
                    dose=self._g(dose_mg),
                    deviation=self._percent(dose_mg),
                ),
                source=_SOURCE,
            )
        )
        volume = sum((self.vials[mg].ml * count for mg, count in counts.items()), Decimal(0))
        return self._dose(dose_mg, counts, volume, discard_mg=0, rounding=self.rounding)

    def _too_far(self, dose_mg: int) -> None:
        if self.rounding_chosen:
            self._find(
                "warn",
                "ROUND-10",
                message(
                    N_("The chosen rounding gives {dose}; the exact dose is {exact}."),
                    dose=self._with_percent(dose_mg),
                    exact=self._g(self.exact_mg),
                ),
            )
            return
        self._find(
            "hold",
            "ROUND-10",
            message(
                N_(
                    "No whole vials come within {limit} of the exact dose {exact}. Choose {below}, {above}, or the "
                    "exact dose with the rest of a vial discarded."
                ),
                limit=Amount(f"±{plain(self.limits.deviation_percent)}", "%"),
                exact=self._g(self.exact_mg),
                below=self._with_percent(self.below),
                above=self._with_percent(self.above),
            ),
        )

    def _part_instead(self) -> RoundedDose:
        """Draw up part of a vial because whole ones would be far too much, or nothing."""
        # SAFETY: an infant's dose from an adult's vial is neither rounded to zero nor up to the whole vial.
        part = self._part()
        self._find(
            "warn",
            "ROUND-PART",
            message(
                N_("Give {volume} ({dose}) and discard {discard} ({discard_g}): whole vials do not fit this dose."),
                volume=Amount(plain(part.volume_ml), "mL"),
                dose=self._g(part.dose_mg),
                discard=Amount(plain(self._ml(part.discard_mg)), "mL"),
                discard_g=self._g(part.discard_mg),
            ),
        )
        return msgspec.structs.replace(part, findings=tuple(self.findings))

    def _part(self) -> RoundedDose:
        """Return the dose to the nearest mark of the syringe; one that is still far off is said."""
        step_ml = self.limits.part_vial_step_ml
        exact_ml = self.exact_mg / Fraction(self.product.g_per_l)
        volume = rounded(exact_ml, step_ml)
        if self.most_mg is not None and volume * self.product.g_per_l > self.most_mg >= self.exact_mg:
            volume = rounded_down(exact_ml, step_ml)
        volume = max(volume, step_ml)
        dose_mg = int(rounded(volume * self.product.g_per_l, Decimal(1)))
        opened_mg = neighbours(tuple(self.vials), Fraction(dose_mg))[1]
        self.trace.append(
            TraceStep(
                rule=message(
                    N_("measured from opened vials in steps of {step}: {dose} ({deviation})"),
                    step=Amount(plain(step_ml), "mL"),
                    dose=self._g(dose_mg),
                    deviation=self._percent(dose_mg),
                ),
                source=_SOURCE,
            )
        )
        if self._is_far(dose_mg):
            self._find(
                "hold",
                "ROUND-SMALL",
                message(
                    N_(
                        "Drawn up in steps of {step}, this dose becomes {dose}; the exact dose is {exact}. Ask the "
                        "pharmacist."
                    ),
                    step=Amount(plain(step_ml), "mL"),
                    dose=self._with_percent(dose_mg),
                    exact=self._g(self.exact_mg),
                ),
            )
        counts = fewest_vials(tuple(self.vials), opened_mg)
        return self._dose(dose_mg, counts, volume, discard_mg=opened_mg - dose_mg, rounding="partial")

    def _dose(
        self, dose_mg: int, counts: dict[int, int], volume: Decimal, *, discard_mg: int, rounding: Rounding
    ) -> RoundedDose:
        used = [(self.vials[mg], count) for mg, count in sorted(counts.items(), reverse=True)]
        return RoundedDose(
            exact_mg=rounded(self.exact_mg, _MG_STEP),
            dose_mg=dose_mg,
            discard_mg=discard_mg,
            deviation_percent=deviation_percent(dose_mg, self.exact_mg),
            volume_ml=volume,
            vials=tuple(_count(vial, count) for vial, count in used),
            rounding=rounding,
            neighbours_mg=(self.below, self.above),
            trace=tuple(self.trace),
            findings=tuple(self.findings),
        )

    def _is_far(self, dose_mg: int) -> bool:
        return abs(dose_mg - self.exact_mg) * 100 > self.exact_mg * Fraction(self.limits.deviation_percent)

    def _neighbours_sentence(self) -> Message:
        if not self.below:
            return message(
                N_("exact dose {exact}; smallest whole vial above it {above}"),
                exact=self._g(self.exact_mg),
                above=self._with_percent(self.above),
            )
        return message(
            N_("exact dose {exact}; whole vials below {below}, above {above}"),
            exact=self._g(self.exact_mg),
            below=self._with_percent(self.below),
            above=self._with_percent(self.above),
        )

    def _with_percent(self, dose_mg: int) -> Message:
        return message(N_("{dose} ({deviation})"), dose=self._g(dose_mg), deviation=self._percent(dose_mg))

    def _percent(self, dose_mg: int) -> Amount:
        deviation = deviation_percent(dose_mg, self.exact_mg)
        return Amount(f"+{plain(deviation)}" if deviation > 0 else plain(deviation), "%")

    def _ml(self, mg: int) -> Decimal:
        return rounded(Fraction(mg) / Fraction(self.product.g_per_l), self.limits.part_vial_step_ml)

    def _g(self, mg: Fraction | int) -> Amount:
        return Amount(plain(grams(int(rounded(mg, Decimal(1))))), "g")

    def _find(self, severity: Severity, code: str, what: Message) -> None:
        self.findings.append(Finding(severity=severity, code=code, message=what, source=_SOURCE))


def deviation_percent(dose_mg: int, exact_mg: Fraction) -> Decimal:
    """Return how far a dose is from the exact one, in percent to 0.01, half away from zero."""
    return rounded((dose_mg - exact_mg) / exact_mg * 100, _PERCENT_STEP)


def _count(vial: Vial, count: int) -> VialCount:
    return VialCount(mg=vial.mg, ml=vial.ml, count=count)
