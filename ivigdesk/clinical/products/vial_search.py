"""Finds the amounts that whole vials make up: the neighbours of a dose, and the fewest vials for an amount."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import ceil, gcd


def neighbours(sizes_mg: Sequence[int], exact_mg: Fraction) -> tuple[int, int]:
    """Return the nearest whole-vial amounts at or below (0 when there is none) and at or above the exact dose."""
    sizes = tuple(sorted(set(sizes_mg)))
    unit = gcd(*sizes)
    fewest = _fewest_vials(sizes, ceil(exact_mg) + sizes[0])
    below = int(exact_mg / unit)
    while fewest[below] is None:
        below -= 1
    above = ceil(exact_mg / unit)
    while fewest[above] is None:
        above += 1
    return below * unit, above * unit


def fewest_vials(sizes_mg: Sequence[int], amount_mg: int) -> dict[int, int]:
    """Return size → count for an amount that whole vials make up, in the fewest vials, larger ones preferred.

    Raises:
        ValueError: no whole vials make up the amount.
    """
    sizes = tuple(sorted(set(sizes_mg)))
    unit = gcd(*sizes)
    fewest = _fewest_vials(sizes, amount_mg)
    if amount_mg % unit or fewest[amount_mg // unit] is None:
        raise ValueError(f"no whole vials of {sizes} mg make up {amount_mg} mg")
    counts: dict[int, int] = {}
    left = amount_mg // unit
    while left:
        for size in reversed(sizes):
            step = size // unit
            before = fewest[left - step] if step <= left else None
            if before is not None and before + 1 == fewest[left]:
                counts[size] = counts.get(size, 0) + 1
                left -= step
                break
    return counts


def _fewest_vials(sizes: tuple[int, ...], at_least_mg: int) -> tuple[int | None, ...]:
    # Whole steps of the largest size keep the number of cached tables small.
    largest = sizes[-1]
    return _table(sizes, (at_least_mg // largest + 1) * largest)


@lru_cache(maxsize=64)
def _table(sizes: tuple[int, ...], up_to_mg: int) -> tuple[int | None, ...]:
    """Return the fewest vials for each multiple of the sizes' common divisor; None where none make it up."""
    unit = gcd(*sizes)
    fewest: list[int | None] = [0]
    for amount in range(1, up_to_mg // unit + 1):
        before = [fewest[amount - size // unit] for size in sizes if size // unit <= amount]
        least = min((count for count in before if count is not None), default=None)
        fewest.append(None if least is None else least + 1)
    return tuple(fewest)
