"""Dots on items: nearly everybody spends all of theirs; the board shows the items by dots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from rehearsal.question import Asked, Question
from rehearsal.reading import Value
from rehearsal.samples.sample import Sample, Tally, liked

if TYPE_CHECKING:
    from rehearsal.persona import Persona


class VoteSample(Sample):
    kind = "vote"
    by_item = True
    numbered = True

    def fill(
        self, persona: Persona, form: Sequence[Question], dice: Random, attempt: int
    ) -> dict[str, Value]:
        """The careless first spend one dot more than they have."""
        if any(item.field.multi for item in form):
            return {}
        dots = form[0].limit("dots", otherwise=3)
        an_item = form[0].limit("per_item", otherwise=dots)
        spend = max(1, dots >> attempt) if attempt else dots - (dice.random() < 0.15 and dots > 1)
        spend += persona.careless and attempt == 0
        given = dict.fromkeys((item.field.id for item in form), 0)
        for _ in range(min(spend, an_item * len(form))):
            open_ids = [name for name, number in given.items() if number < an_item]
            given[dice.choices(open_ids, [0.3 + liked(name) for name in open_ids])[0]] += 1
        values: dict[str, Value] = {}
        for item in form:
            offered = [value for _, value in item.field.choices]
            number = str(given[item.field.id])
            if item.field.type == "Input.ChoiceSet" and number not in offered:
                number = ""
            values[item.field.id] = "" if number == "0" and "0" not in offered else number
        return values

    def words(self, asked: Asked) -> list[str]:
        return []

    def given(self, forms: Sequence[Sequence[Asked]]) -> Tally:
        bars: Counter[str] = Counter()
        for asked in (asked for form in forms for asked in form):
            bars.update(dict.fromkeys((key for key, _ in asked.items), 0))
            bars[asked.part] += int(asked.value or "0")
        return Counter(("bar", 0, key, number) for key, number in bars.items())


SAMPLE = VoteSample()
