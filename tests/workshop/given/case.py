"""What the property test needs of a kind: a prompt, fields as people may fill them, and a count from scratch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.workshop.test_hostile import TEXTS
from workshop.model import Answer
from workshop.plan import Item, Prompt

ITEMS = (
    Item("a", {"": "Alpha"}, "K1", 3, ("e1",)),
    Item("b", {"": "[Beta](https://evil.example) **b**"}, "K1", 2, ("e2", "e3")),
    Item("c", {"en": "Gamma", "pl": "Gamma"}),
)
"""Two that people wrote earlier, and one of the template."""

PLAIN = st.sampled_from(["trust", "Trust.", "open data", "ąę", "1. one", "a, b", "x\ny", "  "])
WORDS = st.one_of(PLAIN, PLAIN, TEXTS)
"""Words as people write them, and as nobody does."""
NUMBERS = st.one_of(
    st.integers(0, 6).map(str),
    st.integers(1, 5).map(lambda number: f" {number}\n"),
    st.sampled_from(["", "", "-", "na", "٣", "１", "1e1", "-1", "1.5", "0x1", "+2", "²", "1_0", "9" * 5000]),
)
"""Numbers as people type them, and what looks like some and is none."""


@dataclass(frozen=True)
class Case:
    """One prompt of a kind. Several cases of a kind may differ in their settings."""

    prompt: Prompt
    given: st.SearchStrategy[Mapping[str, str]]
    """The fields of one form, right more often than not."""
    recount: Callable[[Sequence[Answer]], object]
    """What these answers come to, counted in the simplest way, by other means than the kind's own."""
    counted: Callable[[Any], object]
    """The same, read from the kind's result."""
    items: tuple[Item, ...] = ITEMS

    @property
    def name(self) -> str:
        return f"{self.prompt.kind} {self.prompt.id}"


def middle(numbers: Sequence[int]) -> tuple[float, float, float] | None:
    """First quartile, median and third quartile by linear interpolation; nothing under three numbers."""
    ordered = sorted(numbers)
    if len(ordered) < 3:
        return None
    found = []
    for quarter in (1, 2, 3):
        before, part = divmod((len(ordered) - 1) * quarter, 4)
        found.append(ordered[before] + (ordered[min(before + 1, len(ordered) - 1)] - ordered[before]) * part / 4)
    return found[0], found[1], found[2]
