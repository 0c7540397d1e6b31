"""Numbers that people gave: read strictly, told as median and quartiles. It never gives a mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from workshop.model import MINIMUM

LEFT_OPEN = "-"
"""What a list of choices offers to those who take their choice back: no answer."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Whole numbers from `least` on: how often each was given; median and quartiles from `MINIMUM` numbers on, else
    None. Quartiles as in R's type 7 and spreadsheets' QUARTILE.INC: linear interpolation, ends included."""

    least: int
    counts: tuple[int, ...]
    median: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return sum(self.counts)


def figures(numbers: Sequence[int], least: int, most: int) -> Figures:
    """How these numbers spread on a scale from `least` to `most`, both included."""
    often = Counter(numbers)
    counts = tuple(often[number] for number in range(least, most + 1))
    if len(numbers) < MINIMUM:
        return Figures(least, counts)
    low, _, high = quantiles(numbers, n=4, method="inclusive")
    return Figures(least, counts, float(median(numbers)), low, high)


def doubled_median(numbers: Sequence[int]) -> int:
    """Twice the median, which is whole however many numbers there are (at least one)."""
    ordered = sorted(numbers)
    return ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]


def place_among(weight: int, weights: Sequence[int]) -> int:
    """The place of a weight, from 1: equal weights share theirs."""
    return 1 + sum(other > weight for other in weights)


def whole(typed: str) -> int | None:
    """The whole number that somebody typed; None where it is none. ASCII digits with spaces around them: no sign, no
    point, no exponent, no digits of other scripts."""
    digits = typed.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None


def on_scale(number: object, least: int, most: int) -> bool:
    """Whether what was stored is a number of this scale."""
    return isinstance(number, int) and not isinstance(number, bool) and least <= number <= most


def answered(typed: str) -> bool:
    """Whether a field says anything."""
    return typed.strip() not in ("", LEFT_OPEN)
