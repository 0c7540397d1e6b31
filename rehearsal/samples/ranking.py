"""Places for items: most people place all or the first few; the board shows the items by Borda points."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from rehearsal.question import Asked, Question
from rehearsal.reading import Value
from rehearsal.samples.sample import Sample, Tally, liked

if TYPE_CHECKING:
    from rehearsal.persona import Persona


class RankingSample(Sample):
    kind = "ranking"
    by_item = True
    numbered = True

    def fill(self, persona: Persona, form: Sequence[Question], dice: Random, attempt: int) -> dict[str, Value]:
        """The careless first leave out place 1, or the one place that there is they do not give at all."""
        last = min(form[0].limit("most", otherwise=len(form)), len(form))
        least = min(max(form[0].limit("least", otherwise=1), 1), last)
        order = sorted((item.field.id for item in form), key=lambda name: liked(name) + dice.random(), reverse=True)
        placed = order[: last if dice.random() < 0.6 else dice.randint(least, last)]
        first = 2 if persona.careless and attempt == 0 and len(placed) < last else 1
        places = {name: str(place) for place, name in enumerate(placed, first)}
        return {item.field.id: places.get(item.field.id, self._none(item)) for item in form}

    @staticmethod
    def _none(item: Question) -> str:
        """What says "no place": the first of the list that is no number."""
        return next((value for _, value in item.field.choices if not value.isdigit()), "")

    def answered(self, form: Sequence[Asked]) -> bool:
        return any(asked.value.isdigit() for asked in form)

    def words(self, asked: Asked) -> list[str]:
        return []

    def given(self, forms: Sequence[Sequence[Asked]]) -> Tally:
        """Two points for every item that stands behind; where neither has a place, one for each."""
        points = {key: 0 for form in forms for asked in form for key, _ in asked.items}
        for form in forms:
            places = {asked.part: int(asked.value) for asked in form if asked.value.isdigit()}
            for one in points if places else ():
                for other in points.keys() - {one}:
                    mine, theirs = places.get(one, len(points) + 1), places.get(other, len(points) + 1)
                    points[one] += 2 * (mine < theirs) + (mine == theirs)
        return Tally(("bar", 0, key, number) for key, number in points.items())


SAMPLE = RankingSample()
