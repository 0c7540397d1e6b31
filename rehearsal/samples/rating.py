"""One number; the board tells how often each was given, and how they spread. Those of the first time are passed by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from rehearsal.question import Asked, Question
from rehearsal.reading import Value
from rehearsal.samples.figures import Figures, fill_rows, how_often, rows, tally_numbers, told_spread
from rehearsal.samples.sample import Tally
from rehearsal.shown import Shown

if TYPE_CHECKING:
    from rehearsal.persona import Persona


class RatingSample(Figures):
    kind = "rating"
    by_item = False
    numbered = False

    def fill(
        self, persona: Persona, form: Sequence[Question], dice: Random, attempt: int
    ) -> dict[str, Value]:
        return fill_rows(form, dice, attempt)

    def given(self, forms: Sequence[Sequence[Asked]]) -> Tally:
        found: Tally = Counter()
        for key, said in rows(forms).items():
            numbers = [int(value) for value in said]
            found += tally_numbers(key, numbers, Counter(numbers))
        return found

    def seen(self, shown: Shown, asked: Sequence[Asked]) -> Tally:
        """The last figures: those before them are of the first time."""
        found: Tally = Counter()
        lines = [place for place, line in enumerate(shown.lines) if place and how_often(line)]
        for place in lines[-1:]:
            told = shown.lines[place - 1][1].strip().split(" · ")
            found["count", 0, "", int(told[0].split()[0])] += 1
            found.update(("often", given, "", count) for given, count in how_often(shown.lines[place]).items() if count)
            found.update(("spread", which, "", size) for part in told[1:] for which, size in told_spread(part))
        return found


SAMPLE = RatingSample()
