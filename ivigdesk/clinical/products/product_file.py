"""Reads a product's file, and refuses one whose numbers contradict each other."""

from __future__ import annotations

from itertools import pairwise

from ivigdesk.clinical.library_file import read_record, refusal
from ivigdesk.clinical.products.product import Product, RateLadder
from ivigdesk.messages import N_, Message, message
from ivigdesk.units import plain


def parse_product(content: bytes, name: str) -> Product:
    """Return the product of a TOML file.

    Args:
        content: the file as it is on disk.
        name: the file's name, for the sentence.

    Raises:
        KnownError: a key is unknown or missing, a value does not fit, or numbers contradict each other. The sentence
            names file, key and reason.
    """
    product = read_record(content, name, Product)
    for key, reason in (*_words(product), *_strength(product), *_ladders(product), *_caps(product)):
        raise refusal(name, key, reason)
    return product


def _words(product: Product) -> list[tuple[str, Message]]:
    texts = [("id", product.id), ("version", product.version)]
    for key in ("title", "short_title", "maker", "stabiliser", "storage"):
        text = getattr(product, key)
        texts += [(f"{key}.en", text.en), (f"{key}.zh_CN", text.zh_CN)]
    if product.to_confirm is not None:
        texts += [("to_confirm.en", product.to_confirm.en), ("to_confirm.zh_CN", product.to_confirm.zh_CN)]
    faults = [(key, message(N_("this text must not be empty."))) for key, text in texts if not text.strip()]
    if not product.sources:
        faults.append(("sources", message(N_("at least one source is needed."))))
    if product.sugar == "unknown" and product.to_confirm is None:
        faults.append(("sugar", message(N_("“unknown” is allowed only while to_confirm asks the pharmacist."))))
    return faults


def _strength(product: Product) -> list[tuple[str, Message]]:
    faults: list[tuple[str, Message]] = []
    if product.g_per_l <= 0:
        faults.append(("g_per_l", _above_zero()))
    if not product.vials:
        faults.append(("vials", message(N_("at least one vial size is needed."))))
    for index, vial in enumerate(product.vials):
        key = f"vials[{index}]"
        if vial.mg <= 0 or vial.ml <= 0:
            faults.append((key, _above_zero()))
        elif vial.mg != vial.ml * product.g_per_l:
            faults.append(
                (
                    key,
                    message(
                        N_("{mg} mg in {ml} mL is not {g_per_l} g/L."),
                        mg=vial.mg,
                        ml=plain(vial.ml),
                        g_per_l=plain(product.g_per_l),
                    ),
                )
            )
    sizes = [vial.mg for vial in product.vials]
    if sizes != sorted(set(sizes)):
        faults.append(("vials", message(N_("sizes go from small to large, each once."))))
    return faults


def _ladders(product: Product) -> list[tuple[str, Message]]:
    if not product.ladders and product.to_confirm is not None:
        return []
    faults: list[tuple[str, Message]] = []
    for index, ladder in enumerate(product.ladders):
        faults.extend((f"ladders[{index}].{key}", reason) for key, reason in _ladder(ladder))
    by_indication: dict[str, list[str]] = {"any": []}
    for ladder in product.ladders:
        by_indication.setdefault(ladder.indication, []).append(ladder.use)
    for indication, uses in by_indication.items():
        if sorted(uses) not in (["any"], ["first", "later"], ["any", "first"], ["any", "later"]):
            faults.append(
                (
                    "ladders",
                    message(
                        N_("for “{indication}” one ladder “any” is needed, or one “first” and one “later”."),
                        indication=indication,
                    ),
                )
            )
    return faults


def _ladder(ladder: RateLadder) -> list[tuple[str, Message]]:
    faults: list[tuple[str, Message]] = []
    rates = [step.rate for step in ladder.steps]
    if not rates or min(rates) <= 0:
        faults.append(("steps", _above_zero()))
    if any(slower >= faster for slower, faster in pairwise(rates)):
        faults.append(("steps", message(N_("rates go up from step to step."))))
    lengths = [step.minutes for step in ladder.steps]
    if any(length is None or length < 1 for length in lengths[:-1]) or lengths[-1:] not in ([None], []):
        faults.append(("steps", message(N_("every step but the last needs minutes, the last has none."))))
    return faults


def _caps(product: Product) -> list[tuple[str, Message]]:
    faults = [
        (key, _above_zero())
        for key, cap in (
            ("risk_cap_mg_per_kg_min", product.risk_cap_mg_per_kg_min),
            ("small_patient_cap_mg_per_kg_min", product.small_patient_cap_mg_per_kg_min),
            ("absolute_cap_ml_per_h", product.absolute_cap_ml_per_h),
            ("max_mg_per_kg", product.max_mg_per_kg),
            ("iga_max_ug_per_ml", product.iga_max_ug_per_ml),
            ("units_per_ml", product.units_per_ml),
        )
        if cap is not None and cap <= 0
    ]
    counts_per_minute = any(ladder.unit == "mL/min" for ladder in product.ladders)
    if counts_per_minute and product.small_patient_cap_mg_per_kg_min is None:
        faults.append(
            (
                "small_patient_cap_mg_per_kg_min",
                message(N_("a ladder in mL/min needs this cap: the label's rate is too fast for a child.")),
            )
        )
    return faults


def _above_zero() -> Message:
    return message(N_("a number above 0 is needed here."))
