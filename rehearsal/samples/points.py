"""Points spread over items: what people like gets most of them; the board shows the items by points."""

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


class PointsSample(Sample):
    kind = "points"
    by_item = True
    numbered = True

    def fill(self, persona: Persona, form: Sequence[Question], dice: Random, attempt: int) -> dict[str, Value]:
        """In tens, as people do, as long as there are any. The careless first forget the last ones."""
        left = form[0].limit("total", otherwise=100)
        names = [item.field.id for item in form]
        given: Counter[str] = Counter()
        while left:
            some = min(left, 10)
            given[dice.choices(names, [0.1 + liked(name) for name in names])[0]] += some
            left -= some
        if persona.careless and attempt == 0:
            given[max(names, key=lambda name: given[name])] -= 1
        return {name: str(given[name]) if given[name] else "" for name in names}

    def words(self, asked: Asked) -> list[str]:
        return []

    def given(self, forms: Sequence[Sequence[Asked]]) -> Tally:
        points: Counter[str] = Counter()
        for asked in (asked for form in forms for asked in form):
            points.update(dict.fromkeys((key for key, _ in asked.items), 0))
            points[asked.part] += int(asked.value or "0")
        return Tally(("bar", 0, key, number) for key, number in points.items())


SAMPLE = PointsSample()
